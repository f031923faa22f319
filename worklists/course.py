"""The course of claims so far: every result that remittances gave them, oldest first."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from denials.domain.conclusion import Outcome
from denials.models import Denial, Remittance, RemittedClaim, ReversalPair
from worklists.denial_facts import day_of, to_work
from worklists.domain.episodes import Result

UNDECIDED = (Remittance.State.HELD, Remittance.State.SET_ASIDE)
Course = dict[int, list[Result]]
"""Results by claim."""


def results_of(claims: Iterable[int]) -> Course:
    """The results of these claims in order. Held and set-aside remittances have said nothing yet, and what confirms
    an entry says nothing new.
    """
    rows = list(
        RemittedClaim.objects.filter(claim__in=list(claims), confirms__isnull=True)
        .exclude(remittance__state__in=UNDECIDED)
        .select_related("remittance__file")
    )
    ids = [row.pk for row in rows]
    concluded = Denial.objects.filter(remitted_claim__in=ids)
    denials = dict(to_work(concluded).values_list("remitted_claim", "pk"))
    pending = set(concluded.filter(outcome=Outcome.PENDING).values_list("remitted_claim", flat=True))
    reversed_ids = set(ReversalPair.objects.filter(reversed__in=ids).values_list("reversed", flat=True))
    course: Course = {}
    for row in rows:
        result = _result(row, denials.get(row.pk), is_pending=row.pk in pending, is_reversed=row.pk in reversed_ids)
        course.setdefault(row.claim_id, []).append(result)
    for results in course.values():
        results.sort(key=lambda result: result.order)
    return course


def _result(row: RemittedClaim, denial: int | None, *, is_pending: bool, is_reversed: bool) -> Result:
    return Result(
        id=row.pk,
        remittance=row.remittance_id,
        decided_on=day_of(row.remittance),
        position=row.position,
        status=row.status,
        charge=row.charge,
        paid=row.paid or Decimal(0),
        control_number=row.payer_control_number,
        denial=denial,
        is_pending=is_pending,
        is_reversed=is_reversed,
    )
