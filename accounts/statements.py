"""Statements that are long to make and quick to answer are made once, and asked again with the same text.

What Django spends on making a statement of many parts is several times what PostgreSQL spends on answering it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from psycopg import ClientCursor

from accounts.models import User

Statement = tuple[str, tuple[Any, ...]]
MOST = 2000
"""Statements that a process keeps; the oldest makes room."""
NOT_ASKED_FOR = frozenset({"password", "last_login", "keys"})
"""What of a person no statement rests on."""
_KEPT: dict[Hashable, Statement] = {}
_TEXTS: dict[Hashable, str] = {}


def rows_of(key: Hashable, statement: Callable[[], Statement]) -> list[dict[str, Any]]:
    """The rows of the statement of a `values()` queryset; their values come as PostgreSQL gives them."""
    try:
        made = statement()
    except EmptyResultSet:
        return []
    if key not in _TEXTS:
        make_room(_TEXTS)
        _TEXTS[key] = _with_values(*made)
    return read(_TEXTS[key])


def read(text: str, values: Sequence[Any] | None = None) -> list[dict[str, Any]]:
    """The rows of a statement whose text is always the same; asked some times, PostgreSQL keeps its plan as well.

    Values that stand in the text are known when it is planned; those beside it are not, so only what is planned alike
    for any value may stand there.
    """
    with planned_once() as cursor:
        cursor.execute(text, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def rows(text: str, values: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """As `read`, for statements on the way of each request: rows without the names of their columns."""
    with planned_once() as cursor:
        cursor.execute(text, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def planned_once() -> CursorWrapper:
    """A cursor of Django's that leaves values to the server; the usual one puts them into the text, to be planned anew.

    How often a text is asked before its plan is kept says `prepare_threshold` in the settings.
    """
    connection.ensure_connection()
    cursor: Any = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)


def _with_values(sql: str, values: Sequence[Any]) -> str:
    """One text, which begins with SELECT also where two are joined: what may write is told who writes, as a statement
    before it (pghistory).
    """
    connection.ensure_connection()
    text = ClientCursor(connection.connection).mogrify(sql, values)
    return text if text.startswith("SELECT") else f"SELECT * FROM ({text}) AS asked"


def statement_of(key: Hashable, make: Callable[[], QuerySet[Any]]) -> Statement:
    """The statement alone, for whoever puts it into another one.

    `key` has to name everything that the statement is made of: `whose` it is, the day, what was asked for and the
    settings that it rests on. `make` must read nothing itself. Tests hold every statement to both (tests/proved.py).
    """
    if key not in _KEPT:
        make_room(_KEPT)
        _KEPT[key] = make().query.sql_with_params()
    return _KEPT[key]


def is_kept(key: Hashable) -> bool:
    return key in _KEPT


def whose(user: User) -> Hashable:
    """The person as statements may rest on them. Their teams and facilities are read when a statement is asked."""
    names = [field.attname for field in User._meta.concrete_fields if field.name not in NOT_ASKED_FOR]
    return tuple(getattr(user, name) for name in names)


def make_room(kept: dict[Hashable, Any]) -> None:
    while len(kept) >= MOST:
        kept.pop(next(iter(kept)), None)
