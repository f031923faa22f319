"""The same denials asked twice: by the rules in force, and by the rules that would be. Pure.

What is compared is the effect of the rules alone: both lists are asked about the same facts, as of the day on which
each item was routed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from heapq import heappush, heappushpop
from typing import NamedTuple

from worklists.domain.routing import UNROUTED, Facts, Rule, RuleBook

EXAMPLES = 5
"""How many items stand for each pair of queues: those with the most at risk."""
NOTHING = Decimal("0.00")


class Case(NamedTuple):
    """One item with the facts of its routing."""

    item: int
    facts: Facts
    amount: Decimal
    minutes: float
    is_recent: bool
    is_open: bool


class Answer(NamedTuple):
    """Where the rules in force, and the rules that would be, send one item."""

    now: str
    then: str
    rule_now: Rule | None
    rule_then: Rule | None


@dataclass(slots=True)
class Sum:
    """So many items, dollars at risk in them, and minutes of work."""

    items: int = 0
    amount: Decimal = NOTHING
    minutes: float = 0.0

    def add(self, case: Case) -> None:
        self.items += 1
        self.amount += case.amount
        self.minutes += case.minutes


Pair = tuple[str, str]


@dataclass(slots=True)
class Scope:
    """One set of denials: those of the last days, or what is open."""

    items: int = 0
    other_rule: int = 0
    """Items that stay in their queue by another rule."""
    pairs: dict[Pair, Sum] = field(default_factory=lambda: defaultdict(Sum))
    """By queue now and queue then, also where both are the same."""

    def add(self, case: Case, answer: Answer) -> None:
        self.items += 1
        self.pairs[answer.now, answer.then].add(case)
        if answer.now == answer.then and _id(answer.rule_now) != _id(answer.rule_then):
            self.other_rule += 1

    @property
    def moved(self) -> int:
        return sum(each.items for (now, then), each in self.pairs.items() if now != then)


@dataclass(slots=True)
class Replay:
    """Takes one case after the other and counts. Holds numbers and a few ids, however many cases there are."""

    now: Sequence[Rule]
    then: Sequence[Rule]
    recent: Scope = field(default_factory=Scope)
    open: Scope = field(default_factory=Scope)
    hits_now: Counter[int] = field(default_factory=Counter)
    hits_then: Counter[int] = field(default_factory=Counter)
    taken_before: dict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    """By rule that took nothing: how many items it fits, by the rule that took them before it was asked."""
    _books: tuple[RuleBook, RuleBook] = field(init=False)
    _examples: dict[Pair, list[tuple[Decimal, int]]] = field(init=False, default_factory=lambda: defaultdict(list))
    _idle: set[int] = field(init=False)
    """Rules of the new list that took nothing yet."""

    def __post_init__(self) -> None:
        self._books = RuleBook(self.now), RuleBook(self.then)
        self._idle = {rule.id for rule in self.then}

    @property
    def asks(self) -> frozenset[str]:
        """The facts that some rule of either list asks for."""
        return self._books[0].asks | self._books[1].asks

    def take(self, case: Case) -> Answer:
        rule_now, rule_then = (book.first(case.facts) for book in self._books)
        answer = Answer(_queue(rule_now), _queue(rule_then), rule_now, rule_then)
        if case.is_recent:
            self.recent.add(case, answer)
        if case.is_open:
            self.open.add(case, answer)
        if answer.now != answer.then:
            self._keep(case, (answer.now, answer.then))
        self._count(case.facts, rule_now, rule_then)
        return answer

    def examples(self) -> dict[Pair, list[int]]:
        """Items of each pair of queues, the largest first."""
        return {pair: [item for _, item in sorted(kept, reverse=True)] for pair, kept in self._examples.items()}

    @property
    def idle(self) -> list[Rule]:
        """Rules that would take nothing, in order."""
        return [rule for rule in self.then if not self.hits_then[rule.id]]

    def _keep(self, case: Case, pair: Pair) -> None:
        kept = self._examples[pair]
        if len(kept) < EXAMPLES:
            heappush(kept, (case.amount, case.item))
        else:
            heappushpop(kept, (case.amount, case.item))

    def _count(self, facts: Facts, rule_now: Rule | None, rule_then: Rule | None) -> None:
        if rule_now is not None:
            self.hits_now[rule_now.id] += 1
        if rule_then is None:
            return
        self.hits_then[rule_then.id] += 1
        self._idle.discard(rule_then.id)
        for rule in self._books[1].fitting(facts, self._idle):
            self.taken_before[rule.id][rule_then.id] += 1


def _id(rule: Rule | None) -> int | None:
    return rule.id if rule else None


def _queue(rule: Rule | None) -> str:
    return rule.queue_key if rule else UNROUTED
