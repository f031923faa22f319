"""The chain of one claim's denials: each round with its reason and amount, what we did about it, and the next level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils import timezone

from denials.domain.clock_facts import ClockKind, ClockState
from denials.models import Clock, Denial
from worklists.denial_facts import reason_of
from worklists.models import Activity, WorkItem
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


def rounds_of(item: WorkItem, history: Sequence[Activity]) -> list[Round]:
    """The rounds of an item that was denied more than once, oldest first; none for one that was not."""
    if item.round < 2:
        return []
    rounds: list[Round] = []
    for activity in reversed(history):
        if activity.kind in (Activity.Kind.OPENED, Activity.Kind.DENIED_AGAIN):
            number = activity.facts.get("round", 1)
            if number == len(rounds) + 1 and activity.facts.get("denial"):
                rounds.append(Round(number, activity.facts["denial"]))
        elif activity.kind in DEEDS and rounds:
            rounds[-1].deeds.append(_told(activity))
    denials = Denial.objects.in_bulk([each.denial for each in rounds])
    for each in rounds:
        _fill(each, denials[each.denial])
    return rounds


def next_level(item: WorkItem) -> Clock | None:
    """The level of appeal that is open now, by its own clock."""
    if not item.is_open:
        return None
    running = Clock.objects.filter(denial=item.denial_id, kind=ClockKind.APPEAL, state=ClockState.RUNNING)
    return running.order_by("level").first()


def _fill(one: Round, denial: Denial) -> None:
    one.decided_on, one.amount = denial.decided_on, denial.denied_amount
    one.reason, one.result = reason_of(denial), denial.remitted_claim_id


def _told(activity: Activity) -> str:
    who = f" by {activity.actor}" if activity.actor else ""
    return f"{activity.get_kind_display()} on {day(timezone.localdate(activity.at))}{who}"
