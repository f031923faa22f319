"""Which conclusions become work, and what a work item takes over from the one it is about."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from denials.domain.conclusion import Outcome
from denials.models import Denial, RemittedLine
from worklists.domain.modalities import modalities_of

WATCHED = frozenset({Outcome.PENDING, Outcome.FORWARDED, Outcome.REVERSAL, Outcome.ESTIMATE, Outcome.DUPLICATE_CLOSED})
"""Outcomes that are kept in sight but give nobody work."""
LONGEST_REASON = 400
"""As `WorkItem.reason` has room."""


def to_work(denials: QuerySet[Denial]) -> QuerySet[Denial]:
    """The conclusions that somebody must work: denials, suspected ones, and what we could not make sense of."""
    needs_somebody = Q(is_denial=True) | Q(outcome=Outcome.SUSPECTED_DENIAL) | ~Q(exceptions=[])
    return denials.filter(needs_somebody).exclude(outcome__in=WATCHED)


def is_work(denial: Denial) -> bool:
    """The same of one conclusion."""
    needs_somebody = denial.is_denial or denial.outcome == Outcome.SUSPECTED_DENIAL or bool(denial.exceptions)
    return needs_somebody and denial.outcome not in WATCHED


def reason_of(denial: Denial) -> str:
    """The short form of the codes, as staff write it: "CO-197 N54"."""
    return " ".join(filter(None, [denial.primary_reason, *denial.remarks]))[:LONGEST_REASON].strip() or denial.outcome


def modalities_of_each(denials: Sequence[Denial]) -> dict[int, list[str]]:
    """Which kinds of imaging each of these denials is about, by its id, in one query."""
    claims = {denial.remitted_claim_id: denial.pk for denial in denials}
    lines = RemittedLine.objects.filter(remitted_claim__in=claims).exclude(procedure="")
    procedures: dict[int, set[str]] = {denial.pk: set() for denial in denials}
    for claim, procedure in lines.values_list("remitted_claim", "procedure"):
        procedures[claims[claim]].add(procedure)
    return {pk: modalities_of(codes) for pk, codes in procedures.items()}
