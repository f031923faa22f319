"""Statements that are long to make and quick to answer are made once, and asked again with the same text.

What Django spends on making a statement of many parts is several times what PostgreSQL spends on answering it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Statement = tuple[str, tuple[Any, ...]]
MOST = 2000
"""Statements that a process keeps; the oldest makes room."""
_KEPT: dict[Hashable, Statement] = {}


def rows_of(key: Hashable, make: Callable[[], QuerySet[Any]]) -> list[dict[str, Any]]:
    """The rows of the `values()` queryset that `make` builds; their values come as PostgreSQL gives them.

    `key` has to name everything that the statement depends on: whose it is, their role and facilities, the day. What it
    asks for is read anew each time. `make` must read nothing itself.
    """
    try:
        statement = statement_of(key, make)
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def statement_of(key: Hashable, make: Callable[[], QuerySet[Any]]) -> Statement:
    """The statement alone, for whoever puts it into another one."""
    if key not in _KEPT:
        while len(_KEPT) >= MOST:
            _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[key] = make().query.sql_with_params()
    return _KEPT[key]
