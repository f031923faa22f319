"""Statements that are long to make and quick to answer are made once, and asked again with the same text.

What Django spends on making a statement of many parts is several times what PostgreSQL spends on answering it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from accounts.models import User

Statement = tuple[str, tuple[Any, ...]]
MOST = 2000
"""Statements that a process keeps; the oldest makes room."""
NOT_ASKED_FOR = frozenset({"password", "last_login", "keys"})
"""What of a person no statement rests on."""
_KEPT: dict[Hashable, Statement] = {}


def rows_of(key: Hashable, make: Callable[[], QuerySet[Any]]) -> list[dict[str, Any]]:
    """The rows of the `values()` queryset that `make` builds; their values come as PostgreSQL gives them."""
    try:
        statement = statement_of(key, make)
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def statement_of(key: Hashable, make: Callable[[], QuerySet[Any]]) -> Statement:
    """The statement alone, for whoever puts it into another one.

    `key` has to name everything that the statement is made of: `whose` it is, the day, what was asked for and the
    settings that it rests on. `make` must read nothing itself. Tests hold every statement to both (tests/proved.py).
    """
    if key not in _KEPT:
        while len(_KEPT) >= MOST:
            _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[key] = make().query.sql_with_params()
    return _KEPT[key]


def is_kept(key: Hashable) -> bool:
    return key in _KEPT


def whose(user: User) -> Hashable:
    """The person as statements may rest on them. Their teams and facilities are read when a statement is asked."""
    names = [field.attname for field in User._meta.concrete_fields if field.name not in NOT_ASKED_FOR]
    return tuple(getattr(user, name) for name in names)
