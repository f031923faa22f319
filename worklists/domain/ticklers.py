"""Days on which an item comes back, counted in business days and written out so that nobody has to count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from denials.domain.days import (
    add_business_days,
    add_months,
    federal_holidays,
    is_business_day,
    next_business_day,
    previous_business_day,
)

OFFERED = (3, 5, 14, 21)
"""Business days ahead."""
USUAL = 3
FARTHEST = 24
"""Months ahead. A day beyond them is a slip of the keys."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One day that is offered. `is_late`: after the last safe day of the item."""

    days: int
    day: date
    is_late: bool

    @property
    def words(self) -> str:
        late = ", after the last safe day" if self.is_late else ""
        return f"In {self.days} business days: {in_full(self.day)}{late}"


def offers(today: date, last_safe: date | None = None) -> list[Offer]:
    """The offered days from `today` on; federal holidays and weekends are not counted."""
    days = [(count, add_business_days(today, count)) for count in OFFERED]
    return [Offer(count, day, last_safe is not None and day > last_safe) for count, day in days]


def can_wait_until(deadline: date | None, last_safe_on: date | None, today: date) -> date | None:
    """The last safe day while the deadline can still be met; None where nothing limits the wait."""
    if deadline is not None and deadline < today:
        return None
    return min(filter(None, (last_safe_on, deadline)), default=None)


def comes_back(day: date, last_safe: date | None, today: date) -> date:
    """The business day for what is put off to `day`: that day or the next one, but the one before where only that is
    safe. What was to come back too late anyway comes back on the next one.
    """
    after, before = next_business_day(day), previous_business_day(day)
    is_safe_before = last_safe is not None and day <= last_safe < after and before > today
    return before if is_safe_before else after


def farthest(today: date) -> date:
    """The last day to which anything is put off."""
    return add_months(today, FARTHEST)


def closed_days(today: date) -> list[date]:
    """Federal holidays from `today` to the farthest day, and on the days to which that one may be moved."""
    last = add_business_days(farthest(today), 1)
    years = range(today.year, last.year + 1)
    return [day for year in years for day in sorted(federal_holidays(year)) if today < day <= last]


def moved_words(day: date, back: date) -> str:
    """What is said where an item comes back on another day than was given; empty where it does not."""
    return "" if back == day else f"{in_full(day)} is no business day: it comes back on {in_full(back)}."


def moved_words_of_many(day: date) -> str:
    """The same of items that each have a last safe day of their own."""
    if is_business_day(day):
        return ""
    before, after = in_full(previous_business_day(day)), in_full(next_business_day(day))
    return (
        f"{in_full(day)} is no business day: they come back on {after}, and on {before} where the last safe day is in"
        " between."
    )


def too_far_words(day: date, today: date) -> str:
    return f"{in_full(day)} is more than two years ahead: choose a day up to {in_full(farthest(today))}."


def in_full(day: date) -> str:
    """Such as "Wednesday 25 November 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"
