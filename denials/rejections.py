"""Rejections on screen: what was rejected and who sees to it. They are kept apart from denials and never counted so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from accounts.models import FacilityScoped, User
from denials.acknowledgments import Acceptance, answers_about, claims_of, first_acceptances
from denials.domain.answer_words import in_words
from denials.models import Acknowledgment, Claim, Rejection

PAGE = 50
MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One rejection in the list, with the claim on record that it is about and its later acceptance, if any."""

    rejection: Rejection
    reasons: Sequence[str]
    more: int
    """Reasons that are not listed."""
    claim: Claim | None
    accepted: Acceptance | None


@dataclass(frozen=True, slots=True)
class Page:
    rows: Sequence[Row]
    older: int | None


def page_of(user: User, state: str, before: int | None) -> Page:
    rows = Rejection.objects.filter(state=state).visible_to(user)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    related = ("acknowledgment__file", "acknowledgment__payer", "acknowledgment__facility", "owner")
    found = list(rows.select_related(*related).order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    claims = claims_of(row.acknowledgment for row in shown)
    accepted = first_acceptances(list(claims.values()))
    return Page(
        [_row(row, claims.get(row.acknowledgment_id), accepted) for row in shown],
        found[PAGE - 1].pk if len(found) > PAGE else None,
    )


def open_for(user: User) -> FacilityScoped:
    """Rejections that nobody has seen to yet."""
    return Rejection.objects.filter(state=Rejection.State.OPEN).visible_to(user)


def counts(user: User) -> dict[str, int]:
    """Rejections by state, as this person may see them."""
    rows = Rejection.objects.all().visible_to(user).order_by().values("state").annotate(count=Count("pk"))
    return {row["state"]: row["count"] for row in rows}


def answers() -> FacilityScoped:
    """Answers with what the page of one names."""
    return Acknowledgment.objects.select_related("file", "payer", "facility")


def rejection_of(answer: Acknowledgment) -> Rejection | None:
    return Rejection.objects.select_related("acknowledgment__file").filter(acknowledgment=answer).first()


def reasons_of(answer: Acknowledgment) -> list[tuple[str, str]]:
    """Each code in our words, and the code itself."""
    return [(in_words(code), code) for code in answer.codes]


def about(answer: Acknowledgment, user: User) -> dict[str, Any]:
    """What the page of one answer shows beside it: the claim on record, and every answer about that claim."""
    claim = claims_of([answer]).get(answer.pk)
    others = answers_about([claim]).get(claim.pk, []) if claim else []
    seen = set(
        Acknowledgment.objects.visible_to(user).filter(pk__in=[row.pk for row in others]).values_list("pk", flat=True)
    )
    return {
        "claim": claim if claim and user.may_see(claim.facility_id) else None,
        "others": [row for row in others if row.pk in seen and row.pk != answer.pk],
        "acceptance": first_acceptances([claim]).get(claim.pk) if claim else None,
    }


def _row(rejection: Rejection, claim: Claim | None, accepted: dict[int, Acceptance]) -> Row:
    answer = rejection.acknowledgment
    reasons = [words for words, _ in reasons_of(answer)]
    later = accepted.get(claim.pk) if claim else None
    if later and answer.answered_on and later.day < answer.answered_on:
        later = None
    return Row(rejection, reasons[:MOST_REASONS], max(0, len(reasons) - MOST_REASONS), claim, later)
