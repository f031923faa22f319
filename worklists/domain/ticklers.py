"""Days on which an item comes back, counted in business days and written out so that nobody has to count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from denials.domain.days import add_business_days

OFFERED = (3, 5, 14, 21)
"""Business days ahead."""
USUAL = 3


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


def in_full(day: date) -> str:
    """Such as "Wednesday 25 November 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"
