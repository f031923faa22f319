"""A person's own minutes on items: what was counted, and what they say it really was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from worklists.arrivals_and_closings import midnight
from worklists.item_actions import ITEM_ACTIONS
from worklists.models import WorkTime

DAYS = 14
MOST_SHOWN = 300
LONGEST = 4 * 60
BESIDE_ACTIONS = {
    "evidence": "Evidence gathered",
    "step": "Step of the playbook done",
    "draft": "Letter drafted",
    "edit": "Letter written",
    "send": "Letter sent",
}
"""What ends a stretch of work and is no action of `worklists.item_actions`."""


@dataclass(frozen=True, slots=True)
class Spent:
    """One stretch of work, until `act`. `counted` and `minutes` differ where the person put it right."""

    pk: int
    item: int
    at: datetime
    act: str
    counted: int
    minutes: int
    is_measured: bool
    is_corrected: bool


def of(user: User, today: date) -> list[Spent]:
    """Of the last `DAYS` days, the newest first. Nobody is shown anybody else's."""
    rows = WorkTime.objects.filter(person=user, at__gte=midnight(today - timedelta(days=DAYS)))
    return [_spent(row) for row in rows.order_by("-at", "-pk")[:MOST_SHOWN]]


def one(user: User, pk: int) -> WorkTime:
    """Raises Http404 for anybody else's."""
    return get_object_or_404(WorkTime, pk=pk, person=user)


def correct(row: WorkTime, user: User, minutes: int) -> WorkTime:
    """Says how long it really was. What was counted stays beside it."""
    if row.person_id != user.pk:
        raise Refused("Nothing was changed: these minutes are somebody else's.")
    if not 0 <= minutes <= LONGEST:
        raise Refused(f"Nothing was changed: write 0 to {LONGEST} minutes.")
    row.corrected_seconds, row.corrected_at = 60 * minutes, timezone.now()
    row.save(update_fields=["corrected_seconds", "corrected_at"])
    return row


def total(spent: list[Spent], today: date) -> int:
    """Minutes of one day."""
    return sum(each.minutes for each in spent if timezone.localdate(each.at) == today)


def in_minutes(seconds: int) -> int:
    """Begun minutes count from their half on."""
    return (seconds + 30) // 60


def _spent(row: WorkTime) -> Spent:
    known = ITEM_ACTIONS.get(row.act)
    corrected = row.corrected_seconds
    return Spent(
        pk=row.pk,
        item=row.item_id,
        at=row.at,
        act=known.done if known else BESIDE_ACTIONS.get(row.act, row.act.replace("_", " ").capitalize()),
        counted=in_minutes(row.seconds),
        minutes=in_minutes(row.seconds if corrected is None else corrected),
        is_measured=row.is_measured,
        is_corrected=corrected is not None,
    )
