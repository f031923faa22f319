"""Take the next item: two people who ask at the same moment get two different ones."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from worklists import allowance
from worklists.changes import write
from worklists.models import Activity, Queue, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.permission import must_work


@transaction.atomic
def next_item(user: User, *, today: date, queue: Queue | None = None) -> WorkItem | None:
    """Takes the most urgent item that `user` may work, or answers None when there is none.

    Items handed to this person come first, then free ones of `queue`, or else of their teams' queues (of every
    queue for somebody without a team). Postponed ones count from their day on.
    Which queues may be pulled from, and whether there is room for one more, `allowance.to_pull` says.
    """
    must_work(user)
    allowed = allowance.to_pull(user, queue)
    if allowed.room.full:
        return None
    rows = WorkItem.objects.visible_to(user).open().filter(_waits_for_somebody(today))
    theirs = rows.filter(assignee=user).exclude(queue__in=allowed.full_queues)
    chosen = _lock_first(theirs if queue is None else theirs.filter(queue=queue))
    chosen = chosen or _lock_first(rows.filter(assignee=None, queue__in=allowed.queues))
    if chosen is None:
        return None
    write([chosen], "take", Activity.Kind.TAKEN, user, assignee=user, taken_at=timezone.now())
    chosen.refresh_from_db()
    return chosen


def _waits_for_somebody(today: date) -> Q:
    return Q(status=WorkItem.Status.NEW) | Q(status=WorkItem.Status.POSTPONED, postponed_until__lte=today)


def _lock_first(rows: WorkItemQuerySet) -> WorkItem | None:
    """SKIP LOCKED: what somebody else is taking this moment does not make us wait, and is not offered twice."""
    return rows.select_for_update(skip_locked=True, no_key=True).order_by("rank_key", "pk").first()
