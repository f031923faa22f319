"""Reminders of last days that come near: raised by beat, shown in My day and not by e-mail, dismissed by acting."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q

from accounts.access import WORKERS
from accounts.models import User
from worklists.domain.transitions import DEADLINE_RUNS
from worklists.models import Activity, Reminder, ReminderDay, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.not_undone import not_undone
from worklists.watch.escalations import managed_by

Kind = Reminder.Kind
COLUMNS = {Kind.SAFE: "last_safe_on", Kind.DEADLINE: "deadline"}
INSERT = """
INSERT INTO worklists_reminder (item_id, facility_id, kind, last_day, days_before, for_managers)
SELECT id, facility_id, %(kind)s, {column}, %(days)s, %(tells_managers)s OR NOT EXISTS (
    SELECT FROM accounts_user u
    WHERE u.id = assignee_id AND u.is_active AND u.role = ANY(%(workers)s) AND (u.all_facilities OR EXISTS (
        SELECT FROM accounts_user_facilities f
        WHERE f.user_id = u.id AND f.facility_id = worklists_workitem.facility_id
    ))
)
FROM worklists_workitem
WHERE is_open AND status = ANY(%(statuses)s) AND {column} > %(after)s AND {column} <= %(until)s AND {other}
ON CONFLICT (item_id, kind, last_day, days_before) DO NOTHING
"""


@transaction.atomic
def remind(today: date) -> int:
    """Raises what is due by now; harmless to run again. After days on which nothing ran, an item gets the reminder of
    today's distance and none that it passed meanwhile. Returns how many were raised.
    """
    raised, nearer = 0, -1
    with connection.cursor() as cursor:
        for each in ReminderDay.objects.filter(is_active=True).order_by("days_before"):
            for kind, column in COLUMNS.items():
                # One day that is both is one reminder: of the deadline.
                other = "last_safe_on IS DISTINCT FROM deadline" if kind == Kind.SAFE else "true"
                cursor.execute(
                    INSERT.format(column=column, other=other),
                    {
                        "kind": kind.value,
                        "days": each.days_before,
                        "tells_managers": each.tells_managers,
                        "workers": [role.value for role in WORKERS],
                        "statuses": [status.value for status in DEADLINE_RUNS],
                        "after": today + timedelta(days=nearer),
                        "until": today + timedelta(days=each.days_before),
                    },
                )
                raised += cursor.rowcount
            nearer = each.days_before
    return raised


def reminded(user: User, today: date) -> WorkItemQuerySet:
    """What `user` owns and was reminded of, without having done anything since."""
    own: WorkItemQuerySet = WorkItem.objects.visible_to(user).open().filter(assignee=user)
    return own.filter(_running(Q(), today))


def reminded_as_manager(user: User, today: date) -> WorkItemQuerySet:
    """The same for the managers of a queue: near the end, and what nobody has taken."""
    rows: WorkItemQuerySet = WorkItem.objects.visible_to(user).open().filter(queue__in=managed_by(user).values("pk"))
    return rows.filter(_running(Q(for_managers=True), today))


def _running(which: Q, today: date) -> Q:
    """A reminder of a day that still is the item's, not past, and after which nobody did anything with it."""
    acted = Activity.objects.filter(
        not_undone(), item=OuterRef("item"), actor__isnull=False, at__gt=OuterRef("raised_at")
    )
    same_day = Q(kind=Kind.SAFE, last_day=F("item__last_safe_on")) | Q(kind=Kind.DEADLINE, last_day=F("item__deadline"))
    rows = Reminder.objects.filter(which, same_day, item=OuterRef("pk"), last_day__gte=today)
    return Q(status__in=DEADLINE_RUNS) & Q(Exists(rows.filter(~Exists(acted))))
