"""What follows an answer: appeals won or lost, corrected claims, payments taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from denials.practice.adjudication import NOTHING, Answer, all_adjustments, answer, cents
from denials.practice.causes import Fate, Scope, Verdict
from denials.practice.people import Facility, Payer

PAID_AFTER_APPEAL = Verdict(Scope.PAID, remarks=("N690",), claim_remarks=("MA91",), outcome="not_denial")
PAID_AFTER_CORRECTION = Verdict(Scope.PAID, outcome="not_denial")
OTHER_PAYER = Verdict(Scope.ALL_LINES, "CO", "22", ("N36",), category="coordination_of_benefits")
INTEREST = Decimal("0.015")


@dataclass(frozen=True, slots=True)
class PlannedAdjustment:
    """Money outside claims (PLB), paid with the first payment to the facility on or after its day."""

    payer: Payer
    facility: Facility
    due: date
    code: str
    reference: str
    amount: Decimal
    """Positive lowers the payment."""
    cause: str


def later_answers(random: Random, first: Answer, days: Sequence[date]) -> list[Answer]:
    """What this payer says later to the same claim, as far as its payment days reach."""
    fates = first.cause.fates
    fate = random.choices(list(fates), list(fates.values()))[0]
    day = _day_of(fate, first.paid_on + timedelta(random.randint(18, 55)), days)
    if fate == Fate.OPEN or day is None or (fate in _TAKEN and not first.reported.paid):
        return []
    return list(_follow(fate, first, day))


_TAKEN = (Fate.TAKEN_BACK, Fate.TAKEN_BACK_OTHER_PAYER)


def _day_of(fate: Fate, due: date, days: Sequence[date]) -> date | None:
    """The next payment day; a takeback runs by itself on the next working day, so its total may fall below zero."""
    if fate != Fate.TAKEN_BACK:
        return next((day for day in days if day >= due), None)
    regular = next((day for day in days[:-1] if day >= due), None)
    return regular and regular + timedelta(3 if regular.weekday() == 4 else 1)


def _follow(fate: Fate, first: Answer, day: date) -> Iterator[Answer]:
    verdict = first.cause.verdict
    if fate == Fate.PARTLY and (len(first.claim.lines) == 1 or verdict.scope != Scope.ALL_LINES):
        fate = Fate.OVERTURNED
    if first.reported.paid or fate in (Fate.OVERTURNED, Fate.PARTLY, *_TAKEN):
        yield reversal(first, day, {Fate.TAKEN_BACK: "N688", Fate.TAKEN_BACK_OTHER_PAYER: "N696"}.get(fate, ""))
    if fate == Fate.CORRECTED:
        yield _replacement(first, day)
    elif fate != Fate.TAKEN_BACK:
        kind = "upheld" if fate == Fate.UPHELD else "correction"
        yield answer(first.claim, first.cause, _next_verdict(fate, verdict), day, kind=kind, frequency="7")


def _next_verdict(fate: Fate, verdict: Verdict) -> Verdict:
    if fate == Fate.OVERTURNED:
        return PAID_AFTER_APPEAL
    if fate == Fate.TAKEN_BACK_OTHER_PAYER:
        return OTHER_PAYER
    if fate == Fate.PARTLY:
        return replace(verdict, scope=Scope.LAST_LINE, claim_remarks=("MA91",))
    return replace(verdict, group="CO", code="193", remarks=(), claim_remarks=("N1",), status="1")


def _replacement(first: Answer, day: date) -> Answer:
    """Paid under a new control number. MA130 asks for a new claim, all others take a replacement (frequency 7)."""
    frequency = "1" if "MA130" in first.reported.remarks else "7"
    number = f"{first.claim.control_number}R"
    return answer(
        *(first.claim, first.cause, PAID_AFTER_CORRECTION, day),
        kind="replacement",
        control_number=number,
        frequency=frequency,
    )


def reversal(first: Answer, day: date, remark: str = "") -> Answer:
    """The same answer with opposite signs and status 22 (CLP02), saying why by an alert."""
    reported = deepcopy(first.reported)
    reported.status = "22"
    reported.charge, reported.paid = _negated(reported.charge), _negated(reported.paid)
    reported.patient_share = _negated(reported.patient_share)
    for adjustment in all_adjustments(reported):
        adjustment.amount = _negated(adjustment.amount)
        adjustment.quantity = None if adjustment.quantity is None else -adjustment.quantity
    for line in reported.lines:
        line.charge, line.paid = _negated(line.charge), _negated(line.paid)
        line.allowed, line.remarks = None, [remark] if remark else []
    reported.remarks = []
    return Answer(first.claim, first.cause, reported, day, "reversal", NOTHING, None, None, "reversal")


def _negated(amount: Decimal | None) -> Decimal:
    return -(amount or NOTHING)


def money_outside_claims(random: Random, answers: Sequence[Answer]) -> Iterator[PlannedAdjustment]:
    """Delayed recoveries, interest and refund cheques that belong to these answers of one claim."""
    first, last = answers[0], answers[-1]
    paid, cause = first.reported.paid or NOTHING, first.cause.id
    if last.kind == "reversal" and random.random() < 0.5:
        taken = -(last.reported.paid or NOTHING)
        yield _planned(last, last.paid_on, "WO", -taken)
        yield _planned(last, last.paid_on + timedelta(1), "WO", taken)
    if cause == "paid_late_with_interest" and cents(paid * INTEREST):
        yield _planned(first, first.paid_on, "L6", -cents(paid * INTEREST))
    if cause == "refund_acknowledged":
        yield _planned(first, first.paid_on, "72", -cents(paid / 4))
        yield _planned(first, first.paid_on, "WO", cents(paid / 4))


def _planned(about: Answer, due: date, code: str, amount: Decimal) -> PlannedAdjustment:
    claim = about.claim
    number = about.reported.payer_control_number
    return PlannedAdjustment(claim.payer, claim.facility, due, code, number, amount, about.cause.id)
