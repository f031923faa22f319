"""Writes the claims of one payment by COPY, with ids from sequence blocks.

The caller holds the transaction. The connection answers nothing while a COPY runs on it: read first, then COPY.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql

from denials.domain.facts import ReportedClaim, ReportedLine
from denials.fitting import Fitting, widths
from denials.matching_keys import claim_ids
from denials.models import Adjustment, Remittance, RemittedClaim, RemittedLine

CLAIMS_AT_A_TIME = 2000
Row = tuple[Any, ...]

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
_CLAIM_WIDTHS = widths(RemittedClaim, _CLAIM_TEXTS)
_LINE_WIDTHS = widths(RemittedLine, _LINE_TEXTS)
_ADJUSTMENT_WIDTHS = widths(Adjustment, ("group", "code"))
_REMARK_WIDTH = 10
_MODIFIER_WIDTH = 4


def write(claims: Sequence[ReportedClaim], remittance: Remittance, fitting: Fitting) -> None:
    """Records these claim payments of a remittance whose id is known, though its row may not be written yet."""
    known = claim_ids(claims, remittance)
    own = ids(RemittedClaim, len(claims))
    copy(RemittedClaim, CLAIM_COLUMNS, _claim_rows(claims, own, known, remittance, fitting))
    of_lines = ids(RemittedLine, sum(len(claim.lines) for claim in claims))
    copy(RemittedLine, LINE_COLUMNS, _line_rows(claims, own, of_lines, fitting))
    copy(Adjustment, ADJUSTMENT_COLUMNS, _adjustment_rows(claims, own, of_lines, fitting))


def ids(model: type[Model], count: int) -> list[int]:
    """The next ids of a table, taken from its sequence in one go."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor]


def copy(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Brings rows into a table, or into nothing at all when one of them does not fit."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as into:
        for row in rows:
            into.write_row(row)


def _claim_rows(
    claims: Sequence[ReportedClaim], own: list[int], known: list[int], remittance: Remittance, fitting: Fitting
) -> Iterator[Row]:
    for claim, row_id, claim_id in zip(claims, own, known, strict=True):
        texts = (
            *(claim.claim_number, claim.status, claim.filing_code, claim.payer_control_number, claim.facility_code),
            *(claim.frequency, claim.patient_last, claim.patient_first, claim.patient_middle, claim.member_id),
            *(claim.subscriber_last, claim.subscriber_first, claim.rendering_npi, claim.rendering_name),
            *(claim.crossover_name, claim.corrected_payer_name, claim.contract, claim.medical_record),
        )
        at = claim.position, claim.segment_from
        yield (
            *(row_id, remittance.pk, claim.position, claim_id, remittance.facility_id),
            *(claim.charge, claim.paid, claim.patient_share),
            *(claim.service_from, claim.service_to, claim.received_on),
            array(fitting.codes(claim.remarks, _REMARK_WIDTH, *at)),
            *(claim.segment_from, claim.segment_to),
            *fitting.texts(texts, _CLAIM_WIDTHS, *at),
        )


def _line_rows(claims: Sequence[ReportedClaim], own: list[int], of_lines: list[int], fitting: Fitting) -> Iterator[Row]:
    next_id = iter(of_lines)
    for claim, row_id in zip(claims, own, strict=True):
        for line in claim.lines:
            yield _line_row(line, next(next_id), row_id, claim.position, fitting)


def _line_row(line: ReportedLine, line_id: int, row_id: int, position: int, fitting: Fitting) -> Row:
    at = position, line.segment_from
    texts = (
        *(line.qualifier, line.procedure, line.revenue_code),
        *(line.submitted_procedure, line.control_number, line.policy),
    )
    return (
        *(line_id, row_id, line.number, array(fitting.codes(line.modifiers, _MODIFIER_WIDTH, *at))),
        *(line.charge, line.paid, line.units_paid, line.units_billed),
        *(line.service_from, line.service_to, line.allowed),
        array(fitting.codes(line.remarks, _REMARK_WIDTH, *at)),
        array(fitting.codes(line.reject_codes, _REMARK_WIDTH, *at)),
        *(line.segment_from, line.segment_to),
        *fitting.texts(texts, _LINE_WIDTHS, *at),
    )


def _adjustment_rows(
    claims: Sequence[ReportedClaim], own: list[int], of_lines: list[int], fitting: Fitting
) -> Iterator[Row]:
    """The triplets of each claim, its own first and then line by line: file order."""
    next_id = iter(of_lines)
    for claim, row_id in zip(claims, own, strict=True):
        ordinal = 0
        levels = [(None, claim.adjustments), *((next(next_id), line.adjustments) for line in claim.lines)]
        for line_id, adjustments in levels:
            for each in adjustments:
                ordinal += 1
                codes = fitting.texts((each.group, each.code), _ADJUSTMENT_WIDTHS, claim.position, each.segment)
                yield (row_id, line_id, ordinal, each.amount, each.quantity, each.segment, *codes)


def array(values: Sequence[str]) -> str:
    """The text of a PostgreSQL array. The same few come again and again."""
    return _array(tuple(values)) if values else "{}"


@lru_cache(maxsize=4096)
def _array(values: tuple[str, ...]) -> str:
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"
