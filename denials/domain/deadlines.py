"""The one date by which a denial must be answered, and why it is that date.

All rules that apply are counted and the earliest wins: being early loses nothing, being late loses the right. What
the others say stands in `because`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from denials.domain.clock_facts import ClockKind, Facts, StatedLimit
from denials.domain.clock_rules import ClockRule
from denials.domain.clock_words import counted_in_words, disagreement, missing_in_words, source_in_words, warning
from denials.domain.windows import DEFAULT_PAYER, Counted, count_all

Day = date
APPEALS = frozenset({ClockKind.APPEAL, ClockKind.EXTERNAL_REVIEW})
_CLAIM_AGAIN = frozenset({"correction", "resubmission"})
_PREFERENCE = ("corrected_claim", "appeal", "external_review", "payment_dispute", "timely_filing")
"""Which rule gives its name to a date that several rules share."""
STATED = "REMARK-"
"""How the id of a limit begins that a remark states."""


@dataclass(slots=True, frozen=True)
class Deadline:
    """The last day to act, with everything needed to check it."""

    date: Day
    rule_id: str
    kind: str
    level_name: str
    basis: str
    """payment_date, receipt_date, decision or dos (date of service)."""
    basis_date: Day
    window: str
    presumption_days: int
    non_business_day_rule: str
    source: str
    last_verified: str
    confidence: str
    note: str
    is_default: bool
    """True when no rule of this payer is known: an assumption, never to be shown as a fact."""
    because: tuple[str, ...]


@dataclass(slots=True, frozen=True)
class Candidates:
    """What stands in the way of what is to be done: limits that were counted, and those that could not be."""

    counted: tuple[Counted, ...]
    wanted: tuple[ClockRule, ...]


def fitting(rules: Iterable[ClockRule], payer_key: str, facts: Facts) -> list[ClockRule]:
    """A payer's rules for this product, provider, place and time; one for the very state beats the general one."""
    found = [
        rule
        for rule in rules
        if rule.payer_key == payer_key
        and rule.applies(
            product=facts.product,
            state=facts.jurisdiction,
            provider_status=facts.provider_status,
            on=facts.start_of(rule.level_no or 1) or facts.payment_date,
        )
    ]
    local = {rule.rule_type for rule in found if facts.jurisdiction and rule.jurisdiction == facts.jurisdiction}
    return [rule for rule in found if rule.rule_type not in local or rule.jurisdiction == facts.jurisdiction]


def candidates(own: Sequence[ClockRule], default: Sequence[ClockRule], facts: Facts) -> Candidates:
    """The limits that count, on the level that is open.

    An open appeal right is always counted: a correction that fails must still leave time for it. What is only
    assumed about a payer stands in where nothing sure is known, and for an appeal also where only limits of the
    claim are known.
    """
    wanted = _wanted(own, facts)
    counted = count_all(wanted, facts)
    sure = [one for one in counted if one.is_sure]
    if not sure:
        counted += count_all(_wanted(default, facts, is_default=True), facts)
    elif facts.appeal_allowed and not any(one.rule.rule_type not in _LIMITS_OF_THE_CLAIM for one in sure):
        counted += count_all(_appeals(default, 1), facts)
    return Candidates(tuple(counted), tuple(wanted))


def binding(found: Candidates, facts: Facts) -> Deadline | None:
    """The earliest of them."""
    return _as_deadline(min(found.counted, key=_order), found, facts) if found.counted else None


def second(found: Candidates, facts: Facts) -> Deadline | None:
    """The earliest limit of another kind than the binding one: the right that is left when the first way fails."""
    if not found.counted:
        return None
    first = min(found.counted, key=_order)
    others = [one for one in found.counted if one.rule.rule_type != first.rule.rule_type]
    return _as_deadline(min(others, key=_order), found, facts) if others else None


def stated_rules(facts: Facts, own: Sequence[ClockRule]) -> list[ClockRule]:
    """Limits that the payer states by remarks, counted as its own first level is: from the notice."""
    first = next((rule for rule in own if rule.rule_type == ClockKind.APPEAL and (rule.level_no or 1) == 1), None)
    return [_stated(limit, facts, first) for limit in facts.stated if facts.open_level == 1]


def _stated(limit: StatedLimit, facts: Facts, first: ClockRule | None) -> ClockRule:
    return ClockRule(
        rule_id=f"{STATED}{limit.code}",
        payer_key=facts.payer_key,
        product="",
        jurisdiction="",
        provider_status="",
        rule_type=ClockKind.APPEAL,
        level_no=1,
        level_name=f"Appeal, as remark {limit.code} states",
        window_value=str(limit.days),
        window_unit="calendar_days",
        counts_from="notice_date",
        presumption_days=first.presumption_days if first else 0,
        non_business_day_rule="none",
        source=f"remark {limit.code} on the remittance",
        last_verified="",
        confidence="low",
    )


def _wanted(rules: Sequence[ClockRule], facts: Facts, *, is_default: bool = False) -> list[ClockRule]:
    """The limits that stand in the way. Without any for the claim itself the appeal level serves as the ceiling."""
    appeals = _appeals(rules, 1 if is_default else facts.open_level)
    again = [rule for rule in rules if rule.rule_type == ClockKind.CORRECTED_CLAIM]
    filing = [rule for rule in rules if rule.rule_type == ClockKind.TIMELY_FILING] if facts.needs_new_claim else []
    sends_claim = facts.resolution in _CLAIM_AGAIN or not facts.appeal_allowed
    wanted = (again + filing if sends_claim or facts.needs_new_claim else []) + (
        appeals if facts.appeal_allowed else []
    )
    return wanted or appeals


def _appeals(rules: Sequence[ClockRule], level: int) -> list[ClockRule]:
    on_level = [rule for rule in rules if (rule.level_no or 1) == level]
    appeals = [rule for rule in on_level if rule.rule_type in APPEALS]
    return appeals or [rule for rule in on_level if rule.rule_type == ClockKind.PAYMENT_DISPUTE]


def _order(one: Counted) -> tuple[date, int, str]:
    rule = one.rule
    rank = _PREFERENCE.index(rule.rule_type) if rule.rule_type in _PREFERENCE else len(_PREFERENCE)
    return one.last_day, rank + len(_PREFERENCE) * rule.rule_id.startswith(STATED), rule.rule_id


def earliest(counted: Iterable[Counted]) -> list[Counted]:
    """In the order in which they end; the first one binds."""
    return sorted(counted, key=_order)


def _as_deadline(first: Counted, found: Candidates, facts: Facts) -> Deadline:
    rule = first.rule
    return Deadline(
        date=first.last_day,
        rule_id=rule.rule_id,
        kind=rule.rule_type,
        level_name=rule.level_name,
        basis=first.basis,
        basis_date=first.basis_date,
        window=rule.window,
        presumption_days=first.presumption_days,
        non_business_day_rule=rule.non_business_day_rule,
        source=rule.source,
        last_verified=rule.last_verified,
        confidence=rule.confidence,
        note=rule.note,
        is_default=first.is_default,
        because=tuple(_because(first, found, facts)),
    )


def _because(first: Counted, found: Candidates, facts: Facts) -> Iterable[str]:
    if first.rule.payer_key == DEFAULT_PAYER:
        yield warning(facts)
    yield counted_in_words(first)
    yield source_in_words(first.rule)
    for other in earliest(found.counted):
        if other is not first:
            yield disagreement(other)
    known = {one.rule.rule_id for one in found.counted}
    for rule in found.wanted:
        if rule.rule_id not in known:
            yield missing_in_words(rule)


_LIMITS_OF_THE_CLAIM = frozenset({ClockKind.CORRECTED_CLAIM, ClockKind.TIMELY_FILING})
