"""Counts one rule: from which day, over which window, to which last day. Pure arithmetic on dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from denials.domain.clock_facts import Facts
from denials.domain.clock_rules import ClockRule
from denials.domain.days import (
    add_business_days,
    add_months,
    end_of_month,
    next_business_day,
    previous_business_day,
    subtract_business_days,
)

LOW = "low"
"""Confidence of a rule that may shorten a deadline and never lengthens it."""
DEFAULT_PAYER = "default"
NOTICES = (
    "remittance", "EOB", "EOP", "check_or_EOP", "initial", "receipt_of_initial", "receipt_of_denial", "date_of_denial",
    "denial", "notice", "date_on_adverse", "receipt_of_adverse", "action_or_inaction", "decision_or_finding",
)  # fmt: skip
"""How `counts_from` begins where a window runs from the payer's first notice, whatever the level."""


@dataclass(slots=True, frozen=True)
class WorkTimes:
    """Business days that we need before something is there: to prepare it, and for the mail."""

    preparation: int = 0
    mailing: int = 0


NO_TIME = WorkTimes()


@dataclass(slots=True, frozen=True)
class Counted:
    """A rule with the days that it gives."""

    rule: ClockRule
    basis: str
    """payment_date, receipt_date, dos, decision or sent."""
    basis_date: date
    presumption_days: int
    last_day: date

    @property
    def is_default(self) -> bool:
        return self.rule.payer_key == DEFAULT_PAYER

    @property
    def is_sure(self) -> bool:
        return self.rule.confidence != LOW


def count_all(rules: Iterable[ClockRule], facts: Facts) -> list[Counted]:
    return [counted for counted in (count(rule, facts) for rule in rules) if counted]


def count(rule: ClockRule, facts: Facts) -> Counted | None:
    """None when the rule gives no window of its own ("see contract") or what it counts from has not happened."""
    basis, start, presumed = basis_of(rule, facts)
    if start is None:
        return None
    return count_from(rule, start, basis=basis, presumed=presumed)


def count_from(rule: ClockRule, start: date, *, basis: str, presumed: int = 0) -> Counted | None:
    """The same from a day that is known."""
    try:
        last_day = _after(rule, start + timedelta(days=presumed))
        if last_day is None:
            return None
        return Counted(rule, basis, start, presumed, _rolled(last_day, rule.non_business_day_rule))
    except (OverflowError, ValueError):
        # A garbled date near the end of the calendar leaves no day to count to.
        return None


def basis_of(rule: ClockRule, facts: Facts) -> tuple[str, date | None, int]:
    """What the rule counts from, the day of it when it is known, and the days presumed for receipt."""
    if rule.counts_from_service:
        start = facts.service_date
        if start and rule.counts_from.startswith("end_of_month"):
            start = end_of_month(start)
        return "dos", start, rule.presumption_days
    if rule.counts_from_sending:
        return "sent", facts.last_sent, 0
    if rule.is_levelled and (rule.level_no or 1) > 1 and rule.payer_key != DEFAULT_PAYER:
        if rule.counts_from.startswith(NOTICES):
            return "payment_date", facts.original_date or facts.payment_date, rule.presumption_days
        return _decision(rule, facts, rule.level_no or 1)
    if rule.is_levelled and rule.payer_key == DEFAULT_PAYER and facts.open_level > 1:
        return _decision(rule, facts, facts.open_level)
    return _notice(rule, facts)


def last_safe_day(counted: Counted, times: WorkTimes) -> date:
    """The day by which the work must begin: the last day less the business days for preparing and mailing.

    Where the day of the postmark counts, the mail takes nothing away.
    """
    mailing = 0 if counted.rule.counts_postmark else times.mailing
    try:
        return subtract_business_days(counted.last_day, times.preparation + mailing)
    except OverflowError:
        return counted.last_day


def _decision(rule: ClockRule, facts: Facts, level: int) -> tuple[str, date | None, int]:
    """The decision that opens a level: told by this very remittance, or before it."""
    start = facts.start_of(level)
    return "payment_date" if start == facts.payment_date else "decision", start, rule.presumption_days


def _notice(rule: ClockRule, facts: Facts) -> tuple[str, date | None, int]:
    """The payer's notice; receipt that is proved inside the presumption brings the day forward."""
    told = facts.payment_date
    presumed = told and told + timedelta(days=rule.presumption_days)
    if told and facts.received_on and presumed and told <= facts.received_on < presumed:
        return "receipt_date", facts.received_on, 0
    return "payment_date", told, rule.presumption_days


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
