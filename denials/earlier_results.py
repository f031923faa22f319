"""What our records know of the past of a batch of claim payments: the database behind `domain.history.History`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from accounts.models import Facility
from denials.course import result_of
from denials.domain.conclusion import ZERO, Conclusion, Outcome
from denials.domain.dictionary import Dictionary
from denials.domain.facts import RemittanceHeader, ReportedClaim, ReportedLine
from denials.domain.history import Duplicate, Prior
from denials.domain.pairs import is_reversal
from denials.domain.parts import same_part
from denials.duplicates import (
    NO_WORK,
    NOT_CONCLUDED,
    duplicate_among,
    is_same_patient_and_day,
    recorded_result,
    same_patient_and_day,
    told_result,
)
from denials.models import Denial, Payer, Remittance, RemittedClaim
from denials.recorded_claims import CLAIMS_AT_A_TIME, RecordedClaim, rebuilt
from denials.reversal_pairs import Pairing


class EarlierResults:
    """The results of the claims in one batch, in this remittance and in others, asked for once."""

    def __init__(
        self,
        remittance: Remittance,
        batch: Sequence[RecordedClaim],
        told_twice: Mapping[int, list[RecordedClaim]],
        entries: Dictionary,
    ) -> None:
        self.remittance = remittance
        self._told_twice = told_twice
        self._concluded: dict[int, Conclusion] = {}
        rows: dict[int, list[RemittedClaim]] = defaultdict(list)
        for row in _results_of({recorded.claim_id for recorded in batch}, entries):
            rows[row.claim_id].append(row)
        self.pairing = Pairing(rows, entries)
        self._results = rows
        self._entries = entries

    def note(self, recorded: RecordedClaim, conclusion: Conclusion) -> None:
        """What was just concluded is the past of the claim payments that follow."""
        self._concluded[recorded.remitted_claim_id] = conclusion

    def prior_of(self, recorded: RecordedClaim) -> Prior | None:
        """The newest earlier result of the claim that is concluded or paid something; a reversal is no result. Of a
        claim that its payer split, one of the same part: none where it fits several alike.
        """
        own = recorded.remitted_claim_id
        this = next((row for row in self._results[recorded.claim_id] if row.pk == own), None)
        for row in self._of_its_part(this) if this else ():
            if not self.pairing.is_reversal(row) and (row.paid or self._is_concluded(row, recorded)):
                return _prior(row, self._concluded.get(row.pk))
        return None

    def _of_its_part(self, this: RemittedClaim) -> list[RemittedClaim]:
        earlier = self.pairing.before(this)
        if len({row.payer_control_number for row in earlier}) < 2:
            return earlier
        rows = self._results[this.claim_id]
        undone = set(self.pairing.undone(rows).values())
        course = sorted((result_of(row, is_reversed=row.pk in undone) for row in rows), key=lambda each: each.order)
        part = same_part(course, this.pk)
        return [row for row in earlier if row.pk in part]

    def duplicate_of(self, recorded: RecordedClaim, claim: ReportedClaim, line: ReportedLine | None) -> Duplicate:
        payers, facility = [self.remittance.payer], self.remittance.facility
        rows = same_patient_and_day(claim, payers, facility).exclude(pk=recorded.remitted_claim_id)
        found = (
            recorded_result(row, self._concluded.get(row.pk), is_concluded=self._is_concluded(row, recorded))
            for row in rows
            if not _is_estimate(row, self._entries)
        )
        return duplicate_among(found, claim, line)

    def siblings_of(self, recorded: RecordedClaim) -> list[ReportedClaim]:
        """The other results of the same claim in this remittance that belong to one correction with it: a reversal
        and the result that follows it, but not what it takes back.
        """
        undone = self.pairing.undone(self._results[recorded.claim_id])
        own = recorded.remitted_claim_id
        return [
            other.reported
            for other in self._told_twice.get(recorded.claim_id, [])
            if other.remitted_claim_id != own
            and undone.get(own) != other.remitted_claim_id
            and undone.get(other.remitted_claim_id) != own
        ]

    def as_seen_from(self, recorded: RecordedClaim) -> SeenFrom:
        return SeenFrom(self, recorded)

    def _is_concluded(self, row: RemittedClaim, recorded: RecordedClaim) -> bool:
        if row.remittance_id == self.remittance.pk:
            return row.position < recorded.reported.position
        return row.remittance.state not in NOT_CONCLUDED


def claims_told_twice(remittance: Remittance) -> dict[int, list[RecordedClaim]]:
    """The claims that this remittance names more than once, with each of their results in file order."""
    rows = RemittedClaim.objects.filter(remittance=remittance)
    repeated = rows.values("claim").annotate(times=Count("pk")).filter(times__gt=1).values("claim")
    found: dict[int, list[RecordedClaim]] = defaultdict(list)
    told = list(rows.filter(claim__in=repeated).order_by("position"))
    for start in range(0, len(told), CLAIMS_AT_A_TIME):
        for recorded in rebuilt(told[start : start + CLAIMS_AT_A_TIME], remittance):
            found[recorded.claim_id].append(recorded)
    return found


@dataclass(slots=True, frozen=True)
class SeenFrom:
    """The past as one recorded claim payment sees it."""

    results: EarlierResults
    recorded: RecordedClaim

    def prior_by_control_number(self, control_number: str) -> Prior | None:
        """By our claim, so that a replacement under a new control number finds what it replaces."""
        return self.results.prior_of(self.recorded)

    def duplicate_of(self, claim: ReportedClaim, line: ReportedLine | None) -> Duplicate:
        return self.results.duplicate_of(self.recorded, claim, line)


@dataclass(slots=True, frozen=True)
class RecordedHistory:
    """The past as a claim payment sees it that is not recorded itself (`manage.py explain`)."""

    payers: Sequence[Payer]
    """The payer by which the file is read, and the one that its own names mean, where they differ."""
    facility: Facility | None
    header: RemittanceHeader
    entries: Dictionary
    told: Sequence[tuple[ReportedClaim, Conclusion]]
    """What the file said before, newest last."""
    untold: Sequence[ReportedClaim]
    """The claims of this transaction, concluded or not."""

    def prior_by_control_number(self, control_number: str) -> Prior | None:
        for claim, conclusion in reversed(self.told):
            if claim.payer_control_number == control_number and not is_reversal(claim, self.entries):
                return _prior_of(conclusion, claim, self._day)
        same = Q(payer_control_number=control_number) | Q(claim__payer_control_number=control_number)
        rows = self._recorded().filter(same, charge__gte=0).exclude(remittance__state__in=NOT_CONCLUDED)
        newest = rows.order_by(F("remittance__payment_date").desc(nulls_last=True), "-pk").first()
        return _prior(newest) if newest else None

    def duplicate_of(self, claim: ReportedClaim, line: ReportedLine | None) -> Duplicate:
        concluded = {id(other): conclusion for other, conclusion in self.told}
        others = {id(other): other for other in [*(other for other, _ in self.told), *self.untold]}
        in_file = [
            told_result(other, concluded.get(key), self._day)
            for key, other in others.items()
            if is_same_patient_and_day(claim, other) and self.entries.status(other.status).outcome != Outcome.ESTIMATE
        ]
        rows = same_patient_and_day(claim, self.payers, self.facility).filter(pk__in=self._recorded())
        recorded = [
            recorded_result(row, is_concluded=row.remittance.state not in NOT_CONCLUDED)
            for row in rows
            if not _is_estimate(row, self.entries)
        ]
        return duplicate_among([*in_file, *recorded], claim, line)

    @property
    def _day(self) -> date | None:
        """Of this remittance, and so of what else its file says."""
        return self.header.payment_date or self.header.production_date

    def _recorded(self) -> QuerySet[RemittedClaim]:
        """Until the day of this remittance, and without itself, should it be recorded already."""
        rows = RemittedClaim.objects.filter(claim__payer__in=self.payers).exclude(remittance__state__in=NO_WORK)
        day = self.header.payment_date
        if day is not None:
            rows = rows.exclude(remittance__payment_date__gt=day)
        itself = Q(remittance__trace=self.header.trace, remittance__payment_date=day)
        return rows.exclude(itself & Q(remittance__amount=self.header.amount)).select_related("denial", "remittance")


def _results_of(claims: Iterable[int], entries: Dictionary) -> list[RemittedClaim]:
    """Every result that counts. An estimate was no decision."""
    rows = (
        RemittedClaim.objects.filter(claim__in=list(claims), confirms__isnull=True)
        .exclude(remittance__state__in=NO_WORK)
        .select_related("denial", "remittance", "chosen_part")
    )
    return [row for row in rows if not _is_estimate(row, entries)]


def _is_estimate(row: RemittedClaim, entries: Dictionary) -> bool:
    return entries.status(row.status.strip().lstrip("0")).outcome is Outcome.ESTIMATE


def _prior(row: RemittedClaim, concluded: Conclusion | None = None) -> Prior:
    day = row.remittance.payment_date or row.remittance.production_date
    return _prior_of(concluded or getattr(row, "denial", None), row, day)


def _prior_of(
    concluded: Conclusion | Denial | None, said: RemittedClaim | ReportedClaim, decided_on: date | None
) -> Prior:
    paid = said.paid or ZERO
    if concluded is None:
        return Prior(is_denial=False, paid_amount=paid, decided_on=decided_on)
    return Prior(
        is_denial=concluded.is_denial,
        denied_amount=concluded.denied_amount,
        paid_amount=paid,
        category=concluded.category,
        denial_type=concluded.denial_type,
        owner_team=concluded.owner_team,
        decided_on=decided_on,
    )
