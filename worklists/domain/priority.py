"""What to work first: the deadline, moved earlier by what is at stake. Pure."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

TAU = 10.0
"""Days that one factor e of value is worth: ten times the money counts as due 23 days earlier."""
REFERENCE = 250.0
"""Dollars that leave the deadline where it is: about the middle denial."""
LOWEST, HIGHEST = 1.0, 1_000_000.0
"""Beyond these more or less money changes nothing."""
WITHOUT_DEADLINE = 60
"""Days from the payer's decision when no deadline is known."""


def rank_key(deadline: date | None, amount_at_risk: Decimal, *, decided_on: date, chance: float = 1.0) -> float:
    """The day number (proleptic ordinal) as of which an item counts as due; lower is sooner.

    `chance` is the share of such denials that are overturned. The order equals that of
    value * exp(-days left / TAU) on every day, so the passing of days rewrites nothing.
    """
    due = decided_on.toordinal() + WITHOUT_DEADLINE if deadline is None else deadline.toordinal()
    value = min(max(float(amount_at_risk) * chance, LOWEST), HIGHEST)
    return due - TAU * math.log(value / REFERENCE)
