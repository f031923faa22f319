"""Take the next item, or some at once: two people who ask at the same moment get different ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from psycopg import Connection, Cursor

from accounts.models import User
from accounts.once import Sent
from worklists.assignment import allowance
from worklists.assignment.allowance import Allowance
from worklists.models import Queue, WorkItem
from worklists.permission import must_work
from worklists.taking_sql import CALL, CALL_ONCE

MOST_AT_ONCE = 10


def next_item(user: User, *, today: date, queue: Queue | None = None) -> WorkItem | None:
    """Takes the most urgent item that `user` may work, or answers None when there is none."""
    return next(iter(next_items(user, today=today, queue=queue)), None)


def next_items(user: User, *, today: date, queue: Queue | None = None, count: int = 1) -> list[WorkItem]:
    """As `next_ids`, with the items as they are now."""
    ids = next_ids(user, today=today, queue=queue, count=count)
    rows = WorkItem.objects.in_bulk(ids)
    return [rows[pk] for pk in ids]


def next_ids(user: User, *, today: date, queue: Queue | None = None, count: int = 1) -> list[int]:
    """Takes up to `count` of the most urgent items that `user` may work, in the order in which to work them.

    Items handed to this person come first, then free ones of `queue`, or else of their teams' queues (of every
    queue for somebody without a team): the deadline lane, a small share of which little is known, and the rest by
    rank. Postponed ones count from their day on. Which queues may be pulled from, and how many more this person may
    hold, `allowance.to_pull` says.
    """
    must_work(user)
    with transaction.atomic(savepoint=False):
        allowed = allowance.to_pull(user, queue)
        if allowed.room.full:
            return []
        return take(Pull(user, allowed, today, queue, allowed.at_most(min(count, MOST_AT_ONCE))))


def next_address(user: User, sent: Sent, *, today: date, queue_key: str, address: str) -> str:
    """As `next_ids` for one item, for a person of whom no limit and no skill is asked: takes it, and writes down where
    the form led, in one statement.

    `address` is that of an item with 0 in the place of its id. Answers the item's, or "" with nothing changed: more is
    asked of the person, the queue is unknown, or nothing is left.
    """
    must_work(user)
    before, _, after = address.rpartition("0")
    form = {"key": sent.key, "fingerprint": sent.fingerprint, "before": before, "after": after}
    values = {**_about(user, today), "count": 1, "queue_key": queue_key, **form}
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        found = cursor.execute(CALL_ONCE, values, prepare=True).fetchone()
        return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class Pull:
    """What one person asks for."""

    user: User
    allowed: Allowance
    today: date
    queue: Queue | None = None
    count: int = 1


def take(pull: Pull) -> list[int]:
    """Chooses, locks and writes in one call. Returns the ids in the order in which to work them."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return choose(connection.connection, values_of(pull))


def choose(own: Connection, values: dict[str, Any]) -> list[int]:
    """As `take`, on a connection of the driver: Django's own cursors would put the values into the statement."""
    with Cursor(own) as cursor:
        [(taken,)] = cursor.execute(CALL, values, prepare=True)
        return list(taken)


def values_of(pull: Pull) -> dict[str, Any]:
    return {
        **_about(pull.user, pull.today),
        "queues": _written(pull.allowed.queues),
        "full_queues": _written(pull.allowed.full_queues),
        "queue": pull.queue.pk if pull.queue else None,
        "count": pull.count,
    }


def _about(user: User, today: date) -> dict[str, Any]:
    return {"user": user.pk, "everywhere": user.all_facilities, "today": today, "now": timezone.now()}


def _written(ids: Iterable[int]) -> str:
    """As PostgreSQL writes an array; the driver takes longer over a list than the server over the item."""
    return f"{{{','.join(map(str, ids))}}}"
