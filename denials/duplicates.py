"""Which other result a duplicate denial points at (same patient, facility, day and service), and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.db.models import Q, QuerySet

from accounts.models import Facility
from denials.domain.conclusion import ZERO, Conclusion, Outcome
from denials.domain.facts import ReportedClaim, ReportedLine
from denials.domain.history import Duplicate, EarlierState
from denials.models import Denial, Payer, Remittance, RemittedClaim

RANK = (EarlierState.PAID, EarlierState.PENDING, EarlierState.DENIED)
NO_WORK = (Remittance.State.HELD, Remittance.State.SET_ASIDE)
NOT_CONCLUDED = (Remittance.State.RECORDED, *NO_WORK)
SETTLES_NOTHING = (Outcome.DUPLICATE_CLOSED, Outcome.REVERSAL, Outcome.ESTIMATE)


class Line(Protocol):
    """A service line, be it read from a file or recorded."""

    number: int
    procedure: str
    charge: Decimal | None
    paid: Decimal | None
    service_from: date | None

    @property
    def modifiers(self) -> Sequence[str]: ...


@dataclass(slots=True, frozen=True)
class Result:
    """Another result for the patient and day in question; `concluded` is None while nobody has said what it is."""

    reference: str
    """Its payer control number."""
    charge: Decimal | None
    paid: Decimal
    lines: Sequence[Line]
    concluded: Conclusion | Denial | None
    decided_on: date | None = None
    is_plain: bool = False
    """Concluded, and so ordinary that no conclusion was kept."""


def duplicate_among(results: Iterable[Result], claim: ReportedClaim, line: ReportedLine | None) -> Duplicate:
    """The first claim that `claim`, or one line of it, repeats: paid beats pending beats denied."""
    found = [
        (state, result.reference, result.decided_on)
        for result in results
        if (state := _state_as_first(result, claim, line)) in RANK
    ]
    return Duplicate(*min(found, key=lambda match: RANK.index(match[0]))) if found else Duplicate()


def same_patient_and_day(
    claim: ReportedClaim, payers: Sequence[Payer], facility: Facility | None
) -> QuerySet[RemittedClaim]:
    """Other recorded results that may be the first claim. A family shares one member id, so the first name counts."""
    rows = RemittedClaim.objects.none()
    if not claim.member_id or claim.service_from is None:
        return rows
    rows = RemittedClaim.objects.filter(
        Q(patient_first="") | Q(patient_first__iexact=claim.patient_first) if claim.patient_first else Q(),
        claim__payer__in=payers,
        claim__member_id=claim.member_id,
        claim__service_from=claim.service_from,
        reversed_by__isnull=True,
        charge__gte=0,
    )
    if facility is not None:
        rows = rows.filter(facility=facility)
    rows = rows.exclude(remittance__state__in=NO_WORK).exclude(payer_control_number=claim.payer_control_number)
    return rows.select_related("denial", "remittance").prefetch_related("lines")


def is_same_patient_and_day(claim: ReportedClaim, other: ReportedClaim) -> bool:
    """The same question between two claims of one file."""
    if not claim.member_id or claim.service_from is None or claim.payer_control_number == other.payer_control_number:
        return False
    names = {name.casefold() for name in (claim.patient_first, other.patient_first) if name}
    same = (claim.member_id, claim.service_from) == (other.member_id, other.service_from)
    return same and len(names) < 2 and (other.charge or ZERO) >= 0


def recorded_result(row: RemittedClaim, concluded: Conclusion | None = None, *, is_concluded: bool) -> Result:
    kept = concluded or getattr(row, "denial", None)
    return Result(
        reference=row.payer_control_number,
        charge=row.charge,
        paid=row.paid or ZERO,
        lines=list(row.lines.all()),
        concluded=kept,
        decided_on=row.remittance.payment_date or row.remittance.production_date,
        is_plain=kept is None and is_concluded,
    )


def told_result(claim: ReportedClaim, concluded: Conclusion | None, decided_on: date | None = None) -> Result:
    """A result that stands in a file and is not recorded."""
    return Result(claim.payer_control_number, claim.charge, claim.paid or ZERO, claim.lines, concluded, decided_on)


def _state_as_first(result: Result, claim: ReportedClaim, line: ReportedLine | None) -> EarlierState:
    if line is None:
        return _state(result, result.paid, ()) if result.charge == claim.charge else EarlierState.NONE
    matching = [one for one in result.lines if _is_same_service(line, one, claim.service_from)]
    if not matching:
        return EarlierState.NONE
    paid = sum((one.paid or ZERO for one in matching), ZERO)
    return _state(result, paid, {one.number for one in matching})


def _is_same_service(one: Line, other: Line, day: date | None) -> bool:
    said = [(each.procedure, tuple(each.modifiers), each.charge, each.service_from or day) for each in (one, other)]
    return said[0] == said[1]


def _state(result: Result, paid: Decimal, lines: Collection[int]) -> EarlierState:
    """What became of the whole result (no lines) or of some of its lines."""
    concluded = result.concluded
    if concluded is None:
        return EarlierState.PAID if paid > 0 or result.is_plain else EarlierState.NONE
    is_pending = bool(set(lines) & set(concluded.pending_lines))
    if is_pending or concluded.outcome in (Outcome.PENDING, Outcome.FORWARDED):
        return EarlierState.PENDING
    if paid > 0:
        return EarlierState.PAID if concluded.outcome != Outcome.ESTIMATE else EarlierState.NONE
    if concluded.is_denial:
        is_denied = not lines or not concluded.denied_lines or bool(set(lines) & set(concluded.denied_lines))
        return EarlierState.DENIED if is_denied else EarlierState.PAID
    return EarlierState.NONE if concluded.outcome in SETTLES_NOTHING else EarlierState.PAID
