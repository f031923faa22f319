"""Take the next item: two people who ask at the same moment get two different ones."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from worklists.changes import write
from worklists.models import Activity, Queue, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.permission import must_work


@transaction.atomic
def next_item(user: User, *, today: date, queue: Queue | None = None) -> WorkItem | None:
    """Takes the most urgent item that `user` may work, or answers None when there is none.

    Items handed to this person come first, then free ones of `queue`, or else of their teams' queues (of every
    queue for somebody without a team). Postponed ones count from their day on.
    """
    must_work(user)
    rows = WorkItem.objects.visible_to(user).open().filter(_waits_for_somebody(today))
    chosen = _lock_first(rows.filter(assignee=user) if queue is None else rows.filter(assignee=user, queue=queue))
    chosen = chosen or _lock_first(rows.filter(assignee=None, queue__in=_queues_of(user, queue)))
    if chosen is None:
        return None
    write([chosen], "take", Activity.Kind.TAKEN, user, assignee=user, taken_at=timezone.now())
    chosen.refresh_from_db()
    return chosen


def _waits_for_somebody(today: date) -> Q:
    return Q(status=WorkItem.Status.NEW) | Q(status=WorkItem.Status.POSTPONED, postponed_until__lte=today)


def _queues_of(user: User, queue: Queue | None) -> list[int]:
    if queue is not None:
        return [queue.pk]
    queues = Queue.objects.filter(is_active=True)
    teams = list(user.teams.values_list("pk", flat=True))
    if teams:
        queues = queues.filter(teams__in=teams)
    return list(queues.order_by("pk").values_list("pk", flat=True).distinct())


def _lock_first(rows: WorkItemQuerySet) -> WorkItem | None:
    """SKIP LOCKED: what somebody else is taking this moment does not make us wait, and is not offered twice."""
    return rows.select_for_update(skip_locked=True, no_key=True).order_by("rank_key", "pk").first()
