"""Whether a payer's remittance says what somebody had entered before from paper: one decision, told twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from denials.domain.facts import ReportedClaim

APART = timedelta(days=10)
"""Between the date on the paper and the payment date, where nothing else tells the two decisions apart."""


@dataclass(frozen=True, slots=True)
class Told:
    """A claim payment with the day and the trace number of its payment."""

    claim: ReportedClaim
    day: date | None
    trace: str


def same_decision(one: Told, other: Told) -> str:
    """Why both are the same decision, in a sentence; empty when they are two.

    Charge, payment and every group, reason and amount must be the same, on whichever level. The claim denied again
    later for the same reason is another decision: it has another trace number, or another day.
    """
    numbers = {number for number in (one.claim.payer_control_number, other.claim.payer_control_number) if number}
    if len(numbers) > 1 or _facts(one.claim) != _facts(other.claim):
        return ""
    traces = {_comparable(trace) for trace in (one.trace, other.trace) if trace}
    if len(traces) == 1 and one.trace and other.trace:
        return "Same amounts and reasons, same trace number."
    if one.day is None or other.day is None:
        return ""
    if one.day == other.day:
        return "Same amounts and reasons, same day."
    if len(traces) < 2 and abs(one.day - other.day) <= APART:
        return f"Same amounts and reasons, {abs((one.day - other.day).days)} days apart."
    return ""


def _facts(claim: ReportedClaim) -> tuple[Decimal, Decimal, Counter[tuple[str, str, Decimal]]]:
    levels = [claim.adjustments, *(each.adjustments for each in claim.lines)]
    reasons = Counter(
        (each.group.strip().upper(), each.code.strip().lstrip("0").upper(), each.amount or Decimal(0))
        for level in levels
        for each in level
    )
    return claim.charge or Decimal(0), claim.paid or Decimal(0), reasons


def _comparable(trace: str) -> str:
    return trace.strip().lstrip("0").upper()
