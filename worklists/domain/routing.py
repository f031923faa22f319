"""Which queue an item goes to: the first rule of an ordered list that matches, and why. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

UNROUTED = "unrouted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a rule may ask about a denial. Nothing here changes as days pass, so neither does the queue."""

    owner_team: str = ""
    category: str = ""
    denial_type: str = ""
    outcome: str = ""
    resolution: str = ""
    group: str = ""
    carc: str = ""
    remarks: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    payer_key: str = ""
    payer_kind: str = ""
    facility_npi: str = ""
    service_line: str = ""
    amount_at_risk: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the ordered list. Every condition must match; no conditions match everything."""

    id: int
    name: str
    version: int
    conditions: Mapping[str, Any]
    queue_key: str


@dataclass(frozen=True, slots=True)
class Routed:
    """One queue, and the rule that chose it; None when no rule did."""

    queue_key: str
    rule: Rule | None
    because: str


WORDS = {
    "owner_team": "owner team",
    "category": "category",
    "denial_type": "denial type",
    "outcome": "outcome",
    "resolution": "usual resolution",
    "group": "adjustment group",
    "carc": "reason code",
    "remarks": "remark code",
    "exceptions": "exception",
    "payer_key": "payer",
    "payer_kind": "kind of payer",
    "facility_npi": "facility NPI",
    "service_line": "service line",
    "amount_at_risk": "amount at risk",
}
"""Every condition that a rule may have, and what people call it."""

KNOWN_AS = {
    "prior_auth": "authorization",
    "cob_tpl": "coordination of benefits",
    "him_records": "medical records",
    "denials_general": "general denials",
    "eligibility_registration": "eligibility and registration",
}
"""Keys of the shipped teams whose words differ from the key."""
AMOUNT = "amount_at_risk"
LISTS = ("remarks", "exceptions")
BUCKET = ("owner_team", "category", "payer_key")
Test = Callable[[Facts], bool]


def route(facts: Facts, rules: Sequence[Rule]) -> Routed:
    """The queue of the first rule that matches, else `unrouted`. For many items use `RuleBook`."""
    return _answer(facts, next((rule for rule in rules if matches(facts, rule.conditions)), None))


def matches(facts: Facts, conditions: Mapping[str, Any]) -> bool:
    return all(_test(name, wanted)(facts) for name, wanted in conditions.items())


@dataclass(slots=True)
class RuleBook:
    """The same answers as `route`, fast for many items: rules that cannot match an owner, category and payer are
    passed over once for that combination, not once for every item.
    """

    rules: Sequence[Rule]
    _tests: list[tuple[Rule, dict[str, Test]]] = field(init=False)
    _buckets: dict[tuple[str, str, str], list[tuple[Rule, tuple[Test, ...]]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._tests = [
            (rule, {name: _test(name, wanted) for name, wanted in rule.conditions.items()}) for rule in self.rules
        ]

    def route(self, facts: Facts) -> Routed:
        key = (facts.owner_team, facts.category, facts.payer_key)
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = self._bucket(facts)
        for rule, tests in bucket:
            if all(test(facts) for test in tests):
                return _answer(facts, rule)
        return _answer(facts, None)

    def _bucket(self, facts: Facts) -> list[tuple[Rule, tuple[Test, ...]]]:
        return [
            (rule, tuple(test for name, test in tests.items() if name not in BUCKET))
            for rule, tests in self._tests
            if all(test(facts) for name, test in tests.items() if name in BUCKET)
        ]


def check_conditions(conditions: object) -> list[str]:
    """What is wrong with the conditions that somebody wrote, one sentence each; empty when they can be used."""
    if not isinstance(conditions, Mapping):
        return ["Conditions are a list of names, each with its values."]
    return [sentence for name, wanted in conditions.items() if (sentence := _fault(name, wanted))]


def describe(conditions: Mapping[str, Any]) -> str:
    """The conditions in plain words: "owner team is coding or billing, and amount at risk is at least $5,000.00"."""
    if not conditions:
        return "every item"
    return ", and ".join(f"{WORDS[name]} is {_described(name, wanted)}" for name, wanted in conditions.items())


def _test(name: str, wanted: Any) -> Test:
    if name == AMOUNT:
        low, high = _bound(wanted, "min"), _bound(wanted, "max")
        return lambda facts: (
            (low is None or facts.amount_at_risk >= low) and (high is None or facts.amount_at_risk <= high)
        )
    values = frozenset(wanted)
    if name in LISTS:
        return lambda facts: not values.isdisjoint(getattr(facts, name))
    return lambda facts: getattr(facts, name) in values


def _bound(wanted: Mapping[str, str], end: str) -> Decimal | None:
    return Decimal(wanted[end]) if end in wanted else None


def _answer(facts: Facts, rule: Rule | None) -> Routed:
    if rule is None:
        return Routed(UNROUTED, None, "No routing rule matches this denial, so a manager decides where it goes.")
    return Routed(rule.queue_key, rule, f'Rule "{rule.name}" (version {rule.version}): {_matched(facts, rule)}.')


def _matched(facts: Facts, rule: Rule) -> str:
    """What of this item met the conditions, in words."""
    if not rule.conditions:
        return "it takes every item"
    parts = []
    for name, wanted in rule.conditions.items():
        if name == AMOUNT:
            parts.append(f"{WORDS[name]} ${facts.amount_at_risk:,.2f} is {_described(name, wanted)}")
        elif name in LISTS:
            parts.append(f"{WORDS[name]} is {' and '.join(in_words(v) for v in getattr(facts, name) if v in wanted)}")
        else:
            parts.append(f"{WORDS[name]} is {in_words(getattr(facts, name))}")
    return ", ".join(parts)


def in_words(key: str) -> str:
    """A key as people say it; the names of teams and payers stand on the pages."""
    return KNOWN_AS.get(key, key.replace("_", " "))


def _described(name: str, wanted: Any) -> str:
    if name != AMOUNT:
        return " or ".join(map(in_words, wanted))
    words = {"min": "at least", "max": "at most"}
    return " and ".join(f"{words[end]} ${Decimal(wanted[end]):,.2f}" for end in words if end in wanted)


def _fault(name: object, wanted: object) -> str:
    if name not in WORDS:
        return f'There is no condition "{name}". Conditions are: {", ".join(WORDS)}.'
    if name == AMOUNT:
        return _fault_of_amount(wanted)
    is_list = isinstance(wanted, list | tuple)
    if not is_list or not wanted or not all(isinstance(value, str) and value.strip() for value in wanted):  # type: ignore[attr-defined]
        return f"The condition on {WORDS[str(name)]} needs one or more values."
    return ""


def _fault_of_amount(wanted: object) -> str:
    needed = "The condition on amount at risk needs a min, a max or both, in dollars"
    if not isinstance(wanted, Mapping) or not wanted or set(wanted) - {"min", "max"}:
        return f"{needed}."
    try:
        bounds = {end: Decimal(value) for end, value in wanted.items() if isinstance(value, str)}
    except InvalidOperation:
        return f"{needed}, such as 5000 or 249.50."
    if len(bounds) < len(wanted) or not all(value.is_finite() and value >= 0 for value in bounds.values()):
        return f"{needed}, such as 5000 or 249.50."
    if bounds.get("min", Decimal(0)) > bounds.get("max", bounds.get("min", Decimal(0))):
        return "The condition on amount at risk has a min above its max."
    return ""
