"""What acknowledgments say about a claim: above all the first day on which its payer had accepted it.

That day proves timely filing. Claims and answers are brought together when they are asked for, by our claim number, so
that it does not matter which of them came first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from denials.models import Acknowledgment, Claim

ACCEPTED = (Acknowledgment.Status.ACCEPTED, Acknowledgment.Status.WITH_ERRORS)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The proof that a payer accepted a claim."""

    day: date
    """The status date (STC02): the day that the payer gives for its acceptance."""
    received_on: date | None
    """The day on which the payer got it (DTP*050), where it says so."""
    acknowledgment: Acknowledgment

    @property
    def report_name(self) -> str:
        """As people call the report: "277CA REPORT1 of FICTIONAL HEALTH"."""
        row = self.acknowledgment
        return " ".join(filter(None, [row.kind, row.reference, "of" if row.source_name else "", row.source_name]))

    @property
    def file_name(self) -> str:
        return self.acknowledgment.file.name


@dataclass(frozen=True, slots=True)
class Filing:
    """What acknowledgments say about a claim, for its page: the proof, and every answer with a link where allowed."""

    acceptance: Acceptance | None
    answers: Sequence[Acknowledgment]
    open_to: frozenset[int]
    """The ids of the answers that this person may open."""


def filing_rows(claim: Claim, user: User) -> tuple[QuerySet[Acknowledgment], QuerySet[Any, int]]:
    """What `filing_from` is made of: the answers, and the ids of those that this person may open."""
    rows = answers_rows(claim)
    return rows, Acknowledgment.objects.filter(pk__in=rows.values("pk")).visible_to(user).values_list("pk", flat=True)


def filing_from(rows: Iterable[Acknowledgment], open_to: Iterable[int], claim: Claim) -> Filing:
    answers = [row for row in rows if _is_about(row, claim)]
    return Filing(_first(answers), answers, frozenset(open_to))


def first_acceptance(claim: Claim) -> Acceptance | None:
    """The earliest acceptance of this claim by its payer; a clearinghouse's is none, nor is a mere receipt (A1)."""
    return first_acceptances([claim]).get(claim.pk)


def answers_rows(claim: Claim) -> QuerySet[Acknowledgment]:
    """What `first_acceptance_in` is made of."""
    return _answers([claim.number] if claim.number.strip("0 ") else [])


def first_acceptance_in(rows: Iterable[Acknowledgment], claim: Claim) -> Acceptance | None:
    """The same of rows that were read with others."""
    return _first([row for row in rows if _is_about(row, claim)])


def first_acceptances(claims: Sequence[Claim]) -> dict[int, Acceptance]:
    """The same for many claims in one query, by claim id; claims without one are left out."""
    firsts = {claim_id: _first(answers) for claim_id, answers in answers_about(claims).items()}
    return {claim_id: first for claim_id, first in firsts.items() if first}


def answers_about(claims: Iterable[Claim]) -> dict[int, list[Acknowledgment]]:
    """Every 277CA answer about these claims, oldest first, by claim id."""
    by_number: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.number.strip("0 "):
            by_number[claim.number].append(claim)
    found: dict[int, list[Acknowledgment]] = defaultdict(list)
    for row in _answers(list(by_number)):
        for claim in by_number[row.claim_number]:
            if _is_about(row, claim):
                found[claim.pk].append(row)
    return dict(found)


def _answers(numbers: list[str]) -> QuerySet[Acknowledgment]:
    rows = Acknowledgment.objects.filter(
        claim_number__in=numbers, kind=Acknowledgment.Kind.CLAIMS, level=Acknowledgment.Level.CLAIM
    )
    return rows.select_related("file").order_by("answered_on", "pk")


def claims_of(answers: Iterable[Acknowledgment]) -> dict[int, Claim]:
    """The claim on record that each answer is about, by the answer's id; the newest where several fit."""
    rows = [answer for answer in answers if answer.claim_number.strip("0 ")]
    by_number: dict[str, list[Claim]] = defaultdict(list)
    for claim in Claim.objects.filter(number__in={row.claim_number for row in rows}).order_by("-pk"):
        by_number[claim.number].append(claim)
    fitting = ((row.pk, [each for each in by_number[row.claim_number] if _is_about(row, each)]) for row in rows)
    return {pk: claims[0] for pk, claims in fitting if claims}


def _first(answers: Sequence[Acknowledgment]) -> Acceptance | None:
    proofs = [answer for answer in answers if answer.status in ACCEPTED and answer.source_is_payer]
    dated = [(answer.answered_on, answer.pk, answer) for answer in proofs if answer.answered_on]
    if not dated:
        return None
    day, _, answer = min(dated)
    return Acceptance(day, answer.received_on, answer)


def _is_about(answer: Acknowledgment, claim: Claim) -> bool:
    """Practices use claim numbers again, and two practices may use the same ones: what both sides know must agree."""
    if answer.payer_id and answer.payer_id != claim.payer_id:
        return False
    is_same_number = bool(answer.payer_control_number) and answer.payer_control_number == claim.payer_control_number
    if answer.service_from and claim.service_from and answer.service_from != claim.service_from and not is_same_number:
        return False
    if answer.facility_id is not None:
        return answer.facility_id == claim.facility_id
    is_same_day = answer.service_from is not None and answer.service_from == claim.service_from
    is_same_member = bool(answer.member_id) and answer.member_id == claim.member_id
    is_same_name = bool(answer.patient_last) and answer.patient_last.casefold() == claim.patient_last.casefold()
    return is_same_number or (is_same_day and (is_same_member or is_same_name))
