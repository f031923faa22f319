"""The conditions of a routing rule: each asks one fact. What they are called, whether they hold, what is wrong. Pure.

Values are kept as JSON holds them: a list of texts, or for amounts and days `{"min": "5000", "max": "9000.50"}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from denials.domain.scoping import check_procedure, procedure_fits
from worklists.domain.modalities import PROCEDURES
from worklists.domain.routing_facts import Facts

Test = Callable[[Facts], bool]
WHOLE = re.compile(r"-?\d{1,4}")


class Shape(StrEnum):
    ONE = "one"
    """The fact is one of the values."""
    SOME = "some"
    """Of the fact's values, at least one is among those asked for."""
    EVERY = "every"
    """All values asked for are there."""
    PROCEDURE = "procedure"
    """A procedure fits a code, a range or a beginning."""
    MODALITY = "modality"
    """A procedure belongs to one of these modalities."""
    MONEY = "money"
    DAYS = "days"
    COUNT = "count"


RANGES = frozenset({Shape.MONEY, Shape.DAYS, Shape.COUNT})


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a rule may ask."""

    name: str
    fact: str
    shape: Shape
    words: str


def _condition(name: str, words: str, shape: Shape = Shape.ONE, fact: str = "") -> tuple[str, Condition]:
    return name, Condition(name, fact or name, shape, words)


CONDITIONS: dict[str, Condition] = dict(
    (
        _condition("owner_team", "owner team"),
        _condition("category", "category"),
        _condition("denial_type", "denial type"),
        _condition("outcome", "outcome"),
        _condition("resolution", "usual resolution"),
        _condition("group", "adjustment group"),
        _condition("carc", "reason code"),
        _condition("remarks", "remark code", Shape.SOME),
        _condition("together", "codes together", Shape.EVERY, "codes"),
        _condition("exceptions", "exception", Shape.SOME),
        _condition("evidence", "evidence asked for", Shape.SOME),
        _condition("payer_key", "payer"),
        _condition("payer_kind", "kind of payer"),
        _condition("product", "product"),
        _condition("facility_npi", "facility NPI"),
        _condition("service_line", "service line"),
        _condition("rendering_npi", "rendering provider NPI"),
        _condition("modality", "modality", Shape.MODALITY, "procedures"),
        _condition("procedure", "procedure", Shape.PROCEDURE, "procedures"),
        _condition("modifier", "modifier", Shape.SOME, "modifiers"),
        _condition("amount_at_risk", "amount at risk", Shape.MONEY),
        _condition("urgency", "urgency"),
        _condition("days_left", "days to the last day", Shape.DAYS),
        _condition("age_days", "days since the denial", Shape.DAYS),
        _condition("round", "times denied", Shape.COUNT),
    )
)
WORDS = {name: each.words for name, each in CONDITIONS.items()}
"""Every condition that a rule may have, and what people call it."""
NEEDS = {
    Shape.MONEY: "in dollars, such as 5000 or 249.50",
    Shape.DAYS: "in whole days, such as 14",
    Shape.COUNT: "a whole number from 1 on, such as 2",
}


def matches(facts: Facts, conditions: Mapping[str, Any]) -> bool:
    return all(test_of(name, wanted)(facts) for name, wanted in conditions.items())


def asked_by(conditions: Mapping[str, Any]) -> set[str]:
    """The facts that these conditions ask for."""
    return {CONDITIONS[name].fact for name in conditions}


def test_of(name: str, wanted: Any) -> Test:
    """The test of one condition whose values were checked."""
    fact, shape = CONDITIONS[name].fact, CONDITIONS[name].shape
    if shape in RANGES:
        return _test_of_range(fact, *bounds(wanted))
    if shape in (Shape.PROCEDURE, Shape.MODALITY):
        patterns = patterns_of(name, wanted)
        return lambda facts: any(procedure_fits(pattern, code) for code in facts.procedures for pattern in patterns)
    values = frozenset(wanted)
    if shape is Shape.SOME:
        return lambda facts: not values.isdisjoint(getattr(facts, fact))
    if shape is Shape.EVERY:
        return lambda facts: values.issubset(getattr(facts, fact))
    return lambda facts: getattr(facts, fact) in values


def patterns_of(name: str, wanted: Iterable[str]) -> tuple[str, ...]:
    """The procedure codes, ranges and beginnings that a condition on procedures or modalities accepts."""
    if CONDITIONS[name].shape is Shape.MODALITY:
        return tuple(pattern for key in wanted for pattern in PROCEDURES.get(key, ()))
    return tuple(wanted)


def bounds(wanted: Mapping[str, str]) -> tuple[Decimal | None, Decimal | None]:
    return (
        Decimal(wanted["min"]) if "min" in wanted else None,
        Decimal(wanted["max"]) if "max" in wanted else None,
    )


def _test_of_range(fact: str, low: Decimal | None, high: Decimal | None) -> Test:
    def test(facts: Facts) -> bool:
        value = getattr(facts, fact)
        return value is not None and (low is None or value >= low) and (high is None or value <= high)

    return test


def check_conditions(conditions: object) -> list[str]:
    """What is wrong with the conditions that somebody wrote, one sentence each; empty when they can be used."""
    if not isinstance(conditions, Mapping):
        return ["Conditions are a list of names, each with its values."]
    return [sentence for name, wanted in conditions.items() if (sentence := _fault(name, wanted))]


def _fault(name: object, wanted: object) -> str:
    if name not in CONDITIONS:
        return f'There is no condition "{name}". Conditions are: {", ".join(CONDITIONS)}.'
    condition = CONDITIONS[str(name)]
    if condition.shape in RANGES:
        return _fault_of_range(condition, wanted)
    is_list = isinstance(wanted, list | tuple)
    if not is_list or not wanted or not all(isinstance(value, str) and value.strip() for value in wanted):  # type: ignore[attr-defined]
        return f"The condition on {condition.words} needs one or more values."
    values: list[str] = list(wanted)  # type: ignore[call-overload]
    if condition.shape is Shape.PROCEDURE:
        return next(filter(None, map(check_procedure, values)), "")
    unknown = [value for value in values if condition.shape is Shape.MODALITY and value not in PROCEDURES]
    return f"There is no modality {unknown[0]}." if unknown else ""


def _fault_of_range(condition: Condition, wanted: object) -> str:
    needed = f"The condition on {condition.words} needs a min, a max or both, {NEEDS[condition.shape]}."
    if not isinstance(wanted, Mapping) or not wanted or set(wanted) - {"min", "max"}:
        return needed
    if not all(isinstance(value, str) and _is_readable(condition.shape, value) for value in wanted.values()):
        return needed
    low, high = bounds(wanted)
    if low is not None and high is not None and low > high:
        return f"The condition on {condition.words} has a min above its max."
    return ""


def _is_readable(shape: Shape, value: str) -> bool:
    if shape is not Shape.MONEY:
        return WHOLE.fullmatch(value) is not None and (shape is Shape.DAYS or int(value) >= 1)
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return False
    return amount.is_finite() and amount >= 0
