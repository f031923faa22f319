"""What became of cases like this one: counted by how alike they are and by what was done, never without n. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from worklists.domain.chances import Prior, shrunk

LEVELS = ("category", "code", "same")
"""From the widest to the closest: category of denial, reason code of any payer, payer and all codes."""


class Counted(NamedTuple):
    """Closed cases of one level that were closed in one way."""

    level: str
    action: str
    cases: int
    won: int
    partly: int
    lost: int
    recovered: Decimal
    days: float | None
    """From the decision to the end, in the middle; None where no day is known."""


@dataclass(slots=True)
class Tally:
    """Cases with what came of them. Those left are closed without an answer of the payer."""

    cases: int = 0
    won: int = 0
    partly: int = 0
    lost: int = 0
    recovered: Decimal = Decimal(0)

    @property
    def decided(self) -> int:
        return self.won + self.partly + self.lost

    @property
    def undecided(self) -> int:
        return self.cases - self.decided

    def add(self, row: Counted) -> None:
        self.cases += row.cases
        self.won += row.won
        self.partly += row.partly
        self.lost += row.lost
        self.recovered += row.recovered


@dataclass(slots=True)
class Action:
    """What was done in cases of one level, and what came of it."""

    action: str
    tally: Tally
    days: int | None


@dataclass(slots=True)
class Group:
    """One level. `chance` that something is paid: our own outcomes, drawn toward the wider level the fewer they are."""

    level: str
    tally: Tally = field(default_factory=Tally)
    actions: list[Action] = field(default_factory=list)
    chance: float = 0.0


def groups(rows: Iterable[Counted], prior: Prior) -> list[Group]:
    """The levels of which there are cases, the closest first, without a wider one that adds none.

    In each stands what was done most often first.
    """
    found: dict[str, Group] = {level: Group(level) for level in LEVELS}
    for row in rows:
        group = found[row.level]
        group.tally.add(row)
        group.actions.append(_action(row))
    above = prior.chance
    for level in LEVELS:
        group = found[level]
        tally = group.tally
        group.chance = above = shrunk(tally.won + tally.partly, tally.decided, above, prior.strength)
        group.actions.sort(key=lambda each: (-each.tally.cases, each.action))
    closest_first = [found[level] for level in reversed(LEVELS) if found[level].tally.cases]
    closer = [None, *(group.tally for group in closest_first)]
    return [group for group, tally in zip(closest_first, closer, strict=False) if group.tally != tally]


def best(group: Group, least: int) -> Action | None:
    """What brought the most dollars for each decided case, of what was decided at least `least` times."""
    tried: Sequence[Action] = [each for each in group.actions if each.tally.decided >= least]
    won = [each for each in tried if each.tally.recovered > 0]
    return max(won, key=lambda each: each.tally.recovered / each.tally.decided, default=None)


def _action(row: Counted) -> Action:
    tally = Tally()
    tally.add(row)
    return Action(row.action, tally, None if row.days is None else round(row.days))
