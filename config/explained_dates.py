"""The clocks of a claim that is explained and not recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from denials import clock_events, clocks, time_limits
from denials.domain.clock_set import ClockSet
from denials.domain.conclusion import Conclusion
from denials.domain.facts import ReportedClaim
from denials.domain.history import Prior
from denials.models import Claim, ClockEvent, Denial, Payer
from denials.payer_products import PayerLine


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
    past = clock_events.past_of(row, _events(claim, payers))
    first_day = prior.decided_on if prior and prior.is_denial else None
    limits, payer = time_limits.current(), payers[0] if payers else None
    if past.level == 1 and limits.is_upheld(row):
        past = clocks.after_upheld(row, past, first_day)
    return limits.clocks_for(row, line, claim, past, payer=payer)


def _events(claim: ReportedClaim, payers: Sequence[Payer]) -> Sequence[ClockEvent]:
    """What was done about the same claim, should it be recorded."""
    numbers = Q(number=claim.claim_number, service_from=claim.service_from)
    if claim.payer_control_number:
        numbers |= Q(payer_control_number=claim.payer_control_number)
    known = Claim.objects.filter(numbers, payer__in=payers).values_list("pk", flat=True)
    return [event for events in clock_events.by_claim(known).values() for event in events]
