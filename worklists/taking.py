"""Take the next item, or some at once: two people who ask at the same moment get different ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from psycopg import Connection, Cursor

from accounts.models import User
from worklists import allowance
from worklists.allowance import Allowance
from worklists.domain.priority import Weights
from worklists.models import Queue, WorkItem
from worklists.permission import must_work

MOST_AT_ONCE = 10
SHIPPED = Weights()


def next_item(user: User, *, today: date, queue: Queue | None = None) -> WorkItem | None:
    """Takes the most urgent item that `user` may work, or answers None when there is none."""
    return next(iter(next_items(user, today=today, queue=queue)), None)


@transaction.atomic
def next_items(user: User, *, today: date, queue: Queue | None = None, count: int = 1) -> list[WorkItem]:
    """Takes up to `count` of the most urgent items that `user` may work, in the order in which to work them.

    Items handed to this person come first, then free ones of `queue`, or else of their teams' queues (of every
    queue for somebody without a team): the deadline lane, a small share of which little is known, and the rest by
    rank. Postponed ones count from their day on. Which queues may be pulled from, and how many more this person may
    hold, `allowance.to_pull` says.
    """
    must_work(user)
    allowed = allowance.to_pull(user, queue)
    if allowed.room.full:
        return []
    ids = take(Pull(user, allowed, today, queue, allowed.at_most(min(count, MOST_AT_ONCE))))
    rows = WorkItem.objects.in_bulk(ids)
    return [rows[pk] for pk in ids]


@dataclass(frozen=True, slots=True)
class Pull:
    """What one person asks for."""

    user: User
    allowed: Allowance
    today: date
    queue: Queue | None = None
    count: int = 1


def take(pull: Pull) -> list[int]:
    """Chooses, locks and writes in one statement. Returns the ids in the order in which to work them."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return choose(connection.connection, values_of(pull))


def choose(own: Connection, values: dict[str, Any]) -> list[int]:
    """As `take`, on a connection of the driver: the server keeps its plan, which takes it longer to make than to run.

    Django's own cursors put the values into the statement, so that each is planned anew.
    """
    with Cursor(own) as cursor:
        return [pk for (pk,) in cursor.execute(statement(values["count"]), values, prepare=True)]


def values_of(pull: Pull) -> dict[str, Any]:
    everywhere = pull.user.all_facilities
    return {
        "user": pull.user.pk,
        "everywhere": everywhere,
        "facilities": [] if everywhere else list(pull.user.facilities.values_list("pk", flat=True)),
        "queues": pull.allowed.queues,
        "full_queues": pull.allowed.full_queues,
        "queue": pull.queue.pk if pull.queue else None,
        "today": pull.today,
        "shipped_lane_days": SHIPPED.lane_days,
        "shipped_thin_share": SHIPPED.thin_share,
        "count": pull.count,
        "now": timezone.now(),
    }


WAITS = """
    i.is_open AND (i.status = 'new' OR i.status = 'postponed' AND i.postponed_until <= %(today)s)
    AND (%(everywhere)s OR i.facility_id = ANY (%(facilities)s::bigint[]))
"""
LANE_ENDS = "(SELECT lane_ends FROM site)"
IN_LANE = f"coalesce(i.last_safe_on <= {LANE_ENDS} AND i.deadline >= %(today)s, false)"
"""As `worklists.domain.priority.in_lane`."""


def _best_of_each_queue(where: str, most: str, count: int) -> str:
    """Free items of the person's queues, locked on the way: what somebody else is taking now is passed over.

    Each queue is asked for its own best, which its index knows at once; more than are needed stay locked for the
    moment that the statement takes.
    """
    return f"""
    SELECT best.id, best.status, best.rank_key
    FROM unnest(%(queues)s::bigint[]) AS mine (queue_id)
    CROSS JOIN LATERAL (
        SELECT i.id, i.status, i.rank_key FROM worklists_workitem i
        WHERE {most} > 0 AND i.queue_id = mine.queue_id AND i.assignee_id IS NULL AND {where} AND {WAITS}
        ORDER BY i.rank_key, i.id LIMIT {count} FOR NO KEY UPDATE SKIP LOCKED
    ) AS best
    ORDER BY best.rank_key, best.id LIMIT {most}
    """


@cache
def statement(count: int) -> str:
    """For so many items. The number stands in the text: for an unknown one the server would plan to sort a queue."""
    in_lane = f"i.last_safe_on <= {LANE_ENDS} AND i.deadline >= %(today)s"
    beside = f"NOT {IN_LANE} AND i.id <> ALL (ARRAY(SELECT id FROM thin))"
    return TAKE.format(
        count=count,
        in_lane=IN_LANE,
        waits=WAITS,
        lane=_best_of_each_queue(in_lane, "(SELECT %(count)s - count(*) FROM handed)", count),
        thin=_best_of_each_queue(f"i.is_thin AND NOT {IN_LANE}", "(SELECT thin FROM turns)", count),
        rest=_best_of_each_queue(beside, "(SELECT more - (SELECT count(*) FROM thin) FROM wanted)", count),
    )


TAKE = """
WITH site AS MATERIALIZED (
    SELECT %(today)s::date + coalesce(max(lane_days), %(shipped_lane_days)s)::int AS lane_ends,
        coalesce(max(thin_share), %(shipped_thin_share)s)::float8 AS thin_share
    FROM worklists_orderweights
), handed AS MATERIALIZED (
    SELECT i.id, i.status, i.rank_key, NOT {in_lane} AS is_later FROM worklists_workitem i
    WHERE i.assignee_id = %(user)s AND {waits} AND i.queue_id <> ALL (%(full_queues)s::bigint[])
        AND (%(queue)s::bigint IS NULL OR i.queue_id = %(queue)s::bigint)
    ORDER BY is_later, i.rank_key, i.id LIMIT {count} FOR NO KEY UPDATE SKIP LOCKED
), lane AS MATERIALIZED (
    {lane}
), wanted AS MATERIALIZED (
    SELECT %(count)s - (SELECT count(*) FROM handed) - (SELECT count(*) FROM lane) AS more
), turns AS MATERIALIZED (
    -- As worklists.domain.priority.is_thin_turn; the sequence counts what is given out beside the lane.
    SELECT count(*) FILTER (
        WHERE floor(number * thin_share / 100) > floor((number - 1) * thin_share / 100)
    ) AS thin
    FROM site, (SELECT nextval('worklists_pull') AS number FROM generate_series(1, (SELECT more FROM wanted))) AS given
), thin AS MATERIALIZED (
    {thin}
), rest AS MATERIALIZED (
    {rest}
), chosen AS MATERIALIZED (
    SELECT id, status, rank_key, 0 AS band, is_later FROM handed
    UNION ALL SELECT id, status, rank_key, 1, false FROM lane
    UNION ALL SELECT id, status, rank_key, 2, false FROM thin
    UNION ALL SELECT id, status, rank_key, 2, false FROM rest
), taken AS (
    UPDATE worklists_workitem i SET status = 'taken', assignee_id = %(user)s, taken_at = %(now)s,
        postponed_until = NULL, postponed_because = '', follow_up_on = NULL, version = i.version + 1,
        updated_at = %(now)s
    FROM chosen c WHERE i.id = c.id
    RETURNING i.id
), told AS (
    INSERT INTO worklists_activity (item_id, kind, actor_id, at, status_from, status_to, text, facts)
    SELECT id, 'take', %(user)s, %(now)s, status, 'taken', '', '{{}}' FROM chosen
)
SELECT c.id FROM chosen c JOIN taken t ON t.id = c.id ORDER BY c.band, c.is_later, c.rank_key, c.id
"""
