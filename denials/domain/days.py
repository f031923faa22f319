"""Days and months as appeal rules count them, and the US federal holidays. Pure arithmetic, no time zone."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)
_MONDAY, _THURSDAY = 0, 3
_FIXED = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
_FLOATING = ((1, _MONDAY, 3), (2, _MONDAY, 3), (9, _MONDAY, 1), (10, _MONDAY, 2), (11, _THURSDAY, 4))
"""Month, weekday, which one in the month."""


def add_months(start: date, months: int) -> date:
    """Same day number some months later, or the first of the month after when that day does not exist."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    try:
        return date(year, month + 1, start.day)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)


def end_of_month(day: date) -> date:
    """The last day of the month."""
    return add_months(day.replace(day=1), 1) - _DAY


def add_business_days(start: date, days: int) -> date:
    """Count working days only; the start itself is day 0."""
    day = start
    for _ in range(days):
        day = next_business_day(day + _DAY)
    return day


def next_business_day(day: date) -> date:
    """The day itself when it is a working day, else the first one after it."""
    while not is_business_day(day):
        day += _DAY
    return day


def previous_business_day(day: date) -> date:
    """The day itself when it is a working day, else the last one before it."""
    while not is_business_day(day):
        day -= _DAY
    return day


def is_business_day(day: date) -> bool:
    """Neither weekend nor federal holiday."""
    return day.weekday() < 5 and day not in federal_holidays(day.year)


@cache
def federal_holidays(year: int) -> frozenset[date]:
    """The eleven holidays as observed: on a Saturday the Friday before is off, on a Sunday the Monday after.

    New Year's Day of the next year counts when it is observed on 31 December of this one.
    """
    fixed = [date(year, month, day) for month, day in _FIXED] + [date(year + 1, 1, 1)]
    floating = [_nth_weekday(year, month, weekday, nth) for month, weekday, nth in _FLOATING]
    memorial = _last_monday_of_may(year)
    return frozenset(day for day in (*map(_observed, fixed), *floating, memorial) if day.year == year)


def _observed(day: date) -> date:
    return day - _DAY if day.weekday() == 5 else day + _DAY if day.weekday() == 6 else day


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())
