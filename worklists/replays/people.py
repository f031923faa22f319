"""The load of people in a replay: the members of a queue share what comes in, but for what goes to a specialist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import User
from worklists.assignment.specialists import Specialists
from worklists.domain.replay import Answer, Case, Scope
from worklists.domain.routing import Rule
from worklists.models import Queue
from worklists.replays.cases import Row

NOW, THEN = 0, 2
"""Places of the items in a person's load; the minutes stand behind them."""


@dataclass(slots=True)
class Given:
    """What rules that prefer the payer's specialist give to one, as specialists are named today."""

    specialists: Specialists | None
    """None where no rule of either list prefers one: nothing is looked at then."""
    queue_ids: Mapping[str, int]
    loads: dict[tuple[int, str, int], list[float]] = field(default_factory=lambda: defaultdict(lambda: [0.0, 0.0]))
    """By end (`NOW`, `THEN`), queue and person: items and minutes."""

    @classmethod
    def by(cls, rules: Iterable[Rule], on: date) -> Given:
        prefers = any(rule.prefers_specialist for rule in rules)
        return cls(Specialists.current(on) if prefers else None, dict(Queue.objects.values_list("key", "pk")))

    def add(self, row: Row, case: Case, answer: Answer) -> None:
        if self.specialists is None or not case.is_recent:
            return
        for end, queue, rule in ((NOW, answer.now, answer.rule_now), (THEN, answer.then, answer.rule_then)):
            if rule is None or not rule.prefers_specialist or queue not in self.queue_ids:
                continue
            chosen = self.specialists.choose(row.payer_id, row.facility_id, self.queue_ids[queue])
            if chosen.person_id is not None:
                load = self.loads[end, queue, chosen.person_id]
                load[0] += 1
                load[1] += case.minutes


def loads(recent: Scope, given: Given, members: Mapping[str, Sequence[int]], weeks: float) -> list[list[Any]]:
    """Id, then items and minutes in a week now, and then."""
    found: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for (end, queue), shared in _shared(recent, given).items():
        for person in members.get(queue, []):
            _add(found[person], end, shared, len(members[queue]) * weeks)
    for (end, _, person), own in given.loads.items():
        _add(found[person], end, own, weeks)
    known = _known(found)
    return [[person, *(round(load, 2) for load in found[person])] for person in sorted(known)]


def _add(load: list[float], end: int, items_and_minutes: Sequence[float], among: float) -> None:
    for place, value in enumerate(items_and_minutes):
        load[end + place] += value / among


def _shared(recent: Scope, given: Given) -> dict[tuple[int, str], list[float]]:
    """By end and queue what comes in without a specialist of its own."""
    found: dict[tuple[int, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for end, queue, items, minutes in _by_queue(recent):
        found[end, queue][0] += items
        found[end, queue][1] += minutes
    for (end, queue, _), (own_items, own_minutes) in given.loads.items():
        found[end, queue][0] -= own_items
        found[end, queue][1] -= own_minutes
    return found


def _by_queue(recent: Scope) -> Iterator[tuple[int, str, int, float]]:
    for (now, then), each in recent.pairs.items():
        yield NOW, now, each.items, each.minutes
        yield THEN, then, each.items, each.minutes


def _known(people: Collection[int]) -> set[int]:
    return set(User.objects.filter(pk__in=people).values_list("pk", flat=True))
