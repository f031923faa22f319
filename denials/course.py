"""What remittances said about claims so far, oldest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from denials.domain.parts import DECIDED, Result, unclear
from denials.models import Remittance, RemittedClaim, ReversalPair

UNDECIDED = (Remittance.State.HELD, Remittance.State.SET_ASIDE)
Course = dict[int, list[Result]]
"""Results by claim."""


def course_of(claims: Iterable[int]) -> Course:
    """The results of these claims in order. Held and set-aside remittances have said nothing yet, and what confirms
    an entry says nothing new. Which of them are denials is not asked.
    """
    rows = list(
        RemittedClaim.objects.filter(claim__in=list(claims), confirms__isnull=True)
        .exclude(remittance__state__in=UNDECIDED)
        .select_related("remittance__file", "chosen_part")
    )
    taken_back = ReversalPair.objects.filter(reversed__in=[row.pk for row in rows])
    reversed_ids = set(taken_back.values_list("reversed", flat=True))
    course: Course = {}
    for row in rows:
        course.setdefault(row.claim_id, []).append(result_of(row, is_reversed=row.pk in reversed_ids))
    for results in course.values():
        results.sort(key=lambda result: result.order)
    return course


def unclear_in(remittances: Collection[int]) -> list[RemittedClaim]:
    """The results of these remittances that could be about several parts of their claim alike."""
    alike = RemittedClaim.objects.filter(claim=OuterRef("claim"), charge=OuterRef("charge"))
    others = alike.exclude(payer_control_number=OuterRef("payer_control_number"))
    rows = list(
        RemittedClaim.objects.filter(
            Q(paid__gt=0) | Q(status__in=DECIDED), Exists(others), remittance__in=remittances
        ).select_related("remittance")
    )
    course = course_of({row.claim_id for row in rows})
    return [row for row in rows if row.pk in unclear(course.get(row.claim_id, ()))]


def parts_that_fit(result: RemittedClaim) -> list[list[Result]]:
    """The parts of its claim that this result may be about, whatever a person said so far; none where no rule asks."""
    course = course_of([result.claim_id]).get(result.claim_id, ())
    unsaid = [replace(each, chosen=None, is_about_all=False) if each.id == result.pk else each for each in course]
    return unclear(unsaid).get(result.pk, [])


def result_of(row: RemittedClaim, *, is_reversed: bool) -> Result:
    """As the course of its claim knows it."""
    said = getattr(row, "chosen_part", None)
    return Result(
        id=row.pk,
        remittance=row.remittance_id,
        decided_on=day_of(row.remittance),
        position=row.position,
        status=row.status,
        charge=row.charge,
        paid=row.paid or Decimal(0),
        control_number=row.payer_control_number,
        is_reversed=is_reversed,
        chosen=said.part_id if said else None,
        is_about_all=said is not None and said.part_id is None,
    )


def day_of(remittance: Remittance) -> date:
    """The day the payer decided; for a payment that names no day, the day we got the file."""
    return remittance.payment_date or remittance.production_date or timezone.localdate(remittance.file.received_at)
