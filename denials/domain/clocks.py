"""The one date by which a denial must be answered, and why it is that date.

All rules that apply are counted and the earliest wins: being early loses nothing, being late loses the right. What
the others say stands in `because`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from denials.domain.clock_rules import ClockRule as ClockRule
from denials.domain.conclusion import in_words
from denials.domain.days import (
    add_business_days,
    add_months,
    end_of_month,
    next_business_day,
    previous_business_day,
)

Day = date

DEFAULT_PAYER = "default"
_CLAIM_AGAIN = frozenset({"correction", "resubmission"})
_PREFERENCE = ("corrected_claim", "appeal", "payment_dispute", "timely_filing")
"""Which rule gives its name to a date that several rules share."""
BASIS_WORDS = {"payment_date": "payment date", "receipt_date": "day of receipt", "dos": "date of service"}
_ASSUMED = "low"
"""Confidence of a rule that may shorten a deadline and never lengthens it."""


@dataclass(slots=True, frozen=True)
class Deadline:
    """The last day to act, with everything needed to check it."""

    date: Day
    rule_id: str
    level_name: str
    basis: str
    """payment_date, receipt_date or dos (date of service)."""
    basis_date: Day
    window: str
    presumption_days: int
    non_business_day_rule: str
    source: str
    last_verified: str
    confidence: str
    is_default: bool
    """True when no rule of this payer is known: an assumption, never to be shown as a fact."""
    because: tuple[str, ...]


@dataclass(slots=True, frozen=True)
class Facts:
    """The dates and circumstances that rules count from and apply to."""

    payment_date: date | None
    received_on: date | None
    service_date: date | None
    product: str
    jurisdiction: str
    provider_status: str


@dataclass(slots=True, frozen=True)
class _Counted:
    rule: ClockRule
    basis: str
    basis_date: date
    presumption_days: int
    last_day: date


def deadline(
    rules: Iterable[ClockRule],
    *,
    payer_key: str,
    product: str,
    resolution: str,
    appeal_allowed: bool,
    payment_date: date | None,
    received_on: date | None = None,
    service_date: date | None = None,
    jurisdiction: str | None = None,
    needs_new_claim: bool = False,
    provider_status: str = "",
) -> Deadline | None:
    """The earliest last day among the payer's rules that fit; None when no date is known to count from.

    `payment_date` is the remittance's payment date, else its production date. `received_on` is the day on which
    receipt of the remittance is proved; it counts only inside the payer's presumption, so that it can bring the day
    forward, never push it back. `service_date` is the first day of service (last day for a stay). `provider_status`
    is "contracted", "non_contracted" or empty when not known. `needs_new_claim` says that the payer never took the
    claim in, so that the original filing limit runs on.
    """
    facts = Facts(payment_date, received_on, service_date, product, jurisdiction or "", provider_status)
    every = list(rules)
    own = _fitting([rule for rule in every if rule.payer_key == payer_key], facts)
    wanted = _wanted(own, resolution, appeal_allowed, needs_new_claim)
    counted = _count(wanted, facts)
    reliable = any(one.rule.confidence != _ASSUMED for one in counted)
    if not reliable:
        fallback = _fitting([rule for rule in every if rule.payer_key == DEFAULT_PAYER], facts)
        counted += _count(_wanted(fallback, resolution, appeal_allowed, needs_new_claim), facts)
    return _earliest(counted, payer_key, wanted)


def _fitting(rules: Sequence[ClockRule], facts: Facts) -> list[ClockRule]:
    """Rules for this product, provider, place and time; a rule for the very state beats the general one."""
    fitting = [
        rule
        for rule in rules
        if rule.applies(
            product=facts.product,
            state=facts.jurisdiction,
            provider_status=facts.provider_status,
            on=facts.payment_date,
        )
    ]
    local = {rule.rule_type for rule in fitting if facts.jurisdiction and rule.jurisdiction == facts.jurisdiction}
    return [rule for rule in fitting if rule.rule_type not in local or rule.jurisdiction == facts.jurisdiction]


def _wanted(
    rules: Sequence[ClockRule], resolution: str, appeal_allowed: bool, needs_new_claim: bool
) -> list[ClockRule]:
    """The limits that stand in the way of what is to be done, first level only.

    An open appeal right is always counted: a correction that fails must still leave time for it. Without any limit
    for the claim itself the first appeal level serves as the ceiling.
    """
    appeals = [rule for rule in rules if rule.rule_type == "appeal" and rule.level_no in (1, None)]
    disputes = [rule for rule in rules if rule.rule_type == "payment_dispute" and rule.level_no in (1, None)]
    appeals = appeals or disputes
    again = [rule for rule in rules if rule.rule_type == "corrected_claim"]
    filing = [rule for rule in rules if rule.rule_type == "timely_filing"] if needs_new_claim else []
    sends_claim = resolution in _CLAIM_AGAIN or not appeal_allowed
    wanted = (again + filing if sends_claim or needs_new_claim else []) + (appeals if appeal_allowed else [])
    return wanted or appeals


def _count(rules: Iterable[ClockRule], facts: Facts) -> list[_Counted]:
    return [counted for counted in (_count_one(rule, facts) for rule in rules) if counted]


def _count_one(rule: ClockRule, facts: Facts) -> _Counted | None:
    """None when the rule gives no window of its own ("see contract") or the date it counts from is not known."""
    basis, start, presumed = _basis(rule, facts)
    if start is None:
        return None
    try:
        last_day = _after(rule, start + timedelta(days=presumed))
        if last_day is None:
            return None
        return _Counted(rule, basis, start, presumed, _rolled(last_day, rule.non_business_day_rule))
    except (OverflowError, ValueError):
        # A garbled date near the end of the calendar leaves no day to count to.
        return None


def _basis(rule: ClockRule, facts: Facts) -> tuple[str, date | None, int]:
    if rule.counts_from_service:
        start = facts.service_date
        if start and rule.counts_from.startswith("end_of_month"):
            start = end_of_month(start)
        return "dos", start, rule.presumption_days
    presumed = facts.payment_date and facts.payment_date + timedelta(days=rule.presumption_days)
    if facts.payment_date and facts.received_on and presumed and facts.payment_date <= facts.received_on < presumed:
        return "receipt_date", facts.received_on, 0
    return "payment_date", facts.payment_date, rule.presumption_days


def _after(rule: ClockRule, start: date) -> date | None:
    if rule.window_unit == "end_of_next_calendar_year":
        return date(start.year + 1, 12, 31)
    if not rule.window_value.isdecimal() or int(rule.window_value) == 0:
        return None
    number = int(rule.window_value)
    match rule.window_unit:
        case "calendar_days":
            return start + timedelta(days=number)
        case "business_days":
            return add_business_days(start, number)
        case "months":
            return add_months(start, number)
        case "years" | "calendar_years":
            return add_months(start, 12 * number)
    return None


def _rolled(day: date, rule: str) -> date:
    if rule.startswith("next_business_day"):
        return next_business_day(day)
    if rule.startswith("previous_business_day"):
        return previous_business_day(day)
    return day


def _earliest(counted: Sequence[_Counted], payer_key: str, wanted: Sequence[ClockRule]) -> Deadline | None:
    if not counted:
        return None
    first = min(counted, key=lambda one: (one.last_day, _rank(one.rule), one.rule.rule_id))
    rule = first.rule
    is_default = rule.payer_key == DEFAULT_PAYER
    return Deadline(
        date=first.last_day,
        rule_id=rule.rule_id,
        level_name=rule.level_name,
        basis=first.basis,
        basis_date=first.basis_date,
        window=rule.window,
        presumption_days=first.presumption_days,
        non_business_day_rule=rule.non_business_day_rule,
        source=rule.source,
        last_verified=rule.last_verified,
        confidence=rule.confidence,
        is_default=is_default,
        because=tuple(_because(first, counted, wanted, payer_key)),
    )


def _because(
    first: _Counted, counted: Sequence[_Counted], wanted: Sequence[ClockRule], payer_key: str
) -> Iterable[str]:
    rule = first.rule
    if rule.payer_key == DEFAULT_PAYER:
        yield f"Assumed: no sure limit is known for {payer_key or 'this payer'}. Check the contract and enter its rule."
    receipt = f", with {first.presumption_days} days presumed for receipt" if first.presumption_days else ""
    yield (
        f"{_named(rule)}: {in_words(rule.window)} from the {BASIS_WORDS[first.basis]}, "
        f"{_day(first.basis_date)}{receipt}. The last day is {_day(first.last_day)}."
    )
    yield f"Source: {rule.source}; verified: {rule.last_verified or 'no date given'}; confidence: {rule.confidence}."
    for other in sorted(counted, key=lambda one: (one.last_day, one.rule.rule_id)):
        if other is not first:
            yield f"{_named(other.rule)} would allow until {_day(other.last_day)}; the earliest is used."
    known = {one.rule.rule_id for one in counted}
    for missing in wanted:
        if missing.rule_id not in known:
            counted_from = in_words(missing.counts_from)
            yield f"{_named(missing)} cannot be counted: {in_words(missing.window)} from {counted_from}."


def _named(rule: ClockRule) -> str:
    return f"{rule.level_name or in_words(rule.rule_type)} ({rule.rule_id})"


def _day(day: Day) -> str:
    return f"{day.day} {day:%b %Y}"


def _rank(rule: ClockRule) -> int:
    return _PREFERENCE.index(rule.rule_type) if rule.rule_type in _PREFERENCE else len(_PREFERENCE)
