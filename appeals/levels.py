"""Which level of appeal is open to an item, and until when."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from appeals.models import Appeal
from denials.domain.clock_facts import ClockKind, ClockState
from denials.models import Clock
from worklists import split
from worklists.models import Settlement, WorkItem

LEVELS = (ClockKind.APPEAL, ClockKind.EXTERNAL_REVIEW, ClockKind.PAYMENT_DISPUTE)


class Level(NamedTuple):
    """One level with the last day of its own clock, where that is known."""

    number: int
    last_day: date | None


def level_of(item: WorkItem) -> Level:
    """The level whose clock runs. An item without clocks counts the appeals of its claim that were lost before.

    A letter about a claim that the payer split is about each of its parts, and so is due with the first of them.
    """
    running = Clock.objects.filter(
        denial=item.denial_id,
        kind__in=[kind.value for kind in LEVELS],
        state__in=[ClockState.RUNNING.value, ClockState.MISSED.value],
    )
    # An appeal comes before a dispute of the amount, as the payers' rules are chosen.
    order = [kind.value for kind in LEVELS]
    clock = min(running, key=lambda clock: (order.index(clock.kind) // 2, clock.level), default=None)
    if clock is None:
        return Level(1 + _lost(item), item.deadline)
    if not split.holds_more(item):
        return Level(clock.level, clock.last_day)
    parts = split.to_answer(split.parts_of([item])[item.pk])
    others = [part.deadline for part in parts if part.pk != item.denial_id]
    return Level(clock.level, min(filter(None, [clock.last_day, *others]), default=None))


def last_day_of(appeal: Appeal) -> date | None:
    """Of a draft the last day of its level as it is by now; what was sent keeps the day that it was sent by."""
    if appeal.status != Appeal.Status.DRAFT or appeal.denial_id != appeal.item.denial_id:
        return appeal.deadline
    level = level_of(appeal.item)
    return level.last_day if level.number == appeal.level else appeal.deadline


def follow_last_days(appeals: QuerySet[Appeal]) -> None:
    """Writes it to drafts. Their version stays: nobody changed what they say."""
    drafts = appeals.filter(status=Appeal.Status.DRAFT, item__is_open=True)
    for draft in drafts.select_related("item__denial").order_by("pk"):
        if (last_day := last_day_of(draft)) != draft.deadline:
            Appeal.objects.filter(pk=draft.pk, version=draft.version).update(deadline=last_day)


def _lost(item: WorkItem) -> int:
    answered = [Settlement.UPHELD, Settlement.PARTLY_OVERTURNED]
    return Appeal.objects.filter(item__claim=item.claim_id, status=Appeal.Status.DECIDED, outcome__in=answered).count()
