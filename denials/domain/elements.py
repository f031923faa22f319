"""Money, quantities and dates from the text of an element: the value, or `None` when it holds none.

Nothing is guessed and nothing is rounded: "12,34x", "1E9", "NaN", an amount of 10,000,000,000 or more and a fraction
of a cent are all `None`. The same few texts come again and again, so what they mean is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

_Value = TypeVar("_Value")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_CENT = Decimal("0.01")
_NOTHING = Decimal("0.00")
_MOST_MONEY = Decimal("9999999999.99")
_MOST_UNITS = Decimal("999999999")
_FINEST_UNIT = -6
_LONGEST_NUMBER = 40
_MOST_REMEMBERED = 20_000
_CENTURY_TURNS = 70
"""Six-digit dates of 4010: 70 to 99 are 19xx, 00 to 69 are 20xx."""
_YEARS = range(1900, 2101)


class _Remembered(dict[str, _Value | None]):
    """Reads a text once and remembers the answer, within bounds."""

    def __init__(self, read: Callable[[str], _Value | None]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> _Value | None:
        if len(text) > _LONGEST_NUMBER:
            return None
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        value = self[text] = self._read(text)
        return value


def _number(text: str) -> Decimal | None:
    text = text.strip()
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _money(text: str) -> Decimal | None:
    value = _number(text)
    if value is None or abs(value) > _MOST_MONEY:
        return None
    cents = value.quantize(_CENT)
    return (cents or _NOTHING) if cents == value else None


def _quantity(text: str) -> Decimal | None:
    value = _number(text)
    if value is None or abs(value) > _MOST_UNITS:
        return None
    value = value.normalize()
    exponent = value.as_tuple().exponent
    return value if isinstance(exponent, int) and exponent >= _FINEST_UNIT else None


def _day(text: str) -> date | None:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) in (6, 8)):
        return None
    if len(text) == 6:
        text = ("19" if int(text[:2]) >= _CENTURY_TURNS else "20") + text
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
    return day if day.year in _YEARS else None


MONEY: _Remembered[Decimal] = _Remembered(_money)
"""US dollars with two decimals, by text."""
QUANTITY: _Remembered[Decimal] = _Remembered(_quantity)
"""Units or days, up to six decimals, by text."""
DAY: _Remembered[date] = _Remembered(_day)
"""CCYYMMDD or YYMMDD, by text."""


def period(elements: list[str]) -> tuple[str, str]:
    """Give the text of the first and last day of a DTM: DTM02, or DTM06 as a range (RD8)."""
    text = elements[2].strip() if len(elements) > 2 else ""
    if not text and len(elements) > 6:
        text = elements[6].strip()
    first, dash, last = text.partition("-")
    return first, last if dash else first
