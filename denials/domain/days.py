"""Days and months as appeal rules count them. Pure arithmetic, no time zone."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache

from holidays import country_holidays

_DAY = timedelta(days=1)
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


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


@lru_cache(maxsize=5000)
def add_business_days(start: date, days: int) -> date:
    """Count working days only; the start itself is day 0."""
    day = start
    for _ in range(days):
        day = next_business_day(day + _DAY)
    return day


def subtract_business_days(start: date, days: int) -> date:
    """Count working days backwards; the start itself is day 0. Raises OverflowError before the calendar begins."""
    day = start
    for _ in range(days):
        day = previous_business_day(day - _DAY)
    return day


def business_days_between(first: date, last: date) -> int:
    """Working days after `first`, up to and with `last`; 0 where `last` is not later."""
    return sum(is_business_day(first + timedelta(days=count)) for count in range(1, (last - first).days + 1))


def days_in_words(count: int) -> str:
    """ "one day", "two days", "12 days": small numbers as a sentence says them."""
    return f"{_SMALL[count] if count < len(_SMALL) else f'{count:,}'} {'day' if count == 1 else 'days'}"


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
    """The federal holidays of a year as observed: the weekdays on which federal offices are closed.

    One that falls on a Saturday is kept on the Friday before, one on a Sunday on the Monday after; so 31 December is
    off when the next New Year's Day is a Saturday.
    """
    return frozenset(day for day in country_holidays("US", years=year) if day.weekday() < 5)
