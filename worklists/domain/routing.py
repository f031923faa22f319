"""Which queue an item goes to: the first rule of an ordered list that matches, and why. Pure.

    route(facts, rules)            one item
    RuleBook(rules).route(facts)   the same answers, fast for many

What may be asked stands in `routing_facts` and `conditions`, how it reads in `routing_words`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from worklists.domain.conditions import Test, asked_by, check_conditions, matches, test_of
from worklists.domain.routing_facts import Facts
from worklists.domain.routing_words import describe, matched

__all__ = ["UNROUTED", "Facts", "Routed", "Rule", "RuleBook", "check_conditions", "describe", "route"]
UNROUTED = "unrouted"
BUCKET = ("owner_team", "category", "payer_key")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the ordered list. Every condition must match; no conditions match everything."""

    id: int
    name: str
    version: int
    conditions: Mapping[str, Any]
    queue_key: str
    prefers_specialist: bool = False
    """Whether the payer's specialist is to get the item, where there is one who can take it."""


@dataclass(frozen=True, slots=True)
class Routed:
    """One queue, and the rule that chose it; None when no rule did."""

    queue_key: str
    rule: Rule | None
    because: str


def route(facts: Facts, rules: Sequence[Rule]) -> Routed:
    """The queue of the first rule that matches, else `unrouted`. For many items use `RuleBook`."""
    return _answer(facts, next((rule for rule in rules if matches(facts, rule.conditions)), None))


@dataclass(slots=True)
class RuleBook:
    """The same answers as `route`, fast for many items: rules that cannot match an owner, category and payer are
    passed over once for that combination, not once for every item.
    """

    rules: Sequence[Rule]
    asks: frozenset[str] = field(init=False)
    """The facts that some rule asks for: the others need not be looked up."""
    _tests: list[dict[str, Test]] = field(init=False)
    _passing: dict[tuple[str, str], frozenset[int]] = field(init=False, default_factory=dict)
    """By one fact that buckets go by: the places of the rules that do not mind it."""
    _buckets: dict[tuple[str, str, str], list[tuple[Rule, tuple[Test, ...]]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.asks = frozenset().union(*(asked_by(rule.conditions) for rule in self.rules))
        self._tests = [{name: test_of(name, wanted) for name, wanted in rule.conditions.items()} for rule in self.rules]

    def route(self, facts: Facts) -> Routed:
        return _answer(facts, self.first(facts))

    def first(self, facts: Facts) -> Rule | None:
        """The rule that takes the item, without the words why."""
        for rule, tests in self._bucket_of(facts):
            if all(test(facts) for test in tests):
                return rule
        return None

    def fitting(self, facts: Facts, among: Collection[int]) -> list[Rule]:
        """The rules of these ids that the item meets, whichever takes it."""
        bucket = self._bucket_of(facts)
        return [rule for rule, tests in bucket if rule.id in among and all(test(facts) for test in tests)]

    def _bucket_of(self, facts: Facts) -> list[tuple[Rule, tuple[Test, ...]]]:
        key = (facts.owner_team, facts.category, facts.payer_key)
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = self._bucket(facts)
        return bucket

    def _bucket(self, facts: Facts) -> list[tuple[Rule, tuple[Test, ...]]]:
        places = sorted(frozenset.intersection(*(self._passed(name, facts) for name in BUCKET)))
        rest = [tuple(test for name, test in self._tests[at].items() if name not in BUCKET) for at in places]
        return [(self.rules[at], tests) for at, tests in zip(places, rest, strict=True)]

    def _passed(self, name: str, facts: Facts) -> frozenset[int]:
        key = (name, getattr(facts, name))
        passing = self._passing.get(key)
        if passing is None:
            passing = self._passing[key] = frozenset(
                at for at, tests in enumerate(self._tests) if name not in tests or tests[name](facts)
            )
        return passing


def _answer(facts: Facts, rule: Rule | None) -> Routed:
    if rule is None:
        return Routed(UNROUTED, None, "No routing rule matches this denial, so a manager decides where it goes.")
    words = matched(facts, rule.conditions)
    return Routed(rule.queue_key, rule, f'Rule "{rule.name}" (version {rule.version}): {words}.')
