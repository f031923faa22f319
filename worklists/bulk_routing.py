"""Routes many items at once: facts in one query, rules in Python, queue, rule, reason and event in one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from worklists import routing_sql
from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.routing import Place, Router

BATCH = 50_000


@transaction.atomic
def route_many(items: WorkItemQuerySet, user: User | None = None) -> list[int]:
    """Sends those of these items that nobody owns where the rules in force want them. Returns which moved, by id.

    It locks batch by batch in id order and refuses nothing by row; a person who is to read refusals uses
    `rerouting.reroute`.
    """
    router, reached, moved = Router.current(), 0, list[int]()
    free = items.open().filter(assignee=None)
    while batch := list(_locked(free, reached)):
        reached = batch[-1]
        moves = list(misplaced(batch, router))
        send(moves, router, user)
        moved += sorted(item for item, _ in moves)
    return moved


def _locked(items: WorkItemQuerySet, reached: int) -> Iterator[int]:
    rows = items.filter(pk__gt=reached).order_by("pk").select_for_update(of=("self",), no_key=True)
    yield from rows.values_list("pk", flat=True)[:BATCH]


def misplaced(batch: Sequence[int], router: Router) -> Iterator[tuple[int, Place]]:
    """Each item that is not where the rules want it, by the rule that wants it there."""
    items = WorkItem.objects.filter(pk__in=batch)
    for row in routing_sql.facts_of_each(items, router.book.asks, router.on):
        place = router.place_by(row.facts, row.payer_id, row.facility_id)
        if (row.queue_id, row.rule_id) != (place.queue_id, place.rule_id):
            yield row.item_id, place


def send(moves: Sequence[tuple[int, Place]], router: Router, user: User | None) -> int:
    """Writes the places of locked items that nobody owns, with an event for each. Returns how many were written."""
    if not moves:
        return 0
    places = [place for _, place in moves]
    columns: list[list[Any]] = [
        [item for item, _ in moves],
        [place.queue_id for place in places],
        [place.rule_id for place in places],
        [place.rule_version for place in places],
        [place.because for place in places],
        [place.assignee_id for place in places],
    ]
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(SEND, [*columns, router.rule_set_id, router.on, now, user.pk if user else None, now])
        return int(cursor.rowcount)


SEND = """
WITH sent AS (
    UPDATE worklists_workitem i SET queue_id = t.queue_id, rule_id = t.rule_id, rule_version = t.rule_version,
        routed_because = t.because, assignee_id = t.assignee_id, routed_facts = NULL,
        rule_set_id = asked.rule_set_id, routed_on = asked.day, version = i.version + 1, updated_at = asked.now
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::int[], %s::text[], %s::bigint[])
        AS t (id, queue_id, rule_id, rule_version, because, assignee_id),
        (SELECT %s::bigint AS rule_set_id, %s::date AS day, %s::timestamptz AS now) AS asked
    WHERE i.id = t.id AND i.assignee_id IS NULL
    RETURNING i.id, i.queue_id, i.rule_id, i.rule_version, i.routed_because, i.rule_set_id, i.routed_on, i.assignee_id
)
INSERT INTO worklists_activity (item_id, kind, actor_id, at, status_from, status_to, text, facts)
SELECT id, 'routed', %s::bigint, %s, '', '', routed_because, jsonb_build_object(
    'queue', queue_id, 'rule', rule_id, 'rule_version', rule_version, 'rule_set', rule_set_id, 'on', routed_on)
    || CASE WHEN assignee_id IS NULL THEN '{}' ELSE jsonb_build_object('to', assignee_id) END
FROM sent ORDER BY id
"""
