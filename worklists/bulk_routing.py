"""Routes many items at once: facts in one query, rules in Python, queue, rule, reason and event in one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from worklists import routing_sql
from worklists.domain.routing import Facts
from worklists.models.items import WorkItemQuerySet
from worklists.routing import Place, Router

BATCH = 50_000
"""Of facts that are held in memory at once."""
ALIKE = 20_000
Move = tuple[routing_sql.Asked, Place]


@transaction.atomic
def route_many(items: WorkItemQuerySet, user: User | None = None) -> list[int]:
    """Sends those of these items that nobody owns where the rules in force want them. Returns the ids of what moved.

    Nothing is locked while the rules are asked: an item that somebody changed meanwhile stays as they left it. A person
    who is to read why something stays uses `rerouting.reroute`.
    """
    router, reached = Router.current(), 0
    places = Places(router)
    moved: list[int] = []
    free = items.open().filter(assignee=None)
    while (last := _last_of_batch(free, reached)) is not None:
        batch = free.filter(pk__gt=reached, pk__lte=last)
        moved += send(list(places.wanted(batch)), router, user)
        reached = last
    return moved


def _last_of_batch(items: WorkItemQuerySet, reached: int) -> int | None:
    ids = items.filter(pk__gt=reached).order_by("pk").values_list("pk", flat=True)
    return next(iter(ids[BATCH - 1 : BATCH]), None) or ids.last()


class Places:
    """Where the rules want items. Most are alike in what the rules ask, so that few need to be asked about."""

    def __init__(self, router: Router) -> None:
        self.router, self.names = router, routing_sql.names_asked(router.book.asks)
        self.place = lru_cache(ALIKE)(self._place)

    def wanted(self, items: WorkItemQuerySet) -> Iterator[Move]:
        """Each item that is not where the rules want it, by the rule that wants it there."""
        for row in routing_sql.facts_of_each(items, self.names, self.router.on):
            place = self.place(row.known, row.payer_id, row.facility_id)
            if (row.queue_id, row.rule_id) != (place.queue_id, place.rule_id):
                yield row, place

    def _place(self, known: tuple[Any, ...], payer_id: int, facility_id: int) -> Place:
        facts = Facts(**dict(zip(self.names, known, strict=True)))
        return self.router.place_by(facts, payer_id, facility_id)


def send(moves: Sequence[Move], router: Router, user: User | None) -> list[int]:
    """Writes these places with an event each, unless somebody changed the item since it was read. Returns the ids."""
    if not moves:
        return []
    numbers = {place: number for number, place in enumerate(dict.fromkeys(place for _, place in moves), start=1)}
    items: list[list[Any]] = [
        [row.item_id for row, _ in moves],
        [row.version for row, _ in moves],
        [numbers[place] for _, place in moves],
    ]
    places: list[list[Any]] = [
        [place.queue_id for place in numbers],
        [place.rule_id for place in numbers],
        [place.rule_version for place in numbers],
        [place.because for place in numbers],
        [place.assignee_id for place in numbers],
    ]
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(SEND, [*items, *places, router.rule_set_id, router.on, now, user.pk if user else None, now])
        return [pk for (pk,) in cursor.fetchall()]


SEND = """
WITH sent AS (
    UPDATE worklists_workitem i SET queue_id = place.queue_id, rule_id = place.rule_id,
        rule_version = place.rule_version, routed_because = place.because, assignee_id = place.assignee_id,
        routed_facts = NULL, rule_set_id = asked.rule_set_id, routed_on = asked.day, version = i.version + 1,
        updated_at = asked.now
    FROM unnest(%s::bigint[], %s::int[], %s::int[]) AS move (id, version, place)
    JOIN unnest(%s::bigint[], %s::bigint[], %s::int[], %s::text[], %s::bigint[])
        WITH ORDINALITY AS place (queue_id, rule_id, rule_version, because, assignee_id, number)
        ON place.number = move.place
    CROSS JOIN (SELECT %s::bigint AS rule_set_id, %s::date AS day, %s::timestamptz AS now) AS asked
    WHERE i.id = move.id AND i.version = move.version AND i.assignee_id IS NULL AND i.is_open
    RETURNING i.id, i.queue_id, i.rule_id, i.rule_version, i.routed_because, i.rule_set_id, i.routed_on, i.assignee_id
)
INSERT INTO worklists_activity (item_id, kind, actor_id, at, status_from, status_to, text, facts)
SELECT id, 'routed', %s::bigint, %s, '', '', routed_because, jsonb_build_object(
    'queue', queue_id, 'rule', rule_id, 'rule_version', rule_version, 'rule_set', rule_set_id, 'on', routed_on)
    || CASE WHEN assignee_id IS NULL THEN '{}' ELSE jsonb_build_object('to', assignee_id) END
FROM sent ORDER BY id
RETURNING item_id
"""
