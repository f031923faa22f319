"""What a manager tries out on the forecast, and the six weeks as they would be then."""

from __future__ import annotations

from dataclasses import dataclass

from worklists.domain import forecast_plan as plan
from worklists.domain.forecast_plan import Loads, Runs
from worklists.forecast.basis import Basis


@dataclass(frozen=True, slots=True)
class Levers:
    """What the manager tries: nothing of it is done to any item."""

    giver: int | None = None
    receiver: int | None = None
    number: int = 0
    hours_queue: int | None = None
    hours: float = 0.0
    aside: int | None = None
    aside_to: int | None = None
    below: float = 0.0

    @property
    def is_set(self) -> bool:
        return self.moves or self.adds_hours or self.sets_aside or self.below > 0

    @property
    def moves(self) -> bool:
        return None not in (self.giver, self.receiver) and self.number > 0 and self.giver != self.receiver

    @property
    def adds_hours(self) -> bool:
        return self.hours_queue is not None and self.hours > 0

    @property
    def sets_aside(self) -> bool:
        return None not in (self.aside, self.aside_to) and self.aside != self.aside_to


def apply(basis: Basis, levers: Levers, before: Runs) -> Loads:
    """The queues as they would be; `before` tells which items have most to lose, for those are moved."""
    loads: Loads = basis.loads
    if levers.moves and levers.giver is not None and levers.receiver is not None:
        chosen = _most_endangered(loads, before, levers.giver, levers.number)
        loads = plan.move(loads, levers.giver, levers.receiver, chosen)
    if levers.adds_hours and levers.hours_queue is not None:
        loads = plan.give_hours(loads, levers.hours_queue, levers.hours, basis.working)
    if levers.sets_aside and levers.aside is not None and levers.aside_to is not None:
        loads = plan.set_aside(loads, levers.aside, levers.aside_to)
    return plan.set_aside_below(loads, levers.below) if levers.below else loads


def _most_endangered(loads: Loads, runs: Runs, queue: int, number: int) -> frozenset[int]:
    found = plan.endangered({queue: loads[queue]}, {queue: runs[queue]})
    return frozenset(each.item for each in found[:number])


def set_aside(loads: Loads, levers: Levers) -> int:
    """How many open items nobody would work, by choice."""
    chosen = [load for load in loads.values() if levers.sets_aside and load.queue == levers.aside]
    whole = sum(cell.number for load in chosen for cell in load.cells if not cell.is_late)
    rest = [load for load in loads.values() if load not in chosen]
    return whole + sum(
        sum(amount < levers.below for amount in cell.dollars)
        for load in rest
        for cell in load.cells
        if not cell.is_late
    )
