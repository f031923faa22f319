"""What will pass its last safe day unworked: a schedule by earliest last safe day, day by day for six weeks. Pure.

Days are numbered from today, which is 0. Each queue is worked by itself, with the minutes that it gets each day; what
is due first is worked first, and an item that is not finished on its last safe day is lost. It is tried all the same
until its deadline, before what is due later, as people do: that is how one late item makes others late. Work spills
over to the next day. With more minutes on any day nothing is lost that was not lost before: each day, what stands ahead
of an item can only have shrunk, so what reaches the item can only have grown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from random import Random

HORIZON = 42
"""Days that are looked ahead: six weeks."""
RUNS = 200
MOST_DRAWN = 20
"""Arrivals that are drawn one by one on a day; of more, each drawn one stands for several."""
DUST = 1e-6


@dataclass(frozen=True, slots=True)
class Cell:
    """Open items of one queue that can be worked from day `ready` on, best by `expires`, at the latest on `ends`.

    `expires` is the last safe day; below 0 it has passed already: such items are worked first, and are not counted as
    lost again. `dollars` falls: within a cell the largest is worked first; `ids` stands beside it, or is empty.
    """

    expires: int
    ends: int
    dollars: tuple[float, ...]
    minutes: float
    ready: int = 0
    ids: tuple[int, ...] = ()

    @property
    def is_late(self) -> bool:
        return self.expires < 0

    @property
    def number(self) -> int:
        return len(self.dollars)


@dataclass(frozen=True, slots=True)
class Profile:
    """A denial as they came in lately: days from then to its last safe day and to its deadline, dollars, minutes."""

    days: int
    ends: int
    dollars: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Load:
    """One queue: what is in it, what will come, and who has time for it."""

    queue: int
    cells: tuple[Cell, ...]
    minutes: tuple[float, ...]
    """Minutes of work on each day, 0 when nobody works."""
    came: tuple[tuple[int, ...], ...] = ((),) * 7
    """For each weekday from Monday how many came in on such days lately."""
    profiles: tuple[Profile, ...] = ()
    paces: tuple[float, ...] = (1.0,)
    """How much was done on single working days lately, as a share of the usual day."""
    weekday: int = 0
    """Of today; Monday is 0."""
    least: float = 0.0
    """What is worth less is set aside: nobody works it."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Denials that come in on one day and are lost after another one."""

    day: int
    expires: int
    ends: int
    number: float
    dollars: float
    minutes: float


@dataclass(slots=True)
class Run:
    """What one run of one queue lost: items and dollars by day; and how many of each cell were worked in time."""

    items: list[float] = field(default_factory=lambda: [0.0] * HORIZON)
    dollars: list[float] = field(default_factory=lambda: [0.0] * HORIZON)
    worked: list[int] = field(default_factory=list)

    def lose(self, day: int, number: float, dollars: float) -> None:
        self.items[day] += number
        self.dollars[day] += dollars


def schedule(load: Load) -> Run:
    """The one run without chance: usual days, as many arrivals as usual, each kind in its turn."""
    return work_off(load, load.minutes, list(_usual_arrivals(load)))


def draw(load: Load, seed: str, runs: int = RUNS) -> list[Run]:
    """Runs in which days differ as they did lately. The same seed gives the same days, whatever minutes there are."""
    return [_one_draw(load, Random(f"{seed}/{load.queue}/{number}")) for number in range(runs)]


def _one_draw(load: Load, random: Random) -> Run:
    arrivals = [each for day in range(HORIZON) for each in _draw_arrivals(load, day, random)]
    paces = random.choices(load.paces, k=HORIZON)
    return work_off(load, [minutes * pace for minutes, pace in zip(load.minutes, paces, strict=True)], arrivals)


def work_off(load: Load, minutes: Sequence[float], arrivals: Sequence[Arrivals]) -> Run:
    """Works what is due first, each day as far as its minutes reach, and says what was lost."""
    starts = _by_day_of_start(load, arrivals)
    left = [_left(cell, load.least) for cell in load.cells] + [each.number * each.minutes for each in arrivals]
    expiring = _by_last_safe_day(load, arrivals)
    in_time = list(left)
    waiting: list[tuple[int, int, int]] = []
    for day in range(HORIZON):
        for entry in starts[day]:
            heappush(waiting, entry)
        _work_one_day(waiting, left, minutes[day], day)
        for place in expiring[day]:
            in_time[place] = left[place]
    return _lost(load, arrivals, in_time)


def _work_one_day(waiting: list[tuple[int, int, int]], left: list[float], budget: float, day: int) -> None:
    while waiting and budget > DUST:
        _, ends, place = waiting[0]
        if ends >= day:
            used = min(budget, left[place])
            left[place] -= used
            budget -= used
        if ends < day or left[place] <= DUST:
            heappop(waiting)


def _by_day_of_start(load: Load, arrivals: Sequence[Arrivals]) -> list[list[tuple[int, int, int]]]:
    """By the day from which it can be worked: last safe day, deadline and place of each cell and of what will come."""
    starts: list[list[tuple[int, int, int]]] = [[] for _ in range(HORIZON)]
    for place, cell in enumerate(load.cells):
        if cell.ready < HORIZON:
            starts[cell.ready].append((cell.expires, cell.ends, place))
    for place, each in enumerate(arrivals, start=len(load.cells)):
        if each.dollars >= load.least:
            starts[each.day].append((each.expires, each.ends, place))
    return starts


def _by_last_safe_day(load: Load, arrivals: Sequence[Arrivals]) -> list[list[int]]:
    expiring: list[list[int]] = [[] for _ in range(HORIZON)]
    days = [each.expires for each in load.cells] + [each.expires for each in arrivals]
    for place, day in enumerate(days):
        if day >= 0:
            expiring[day].append(place)
    return expiring


def _left(cell: Cell, least: float) -> float:
    """Minutes of work in a cell, without what is set aside: the smallest, so the last."""
    return cell.minutes * sum(amount >= least for amount in cell.dollars)


def _lost(load: Load, arrivals: Sequence[Arrivals], left: Sequence[float]) -> Run:
    run = Run()
    for cell, rest in zip(load.cells, left, strict=False):
        worked = int((_left(cell, load.least) - rest) / cell.minutes + DUST) if cell.minutes else 0
        run.worked.append(worked)
        if not cell.is_late:
            run.lose(cell.expires, cell.number - worked, sum(cell.dollars[worked:]))
    for each, rest in zip(arrivals, left[len(load.cells) :], strict=True):
        lost = rest / each.minutes
        if each.dollars >= load.least and lost <= DUST:
            continue
        run.lose(each.expires, lost, lost * each.dollars)
    return run


def _draw_arrivals(load: Load, day: int, random: Random) -> Iterable[Arrivals]:
    """Draws the same numbers whatever becomes of them, so that two plans meet the same days."""
    came = load.came[(load.weekday + day) % 7]
    number = random.choice(came) if came else 0
    if not number or not load.profiles:
        return
    drawn = min(number, MOST_DRAWN)
    yield from _in_horizon(day, random.choices(load.profiles, k=drawn), number / drawn)


def _usual_arrivals(load: Load) -> Iterable[Arrivals]:
    """As many as usual on such a weekday; parts of an item are carried on."""
    due, turn = 0.0, 0
    for day in range(1, HORIZON):
        came = load.came[(load.weekday + day) % 7]
        due += sum(came) / len(came) if came and load.profiles else 0.0
        number = int(due + DUST)
        drawn = [load.profiles[(turn + each) % len(load.profiles)] for each in range(number)]
        yield from _in_horizon(day, drawn, 1.0)
        due, turn = due - number, turn + number


def _in_horizon(day: int, drawn: Iterable[Profile], weight: float) -> Iterable[Arrivals]:
    """What is due after the six weeks stands behind everything that counts, so it is left out."""
    for each in drawn:
        if each.days >= 0 and day + each.days < HORIZON:
            yield Arrivals(day, day + each.days, day + each.ends, weight, each.dollars, each.minutes)
