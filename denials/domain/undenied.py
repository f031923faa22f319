"""Conclusions where nothing was refused: paid, cost share, pending, forwarded, taken back, estimated."""

from __future__ import annotations

from denials.domain.case import Case, amount_in, line_numbers
from denials.domain.conclusion import ZERO, Conclusion, Liability, Outcome
from denials.domain.entries import RULE_WORDS
from denials.domain.reading import MAY_NOT_BILL, read, readings_of


def by_status(case: Case, outcome: Outcome) -> Conclusion:
    """The claim status alone decides: reversal, forwarded, estimate, or pending in an old file."""
    status = case.status
    settled = outcome is Outcome.REVERSAL and case.is_corrected
    tracked = {
        "paid": abs(case.found.paid),
        "charge": max(case.found.charge - case.found.paid, ZERO),
    }.get(status.tracks, ZERO)
    because = f"Claim status {status.code} says {outcome.replace('_', ' ')}; its adjustments deny nothing."
    return Conclusion(
        outcome=outcome,
        is_denial=False,
        tracked_amount=ZERO if settled else tracked,
        liability=Liability.NONE,
        owner_team=status.owner_team,
        resolution="adjustment" if settled else status.resolution,
        remarks=case.remarks,
        watch="" if settled else status.watch,
        because=(because, *(["The correction is in the same file."] if settled else [])),
    )


def pending(case: Case) -> Conclusion:
    """The payer has not decided yet: on watch until the reversal and correction arrive."""
    reasons = case.found.pending
    first = min(reasons, key=lambda reason: (-reason.amount, reason.entry.code, reason.group))
    meaning = read(first, case.scope)
    return Conclusion(
        outcome=Outcome.PENDING,
        is_denial=False,
        tracked_amount=amount_in(reasons),
        liability=Liability.NONE,
        owner_team=meaning.owner_team,
        resolution=meaning.resolution,
        remarks=case.remarks,
        pending_lines=line_numbers(reasons),
        watch="line_pending" if line_numbers(reasons) else "claim_pending",
        next_action=meaning.next_action,
        evidence=meaning.evidence,
        escalation=meaning.escalation,
        readings=readings_of([meaning]),
        because=(f"{first.name} on {first.place}: {RULE_WORDS[first.entry.denial_rule]}.",),
    )


def not_denial(case: Case) -> Conclusion:
    """Post it. A patient share goes to the patient's balance, unless something must be read or awaited first."""
    if case.found.patient_share <= 0:
        return Conclusion(
            outcome=Outcome.NOT_DENIAL,
            is_denial=False,
            liability=Liability.NONE,
            owner_team="payment_posting",
            resolution="adjustment",
            remarks=case.remarks,
            because=("No adjustment is a denial, and the patient owes nothing.",),
        )
    hold = _reason_not_to_bill_yet(case)
    return Conclusion(
        outcome=Outcome.NOT_DENIAL,
        is_denial=False,
        liability=Liability.PATIENT,
        owner_team="patient_billing",
        resolution="adjustment" if hold else "patient_bill",
        remarks=case.remarks,
        because=("No adjustment is a denial; the patient owes a share.", *([hold] if hold else [])),
    )


def _reason_not_to_bill_yet(case: Case) -> str:
    """Empty when the patient share may go straight onto a statement."""
    if case.effects_of(case.remarks) & MAY_NOT_BILL:
        return "A code forbids billing the patient: post it and check the next payer."
    if case.status.forwarded:
        return "The claim was sent on to the next payer: post it and wait for that answer before billing."
    if case.remarks:
        return "The payer added a remark: post it, and read the remark before the patient is billed."
    return ""
