"""What our records know of the past of a batch of claim payments: the database behind `domain.history.History`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from denials.domain.conclusion import ZERO, Outcome
from denials.domain.dictionary import Dictionary
from denials.domain.facts import RemittanceHeader, ReportedClaim, ReportedLine
from denials.domain.history import Duplicate, EarlierState, Prior
from denials.domain.pairs import is_reversal
from denials.models import Payer, Remittance, RemittedClaim, RemittedLine, ReversalPair
from denials.recorded_claims import RecordedClaim, reported_claim

NO_WORK = (Remittance.State.HELD, Remittance.State.SET_ASIDE)
NO_EARLIER_RESULT = "No earlier result with these amounts is recorded for this claim."


class EarlierResults:
    """The earlier claim payments of the claims in one batch, asked for once."""

    def __init__(
        self, remittance: Remittance, batch: Sequence[RecordedClaim], told_twice: Mapping[int, list[RecordedClaim]]
    ) -> None:
        self.remittance = remittance
        self._told_twice = told_twice
        self._undone: set[int] = set()
        self._claims = [recorded.claim_id for recorded in batch]
        self._earlier: dict[int, list[RemittedClaim]] = defaultdict(list)
        for row in self._earlier_rows():
            self._earlier[row.claim_id].append(row)

    def _earlier_rows(self) -> Sequence[RemittedClaim]:
        """Newest first by the payer's date of decision, whatever order the files came in."""
        return list(
            RemittedClaim.objects.filter(claim__in=self._claims)
            .exclude(remittance__state__in=NO_WORK)
            .select_related("denial", "remittance")
            .annotate(is_undone=Q(reversed_by__isnull=False))
            .order_by(F("remittance__payment_date").desc(nulls_last=True), "-remittance_id", "-position")
        )

    def before(self, recorded: RecordedClaim) -> list[RemittedClaim]:
        """The recorded results of the same claim that came before this one, newest first."""
        day = self.remittance.payment_date
        return [
            row
            for row in self._earlier[recorded.claim_id]
            if (row.remittance_id == self.remittance.pk and row.position < recorded.reported.position)
            or (row.remittance_id != self.remittance.pk and _not_after(row.remittance, day))
        ]

    def siblings_of(self, recorded: RecordedClaim) -> list[ReportedClaim]:
        """The other results of the same claim in this remittance: a reversal and its correction."""
        others = self._told_twice.get(recorded.claim_id, [])
        return [other.reported for other in others if other.remitted_claim_id != recorded.remitted_claim_id]

    def as_seen_from(self, recorded: RecordedClaim) -> SeenFrom:
        return SeenFrom(self, recorded)

    def undone_by(self, reversal: RecordedClaim) -> tuple[int | None, str]:
        """The newest result that this reversal mirrors and that no other one has undone, and how it was found."""
        charge, paid = reversal.reported.charge, reversal.reported.paid
        for row in self.before(reversal):
            mirrors = (
                row.charge is not None and charge is not None and row.charge == -charge and row.paid == -(paid or ZERO)
            )
            if mirrors and not row.is_undone and row.pk not in self._undone:  # type: ignore[attr-defined]
                self._undone.add(row.pk)
                return row.pk, "Same claim with the opposite charge and payment."
        return None, NO_EARLIER_RESULT

    def pair_corrections(self, batch: Sequence[RecordedClaim], entries: Dictionary) -> None:
        """Writes down which result followed a reversal that had none so far."""
        results = {r.claim_id: r.remitted_claim_id for r in batch if not is_reversal(r.reported, entries)}
        waiting = ReversalPair.objects.filter(correction__isnull=True, reversal__claim__in=list(results))
        for pair in waiting.select_related("reversal__remittance"):
            if _not_after(pair.reversal.remittance, self.remittance.payment_date):
                pair.correction_id = results[pair.reversal.claim_id]
                pair.save(update_fields=["correction"])


def claims_told_twice(remittance: Remittance) -> dict[int, list[RecordedClaim]]:
    """The claims that this remittance names more than once, with each of their results."""
    rows = RemittedClaim.objects.filter(remittance=remittance)
    repeated = rows.values("claim").annotate(times=Count("pk")).filter(times__gt=1).values("claim")
    found: dict[int, list[RecordedClaim]] = defaultdict(list)
    for row in rows.filter(claim__in=repeated).select_related("remittance"):
        found[row.claim_id].append(reported_claim(row))
    return found


@dataclass(slots=True, frozen=True)
class SeenFrom:
    """The past as one recorded claim payment sees it."""

    results: EarlierResults
    recorded: RecordedClaim

    def prior_by_control_number(self, control_number: str) -> Prior | None:
        """The newest earlier result of the claim, be it under this control number or the one before a replacement."""
        rows = self.results.before(self.recorded)
        return next((_prior(row) for row in rows if (row.charge or ZERO) >= 0), None)

    def duplicate_of(self, claim: ReportedClaim, line: ReportedLine | None) -> Duplicate:
        rows = same_service([self.results.remittance.payer], claim, line).exclude(pk=self.recorded.remitted_claim_id)
        return best_match((state_of(row, self.results.remittance.pk), row.payer_control_number) for row in rows)


@dataclass(slots=True, frozen=True)
class RecordedHistory:
    """The past as a claim payment sees it that is not recorded itself (`manage.py explain`)."""

    payers: Sequence[Payer]
    """The payer by which the file is read, and the one that its own names mean, where they differ."""
    header: RemittanceHeader
    claims: Sequence[ReportedClaim]

    def prior_by_control_number(self, control_number: str) -> Prior | None:
        rows = self._recorded().filter(claim__payer_control_number=control_number, charge__gte=0)
        newest = rows.order_by(F("remittance__payment_date").desc(nulls_last=True), "-pk").first()
        return _prior(newest) if newest else None

    def duplicate_of(self, claim: ReportedClaim, line: ReportedLine | None) -> Duplicate:
        in_file = [
            (EarlierState.PAID, other.payer_control_number)
            for other in self.claims
            if (other.paid or ZERO) > 0 and is_same_service(claim, line, other)
        ]
        if in_file:
            return best_match(in_file)
        rows = same_service(self.payers, claim, line).filter(pk__in=self._recorded())
        return best_match((state_of(row), row.payer_control_number) for row in rows)

    def _recorded(self) -> QuerySet[RemittedClaim]:
        """Without this very remittance, should it be recorded already."""
        rows = RemittedClaim.objects.filter(claim__payer__in=self.payers).exclude(remittance__state__in=NO_WORK)
        if self.header.trace:
            rows = rows.exclude(remittance__trace=self.header.trace)
        return rows.select_related("denial")


def same_service(payers: Sequence[Payer], claim: ReportedClaim, line: ReportedLine | None) -> QuerySet[RemittedClaim]:
    """Other results for the same patient, date and service, under another control number."""
    rows = RemittedClaim.objects.none()
    if claim.member_id and claim.service_from is not None:
        rows = (
            RemittedClaim.objects.filter(
                claim__payer__in=payers,
                claim__member_id=claim.member_id,
                claim__service_from=claim.service_from,
                reversed_by__isnull=True,
                charge__gte=0,
            )
            .exclude(remittance__state__in=NO_WORK)
            .exclude(payer_control_number=claim.payer_control_number)
            .select_related("denial")
        )
    if line is None:
        return rows.filter(charge=claim.charge)
    lines = RemittedLine.objects.filter(
        procedure=line.procedure,
        modifiers=list(line.modifiers),
        service_from=line.service_from or claim.service_from,
        charge=line.charge,
    )
    return rows.filter(pk__in=lines.values("remitted_claim"))


def is_same_service(claim: ReportedClaim, line: ReportedLine | None, other: ReportedClaim) -> bool:
    """The same question as `same_service`, between two claims of one file."""
    if not claim.member_id or claim.payer_control_number == other.payer_control_number:
        return False
    if (claim.member_id, claim.service_from) != (other.member_id, other.service_from):
        return False
    if line is None:
        return claim.charge == other.charge
    wanted = (line.procedure, line.modifiers, line.charge)
    return any((one.procedure, one.modifiers, one.charge) == wanted for one in other.lines)


def best_match(found: Iterable[tuple[EarlierState, str]]) -> Duplicate:
    """Paid beats pending beats denied."""
    ranked = [EarlierState.PAID, EarlierState.PENDING, EarlierState.DENIED]
    matches = [match for match in found if match[0] in ranked]
    return Duplicate(*min(matches, key=lambda match: ranked.index(match[0]))) if matches else Duplicate()


def state_of(row: RemittedClaim, unfinished_remittance: int | None = None) -> EarlierState:
    """What became of a recorded claim payment, as far as a duplicate needs to know.

    A result of the remittance that is being classified may have no conclusion yet: only its payment tells.
    """
    denial = getattr(row, "denial", None)
    if denial is None:
        is_told = bool(row.paid) or row.remittance_id != unfinished_remittance
        return EarlierState.PAID if is_told else EarlierState.NONE
    if denial.is_denial and not row.paid:
        return EarlierState.DENIED
    if denial.outcome in (Outcome.PENDING, Outcome.FORWARDED):
        return EarlierState.PENDING
    return EarlierState.NONE if denial.outcome == Outcome.DUPLICATE_CLOSED else EarlierState.PAID


def _prior(row: RemittedClaim) -> Prior:
    denial = getattr(row, "denial", None)
    paid = row.paid or ZERO
    if denial is None:
        return Prior(is_denial=False, paid_amount=paid)
    return Prior(
        is_denial=denial.is_denial,
        denied_amount=denial.denied_amount,
        paid_amount=paid,
        category=denial.category,
        denial_type=denial.denial_type,
        owner_team=denial.owner_team,
    )


def _not_after(remittance: Remittance, day: object) -> bool:
    return day is None or remittance.payment_date is None or remittance.payment_date <= day  # type: ignore[operator]
