"""What our own outcomes say about a denial: chance, share and minutes, each shrunk toward the group above. Pure.

The groups nest: all, category, code, codes, payer, action, age. A group of which few outcomes are known takes most of
its figure from the one above it, so that three paid of four do not beat 180 of 300.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

LEVELS = ("all", "category", "code", "codes", "payer", "action", "age")
PAYER_LEVEL = LEVELS.index("payer")
CAUTION = 2
"""Unpaid outcomes that are added to what is known, so that a chance told by few counts for less than one by many."""
BETWEEN = "|"
YOUNG, OLD = 45, 120


@dataclass(frozen=True, slots=True)
class Facts:
    """What the groups ask about a denial."""

    category: str
    code: str
    """Group and reason code: CO-197."""
    remarks: tuple[str, ...]
    payer: str
    action: str = ""
    """What was done or is to be done; empty where nobody knows, which leaves the last two groups out."""
    age: str = ""


@dataclass(slots=True)
class Tally:
    """What was counted in one group."""

    decided: int = 0
    paid: int = 0
    amounts: int = 0
    """Paid outcomes of which the amount is known."""
    shares: float = 0.0
    """Sum of the parts of the amounts at risk that these brought, each 0 to 1."""
    timed: int = 0
    minutes: float = 0.0
    """Sum over the items whose work was timed."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What is assumed while nothing is known, and how many outcomes that weighs."""

    strength: float = 20.0
    chance: float = 0.5
    share: float = 1.0
    minutes: float = 15.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """One group's figures after shrinking. `mean` is handed down; `chance` is the careful one that items get."""

    mean: float
    chance: float
    share: float
    minutes: float


def age_of(service_on: date | None, decided_on: date | None) -> str:
    """How old the claim was when the payer decided, which no passing day changes; empty where a day is missing."""
    if service_on is None or decided_on is None:
        return ""
    days = (decided_on - service_on).days
    return "young" if days < YOUNG else "middle" if days < OLD else "old"


def path(facts: Facts) -> list[str]:
    """The keys of the groups that a denial belongs to, from the widest to the narrowest."""
    parts = ["all", facts.category, facts.code, " ".join(sorted(facts.remarks)), facts.payer]
    if facts.action:
        parts += [facts.action, *([facts.age] if facts.age else [])]
    return list(accumulate(parts, lambda above, part: f"{above}{BETWEEN}{part}"))


def level_of(key: str) -> int:
    return key.count(BETWEEN)


def above(key: str) -> str:
    """The key of the group that holds this one; empty for the widest."""
    return key.rpartition(BETWEEN)[0]


def estimates(tallies: Mapping[str, Tally], prior: Prior) -> dict[str, Estimate]:
    """Each group's figures, with the widest shrunk toward what is assumed. Every group's parent must be there."""
    nothing = Estimate(prior.chance, prior.chance, prior.share, prior.minutes)
    found: dict[str, Estimate] = {}
    for key in sorted(tallies, key=level_of):
        found[key] = estimate(tallies[key], found[above(key)] if above(key) else nothing, prior.strength)
    return found


def estimate(tally: Tally, parent: Estimate, strength: float) -> Estimate:
    mean = shrunk(tally.paid, tally.decided, parent.mean, strength)
    return Estimate(
        mean=mean,
        chance=careful(mean, tally.decided, strength),
        share=shrunk(tally.shares, tally.amounts, parent.share, strength),
        minutes=shrunk(tally.minutes, tally.timed, parent.minutes, strength),
    )


def shrunk(total: float, count: int, parent: float, strength: float) -> float:
    """The mean of `count` values that add up to `total`, with the parent's mean counted as `strength` more of them."""
    return (total + strength * parent) / (count + strength)


def careful(mean: float, decided: int, strength: float) -> float:
    """The chance with `CAUTION` more unpaid outcomes."""
    return mean * (decided + strength) / (decided + strength + CAUTION)
