"""Whether a share moved between two periods, or only seems to. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

FEWEST = 10
"""Decisions that each period needs before its share says anything."""
UNLIKELY = 1.96
"""Standard errors beyond which chance explains a difference in fewer than 1 of 20 cases (two-sided)."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    hits: int
    of: int

    @property
    def rate(self) -> float:
        return self.hits / self.of if self.of else 0.0


def has_moved(before: Share, now: Share) -> bool:
    """Whether two shares differ by more than chance: the test of two proportions with a common variance."""
    if min(before.of, now.of) < FEWEST:
        return False
    common = (before.hits + now.hits) / (before.of + now.of)
    error = sqrt(common * (1 - common) * (1 / before.of + 1 / now.of))
    return error > 0 and abs(now.rate - before.rate) / error > UNLIKELY
