"""Writes the claims of one payment by COPY, with ids from sequence blocks. The caller holds the transaction.

Each claim becomes text as soon as it is read, and is let go: to keep a thousand of them as objects until they are
written costs a tenth of the time of an import.
"""

from __future__ import annotations

from functools import lru_cache

from denials import patient_names
from denials.copying import NULL, copy, day, ids_as_text, or_null
from denials.domain.facts import ReportedClaim, ReportedLine
from denials.fitting import Fitting, TextColumns
from denials.matching_keys import Told, claim_ids, told
from denials.models import Adjustment, Remittance, RemittedClaim, RemittedLine

CLAIMS_AT_A_TIME = 2000

_CLAIM_TEXTS = (
    *("claim_number", "status", "filing_code", "payer_control_number", "facility_code", "frequency"),
    *("patient_last", "patient_first", "patient_middle", "member_id", "subscriber_last", "subscriber_first"),
    *("rendering_npi", "rendering_name", "crossover_name", "corrected_payer_name", "contract", "medical_record"),
)
_CLAIM_COLUMNS = (
    *("id", "claim_id", "remittance_id", "position", "facility_id", "charge", "paid", "patient_share"),
    *("service_from", "service_to", "received_on", "remarks", "segment_from", "segment_to"),
    *_CLAIM_TEXTS,
)
_LINE_TEXTS = ("qualifier", "procedure", "revenue_code", "submitted_procedure", "control_number", "policy")
_LINE_COLUMNS = (
    *("id", "remitted_claim_id", "number", "modifiers", "charge", "paid", "units_paid", "units_billed"),
    *("service_from", "service_to", "allowed", "remarks", "reject_codes", "segment_from", "segment_to"),
    *_LINE_TEXTS,
)
_ADJUSTMENT_COLUMNS = (
    *("remitted_claim_id", "line_id", "ordinal", "amount", "quantity", "segment"),
    *("group", "code"),
)
_TEXTS_OF_CLAIM = TextColumns(RemittedClaim, _CLAIM_TEXTS)
_TEXTS_OF_LINE = TextColumns(RemittedLine, _LINE_TEXTS)
_TEXTS_OF_ADJUSTMENT = TextColumns(Adjustment, ("group", "code"))
_fits = lru_cache(maxsize=4096)(_TEXTS_OF_ADJUSTMENT.untouched)
"""The same few groups and codes come again and again."""
_REMARK_WIDTH = 10
_MODIFIER_WIDTH = 4


class Rows:
    """The rows of some claim payments of one remittance, whose id is known though it may not be written yet.

    A row names its claim payment and its line by their place here until `write` gives them ids.
    """

    def __init__(self, remittance: Remittance, fitting: Fitting) -> None:
        self._remittance = remittance
        self._remittance_id: int = remittance.pk  # asked of the model, it takes its time, and each claim asks twice
        self._fitting = fitting
        self._told: list[Told] = []
        self._claims: list[str] = []
        self._names: set[str] = set()
        self._lines: list[tuple[int, str]] = []
        self._adjustments: list[tuple[int, int | None, str]] = []

    def __len__(self) -> int:
        """How many claim payments wait to be written."""
        return len(self._claims)

    def add(self, claim: ReportedClaim) -> None:
        """Lays out one claim payment with its lines and adjustments."""
        place = len(self._claims)
        self._told.append(told(claim, self._remittance_id))
        self._claims.append(self._claim(claim))
        self._names |= {claim.patient_last, claim.patient_first}
        self._add_adjustments(claim, place)
        self._lines += [(place, self._line(line, claim.position)) for line in claim.lines]

    def write(self) -> None:
        """Records what was added since the last time."""
        known = claim_ids(self._told, self._remittance)
        patient_names.learn_later(self._remittance.facility_id, self._names)
        own, of_lines = ids_as_text(RemittedClaim, len(self._claims)), ids_as_text(RemittedLine, len(self._lines))
        claims = zip(own, known, self._claims, strict=True)
        copy(RemittedClaim, _CLAIM_COLUMNS, (f"{row}\t{claim}\t{said}" for row, claim, said in claims))
        lines = zip(of_lines, self._lines, strict=True)
        copy(RemittedLine, _LINE_COLUMNS, (f"{row}\t{own[place]}\t{said}" for row, (place, said) in lines))
        adjustments = (
            f"{own[place]}\t{NULL if line is None else of_lines[line]}\t{said}"
            for place, line, said in self._adjustments
        )
        copy(Adjustment, _ADJUSTMENT_COLUMNS, adjustments)
        for rows in (self._names, self._told, self._claims, self._lines, self._adjustments):
            rows.clear()

    def _claim(self, claim: ReportedClaim) -> str:
        at = claim.position, claim.segment_from
        texts = (
            *(claim.claim_number, claim.status, claim.filing_code, claim.payer_control_number, claim.facility_code),
            *(claim.frequency, claim.patient_last, claim.patient_first, claim.patient_middle, claim.member_id),
            *(claim.subscriber_last, claim.subscriber_first, claim.rendering_npi, claim.rendering_name),
            *(claim.crossover_name, claim.corrected_payer_name, claim.contract, claim.medical_record),
        )
        return (
            f"{self._remittance_id}\t{claim.position}\t{self._remittance.facility_id}\t"
            f"{or_null(claim.charge)}\t{or_null(claim.paid)}\t{or_null(claim.patient_share)}\t"
            f"{day(claim.service_from)}\t{day(claim.service_to)}\t{day(claim.received_on)}\t"
            f"{self._fitting.array(claim.remarks, _REMARK_WIDTH, *at)}\t{claim.segment_from}\t{claim.segment_to}\t"
            f"{self._fitting.row(texts, _TEXTS_OF_CLAIM, *at)}\n"
        )

    def _line(self, line: ReportedLine, position: int) -> str:
        at, fitting = (position, line.segment_from), self._fitting
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
            f"{fitting.row(texts, _TEXTS_OF_LINE, *at)}\n"
        )

    def _add_adjustments(self, claim: ReportedClaim, place: int) -> None:
        """The triplets of a claim, its own first and then line by line: file order."""
        of_lines = ((at, line.adjustments) for at, line in enumerate(claim.lines, len(self._lines)))
        ordinal = 0
        for line, adjustments in ((None, claim.adjustments), *of_lines):
            for each in adjustments:
                ordinal += 1
                codes = each.group, each.code
                fit = _fits(codes) or self._fitting.row(codes, _TEXTS_OF_ADJUSTMENT, claim.position, each.segment)
                said = f"{ordinal}\t{or_null(each.amount)}\t{or_null(each.quantity)}\t{each.segment}\t{fit}\n"
                self._adjustments.append((place, line, said))
