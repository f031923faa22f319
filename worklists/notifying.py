"""Tells people in the app what happened to their work: read from what was done, by beat, once for each cause.

Nothing that people do waits for it. All of it may be run again at any time.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from accounts.access import MANAGERS, WORKERS
from denials.domain.days import is_business_day, next_business_day
from worklists import team_digest
from worklists.domain.transitions import DEADLINE_RUNS
from worklists.models import Activity, Escalation, Notification, NotificationChoice, NotificationState, WorkItem
from worklists.settlement import DIFFERS

Kind = Notification.Kind
LOCK = 4023
LATE_COMMITS = 20_000
"""A change may become visible after a later one; so many numbers back it is still read."""
RECENT_DAYS = 3
"""What happened before is no news: after a stop, and on a site that had none of this before."""
FIRST_HOUR = 6
WEEK = 7
TOLD = {
    Activity.Kind.WOKEN: Kind.RETURNED,
    Activity.Kind.ANSWERED: Kind.ANSWERED,
    Activity.Kind.RETURNED: Kind.PAYER,
    Activity.Kind.SETTLED: Kind.PAYER,
    Activity.Kind.DENIED_AGAIN: Kind.PAYER,
    Activity.Kind.WITHHELD: Kind.PAYER,
}
"""What is told to the owner of an item, unless the owner did it."""
ONLY_IF_SENT = (Activity.Kind.SETTLED, Activity.Kind.DENIED_AGAIN)
"""An answer only where something was sent before, or where a payment differs from what people closed the item with."""
TOLD_MANAGERS = (Activity.Kind.WITHHELD,)
"""What the managers of its queue are told where an item has nobody who may work it."""
CHANGES_HANDS = (Activity.Kind.TAKEN, Activity.Kind.HANDED_OVER)
"""What happened before one of these was news for somebody else. An item that became free had nobody to be told."""


@transaction.atomic
def tell() -> int:
    """Raises what is new since the last time. Returns how many people were told something."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if cursor.fetchone() != (True,):
            return 0
    state, _ = NotificationState.objects.get_or_create(pk=1)
    newest = Activity.objects.aggregate(last=Max("pk"))["last"] or 0
    raised = Escalation.objects.aggregate(last=Max("pk"))["last"] or 0
    if (newest, raised) == (state.activity, state.escalation):
        return 0
    told = _tell_of_work(state.activity, newest) + _tell_of_escalations(state.escalation, raised)
    state.activity, state.escalation = newest, raised
    state.save()
    return told


@transaction.atomic
def digest(today: date) -> int:
    """To everybody who owns something that is late, due or to be asked about, and to managers whose queues lose
    something within the week. What ends on the days off that follow is told apart: it is told for the last time.
    """
    runs, back = Q(status__in=DEADLINE_RUNS), next_business_day(today + timedelta(days=1))
    awake = Q(postponed_until=None) | Q(postponed_until__lte=today)
    awake_by_then = Q(postponed_until=None) | Q(postponed_until__lt=back)
    rows = (
        WorkItem.objects.filter(is_open=True, assignee__is_active=True)
        .order_by()
        .values("assignee")
        .annotate(
            late=Count("pk", filter=runs & awake & Q(deadline__lt=today)),
            today=Count("pk", filter=runs & awake & Q(deadline=today)),
            off=Count("pk", filter=runs & awake_by_then & Q(deadline__gt=today, deadline__lt=back)),
            week=Count("pk", filter=runs & awake & Q(deadline__gte=back, deadline__lte=today + timedelta(days=WEEK))),
            ask=Count("pk", filter=Q(status=WorkItem.Status.WAITING, follow_up_on__lte=today)),
        )
    )
    unwanted = set(NotificationChoice.objects.filter(unwanted__contains=[Kind.DIGEST]).values_list("user", flat=True))
    counts = {row.pop("assignee"): row for row in rows}
    made = [
        Notification(person_id=person, kind=Kind.DIGEST, cause=f"digest:{today}", facts=found)
        for person, found in counts.items()
        if any(found.values()) and person not in unwanted
    ]
    of_today = Notification.objects.filter(cause__in=[f"digest:{today}", f"{team_digest.CAUSE}:{today}"])
    before = of_today.count()
    Notification.objects.bulk_create([*made, *team_digest.for_managers(today, unwanted)], ignore_conflicts=True)
    return of_today.count() - before


def is_working_morning() -> bool:
    now = timezone.localtime()
    return now.hour >= FIRST_HOUR and is_business_day(now.date())


def _tell_of_work(reached: int, newest: int) -> int:
    kinds = [(str(what), str(kind)) for what, kind in TOLD.items()]
    return _run(
        OF_WORK,
        {
            "after": max(0, reached - LATE_COMMITS),
            "newest": newest,
            "days": RECENT_DAYS,
            "what": [what for what, _ in kinds],
            "kinds": [kind for _, kind in kinds],
            "differs": DIFFERS,
            "only_if_sent": [str(kind) for kind in ONLY_IF_SENT],
            "changes_hands": [str(kind) for kind in CHANGES_HANDS],
            "free": str(WorkItem.Status.NEW),
            "told_managers": [str(kind) for kind in TOLD_MANAGERS],
            "workers": [role.value for role in WORKERS],
            "roles": [role.value for role in MANAGERS],
        },
    )


def _tell_of_escalations(reached: int, newest: int) -> int:
    roles = [role.value for role in MANAGERS]
    values = {"after": max(0, reached - LATE_COMMITS), "newest": newest, "days": RECENT_DAYS, "roles": roles}
    return _run(OF_ESCALATIONS, values)


def _run(sql: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        told: int = cursor.rowcount
        return told


INSERT = """
INSERT INTO worklists_notification (person_id, item_id, kind, cause, facts)
SELECT DISTINCT ON (n.person_id, n.cause) n.person_id, n.item_id, n.kind, n.cause, n.facts
FROM news n
JOIN accounts_user u ON u.id = n.person_id AND u.is_active
LEFT JOIN worklists_notificationchoice c ON c.user_id = u.id
WHERE NOT n.kind = ANY (coalesce(c.unwanted, '{}'))
ORDER BY n.person_id, n.cause
ON CONFLICT (person_id, cause) DO NOTHING
"""
MANAGERS_OF = """managers AS (
    SELECT u.id AS person_id, q.queue_id FROM accounts_user u
    LEFT JOIN accounts_user_teams t ON t.user_id = u.id LEFT JOIN worklists_queue_teams q ON q.team_id = t.team_id
    WHERE u.is_active AND u.role = ANY (%(roles)s)
)"""
OF_WORK = f"""
WITH {MANAGERS_OF}, done AS (
    SELECT a.*, coalesce(w.assignee_id, w.resolved_by_id) AS assignee_id, w.queue_id
    FROM worklists_activity a JOIN worklists_workitem w ON w.id = a.item_id
    WHERE a.id > %(after)s AND a.id <= %(newest)s AND a.at > now() - make_interval(days => %(days)s)
), news AS (
    SELECT d.assignee_id AS person_id, d.item_id, told.kind, 'activity:' || d.id AS cause,
        jsonb_build_object('by', d.actor_id, 'what', d.kind) AS facts
    FROM done d JOIN unnest(%(what)s::text[], %(kinds)s::text[]) AS told (what, kind) ON told.what = d.kind
    WHERE d.assignee_id IS DISTINCT FROM d.actor_id
        AND (NOT d.kind = ANY (%(only_if_sent)s) OR d.status_from = 'waiting' OR d.facts ? %(differs)s)
        AND d.status_to <> %(free)s
        AND NOT EXISTS (
            SELECT FROM worklists_activity a
            WHERE a.item_id = d.item_id AND a.id > d.id AND a.kind = ANY (%(changes_hands)s)
        )
    UNION ALL
    SELECT m.person_id, d.item_id, told.kind, 'activity:' || d.id,
        jsonb_build_object('by', d.actor_id, 'what', d.kind)
    FROM done d JOIN unnest(%(what)s::text[], %(kinds)s::text[]) AS told (what, kind) ON told.what = d.kind
    JOIN managers m ON m.queue_id = d.queue_id OR NOT EXISTS (SELECT 1 FROM managers o WHERE o.queue_id = d.queue_id)
    WHERE d.kind = ANY (%(told_managers)s) AND NOT EXISTS (
        SELECT FROM accounts_user u
        JOIN worklists_workitem w ON w.id = d.item_id
        WHERE u.id = d.assignee_id AND u.is_active AND u.role = ANY (%(workers)s) AND (u.all_facilities OR EXISTS (
            SELECT FROM accounts_user_facilities f WHERE f.user_id = u.id AND f.facility_id = w.facility_id
        ))
    )
    UNION ALL
    SELECT m.person::bigint, d.item_id, 'mention', 'activity:' || d.id, jsonb_build_object('by', d.actor_id)
    FROM done d CROSS JOIN LATERAL jsonb_array_elements_text(d.facts -> 'mentions') AS m (person)
    WHERE d.kind = 'note' AND d.facts ? 'mentions' AND m.person::bigint IS DISTINCT FROM d.actor_id
)
{INSERT}
"""
OF_ESCALATIONS = f"""
WITH raised AS (
    SELECT e.*, w.queue_id FROM worklists_escalation e JOIN worklists_workitem w ON w.id = e.item_id
    WHERE e.id > %(after)s AND e.id <= %(newest)s AND e.state = 'open'
        AND e.raised_at > now() - make_interval(days => %(days)s)
), {MANAGERS_OF}, addressed AS (
    SELECT r.*, r.person_id AS told FROM raised r WHERE r.person_id IS NOT NULL
    UNION ALL
    SELECT r.*, t.user_id FROM raised r JOIN accounts_user_teams t ON t.team_id = r.team_id WHERE r.person_id IS NULL
    UNION ALL
    SELECT r.*, m.person_id FROM raised r JOIN managers m ON m.queue_id = r.queue_id
        OR NOT EXISTS (SELECT 1 FROM managers o WHERE o.queue_id = r.queue_id)
    WHERE r.person_id IS NULL AND r.team_id IS NULL
), news AS (
    SELECT told AS person_id, CASE WHEN rule_id IS NULL THEN item_id END AS item_id, 'escalated' AS kind,
        CASE WHEN rule_id IS NULL THEN 'escalation:' || id ELSE 'rule:' || rule_id || ':' || raised_at::date END
            AS cause,
        jsonb_build_object('by', raised_by_id, 'rule', rule_id) AS facts
    FROM addressed WHERE told IS DISTINCT FROM raised_by_id
)
{INSERT}
"""
"""What a rule raises in one day is told once: the list of what is escalated has it all."""
