"""What a manager may change about the six weeks ahead, and what the runs say about it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from worklists.domain.forecast import HORIZON, Cell, Load, Run

Loads = Mapping[int, Load]
Runs = Mapping[int, Sequence[Run]]
LOW, HIGH = 0.1, 0.9
DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class Band:
    """What is expected, and between which two figures eight of ten runs lie."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Loss:
    """Items that pass their last safe day unworked, and their dollars."""

    items: Band
    dollars: Band


@dataclass(frozen=True, slots=True)
class Endangered:
    """One open item that may be lost, and in which share of the runs it is."""

    item: int
    queue: int
    expires: int
    dollars: float
    probability: float

    @property
    def expected(self) -> float:
        """Dollars that it costs on average."""
        return self.probability * self.dollars


def give_hours(loads: Loads, queue: int, hours_a_week: float, working: Sequence[bool]) -> Loads:
    """More time for one queue: so many hours each week, spread over that week's working days."""
    load = loads[queue]
    minutes = list(load.minutes)
    for start in range(0, HORIZON, DAYS_IN_WEEK):
        days = [day for day in range(start, start + DAYS_IN_WEEK) if working[day]]
        for day in days:
            minutes[day] += hours_a_week * 60 / len(days)
    return {**loads, queue: replace(load, minutes=tuple(minutes))}


def set_aside(loads: Loads, queue: int, receiver: int) -> Loads:
    """Nobody works one queue; its time goes to another one. What is in it is lost on its day."""
    given, taken = loads[queue], loads[receiver]
    minutes = tuple(one + other for one, other in zip(given.minutes, taken.minutes, strict=True))
    idle = replace(given, minutes=(0.0,) * HORIZON)
    return {**loads, queue: idle, receiver: replace(taken, minutes=minutes)}


def set_aside_below(loads: Loads, dollars: float) -> Loads:
    """Nobody works what is worth less, in any queue."""
    return {key: replace(load, least=dollars) for key, load in loads.items()}


def move(loads: Loads, giver: int, receiver: int, ids: Collection[int]) -> Loads:
    """These items stand in another queue from today on."""
    kept, moved = [], []
    for cell in loads[giver].cells:
        stay, go = _part(cell, ids)
        kept += [stay] if stay.dollars else []
        moved += [go] if go.dollars else []
    given = replace(loads[giver], cells=tuple(kept))
    taken = replace(loads[receiver], cells=(*loads[receiver].cells, *moved))
    return {**loads, giver: given, receiver: taken}


def _part(cell: Cell, ids: Collection[int]) -> tuple[Cell, Cell]:
    goes = [each in ids for each in cell.ids] or [False] * cell.number
    return _only(cell, [not each for each in goes]), _only(cell, goes)


def _only(cell: Cell, chosen: Sequence[bool]) -> Cell:
    dollars = tuple(amount for amount, is_chosen in zip(cell.dollars, chosen, strict=True) if is_chosen)
    ids = tuple(each for each, is_chosen in zip(cell.ids, chosen, strict=False) if is_chosen)
    return replace(cell, dollars=dollars, ids=ids)


def loss_by_week(runs: Runs) -> list[Loss]:
    """For each of the six weeks from today, over all queues."""
    return [_loss(runs.values(), range(start, start + DAYS_IN_WEEK)) for start in range(0, HORIZON, DAYS_IN_WEEK)]


def loss_by_queue(runs: Runs) -> dict[int, Loss]:
    return {queue: _loss([drawn], range(HORIZON)) for queue, drawn in runs.items()}


def total_loss(runs: Runs) -> Loss:
    return _loss(runs.values(), range(HORIZON))


def _loss(drawn: Collection[Sequence[Run]], days: range) -> Loss:
    """The runs of the queues with the same number are one and the same six weeks."""
    together = list(zip(*drawn, strict=True))
    items = [sum(sum(run.items[days.start : days.stop]) for run in weeks) for weeks in together]
    dollars = [sum(sum(run.dollars[days.start : days.stop]) for run in weeks) for weeks in together]
    return Loss(_band(items), _band(dollars))


def _band(values: Sequence[float]) -> Band:
    if not values:
        return Band(0.0, 0.0, 0.0)
    ordered = sorted(values)
    last = len(ordered) - 1
    return Band(sum(ordered) / len(ordered), ordered[round(LOW * last)], ordered[round(HIGH * last)])


def endangered(loads: Loads, runs: Runs) -> list[Endangered]:
    """Open items that some runs lose, those first that cost most on average."""
    found = []
    for queue, drawn in runs.items():
        for place, cell in enumerate(loads[queue].cells):
            if cell.ids and not cell.is_late:
                found += _endangered_of(queue, cell, sorted(run.worked[place] for run in drawn))
    return sorted(found, key=lambda each: (-each.expected, -each.probability, each.item))


def _endangered_of(queue: int, cell: Cell, worked: Sequence[int]) -> list[Endangered]:
    """The item at place i of its cell is lost where no more than i were worked."""
    found, runs, losing = [], len(worked), 0
    for place, (item, dollars) in enumerate(zip(cell.ids, cell.dollars, strict=True)):
        while losing < runs and worked[losing] <= place:
            losing += 1
        if losing:
            found.append(Endangered(item, queue, cell.expires, dollars, losing / runs))
    return found
