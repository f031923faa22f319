"""Several small reads in one round trip: a page that shows a little of many tables asks the database once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import DateField, DecimalField, FloatField, JSONField, QuerySet, TimeField, UUIDField
from django.db.models.sql.compiler import SQLCompiler

WRITTEN = (DateField, TimeField, DecimalField, FloatField, UUIDField)
"""Kinds of columns that JSON writes down in another way; dates with times are dates."""


def together(*reads: QuerySet[Any]) -> list[list[Any]]:
    """The rows of each queryset, as it would have read them itself, all in one query.

    For few rows each: they travel as JSON. Joined rows (`select_related`), annotations and `values_list` work as ever;
    `prefetch_related` would ask again.
    """
    parts = [_Part(rows) for rows in reads]
    asked = [part for part in parts if part.sql]
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(part.sql for part in asked)}", [value for part in asked for value in part.params]
            )
            for part, told in zip(asked, cursor.fetchone(), strict=True):
                part.take(told)
    return [part.rows for part in parts]


class _Part:
    """One queryset on its way: its statement, and after `take` its rows."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.queryset = rows.all()
        self.rows: list[Any] = []
        self.sql = ""
        self.params: Sequence[Any] = ()
        self.compiler: SQLCompiler = self.queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            return
        names = [f"c{number}" for number in range(len(self.compiler.select))]
        told = ", ".join(map(_as_told, names, self._fields()))
        self.sql = f"(SELECT json_agg(json_build_array({told}))::text FROM ({sql}) AS part ({', '.join(names)}))"

    def take(self, told: str | None) -> None:
        """Lets the queryset read its rows from what came instead of asking for them."""
        values = json.loads(told, parse_float=Decimal) if told else []
        read = [_reader(field) for field in self._fields()]
        rows = [
            [each if each is None or way is None else way(each) for each, way in zip(row, read, strict=True)]
            for row in values
        ]
        self.compiler.execute_sql = lambda *_, **__: iter([rows])  # type: ignore[assignment]
        self.queryset.query.get_compiler = lambda *_, **__: self.compiler  # type: ignore[method-assign]
        self.rows = list(self.queryset)

    def _fields(self) -> list[Any]:
        return [expression.output_field for expression, _, _ in self.compiler.select]


def _as_told(name: str, field: Any) -> str:
    """JSON within JSON stays text, so that its numbers stay what they are."""
    return f"{name}::text" if isinstance(field, JSONField) else name


def _reader(field: Any) -> Callable[[Any], Any] | None:
    """How a value is read back; None where JSON has it as it is."""
    target = getattr(field, "target_field", field)
    return target.to_python if isinstance(target, WRITTEN) else None
