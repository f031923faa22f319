"""The chain of one claim's denials: each round with its reason and amount, what we did about it, and the next level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from denials.domain.clock_facts import ClockKind, ClockState
from denials.models import Clock, Denial
from worklists.denial_facts import reason_of
from worklists.models import Activity, WorkItem
from worklists.not_undone import not_undone
from worklists.wording import day

DEEDS = (Activity.Kind.SENT, Activity.Kind.RETURNED, Activity.Kind.RESOLVED, Activity.Kind.SETTLED)


@dataclass(slots=True)
class Round:
    """One denial of the claim in this episode."""

    number: int
    denial: int
    decided_on: date | None = None
    reason: str = ""
    amount: Decimal | None = None
    result: int | None = None
    """The claim payment that denied."""
    deeds: list[str] = field(default_factory=list)
    """What was done about it, oldest first."""


def rows_for(item: WorkItem) -> tuple[QuerySet[Activity], QuerySet[Denial], QuerySet[Clock]]:
    """What `from_rows` is made of: nothing for an item that was denied once."""
    history = item.activities.filter(not_undone()).select_related("actor").order_by("at", "pk")
    denials = Denial.objects.filter(claim=item.claim_id)
    levels = Clock.objects.filter(denial=item.denial_id, kind=ClockKind.APPEAL, state=ClockState.RUNNING)
    if item.round < 2:
        return history.none(), denials.none(), levels.none()
    return history, denials, levels.order_by("level")


def from_rows(
    item: WorkItem, history: Sequence[Activity], denials: Sequence[Denial], levels: Sequence[Clock]
) -> tuple[list[Round], Clock | None]:
    """The rounds, oldest first, and the level of appeal that is open now, by its own clock."""
    rounds: list[Round] = []
    for activity in history:
        if activity.kind in (Activity.Kind.OPENED, Activity.Kind.DENIED_AGAIN):
            number = activity.facts.get("round", 1)
            if number == len(rounds) + 1 and activity.facts.get("denial"):
                rounds.append(Round(number, activity.facts["denial"]))
        elif activity.kind in DEEDS and rounds:
            rounds[-1].deeds.append(_told(activity))
    by_id = {denial.pk: denial for denial in denials}
    for each in rounds:
        _fill(each, by_id[each.denial])
    return rounds, next(iter(levels), None) if item.is_open else None


def _fill(one: Round, denial: Denial) -> None:
    one.decided_on, one.amount = denial.decided_on, denial.denied_amount
    one.reason, one.result = reason_of(denial), denial.remitted_claim_id


def _told(activity: Activity) -> str:
    who = f" by {activity.actor}" if activity.actor else ""
    return f"{activity.headline} on {day(timezone.localdate(activity.at))}{who}"
