"""Amounts, days and names as people type them or sheets hold them. What has two meanings is refused, never guessed.

Raises ValueError with a sentence for people.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

_AMOUNT = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?")
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,2})?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_US = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_SHORT = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-]([0-9]{2}|[0-9]{4})")
_YEARS = range(1990, 2101)


def amount_in(text: str) -> Decimal:
    """ "1450", "$1,450.00", "(12.50)" and "-12.50": dollars with two decimals."""
    bare = text.strip().replace("$", "").replace("\u00a0", "").replace(" ", "").replace("\u2212", "-")
    is_in_brackets = bare.startswith("(") and bare.endswith(")")
    is_negative = is_in_brackets or bare.startswith("-")
    bare = bare[1:-1] if is_in_brackets else bare.removeprefix("-")
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    if not _AMOUNT.fullmatch(bare):
        raise ValueError(f"{_shown(text)} is no amount in dollars and cents, such as 1,450.00.")
    amount = Decimal(bare).quantize(Decimal("0.01"))
    return -amount if is_negative else amount


def day_in(text: str) -> date:
    """ "2026-11-02", "11/02/2026" (month first) and "20261102". A date with a short year or with dots is refused."""
    text = text.strip()
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = map(int, found.groups()[:3])
    elif found := _US.fullmatch(text):
        month, day, year = map(int, found.groups())
        if month > 12 >= day:
            raise ValueError(f"{_shown(text)} has its day first. Write the month first (11/02/2026), or 2026-11-02.")
    elif _SHORT.fullmatch(text):
        raise ValueError(f"{_shown(text)} can mean more than one day. Write it as 2026-11-02 or 11/02/2026.")
    else:
        raise ValueError(f"{_shown(text)} is no date. Write it as 2026-11-02 or 11/02/2026.")
    try:
        found_day = date(year, month, day)
    except ValueError:
        raise ValueError(f"There is no such day as {_shown(text)}. Write it as 2026-11-02 or 11/02/2026.") from None
    if found_day.year not in _YEARS:
        raise ValueError(f"{_shown(text)} lies too far away. Check the year.")
    return found_day


def person_in(text: str) -> tuple[str, str]:
    """Last and first name of "Last, First" or "First Last"."""
    last, comma, first = (part.strip() for part in text.partition(","))
    if comma or " " not in last:
        return last, first
    first, _, last = last.rpartition(" ")
    return last, first


def _shown(text: str) -> str:
    return f"“{text.strip()[:30]}”"
