"""How money, days and people are written on a page. Pure: today is always handed in."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils import timezone

UNKNOWN = "unknown"
LATE_WITHIN_DAYS = 5
SOON_WITHIN_DAYS = 14


def money(amount: Decimal | int | None) -> str:
    """`$1,234.50`, `−$5.00`; an amount nobody told us is "unknown", never zero."""
    return UNKNOWN if amount is None else _dollars(amount, ",.2f")


def dollars(amount: Decimal | int | None) -> str:
    """Whole dollars, for sums and charts where cents only hide the size: `$96,310`."""
    if amount is None:
        return UNKNOWN
    return _dollars(Decimal(amount).quantize(Decimal(1), ROUND_HALF_UP), ",.0f")


def _dollars(amount: Decimal | int, form: str) -> str:
    return f"{'−' if amount < 0 else ''}${abs(amount):{form}}"


def days_left(due: date | None, today: date) -> str:
    """The days between today and the deadline in words: `3 days late`, `today`, `1 day`, `22 days`."""
    if due is None:
        return "no deadline"
    days = (due - today).days
    if days == 0:
        return "today"
    counted = f"{abs(days):,} {'day' if abs(days) == 1 else 'days'}"
    return f"{counted} late" if days < 0 else counted


def days_since(past: date | None, today: date) -> str:
    """An age in words: `today`, `1 day`, `1,204 days`."""
    return UNKNOWN if past is None else days_left(today, past)


def days_tone(due: date | None, today: date) -> str:
    """The class of a days-left badge: `none`, `over` (past), `late` (5 days), `soon` (14 days) or `ok`."""
    if due is None:
        return "none"
    days = (due - today).days
    if days < 0:
        return "over"
    if days <= LATE_WITHIN_DAYS:
        return "late"
    return "soon" if days <= SOON_WITHIN_DAYS else "ok"


def first_sentence(text: str) -> str:
    """What is done first, of an advice of several sentences."""
    first, stop, _ = text.partition(". ")
    return first + stop.strip()


def other_sentences(text: str) -> str:
    """What stands after the first sentence."""
    return text.partition(". ")[2].strip()


def short_date(day: date | None, today: date) -> str:
    """`Mon 23 Nov`, with the year when it is another one: `Mon 10 May 2027`."""
    return UNKNOWN if day is None else _short_date(_local_date(day), today.year)


@lru_cache(maxsize=5000)
def _short_date(day: date, this_year: int) -> str:
    return f"{day:%a} {day.day} {day:%b}{'' if day.year == this_year else f' {day.year}'}"


def moment(at: datetime | None, today: date) -> str:
    """When something happened, as near as it matters: `today 10:42`, `yesterday 16:05`, `12 Nov`, `12 Nov 2025`."""
    if at is None:
        return UNKNOWN
    local = timezone.localtime(at) if timezone.is_aware(at) else at
    days = (today - local.date()).days
    if days in (0, 1):
        return f"{'yesterday' if days else 'today'} {local:%H:%M}"
    return f"{local.day} {local:%b}{'' if local.year == today.year else f' {local.year}'}"


def _local_date(day: date) -> date:
    if not isinstance(day, datetime):
        return day
    return (timezone.localtime(day) if timezone.is_aware(day) else day).date()


def initials(name: object) -> str:
    """At most two letters for a person: `Demo Specialist` and `Specialist, Demo` both give `DS`."""
    last, comma, first = str(name).partition(",")
    words = f"{first} {last}".split() if comma else last.split()
    letters = [word[0].upper() for word in words if word[0].isalnum()]
    return "".join(letters if len(letters) < 2 else (letters[0], letters[-1]))


def pct(share: Decimal | float | None) -> str:
    """A share between 0 and 1 as `42%`; what rounds to all or nothing without being it says so: `under 1%`."""
    if share is None:
        return UNKNOWN
    exact = Decimal(str(share)) * 100
    whole = exact.quantize(Decimal(1), ROUND_HALF_UP)
    if whole == 0 and exact > 0:
        return "under 1%"
    if whole == 100 and exact < 100:
        return "over 99%"
    return f"{'−' if whole < 0 else ''}{abs(whole):f}%"


def as_words(key: str) -> str:
    """A stable name as people read it: `missing_required_remark` is `Missing required remark`."""
    words = key.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
