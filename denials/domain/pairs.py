"""Reversals and the corrections that follow them, within one file or against what was recorded earlier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from denials.domain.conclusion import Outcome
from denials.domain.dictionary import Dictionary
from denials.domain.facts import ReportedAdjustment, ReportedClaim
from denials.domain.history import History, Prior
from denials.domain.money import total
from denials.domain.recognise import Scope, recognise


def is_reversal(claim: ReportedClaim, dictionary: Dictionary) -> bool:
    """Whether the claim status takes an earlier result back."""
    return dictionary.status(status_of(claim)).outcome is Outcome.REVERSAL


def status_of(claim: ReportedClaim) -> str:
    """CLP02 without the leading zero that some payers send."""
    return claim.status.strip().lstrip("0")


def belong_together(one: ReportedClaim, other: ReportedClaim) -> bool:
    """Same payer control number, or our number with the same service date: a replacement gets a new control number."""
    if one is other:
        return False
    if one.payer_control_number and one.payer_control_number == other.payer_control_number:
        return True
    # A payer that knows no number of ours sends zeros, which would pair strangers.
    known = bool(one.claim_number.strip("0 "))
    return known and (one.claim_number, one.service_from) == (other.claim_number, other.service_from)


def has_correction(claim: ReportedClaim, siblings: Sequence[ReportedClaim], dictionary: Dictionary) -> bool:
    """Whether the file also holds the new result for a reversed claim."""
    return any(belong_together(claim, other) and not is_reversal(other, dictionary) for other in siblings)


def earlier_result(
    claim: ReportedClaim, siblings: Sequence[ReportedClaim], scope: Scope, history: History
) -> Prior | None:
    """What this claim payment corrects or repeats: as recorded, else as its reversal in the same file mirrors it."""
    if is_reversal(claim, scope.dictionary):
        return None
    number = claim.payer_control_number
    recorded = history.prior_by_control_number(number) if number else None
    if recorded:
        return recorded
    for other in siblings:
        if belong_together(claim, other) and is_reversal(other, scope.dictionary):
            found = recognise(_mirrored(other), scope)
            denied = total(reason.amount for reason in found.denied)
            return Prior(is_denial=denied > 0, denied_amount=denied, paid_amount=found.paid)
    return None


def _mirrored(claim: ReportedClaim) -> ReportedClaim:
    """The claim payment that a reversal takes back: the same with opposite signs."""
    lines = [
        replace(line, charge=_minus(line.charge), paid=_minus(line.paid), adjustments=_turned(line.adjustments))
        for line in claim.lines
    ]
    adjustments = _turned(claim.adjustments)
    return replace(claim, charge=_minus(claim.charge), paid=_minus(claim.paid), adjustments=adjustments, lines=lines)


def _turned(adjustments: list[ReportedAdjustment]) -> list[ReportedAdjustment]:
    return [replace(one, amount=_minus(one.amount)) for one in adjustments]


def _minus(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.copy_negate()
