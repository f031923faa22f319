"""Gives back what was recorded as the values that the reader yielded, a few queries for many claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from denials.domain.facts import ReportedAdjustment, ReportedClaim, ReportedLine
from denials.models import Adjustment, Remittance, RemittedClaim, RemittedLine

CLAIMS_AT_A_TIME = 500


class RecordedClaim(NamedTuple):
    """One claim payment as the payer said it, with the rows that it was recorded in."""

    remitted_claim_id: int
    claim_id: int
    facility_id: int
    payer_id: int
    reported: ReportedClaim


def reported_claims(remittance: Remittance) -> Iterator[RecordedClaim]:
    """The claim payments of a remittance in file order, in constant memory: three queries for each 500 of them.

    Writing between two of them is safe.
    """
    ordered = RemittedClaim.objects.filter(remittance=remittance).order_by("position")
    rows = list(ordered[:CLAIMS_AT_A_TIME])
    while rows:
        yield from rebuilt(rows, remittance)
        is_last = len(rows) < CLAIMS_AT_A_TIME
        rows = [] if is_last else list(ordered.filter(position__gt=rows[-1].position)[:CLAIMS_AT_A_TIME])


def reported_claim(row: RemittedClaim) -> RecordedClaim:
    """One claim payment as the payer said it."""
    return next(rebuilt([row], row.remittance))


def rebuilt(rows: list[RemittedClaim], remittance: Remittance) -> Iterator[RecordedClaim]:
    """These claim payments of one remittance as the payer said them, in the order given."""
    ids = [row.pk for row in rows]
    adjustments = _adjustments(ids)
    lines = _lines(ids, adjustments)
    for row in rows:
        claim = _claim(row, remittance.transaction)
        claim.adjustments = adjustments[row.pk, None]
        claim.lines = lines[row.pk]
        yield RecordedClaim(row.pk, row.claim_id, row.facility_id, remittance.payer_id, claim)


def _adjustments(ids: list[int]) -> dict[tuple[int, int | None], list[ReportedAdjustment]]:
    """By claim payment and line; None stands for the claim itself."""
    found: dict[tuple[int, int | None], list[ReportedAdjustment]] = defaultdict(list)
    rows = Adjustment.objects.filter(remitted_claim__in=ids).order_by("remitted_claim_id", "ordinal")
    for claim, line, *values in rows.values_list(
        "remitted_claim_id", "line_id", "group", "code", "amount", "quantity", "segment"
    ):
        found[claim, line].append(ReportedAdjustment(*values))
    return found


def _lines(
    ids: list[int], adjustments: dict[tuple[int, int | None], list[ReportedAdjustment]]
) -> dict[int, list[ReportedLine]]:
    found: dict[int, list[ReportedLine]] = defaultdict(list)
    for row in RemittedLine.objects.filter(remitted_claim__in=ids).order_by("remitted_claim_id", "number"):
        found[row.remitted_claim_id].append(_line(row, adjustments[row.remitted_claim_id, row.pk]))
    return found


def _line(row: RemittedLine, adjustments: list[ReportedAdjustment]) -> ReportedLine:
    return ReportedLine(
        number=row.number,
        qualifier=row.qualifier,
        procedure=row.procedure,
        modifiers=tuple(row.modifiers),
        revenue_code=row.revenue_code,
        charge=row.charge,
        paid=row.paid,
        units_paid=row.units_paid,
        units_billed=row.units_billed,
        submitted_procedure=row.submitted_procedure,
        segment_from=row.segment_from,
        segment_to=row.segment_to,
        service_from=row.service_from,
        service_to=row.service_to,
        allowed=row.allowed,
        control_number=row.control_number,
        policy=row.policy,
        adjustments=adjustments,
        remarks=row.remarks,
        reject_codes=row.reject_codes,
    )


def _claim(row: RemittedClaim, transaction: int) -> ReportedClaim:
    return ReportedClaim(
        transaction=transaction,
        position=row.position,
        claim_number=row.claim_number,
        status=row.status,
        charge=row.charge,
        paid=row.paid,
        patient_share=row.patient_share,
        filing_code=row.filing_code,
        payer_control_number=row.payer_control_number,
        facility_code=row.facility_code,
        frequency=row.frequency,
        segment_from=row.segment_from,
        segment_to=row.segment_to,
        patient_last=row.patient_last,
        patient_first=row.patient_first,
        patient_middle=row.patient_middle,
        member_id=row.member_id,
        subscriber_last=row.subscriber_last,
        subscriber_first=row.subscriber_first,
        rendering_npi=row.rendering_npi,
        rendering_name=row.rendering_name,
        crossover_name=row.crossover_name,
        corrected_payer_name=row.corrected_payer_name,
        contract=row.contract,
        medical_record=row.medical_record,
        service_from=row.service_from,
        service_to=row.service_to,
        received_on=row.received_on,
        remarks=row.remarks,
    )
