"""Numbers that stand on every page, read in one statement and cached in the process while nothing changes.

Each part is a query of its own. Before a cached answer is used, one cheap statement reads how far things have come: the
last change of the person's own work, of settings, and of all work (`Seen`). Only parts that this makes stale are asked
for again, together. Somebody's own change shows at once; what others do, and the passing of time, within
`COUNTS_SECONDS`. Rows of patients are never cached here: counts, names of queues and people only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.http import HttpRequest
from psycopg.pq.abc import PGresult

from accounts.access import person
from accounts.models import User
from accounts.one_statement import EXACT
from accounts.pipelined import texts_in
from accounts.statements import Statement, row_of, rows, rows_of
from worklists.rollup import WORK_VERSION

Rows = list[dict[str, Any]]
MOST = 2000
"""Answers that a process keeps; the oldest makes room for a new one."""
RENEWED_SECONDS = 300
"""No answer is used longer than this, because some changes leave no mark in `Seen`."""


@dataclass(frozen=True, slots=True)
class Part:
    """One `values()` query. `key` names everything that its answer depends on, apart from the rows in the database."""

    key: Hashable
    statement: Callable[[], Statement]
    of_settings: bool = False
    """It depends on settings alone, such as the names of queues and people: no work makes it stale."""
    is_fleeting: bool = False
    """Never cached: it only rides along in the statement that is sent anyway."""
    read: Callable[[Rows], Any] = lambda rows: rows
    """Turns the rows into the answer; the result is cached, so this runs once for as long as it holds."""


class Seen(NamedTuple):
    """How far things had come: a mark each for the person's own work, for settings, and for all work. A mark differs as
    soon as something was written there.
    """

    own: str
    settings: str
    work: str


class Kept(NamedTuple):
    """An answer, and how far things had come when it was given."""

    answer: Any
    seen: Seen
    at: float


Parts = Mapping[str, Part]
_kept: dict[Hashable, Kept] = {}
_on_every_page: dict[str, Callable[[HttpRequest], Part]] = {}


@dataclass(slots=True)
class _Asked:
    """What this request has read already."""

    seen: Seen | None = None
    found: dict[str, Any] = field(default_factory=dict)


def on_every_page(name: str, part: Callable[[HttpRequest], Part]) -> None:
    """Registers what the frame of each page shows, such as the rail: it is read in the same statement as the page's own
    numbers. Called by an app above, in its `ready()`.
    """
    _on_every_page[name] = part


def read_beside(request: HttpRequest, parts: Parts | None = None) -> dict[str, Any]:
    """The answers to these parts, by name; without `parts`, those of the frame of the page (`on_every_page`).

    What has to be read anew is read in one statement, and the frame with it, so that a page asks once for both.
    """
    asked: _Asked = getattr(request, "_cached_numbers", None) or _Asked()
    request._cached_numbers = asked  # type: ignore[attr-defined]
    frame = {name: part(request) for name, part in _on_every_page.items() if name not in asked.found}
    wanted = dict(parts) if parts is not None else frame
    fleeting = {name: part for name, part in wanted.items() if part.is_fleeting}
    lasting = {name: part for name, part in wanted.items() if not part.is_fleeting}
    if asked.seen is None and all(map(_kept_of, lasting.values())):
        asked.seen, found = _look(person(request), fleeting)
        asked.found |= found
        fleeting = {}
    if missing := _take_kept(lasting, asked):
        asked.seen, found = _look(person(request), fleeting | missing | _take_kept(frame, asked))
        asked.found |= found
    else:
        asked.found |= {name: rows_of(part.key, part.statement) for name, part in fleeting.items()}
    return asked.found


def last_known(part: Part) -> Any:
    """The cached answer to this part, or None, without asking whether it still holds.

    A page may begin with it and read the part again together with everything built on it. Where the new answer differs,
    the page begins anew; mostly it does not, which saves a round trip.
    """
    kept = _kept_of(part)
    return kept.answer if kept else None


def _take_kept(parts: Parts, asked: _Asked) -> dict[str, Part]:
    """Copies the cached answers that still hold into `asked`. Returns the parts that have to be read."""
    missing = {}
    for name, part in parts.items():
        kept = _kept_of(part)
        if kept and asked.seen and _still_good(kept, asked.seen, part):
            asked.found[name] = kept.answer
        else:
            missing[name] = part
    return missing


def _kept_of(part: Part) -> Kept | None:
    kept = _kept.get(part.key) if settings.COUNTS_SECONDS else None
    return kept if kept and time.monotonic() - kept.at < RENEWED_SECONDS else None


def _still_good(kept: Kept, seen: Seen, part: Part) -> bool:
    if kept.seen == seen or kept.seen.settings != seen.settings:
        return kept.seen == seen
    is_young = time.monotonic() - kept.at < settings.COUNTS_SECONDS
    return part.of_settings or (is_young and kept.seen.own == seen.own)


def _look(user: User, parts: Parts) -> tuple[Seen, dict[str, Any]]:
    """How far things have come, and the answers to these parts, read in one statement."""
    if not parts:
        [row] = rows(HOW_FAR, [user.pk])
    elif all(part.is_fleeting for part in parts.values()):  # asked for again with the next page: planned once
        row = row_of((user.pk, *(part.key for part in parts.values())), lambda: _statement(user, parts))
    else:
        with connection.cursor() as cursor:
            cursor.execute(*_statement(user, parts))
            row = cursor.fetchone()
    (own, settled, work), answers = row[:3], row[3:]
    seen = Seen(own, settled, work)
    told = zip(parts.items(), answers, strict=True)
    return seen, {name: _keep(part, EXACT.decode(answer), seen) for (name, part), answer in told}


def _statement(user: User, parts: Parts) -> Statement:
    pieces: list[str] = []
    params: list[Any] = []
    for name, part in parts.items():
        text, values = _statement_of(part)
        pieces.append(f", (SELECT coalesce(json_agg(part), '[]')::text FROM ({text}) AS part) AS {name}")
        params += values
    return f"{SEEN} {' '.join(pieces)} {WHO}", (*params, user.pk)


def _statement_of(part: Part) -> Statement:
    try:
        return part.statement()
    except EmptyResultSet:
        return "SELECT WHERE false", ()


def _keep(part: Part, found: Rows, seen: Seen) -> Any:
    answer = part.read(found)
    if settings.COUNTS_SECONDS and not part.is_fleeting:
        while len(_kept) >= MOST:
            _kept.pop(next(iter(_kept)), None)
        _kept[part.key] = Kept(answer, seen, time.monotonic())
    return answer


SETTINGS = (
    "accounts_userevent", "accounts_userteamevent", "accounts_userfacilityevent", "accounts_facilityevent",
    "accounts_teamevent", "worklists_queueevent", "worklists_routingruleevent", "worklists_queueteamevent",
    "worklists_absenceevent",
    "denials_payerevent", "denials_categoryevent", "denials_exceptioncaseevent", "denials_rejectionevent",
)  # fmt: skip
"""The tables in which triggers record each change of a setting."""
SEEN = f"""
SELECT
    concat_ws('-',
        (SELECT concat_ws('-', id, at) FROM worklists_activity WHERE actor_id = person.id ORDER BY at DESC LIMIT 1),
        (SELECT concat_ws('-', max(id), count(*)) FROM worklists_notification
            WHERE person_id = person.id AND read_at IS NULL)) AS own,
    concat_ws('-', (SELECT max(id) FROM accounts_changestep),
        {", ".join(f"(SELECT max(pgh_id) FROM {table})" for table in SETTINGS)}) AS settled,
    {WORK_VERSION} AS work
"""
WHO = "FROM (SELECT %s::bigint AS id) AS person"
HOW_FAR = f"{SEEN} {WHO}"


def how_far(request: HttpRequest) -> Statement:
    """The statement that reads `Seen`, for a page that sends statements of its own anyway: it sends this one with them
    and hands the answer to `begin`.
    """
    return HOW_FAR, (person(request).pk,)


def begin(request: HttpRequest, answer: PGresult) -> None:
    """Takes the answer to `how_far` as this request's `Seen`, if it has read none meanwhile."""
    if not hasattr(request, "_cached_numbers"):
        own, settled, work = (told or "" for told in texts_in(answer))
        request._cached_numbers = _Asked(Seen(own, settled, work))  # type: ignore[attr-defined]
