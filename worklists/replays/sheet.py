"""A replay as people read it: who gains and loses work, what goes nowhere, what becomes late, and some items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import User
from worklists.domain.routing import UNROUTED, Rule, RuleBook
from worklists.models import Queue, RuleSetReplay, WorkItem
from worklists.replays.cases import facts_by_item
from worklists.replays.result import members_by_queue
from worklists.routing import rule_sets

WEEK = 7
HOUR = 60
EXAMPLES_A_PAIR = 2
MOST_EXAMPLES = 16


@dataclass(slots=True)
class Pair:
    """Work that leaves one queue for another."""

    now: str
    then: str
    recent: int = 0
    recent_amount: Decimal = Decimal("0.00")
    open: int = 0
    open_amount: Decimal = Decimal("0.00")
    is_lost: bool = False


@dataclass(slots=True)
class Load:
    """What comes to a queue or a person in a week, and what a queue holds."""

    label: str
    items_now: float = 0.0
    items_then: float = 0.0
    minutes_now: float = 0.0
    minutes_then: float = 0.0
    open_now: int = 0
    open_then: int = 0
    people: int = 0
    pace: float = 0.0

    @property
    def more(self) -> float:
        return round(self.items_then - self.items_now, 1)

    @property
    def more_in_words(self) -> str:
        return f"{'+' if self.more > 0 else '−'}{abs(self.more):.1f}"

    @property
    def hours_now(self) -> float:
        return self.minutes_now / HOUR

    @property
    def hours_then(self) -> float:
        return self.minutes_then / HOUR


@dataclass(frozen=True, slots=True)
class Example:
    """One item with what both lists say about it."""

    item: WorkItem
    queue_now: str
    queue_then: str
    because_now: str
    because_then: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule of the new list: how much it takes, and what leaves it nothing."""

    place: int
    rule: Rule
    items_now: int
    items_then: int
    fitting: int
    takers: str

    @property
    def is_shadowed(self) -> bool:
        return not self.items_then and self.fitting > 0


@dataclass(frozen=True, slots=True)
class LateLine:
    """One item that its queue would come to after its last safe day."""

    item: WorkItem
    queue: str
    last_safe: date
    day_now: date | None
    day_then: date | None


def of_replay(replay: RuleSetReplay, user: User) -> dict[str, Any]:
    """Everything that the page of a finished replay shows. Items that `user` may not see are counted and not shown."""
    result: dict[str, Any] = replay.result or {}
    names = dict(Queue.objects.values_list("key", "name"))
    pairs = list(_pairs(result, names))
    rules = list(_rules(result, [rule_sets.rule_from(rule) for rule in replay.rules]))
    return {
        **summary(replay),
        "pairs": pairs,
        "queues": _queues(result, names, replay.days),
        "people": _people(result),
        "rules": rules,
        "worse": [(names.get(key, key), items, Decimal(amount)) for key, items, amount in result["days"]["worse"]],
        "worst": list(_worst(result, names, user)),
        "examples": list(_examples(replay, names, user)),
    }


def summary(replay: RuleSetReplay) -> dict[str, Any]:
    """The numbers that come first; nothing while the replay is not finished."""
    result: dict[str, Any] | None = replay.result
    if result is None:
        return {}
    recent, still_open, days = result["recent"], result["open"], result["days"]
    idle = result["rules"]["idle"]
    return {
        "recent": recent,
        "still_open": still_open,
        "recent_unrouted": _unrouted(recent),
        "open_unrouted": _unrouted(still_open),
        "late": sum(items for _, items, _ in days["worse"]),
        "late_amount": sum((Decimal(amount) for _, _, amount in days["worse"]), Decimal("0.00")),
        "saved": sum(items for _, items, _ in days["better"]),
        "late_either_way": days["late_either_way"],
        "idle": len(idle),
        "shadowed": sum(1 for takers in idle.values() if takers),
        "control": result["control"],
        "has_pace": any(result["pace"].values()),
    }


def _unrouted(scope: Mapping[str, Any]) -> dict[str, int]:
    """How much no rule takes now, and then."""
    return {
        "now": sum(items for now, _, items, *_ in scope["pairs"] if now == UNROUTED),
        "then": sum(items for _, then, items, *_ in scope["pairs"] if then == UNROUTED),
    }


def _pairs(result: Mapping[str, Any], names: Mapping[str, str]) -> Iterable[Pair]:
    found: dict[tuple[str, str], Pair] = {}
    for scope in ("recent", "open"):
        for now, then, items, amount, _ in result[scope]["pairs"]:
            if now == then:
                continue
            pair = found.setdefault((now, then), Pair(names.get(now, now), names.get(then, then)))
            pair.is_lost = then == UNROUTED
            setattr(pair, scope, items)
            setattr(pair, f"{scope}_amount", Decimal(amount))
    return sorted(found.values(), key=lambda pair: (not pair.is_lost, -pair.recent, -pair.open, pair.now, pair.then))


def _queues(result: Mapping[str, Any], names: Mapping[str, str], days: int) -> list[Load]:
    weeks, members = days / WEEK, members_by_queue()
    loads: dict[str, Load] = {}
    for now, then, items, _, minutes in result["recent"]["pairs"]:
        for key, end in ((now, "now"), (then, "then")):
            load = loads.setdefault(key, Load(names.get(key, key)))
            setattr(load, f"items_{end}", getattr(load, f"items_{end}") + items / weeks)
            setattr(load, f"minutes_{end}", getattr(load, f"minutes_{end}") + minutes / weeks)
    for now, then, items, _, _ in result["open"]["pairs"]:
        loads.setdefault(now, Load(names.get(now, now))).open_now += items
        loads.setdefault(then, Load(names.get(then, then))).open_then += items
    for key, load in loads.items():
        load.people, load.pace = len(members.get(key, [])), result["pace"].get(key, 0.0)
    return sorted(loads.values(), key=lambda load: (-abs(load.more), -load.items_now, load.label))


def _people(result: Mapping[str, Any]) -> list[Load]:
    people = User.objects.in_bulk([row[0] for row in result["people"]])
    loads = [
        Load(str(people[person]), items_now, items_then, minutes_now, minutes_then)
        for person, items_now, minutes_now, items_then, minutes_then in result["people"]
        if person in people
    ]
    return sorted(loads, key=lambda load: (-abs(load.more), load.label))


def _rules(result: Mapping[str, Any], rules: Sequence[Rule]) -> Iterable[RuleLine]:
    names = {rule.id: rule.name for rule in rules}
    found = result["rules"]
    for place, rule in enumerate(rules, start=1):
        takers = found["idle"].get(str(rule.id), [])
        yield RuleLine(
            place,
            rule,
            found["now"].get(str(rule.id), 0),
            found["then"].get(str(rule.id), 0),
            sum(items for _, items in takers),
            ", ".join(names.get(taker, "") for taker, _ in takers),
        )


def _worst(result: Mapping[str, Any], names: Mapping[str, str], user: User) -> Iterable[LateLine]:
    rows = result["days"]["worst"]
    items = _visible([row[0] for row in rows], user)
    for pk, queue, _, last_safe, now, then in rows:
        if pk in items:
            yield LateLine(items[pk], names.get(queue, queue), date.fromisoformat(last_safe), _day(now), _day(then))


def _examples(replay: RuleSetReplay, names: Mapping[str, str], user: User) -> Iterable[Example]:
    """Both lists are asked again about a few items, for the words: those are kept nowhere."""
    result: dict[str, Any] = replay.result or {}
    items = _visible([pk for _, _, each in result["examples"] for pk in each], user)
    chosen = [(now, then, pk) for now, then, each in result["examples"] for pk in _first(each, items)][:MOST_EXAMPLES]
    book_now = RuleBook(rule_sets.rules_of(replay.rule_set))
    book_then = RuleBook([rule_sets.rule_from(rule) for rule in replay.rules])
    facts = facts_by_item([pk for _, _, pk in chosen], book_now.asks | book_then.asks)
    for now, then, pk in chosen:
        yield Example(
            items[pk],
            names.get(now, now),
            names.get(then, then),
            book_now.route(facts[pk]).because,
            book_then.route(facts[pk]).because,
        )


def _first(pks: Iterable[int], items: Mapping[int, WorkItem]) -> list[int]:
    return [pk for pk in pks if pk in items][:EXAMPLES_A_PAIR]


def _visible(pks: Sequence[int], user: User) -> dict[int, WorkItem]:
    found: dict[int, WorkItem] = WorkItem.objects.visible_to(user).select_related("payer").in_bulk(list(pks))
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
