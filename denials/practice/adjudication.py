"""How a payer answers one claim: the verdict turned into lines, adjustments and remarks that balance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from denials.domain.facts import ReportedAdjustment, ReportedClaim, ReportedLine
from denials.practice.billing import BilledLine, Claim
from denials.practice.catalogue import REPORTING
from denials.practice.causes import Cause, Scope, Verdict
from denials.practice.people import Payer

NOTHING = Decimal("0.00")
SEQUESTRATION = Decimal("0.02")
PRIMARY_PAID = Decimal("0.80")


@dataclass(slots=True, eq=False)
class Answer:
    """One answer of a payer to one claim, with what it truly is."""

    claim: Claim
    cause: Cause
    reported: ReportedClaim
    paid_on: date
    outcome: str
    denied: Decimal
    reason: str | None
    category: str | None
    kind: str = "first"
    """first, reversal, correction, replacement (new CLP07) or upheld."""
    denied_lines: list[int] = field(default_factory=list)


def answer(
    claim: Claim,
    cause: Cause,
    verdict: Verdict,
    paid_on: date,
    *,
    kind: str = "first",
    control_number: str = "",
    frequency: str = "1",
) -> Answer:
    """The payer's answer by this verdict. The cause is kept for the truth; the verdict alone decides the amounts."""
    reported = _frame(claim, verdict, control_number or claim.control_number, frequency)
    if verdict.scope == Scope.CLAIM:
        reported.charge, reported.paid = claim.charge, NOTHING
        reported.adjustments = [_adjustment(verdict.group, verdict.code, claim.charge)]
    else:
        reported.lines = _LINES[verdict.scope](claim, verdict)
        reported.charge = sum((line.charge or NOTHING for line in reported.lines), NOTHING)
        reported.paid = sum((line.paid or NOTHING for line in reported.lines), NOTHING)
    if kind != "first":
        reported.received_on = paid_on - timedelta(12)
    reported.patient_share = sum(
        (each.amount or NOTHING for each in all_adjustments(reported) if each.group == "PR"), NOTHING
    )
    return _judged(Answer(claim, cause, reported, paid_on, "", NOTHING, None, None, kind), verdict)


def all_adjustments(reported: ReportedClaim) -> list[ReportedAdjustment]:
    """Claim level first, then line by line."""
    return [*reported.adjustments, *(each for line in reported.lines for each in line.adjustments)]


_DENIED = ("denial", "suspected_denial")


def _judged(answer: Answer, verdict: Verdict) -> Answer:
    """The truth of an answer: full or partial denial by what was paid, else what the verdict says."""
    reported = answer.reported
    answer.outcome, answer.category = verdict.outcome, verdict.category
    answer.reason = verdict.reason if verdict.outcome in (*_DENIED, "duplicate_closed") else None
    if verdict.outcome not in _DENIED:
        return answer
    blamed = [each for each in all_adjustments(reported) if f"{each.group}-{each.code}" == verdict.reason]
    answer.denied = sum((each.amount or NOTHING for each in blamed), NOTHING)
    answer.denied_lines = [line.number for line in reported.lines if any(each in blamed for each in line.adjustments)]
    if verdict.outcome == "denial":
        answer.outcome = "partial_denial" if reported.paid else "full_denial"
    return answer


def _frame(claim: Claim, verdict: Verdict, control_number: str, frequency: str) -> ReportedClaim:
    patient = claim.patient
    return ReportedClaim(
        transaction=0,
        position=0,
        claim_number=claim.number,
        status=verdict.status,
        charge=None,
        paid=None,
        patient_share=None,
        filing_code=claim.payer.filing_code,
        payer_control_number=control_number,
        facility_code=claim.facility.place,
        frequency=frequency,
        segment_from=0,
        patient_last=patient.last,
        patient_first=patient.first,
        member_id=patient.member_id,
        rendering_npi=claim.clinician.npi,
        rendering_name=f"{claim.clinician.last}, {claim.clinician.first}",
        crossover_name=verdict.crossover,
        medical_record=patient.record,
        service_from=claim.service_date,
        service_to=claim.service_date,
        received_on=claim.received_on,
        remarks=list(verdict.claim_remarks),
    )


def _line(claim: Claim, number: int, billed: BilledLine) -> ReportedLine:
    return ReportedLine(
        number=number,
        qualifier="HC",
        procedure=billed.code,
        modifiers=billed.modifiers,
        revenue_code="",
        charge=billed.charge,
        paid=NOTHING,
        units_paid=Decimal(billed.units),
        units_billed=None,
        submitted_procedure="",
        segment_from=0,
        service_from=claim.service_date,
        service_to=claim.service_date,
        control_number=f"{claim.number}L{number}",
    )


def _paid_line(claim: Claim, number: int, billed: BilledLine) -> ReportedLine:
    line, payer = _line(claim, number, billed), claim.payer
    allowed = cents(billed.charge * payer.rate)
    code, share = _share(payer, number, allowed)
    sequestered = cents((allowed - share) * SEQUESTRATION) if payer.sequestration else NOTHING
    line.allowed, line.paid = allowed, allowed - share - sequestered
    amounts = (("CO", "45", billed.charge - allowed), ("CO", "253", sequestered), ("PR", code, share))
    line.adjustments = [_adjustment(*each) for each in amounts if each[2]]
    return line


def _share(payer: Payer, number: int, allowed: Decimal) -> tuple[str, Decimal]:
    if payer.copay:
        return "3", min(payer.copay, allowed) if number == 1 else NOTHING
    return "2", cents(allowed * payer.coinsurance)


def _refused_line(claim: Claim, number: int, billed: BilledLine, verdict: Verdict) -> ReportedLine:
    line, refused = _line(claim, number, billed), billed.charge
    if claim.payer.writes_down and verdict.group == "CO" and verdict.outcome == "denial":
        refused = cents(billed.charge * claim.payer.rate)
        line.adjustments.append(_adjustment("CO", "45", billed.charge - refused))
    line.adjustments.append(_adjustment(verdict.group, verdict.code, refused))
    line.remarks = list(verdict.remarks)
    return line


def _paid(claim: Claim, verdict: Verdict) -> list[ReportedLine]:
    lines = [_paid_line(claim, number, billed) for number, billed in enumerate(claim.lines, 1)]
    lines[0].remarks = list(verdict.remarks)
    return lines


def _all_refused(claim: Claim, verdict: Verdict) -> list[ReportedLine]:
    return [_refused_line(claim, number, billed, verdict) for number, billed in enumerate(claim.lines, 1)]


def _last_refused(claim: Claim, verdict: Verdict) -> list[ReportedLine]:
    *paid, last = enumerate(claim.lines, 1)
    return [*(_paid_line(claim, *each) for each in paid), _refused_line(claim, *last, verdict)]


def _units_cut(claim: Claim, verdict: Verdict) -> list[ReportedLine]:
    lines = [_paid_line(claim, number, billed) for number, billed in enumerate(claim.lines, 1)]
    at = max(range(len(claim.lines)), key=lambda each: claim.lines[each].units)
    billed = claim.lines[at]
    cut = billed.units // 2
    price = billed.charge / billed.units
    kept = BilledLine(billed.code, billed.modifiers, billed.units - cut, price * (billed.units - cut))
    line = _paid_line(claim, at + 1, kept)
    line.charge, line.units_billed, line.remarks = billed.charge, Decimal(billed.units), list(verdict.remarks)
    line.adjustments.insert(0, _adjustment(verdict.group, verdict.code, price * cut, Decimal(cut)))
    lines[at] = line
    return lines


def _deductible(claim: Claim, verdict: Verdict) -> list[ReportedLine]:
    lines = [_line(claim, number, billed) for number, billed in enumerate(claim.lines, 1)]
    for line, billed in zip(lines, claim.lines, strict=True):
        line.allowed = cents(billed.charge * claim.payer.rate)
        line.adjustments = [_adjustment("CO", "45", billed.charge - line.allowed), _adjustment("PR", "1", line.allowed)]
    return lines


def _after_primary(claim: Claim, verdict: Verdict) -> list[ReportedLine]:
    lines = [_line(claim, number, billed) for number, billed in enumerate(claim.lines, 1)]
    for line, billed in zip(lines, claim.lines, strict=True):
        line.allowed = cents(billed.charge * claim.payer.rate)
        earlier = cents(line.allowed * PRIMARY_PAID)
        line.paid = line.allowed - earlier
        line.adjustments = [_adjustment("CO", "45", billed.charge - line.allowed), _adjustment("OA", "23", earlier)]
    return lines


def _with_penny_line(claim: Claim, verdict: Verdict) -> list[ReportedLine]:
    penny = BilledLine(REPORTING.code, (), 1, REPORTING.charge)
    lines = [_paid_line(claim, number, billed) for number, billed in enumerate(claim.lines, 1)]
    return [*lines, _refused_line(claim, len(lines) + 1, penny, verdict)]


_LINES: dict[Scope, Callable[[Claim, Verdict], list[ReportedLine]]] = {
    Scope.PAID: _paid,
    Scope.ALL_LINES: _all_refused,
    Scope.LAST_LINE: _last_refused,
    Scope.UNITS: _units_cut,
    Scope.DEDUCTIBLE: _deductible,
    Scope.WRITE_DOWN: _all_refused,
    Scope.AFTER_PRIMARY: _after_primary,
    Scope.PENNY_LINE: _with_penny_line,
}


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(NOTHING)


def _adjustment(group: str, code: str, amount: Decimal, quantity: Decimal | None = None) -> ReportedAdjustment:
    return ReportedAdjustment(group, code, amount, quantity, 0)
