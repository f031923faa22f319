"""What would help most in the six weeks ahead: a few changes tried out, and the one that saves most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from worklists.domain import forecast_plan as plan
from worklists.domain.forecast import RUNS, Run, draw
from worklists.domain.forecast_plan import Loads, Runs
from worklists.forecast.basis import Basis

MOST_MOVED = 25
LOSERS, RECEIVERS, TRIED = 2, 4, 30
LIKELY = 0.5
MORE_HOURS = 2
WORTH_SAYING, WORTH_SHARE = 1.0, 0.02
"""Dollars below which a change makes no difference, and the share of the loss below which it is no advice."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The change that would save most, and the page that shows it."""

    words: str
    saved: float
    url: str


@dataclass(frozen=True, slots=True)
class Option:
    """A change that may help: the queues as they would be then, and the levers that show it."""

    words: str
    loads: Loads
    levers: dict[str, int]


def advise(basis: Basis, before: Runs, seed: str) -> Suggestion | None:
    """Of some moves and some hours more, what saves most; nothing where that is next to nothing of what is lost."""
    losers = sorted((key for key in before if _expected(before[key]) >= WORTH_SAYING), key=_loss_first(before))
    options = [option for giver in losers[:LOSERS] for option in (*_moves(basis, before, giver), _longer(basis, giver))]
    best = max(options, key=lambda option: _saving(basis, before, option, seed, TRIED), default=None)
    if best is None:
        return None
    saved = _saving(basis, before, best, seed, RUNS)
    if saved < WORTH_SHARE * sum(_expected(runs) for runs in before.values()):
        return None
    return Suggestion(best.words, saved, f"{reverse('forecast')}?{urlencode(best.levers)}")


def _loss_first(before: Runs) -> Callable[[int], tuple[float, int]]:
    return lambda key: (-_expected(before[key]), key)


def _moves(basis: Basis, before: Runs, giver: int) -> Iterable[Option]:
    """What a queue will most likely lose, given to each of the queues that lose least themselves."""
    found = plan.endangered({giver: basis.loads[giver]}, {giver: before[giver]})
    chosen = [each.item for each in found if each.probability >= LIKELY][:MOST_MOVED]
    others = [key for key in before if key != giver and any(basis.loads[key].minutes)]
    others.sort(key=lambda key: (_expected(before[key]), -sum(basis.loads[key].minutes)))
    items = f"{len(chosen)} {'item' if len(chosen) == 1 else 'items'}"
    for receiver in others[:RECEIVERS] if chosen else ():
        yield Option(
            f"Moving {items} from {basis.names[giver]} to {basis.names[receiver]}",
            plan.move(basis.loads, giver, receiver, chosen),
            {"giver": giver, "receiver": receiver, "number": len(chosen)},
        )


def _longer(basis: Basis, queue: int) -> Option:
    return Option(
        f"{MORE_HOURS} hours more each week for {basis.names[queue]}",
        plan.give_hours(basis.loads, queue, MORE_HOURS, basis.working),
        {"hours_queue": queue, "hours": MORE_HOURS},
    )


def _saving(basis: Basis, before: Runs, option: Option, seed: str, runs: int) -> float:
    """Of the queues that the change touches; the first runs alone are enough to choose by."""
    touched = [key for key, load in option.loads.items() if load is not basis.loads[key]]
    return sum(_expected(before[key][:runs]) - _expected(draw(option.loads[key], seed, runs=runs)) for key in touched)


def _expected(runs: Sequence[Run]) -> float:
    return sum(sum(run.dollars) for run in runs) / len(runs)
