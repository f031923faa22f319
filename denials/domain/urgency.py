"""How pressing a last day is, and what comes first: the same words and order everywhere. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class UrgencyBand(StrEnum):
    """Bands of the days that are left, most pressing first."""

    MISSED = "missed"
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


LAST_DAYS = {UrgencyBand.MISSED: -1, UrgencyBand.CRITICAL: 7, UrgencyBand.HIGH: 14, UrgencyBand.MEDIUM: 30}
"""The most days left that belong to a band; more than the last is low."""
ORDER = tuple(UrgencyBand)


@dataclass(slots=True, frozen=True)
class Pressing:
    """One piece of work as the order of work sees it."""

    id: str
    queue: str
    deadline: date
    amount_at_risk: Decimal


def band_of(days_left: int) -> UrgencyBand:
    return next((band for band, most in LAST_DAYS.items() if days_left <= most), UrgencyBand.LOW)


def ranks(work: Iterable[Pressing], today: date) -> Mapping[str, tuple[int, int]]:
    """By id the place among all and the place in its queue, both from 1.

    Band first, then the amount at risk from high to low, then the earlier deadline, then the id.
    """
    ordered = sorted(work, key=lambda one: _order(one, today))
    in_queue: dict[str, int] = {}
    places = {}
    for overall, one in enumerate(ordered, start=1):
        in_queue[one.queue] = in_queue.get(one.queue, 0) + 1
        places[one.id] = overall, in_queue[one.queue]
    return places


def _order(one: Pressing, today: date) -> tuple[int, Decimal, date, str]:
    band = band_of((one.deadline - today).days)
    return ORDER.index(band), -one.amount_at_risk, one.deadline, one.id
