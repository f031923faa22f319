"""Routing rules in plain words: what they ask, and what of an item met it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from worklists.domain import modalities
from worklists.domain.conditions import CONDITIONS, Condition, Shape, bounds
from worklists.domain.modalities import modality_of
from worklists.domain.routing_facts import Facts

Names = Mapping[str, Mapping[str, str]]
"""By condition, what people call its keys: `{"payer_key": {"aetna": "Aetna"}}`."""
KNOWN_AS = {
    "prior_auth": "authorization",
    "cob_tpl": "coordination of benefits",
    "him_records": "medical records",
    "denials_general": "general denials",
    "eligibility_registration": "eligibility and registration",
}
"""Keys of the shipped teams whose words differ from the key."""
URGENCIES = {
    "missed": "missed", "critical": "critical (up to 7 days)", "high": "high (8 to 14 days)",
    "medium": "medium (15 to 30 days)", "low": "low (more than 30 days)", "none": "without a last day",
}  # fmt: skip
_NO_NAMES: Names = {}


def in_words(key: str) -> str:
    """A key as people say it; the names of teams and payers stand on the pages."""
    return KNOWN_AS.get(key, key.replace("_", " "))


def describe(conditions: Mapping[str, Any], names: Names = _NO_NAMES) -> str:
    """The conditions in plain words: "owner team is coding or billing, and amount at risk is at least $5,000.00"."""
    if not conditions:
        return "every item"
    return ", and ".join(_asked(CONDITIONS[name], wanted, names) for name, wanted in conditions.items())


def rule_in_words(
    conditions: Mapping[str, Any], queue: str, names: Names = _NO_NAMES, *, prefers_specialist: bool = False
) -> str:
    """One rule as a sentence: "When payer is Aetna, and the last day is within 14 days, send to Appeals."."""
    to = f"{queue}, to the payer's specialist where there is one" if prefers_specialist else queue
    if not conditions:
        return f"Send every item to {to}."
    return f"When {describe(conditions, names)}, send to {to}."


def matched(facts: Facts, conditions: Mapping[str, Any]) -> str:
    """What of this item met the conditions, in words."""
    if not conditions:
        return "it takes every item"
    return ", ".join(_met(facts, CONDITIONS[name], wanted) for name, wanted in conditions.items())


def _asked(condition: Condition, wanted: Any, names: Names) -> str:
    match condition.shape:
        case Shape.MONEY:
            return f"{condition.words} is {_between(wanted)}"
        case Shape.DAYS | Shape.COUNT:
            return _counted(condition, wanted)
        case Shape.EVERY:
            return f"the claim carries {_and(wanted)} together"
    known = _known(condition, names)
    return f"{condition.words} is {' or '.join(known.get(value, '') or in_words(value) for value in wanted)}"


def _known(condition: Condition, names: Names) -> Mapping[str, str]:
    if condition.shape is Shape.MODALITY:
        return modalities.NAMES
    return URGENCIES if condition.name == "urgency" else names.get(condition.name, {})


def _between(wanted: Mapping[str, str]) -> str:
    words = {"min": "at least", "max": "at most"}
    return " and ".join(f"{words[end]} ${Decimal(wanted[end]):,.2f}" for end in words if end in wanted)


def _counted(condition: Condition, wanted: Mapping[str, str]) -> str:
    low, high = bounds(wanted)
    match condition.name:
        case "days_left":
            return f"the last day is {_days_ahead(low, high)}"
        case "age_days":
            return f"it was denied {_range(low, high, 'day')} ago"
    return f"it was denied {_range(low, high, 'time')}"


def _days_ahead(low: Decimal | None, high: Decimal | None) -> str:
    if high is not None and high < 0:
        return f"past by {_range(-high, None if low is None else -low, 'day')}"
    if low is None:
        return f"within {_days(high)} or past"
    if low == 0 and high is not None:
        return f"within {_days(high)}"
    return f"{_range(low, high, 'day')} away"


def _days(number: Decimal | None) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _range(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    if low is not None and high is not None:
        return f"{low} {unit}{'' if low == 1 else 's'}" if low == high else f"{low} to {high} {unit}s"
    word, number = ("at least", low) if low is not None else ("at most", high)
    return f"{word} {number} {unit}{'' if number == 1 else 's'}"


def _met(facts: Facts, condition: Condition, wanted: Any) -> str:
    value = getattr(facts, condition.fact)
    match condition.shape:
        case Shape.MONEY:
            return f"{condition.words} ${value:,.2f} is {_between(wanted)}"
        case Shape.DAYS | Shape.COUNT:
            return f"{condition.words} {value}"
        case Shape.EVERY:
            return f"it carries {_and(wanted)}"
        case Shape.SOME:
            return f"{condition.words} is {_and(in_words(each) for each in value if each in wanted)}"
        case Shape.MODALITY:
            found = dict.fromkeys(modality_of(code) for code in value)
            return f"modality is {_and(modalities.NAMES[key] for key in found if key in wanted)}"
        case Shape.PROCEDURE:
            return f"procedure is among {_and(wanted)}"
    return f"{condition.words} is {in_words(value)}"


def _and(values: Any) -> str:
    return " and ".join(values)
