"""The numbers of the rail: how much waits for a person where. One query, whatever the amount of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from accounts.governance import lists as changes
from accounts.models import Team, User
from denials.rejections import open_for as open_rejections
from worklists.cached_numbers import Rows
from worklists.capped import CappedCount
from worklists.clarifications import open_for as open_questions
from worklists.day import asked_of
from worklists.exceptions.listing import open_for
from worklists.lists import workable, workable_of
from worklists.models import Queue, WorkItem
from worklists.models.queues import UNROUTED
from worklists.notifications import unread
from worklists.watch.escalations import unseen_by

HOT_WITHIN_DAYS = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """The numbers of the rail."""

    queues: list[dict[str, Any]]
    day: int = 0
    mine: int = 0
    waiting: int = 0
    approvals: int = 0
    exceptions: int = 0
    asking: int = 0
    questions: int = 0
    escalated: int = 0
    unseen: int = 0
    rejections: int = 0
    told: int = 0


def waiting(user: User, rows: Rows) -> Waiting:
    """The rows of `counts` as numbers: what belongs to no queue stands in every row, and is taken once."""
    if not rows:
        return Waiting([])
    first = rows[0]
    shown = [row for row in rows if _is_shown(row, user)]
    names = (
        "mine", "waiting", "asking", "questions", "escalated", "unseen", "approvals", "exceptions", "rejections",
        "told",
    )  # fmt: skip
    numbers = {name: first[name] for name in names}
    numbers["approvals"] += first["sets"]
    return Waiting(shown, first["day"], **numbers)


def counts(user: User, today: date) -> QuerySet[Any, Any]:
    """A row for each queue, with what waits for `user` elsewhere in every row."""
    rows = WorkItem.objects.visible_to(user)
    here = rows.filter(workable(today), queue=OuterRef("pk"))
    is_mine = Exists(Team.objects.filter(queues=OuterRef("pk"), people=user))
    is_counted = Q(Value(user.may_manage)) | is_mine  # what nobody is shown is not counted
    return (
        Queue.objects.filter(Q(is_active=True) | Q(key=UNROUTED))
        .order_by("name")
        .values(
            "key",
            "name",
            is_mine=is_mine,
            open=Case(When(is_counted, then=CappedCount(here)), default=0),
            hot=is_counted & Exists(here.filter(deadline__lte=today + timedelta(days=HOT_WITHIN_DAYS))),
            day=CappedCount(asked_of(user, today)),
            mine=CappedCount(workable_of(user, today)),
            exceptions=CappedCount(open_for(user)),
            waiting=CappedCount(rows.filter(is_open=True, status=WorkItem.Status.WAITING)),
            asking=CappedCount(rows.filter(is_open=True, status=WorkItem.Status.ASKING)),
            questions=CappedCount(open_questions(user)),
            escalated=CappedCount(rows.filter(is_open=True, escalated_on__isnull=False)),
            unseen=CappedCount(unseen_by(user)),
            approvals=CappedCount(changes.waiting_for(user)),
            sets=CappedCount(changes.sets_waiting_for(user)),
            rejections=CappedCount(open_rejections(user)),
            told=CappedCount(unread(user)),
        )
    )


def _is_shown(row: dict[str, Any], user: User) -> bool:
    """People see their teams' queues; managers every queue with work in it, and what no rule took first of all."""
    if user.may_manage:
        return bool(row["is_mine"] or row["open"])
    return bool(row["is_mine"]) and row["key"] != UNROUTED
