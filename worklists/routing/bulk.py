"""Routes many items at once: facts in one query, rules in Python, queue, rule, reason and event in one statement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from worklists.domain.routing import Facts, Routed
from worklists.models.items import WorkItemQuerySet
from worklists.routing import in_sql
from worklists.routing.router import Place, Router

BATCH = 50_000
"""Of facts that are held in memory at once."""


class Move(NamedTuple):
    """Items that the rules want at one place, as they were read."""

    place: Place
    items: list[int]
    versions: list[int]


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
        moved += send(places.wanted(batch), router, user)
        reached = last
    return moved


def _last_of_batch(items: WorkItemQuerySet, reached: int) -> int | None:
    ids = items.filter(pk__gt=reached).order_by("pk").values_list("pk", flat=True)
    return next(iter(ids[BATCH - 1 : BATCH]), None) or ids.last()


class Places:
    """Where the rules want items. What they know the same of, they are asked about once."""

    def __init__(self, router: Router) -> None:
        self.router, self.asks = router, in_sql.names_asked(router.book.asks)
        self.whose = list(in_sql.WHOSE) if router.prefers_specialists else []

    def wanted(self, items: WorkItemQuerySet) -> Iterator[Move]:
        """The items that are not where the rules want them."""
        for alike in in_sql.alike(items, [*self.whose, *self.asks], self.router.on):
            place = self._place(alike.known)
            queue, rule = place.queue_id, place.rule_id
            stands = zip(alike.items, alike.versions, alike.queues, alike.rules, strict=True)
            rows = [(item, version) for item, version, now, by in stands if now != queue or by != rule]
            if rows:
                yield Move(place, *map(list, zip(*rows, strict=True)))

    def _place(self, known: tuple[Any, ...]) -> Place:
        whose, facts = known[: len(self.whose)], known[len(self.whose) :]
        routed = self._routed(facts)
        return self.router.prefer(routed, *whose) if whose else self.router.settle(routed)

    def _routed(self, known: tuple[Any, ...]) -> Routed:
        return self.router.book.route(Facts(**dict(zip(self.asks, known, strict=True))))


def send(moves: Iterable[Move], router: Router, user: User | None) -> list[int]:
    """Writes these places with an event each, unless somebody changed the item since it was read. Returns the ids."""
    numbers: dict[Place, int] = {}
    items: list[list[int]] = [[], [], []]
    for place, ids, versions in moves:
        number = numbers.setdefault(place, len(numbers) + 1)
        for column, more in zip(items, (ids, versions, [number] * len(ids)), strict=True):
            column += more
    if not numbers:
        return []
    places: list[list[Any]] = [
        [place.queue_id for place in numbers],
        [place.rule_id for place in numbers],
        [place.rule_version for place in numbers],
        [place.because for place in numbers],
        [place.assignee_id for place in numbers],
        [json.dumps(_told(place)) for place in numbers],
    ]
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(SEND, [*places, *items, router.rule_set_id, router.on, now, user.pk if user else None, now])
        return sorted(pk for (pk,) in cursor.fetchall())


def _told(place: Place) -> dict[str, Any]:
    to = {"to": place.assignee_id} if place.assignee_id else {}
    return to | {
        "queue": place.queue_id,
        "rule": place.rule_id,
        "rule_version": place.rule_version,
        "rule_set": place.rule_set_id,
        "on": place.on.isoformat(),
    }


SEND = """
WITH place AS MATERIALIZED (
    SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::int[], %s::text[], %s::bigint[], %s::jsonb[])
        WITH ORDINALITY AS place (queue_id, rule_id, rule_version, because, assignee_id, told, number)
), sent AS (
    UPDATE worklists_workitem i SET queue_id = place.queue_id, rule_id = place.rule_id,
        rule_version = place.rule_version, routed_because = place.because, assignee_id = place.assignee_id,
        routed_facts = NULL, rule_set_id = asked.rule_set_id, routed_on = asked.day, version = i.version + 1,
        updated_at = asked.now
    FROM (
        SELECT * FROM unnest(%s::bigint[], %s::int[], %s::int[]) AS move (id, version, place) ORDER BY id
    ) AS move
    JOIN place ON place.number = move.place
    CROSS JOIN (SELECT %s::bigint AS rule_set_id, %s::date AS day, %s::timestamptz AS now) AS asked
    WHERE i.id = move.id AND i.version = move.version AND i.assignee_id IS NULL AND i.is_open
    RETURNING i.id, place.number
)
INSERT INTO worklists_activity (item_id, kind, actor_id, at, status_from, status_to, text, facts)
SELECT sent.id, 'routed', %s::bigint, %s, '', '', place.because, place.told FROM sent JOIN place USING (number)
RETURNING item_id
"""
