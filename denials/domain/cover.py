"""What an eligibility check says about a day of service, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from denials.domain.days import days_in_words


class Result(StrEnum):
    """What a payer answered to the question whether somebody is covered."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    OTHER_PLAN = "other_plan"
    """Covered, but by another plan or by another payer first."""
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Check:
    """One eligibility check. Without days of cover only the day of the check is known."""

    result: str
    checked_on: date
    covers_from: date | None = None
    covers_to: date | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """What a check means for a service; `is_covered` None where it does not settle the question."""

    is_covered: bool | None
    words: str


def on_days(check: Check, first: date | None, last: date | None) -> Cover:
    """The same of a service over several days: every one of them has to be covered."""
    found = on_day(check, first)
    if first is None or last is None or last <= first or not found.is_covered:
        return found
    if check.covers_to and check.covers_to < last:
        words = f"Cover ended {_between(check.covers_to, last)} before the last day of service"
        return Cover(is_covered=False, words=words)
    if check.covers_to is None and check.covers_from is None:
        return Cover(is_covered=None, words="Active on the first day of service, but no days of cover are on record")
    return Cover(is_covered=True, words="Covered on every day of service")


def on_day(check: Check, day: date | None) -> Cover:
    """Whether the person was covered on the day of service, as far as this check tells."""
    if check.result == Result.NOT_FOUND:
        return Cover(is_covered=False, words="The payer did not find the member")
    if day is None:
        return Cover(is_covered=None, words="The day of service is not known")
    if check.covers_to and check.covers_to < day:
        return Cover(is_covered=False, words=f"Cover ended {_between(check.covers_to, day)} before the service")
    if check.covers_from and check.covers_from > day:
        return Cover(is_covered=False, words=f"Cover began {_between(day, check.covers_from)} after the service")
    if check.result == Result.OTHER_PLAN:
        return Cover(is_covered=None, words="Covered by another plan: settle which one pays first")
    if check.result == Result.INACTIVE:
        return Cover(is_covered=False, words=f"Not active {_when(check.checked_on, day)}")
    if check.covers_from or check.covers_to or check.checked_on == day:
        return Cover(is_covered=True, words="Covered on the day of service")
    return Cover(is_covered=None, words=f"Active {_when(check.checked_on, day)}, but no days of cover are on record")


def _when(checked_on: date, day: date) -> str:
    if checked_on == day:
        return "on the day of service"
    before, after = (checked_on, day) if checked_on < day else (day, checked_on)
    return f"{_between(before, after)} {'before' if checked_on < day else 'after'} the service"


def _between(first: date, last: date) -> str:
    return days_in_words((last - first).days)
