"""SQL statements that are expensive to compile are compiled once and then sent again with the same text.

For a query of many parts Django spends several times longer on writing the SQL than PostgreSQL on answering it.
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

Statement = tuple[str, Sequence[Any]]
"""A text with psycopg's placeholders (`%s`), and the values for them."""
MOST = 2000
"""Statements that a process keeps; the oldest makes room for a new one."""
NOT_ASKED_FOR = frozenset({"password", "last_login", "keys"})
"""Columns of a person that no statement depends on."""
_KEPT: dict[Hashable, Statement] = {}
_TEXTS: dict[Hashable, str] = {}


def rows_of(key: Hashable, statement: Callable[[], Statement]) -> list[dict[str, Any]]:
    """The rows of a `values()` queryset, given its compiled statement. Values come as PostgreSQL gives them: converters
    of model fields do not run.
    """
    try:
        made = statement()
    except EmptyResultSet:
        return []
    with planned_once() as cursor:
        cursor.execute(_text_of(key, made))
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def row_of(key: Hashable, statement: Callable[[], Statement]) -> tuple[Any, ...]:
    """The only row of a statement that has one."""
    [row] = rows(_text_of(key, statement()), None)
    return row


def _text_of(key: Hashable, made: Statement) -> str:
    if key not in _TEXTS:
        make_room(_TEXTS)
        _TEXTS[key] = _with_values(*made)
    return _TEXTS[key]


def rows(text: str, values: Sequence[Any] | Mapping[str, Any] | None) -> list[tuple[Any, ...]]:
    """The rows of a statement whose text never changes. After some uses PostgreSQL keeps its plan too.

    Values written into the text are known to the planner. Those handed in as `values` are not, so only values for which
    the same plan is good may be handed in that way.
    """
    with planned_once() as cursor:
        cursor.execute(text, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def planned_once() -> CursorWrapper:
    """A cursor that sends values beside the text. Django's usual one writes them into it, so that every value makes
    another text, which is planned anew.

    `prepare_threshold` in the settings says after how many uses the plan of a text is kept.
    """
    connection.ensure_connection()
    cursor: Any = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)


def _with_values(sql: str, values: Sequence[Any]) -> str:
    """The statement with its values written into it. It has to begin with SELECT, also where it is a UNION in brackets:
    pghistory takes any other text for a write and sends a statement before it that says who writes.
    """
    connection.ensure_connection()
    text = ClientCursor(connection.connection).mogrify(sql, values)
    return text if text.startswith("SELECT") else f"SELECT * FROM ({text}) AS asked"


def statement_of(key: Hashable, make: Callable[[], QuerySet[Any]]) -> Statement:
    """The compiled statement of the queryset that `make` builds, for whoever puts it into another one.

    `key` must name everything that the statement is made of: whose it is (`whose`), the day, what was asked for and the
    settings it depends on. `make` must not query. In tests every kept statement is compared with one made anew
    (tests/proved.py).
    """
    if key not in _KEPT:
        make_room(_KEPT)
        _KEPT[key] = make().query.sql_with_params()
    return _KEPT[key]


def is_kept(key: Hashable) -> bool:
    return key in _KEPT


def whose(user: User) -> Hashable:
    """The person as part of a `key`: every column that a statement may depend on, and the facilities that it may name.
    Their teams are no part of it, since statements look these up when they are sent.
    """
    names = [field.attname for field in User._meta.concrete_fields if field.name not in NOT_ASKED_FOR]
    return (user.facility_ids, *(getattr(user, name) for name in names))


def make_room(kept: dict[Hashable, Any]) -> None:
    while len(kept) >= MOST:
        kept.pop(next(iter(kept)), None)
