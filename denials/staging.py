"""Writes the claims of one payment by COPY, with ids from sequence blocks. The caller holds the transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from denials.copying import NULL, copy, day, ids, or_null
from denials.domain.facts import ReportedClaim, ReportedLine
from denials.fitting import Fitting, TextColumns
from denials.matching_keys import claim_ids
from denials.models import Adjustment, Remittance, RemittedClaim, RemittedLine

CLAIMS_AT_A_TIME = 2000

_CLAIM_TEXTS = (
    *("claim_number", "status", "filing_code", "payer_control_number", "facility_code", "frequency"),
    *("patient_last", "patient_first", "patient_middle", "member_id", "subscriber_last", "subscriber_first"),
    *("rendering_npi", "rendering_name", "crossover_name", "corrected_payer_name", "contract", "medical_record"),
)
CLAIM_COLUMNS = (
    *("id", "remittance_id", "position", "claim_id", "facility_id", "charge", "paid", "patient_share"),
    *("service_from", "service_to", "received_on", "remarks", "segment_from", "segment_to"),
    *_CLAIM_TEXTS,
)
_LINE_TEXTS = ("qualifier", "procedure", "revenue_code", "submitted_procedure", "control_number", "policy")
LINE_COLUMNS = (
    *("id", "remitted_claim_id", "number", "modifiers", "charge", "paid", "units_paid", "units_billed"),
    *("service_from", "service_to", "allowed", "remarks", "reject_codes", "segment_from", "segment_to"),
    *_LINE_TEXTS,
)
ADJUSTMENT_COLUMNS = (
    *("remitted_claim_id", "line_id", "ordinal", "amount", "quantity", "segment"),
    *("group", "code"),
)
_TEXTS_OF_CLAIM = TextColumns(RemittedClaim, _CLAIM_TEXTS)
_TEXTS_OF_LINE = TextColumns(RemittedLine, _LINE_TEXTS)
_TEXTS_OF_ADJUSTMENT = TextColumns(Adjustment, ("group", "code"))
_REMARK_WIDTH = 10
_MODIFIER_WIDTH = 4


def write(claims: Sequence[ReportedClaim], remittance: Remittance, fitting: Fitting) -> None:
    """Records these claim payments of a remittance whose id is known, though its row may not be written yet."""
    known = claim_ids(claims, remittance)
    own = ids(RemittedClaim, len(claims))
    copy(RemittedClaim, CLAIM_COLUMNS, _claim_lines(claims, own, known, remittance, fitting))
    of_lines = ids(RemittedLine, sum(len(claim.lines) for claim in claims))
    copy(RemittedLine, LINE_COLUMNS, _service_lines(claims, own, of_lines, fitting))
    copy(Adjustment, ADJUSTMENT_COLUMNS, _adjustment_lines(claims, own, of_lines, fitting))


def _claim_lines(
    claims: Sequence[ReportedClaim], own: list[int], known: list[int], remittance: Remittance, fitting: Fitting
) -> Iterator[str]:
    for claim, row_id, claim_id in zip(claims, own, known, strict=True):
        at = claim.position, claim.segment_from
        texts = (
            *(claim.claim_number, claim.status, claim.filing_code, claim.payer_control_number, claim.facility_code),
            *(claim.frequency, claim.patient_last, claim.patient_first, claim.patient_middle, claim.member_id),
            *(claim.subscriber_last, claim.subscriber_first, claim.rendering_npi, claim.rendering_name),
            *(claim.crossover_name, claim.corrected_payer_name, claim.contract, claim.medical_record),
        )
        yield (
            f"{row_id}\t{remittance.pk}\t{claim.position}\t{claim_id}\t{remittance.facility_id}\t"
            f"{or_null(claim.charge)}\t{or_null(claim.paid)}\t{or_null(claim.patient_share)}\t"
            f"{day(claim.service_from)}\t{day(claim.service_to)}\t{day(claim.received_on)}\t"
            f"{fitting.array(claim.remarks, _REMARK_WIDTH, *at)}\t{claim.segment_from}\t{claim.segment_to}\t"
            f"{fitting.row(texts, _TEXTS_OF_CLAIM, *at)}\n"
        )


def _service_lines(
    claims: Sequence[ReportedClaim], own: list[int], of_lines: list[int], fitting: Fitting
) -> Iterator[str]:
    next_id = iter(of_lines)
    for claim, row_id in zip(claims, own, strict=True):
        for line in claim.lines:
            yield f"{next(next_id)}\t{row_id}\t{_service_line(line, claim.position, fitting)}\n"


def _service_line(line: ReportedLine, position: int, fitting: Fitting) -> str:
    at = position, line.segment_from
    texts = (
        *(line.qualifier, line.procedure, line.revenue_code),
        *(line.submitted_procedure, line.control_number, line.policy),
    )
    return (
        f"{line.number}\t{fitting.array(line.modifiers, _MODIFIER_WIDTH, *at)}\t"
        f"{or_null(line.charge)}\t{or_null(line.paid)}\t{or_null(line.units_paid)}\t"
        f"{or_null(line.units_billed)}\t{day(line.service_from)}\t{day(line.service_to)}\t"
        f"{or_null(line.allowed)}\t{fitting.array(line.remarks, _REMARK_WIDTH, *at)}\t"
        f"{fitting.array(line.reject_codes, _REMARK_WIDTH, *at)}\t{line.segment_from}\t{line.segment_to}\t"
        f"{fitting.row(texts, _TEXTS_OF_LINE, *at)}"
    )


def _adjustment_lines(
    claims: Sequence[ReportedClaim], own: list[int], of_lines: list[int], fitting: Fitting
) -> Iterator[str]:
    """The triplets of each claim, its own first and then line by line: file order."""
    next_id = iter(of_lines)
    for claim, row_id in zip(claims, own, strict=True):
        ordinal = 0
        levels = [(NULL, claim.adjustments), *((next(next_id), line.adjustments) for line in claim.lines)]
        for line_id, adjustments in levels:
            for each in adjustments:
                ordinal += 1
                codes = fitting.row((each.group, each.code), _TEXTS_OF_ADJUSTMENT, claim.position, each.segment)
                yield (
                    f"{row_id}\t{line_id}\t{ordinal}\t{or_null(each.amount)}\t{or_null(each.quantity)}\t"
                    f"{each.segment}\t{codes}\n"
                )
