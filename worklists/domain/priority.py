"""What to work first: the last safe day, moved earlier by what a minute of work is expected to bring. Pure.

Two bands, then the stored day: what is within some days of its last safe day comes before all else (`in_lane`), and
inside each band the lower `rank_key` is sooner. The band is read from the dates when a list is read; the key never
depends on today, so the passing of days rewrites nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

LOWEST, HIGHEST = 0.01, 100_000.0
"""Dollars a minute beyond which less or more changes nothing."""
SHORTEST = 0.5
"""Minutes that any piece of work takes at least."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a site decides about the order of work; the values here are the shipped ones."""

    tau_days: float = 10.0
    """Days that one factor e of value is worth: ten times the value counts as due 23 days earlier."""
    reference: float = 10.0
    """Dollars a minute that leave the day where it is."""
    lane_days: int = 5
    """Days before the last safe day from which an item comes before all that have more time."""
    no_deadline_days: int = 60
    """Days from the payer's decision when no deadline is known."""
    thin_share: float = 5.0
    """Percent of the items given out that go to denials of which little is known."""
    thin_below: int = 3
    """Decided outcomes of the same payer and codes below which little is known."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What working one item is expected to bring."""

    chance: float
    """That something is paid, 0 to 1."""
    expected: Decimal
    """Dollars that come then."""
    minutes: float

    @property
    def a_minute(self) -> float:
        """Dollars for each minute of work."""
        return self.chance * float(self.expected) / max(self.minutes, SHORTEST)


def rank_key(last_safe_on: date | None, worth: Worth, *, decided_on: date, weights: Weights) -> float:
    """The day number (proleptic ordinal) as of which an item counts as due; lower is sooner.

    The order equals that of dollars a minute * exp(-days left / tau) on every day.
    """
    due = last_safe_on or decided_on + timedelta(days=weights.no_deadline_days)
    return due.toordinal() - days_earlier(worth.a_minute, weights)


def days_earlier(a_minute: float, weights: Weights) -> float:
    """By how many days this many dollars a minute move an item forward; negative: back."""
    return weights.tau_days * math.log(min(max(a_minute, LOWEST), HIGHEST) / weights.reference)


def in_lane(last_safe_on: date | None, deadline: date | None, today: date, weights: Weights) -> bool:
    """Whether an item must go out now. What is past its deadline cannot be saved by hurry and stands by its key."""
    if last_safe_on is None or deadline is None:
        return False
    return deadline >= today and last_safe_on <= today + timedelta(days=weights.lane_days)


def is_thin_turn(count: int, share: float) -> bool:
    """Whether the pull with this number, counted from 1, goes to thin data: `share` percent of them, evenly spread."""
    return math.floor(count * share / 100) > math.floor((count - 1) * share / 100)
