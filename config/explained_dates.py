"""The clocks of a claim that is explained and not recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q

from denials import clock_events, clocks, time_limits
from denials.course import course_of
from denials.domain.clock_set import ClockSet
from denials.domain.conclusion import ZERO, Conclusion
from denials.domain.facts import ReportedClaim
from denials.domain.history import Prior
from denials.domain.parts import Result
from denials.models import Claim, Denial, Payer
from denials.payer_products import PayerLine

NOT_RECORDED = 0
"""Stands for the id of a claim payment that has none."""


def clocks_of_claim(
    claim: ReportedClaim,
    conclusion: Conclusion,
    decided_on: date | None,
    payers: Sequence[Payer],
    line: PayerLine,
    prior: Prior | None,
) -> ClockSet | None:
    """As recording the claim would count them, with what is recorded about it so far. None where none run."""
    row = Denial(
        outcome=conclusion.outcome,
        is_denial=conclusion.is_denial,
        category=conclusion.category,
        primary_group=conclusion.primary_group,
        primary_code=conclusion.primary_code,
        remarks=list(conclusion.remarks),
        resolution=conclusion.resolution,
        appeal_allowed=conclusion.appeal_allowed,
        needs_new_claim=conclusion.needs_new_claim,
        watch=conclusion.watch,
        decided_on=decided_on,
    )
    if not time_limits.has_clocks(row):
        return None
    known = _known(claim, payers)
    events = [event for events in clock_events.by_claim(known).values() for event in events]
    row.remitted_claim_id = NOT_RECORDED
    past = clock_events.past_of(row, events, _course(claim, known) if events else ())
    first_day = prior.decided_on if prior and prior.is_denial else None
    limits, payer = time_limits.current(), payers[0] if payers else None
    if past.level == 1 and limits.is_upheld(row):
        past = clocks.after_upheld(row, past, first_day)
    return limits.clocks_for(row, line, claim, past, payer=payer)


def _known(claim: ReportedClaim, payers: Sequence[Payer]) -> list[int]:
    """The same claim, should it be recorded."""
    numbers = Q(number=claim.claim_number, service_from=claim.service_from)
    if claim.payer_control_number:
        numbers |= Q(payer_control_number=claim.payer_control_number)
    return list(Claim.objects.filter(numbers, payer__in=payers).values_list("pk", flat=True))


def _course(claim: ReportedClaim, known: Sequence[int]) -> Iterator[Result]:
    """What is recorded about it, oldest first, and what is explained as the latest of it."""
    recorded = [result for results in course_of(known).values() for result in results]
    yield from sorted(recorded, key=lambda result: result.order)
    yield Result(
        id=NOT_RECORDED,
        remittance=max((result.remittance for result in recorded), default=0) + 1,
        decided_on=date.max,
        position=claim.position,
        status=claim.status,
        charge=claim.charge,
        paid=claim.paid or ZERO,
        control_number=claim.payer_control_number,
    )
