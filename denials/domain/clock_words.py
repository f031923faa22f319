"""Clocks as people read them: plain sentences, each of which stands alone."""

from __future__ import annotations

import re
from datetime import date

from denials.domain.clock_facts import ClockKind, Facts
from denials.domain.clock_rules import ClockRule
from denials.domain.windows import Counted

BASIS_WORDS = {
    "payment_date": "payment date",
    "receipt_date": "day of receipt",
    "dos": "date of service",
    "decision": "decision on the level before",
    "sent": "day of sending",
}
KIND_WORDS = {
    ClockKind.APPEAL: "Appeal",
    ClockKind.CORRECTED_CLAIM: "Corrected claim",
    ClockKind.TIMELY_FILING: "Original claim",
    ClockKind.PAYMENT_DISPUTE: "Payment dispute",
    ClockKind.EXTERNAL_REVIEW: "External review",
    ClockKind.REOPENING: "Reopening",
    ClockKind.RECOUPMENT_STOP: "Stop of the takeback",
    ClockKind.INTERNAL_TARGET: "Our own target",
    ClockKind.PAYER_RESPONSE: "Answer of the payer",
    ClockKind.FOLLOW_UP: "Follow-up",
}
UNITS = {
    "calendar_days": ("calendar day", "calendar days"),
    "business_days": ("business day", "business days"),
    "months": ("month", "months"),
    "years": ("year", "years"),
    "calendar_years": ("year", "years"),
}
WINDOWS_WITHOUT_NUMBER = {
    "see_contract": "as the contract says",
    "automatic": "nothing to do: it goes there by itself",
    "end_of_next_calendar_year": "until 31 December of the next year",
}


def window_in_words(value: str, unit: str) -> str:
    """ "180 calendar days", "1 year", "as the contract says"."""
    if unit in WINDOWS_WITHOUT_NUMBER:
        return WINDOWS_WITHOUT_NUMBER[unit]
    one, more = UNITS.get(unit, (unit, unit))
    return f"{value} {one if value == '1' else more}"


def _window(rule: ClockRule) -> str:
    return window_in_words(rule.window_value, rule.window_unit)


def name_of(rule: ClockRule) -> str:
    return rule.level_name or KIND_WORDS.get(ClockKind(rule.rule_type), "") or rule.rule_type


def named(rule: ClockRule) -> str:
    return f"{name_of(rule)} ({rule.rule_id})"


def warning(facts: Facts) -> str:
    payer = facts.payer_name or in_plain_words(facts.payer_key) or "this payer"
    level = f" for level {facts.open_level}" if facts.open_level > 1 else ""
    return f"Assumed: no sure limit{level} is known for {payer}. Check the contract or manual, and enter its rule."


def counted_in_words(one: Counted) -> str:
    receipt = f", with {one.presumption_days} days presumed for receipt" if one.presumption_days else ""
    basis = BASIS_WORDS[one.basis]
    return (
        f"{named(one.rule)}: {_window(one.rule)} from the {basis}, {day(one.basis_date)}{receipt}."
        f" The last day is {day(one.last_day)}."
    )


def source_in_words(rule: ClockRule) -> str:
    return f"Source: {rule.source}; verified: {rule.last_verified or 'no date given'}; confidence: {rule.confidence}."


def disagreement(other: Counted) -> str:
    return f"{named(other.rule)} would allow until {day(other.last_day)}; the earliest is used."


def missing_in_words(rule: ClockRule) -> str:
    return f"{named(rule)} cannot be counted: {_window(rule)}, from {start_in_words(rule)}."


STARTS = {
    "date_of_service": "the date of service",
    "date_of_service_or_discharge": "the date of service or discharge",
    "end_of_month_of_service": "the end of the month of service",
    "demand_letter_date": "the date of the demand letter",
    "plan_upholds": "the plan's decision to uphold",
    "end_of_open_negotiation": "the end of open negotiation",
    "previous_decision": "the decision before",
    "sending": "the day of sending",
    "EOB_or_remittance_date": "the date of the EOB or remittance",
    "EOP_date": "the date of the payment notice (EOP)",
    "check_or_EOP_date": "the date of the check or payment notice (EOP)",
    "IRE_decision_notice": "the decision of the independent reviewer (IRE)",
    "receipt_of_ALJ_decision": "receipt of the judge's decision (ALJ)",
    "receipt_of_Council_decision": "receipt of the Council's decision",
}


def start_in_words(rule: ClockRule) -> str:
    """What a rule counts from, in words: "receipt of redetermination"."""
    return STARTS.get(rule.counts_from) or in_plain_words(rule.counts_from)


def in_plain_words(key: str) -> str:
    """A key without its underscores; short payer keys in capitals: "medicare ffs", "UHC"."""
    words = re.sub(r"_+", " ", key).strip()
    return words.upper() if len(words) <= 3 else words


def day(value: date) -> str:
    return f"{value.day} {value:%b %Y}"
