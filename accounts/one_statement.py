"""Several small reads in one round trip: a page that shows a little of many tables asks the database once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import DateField, DecimalField, FloatField, JSONField, QuerySet, TimeField, UUIDField

from accounts.makers import Make, conversions, maker_of

WRITTEN = (DateField, TimeField, DecimalField, FloatField, UUIDField)
"""Kinds of columns that JSON writes down in another way; dates with times are dates."""
EXACT = json.JSONDecoder(parse_float=Decimal)
"""Reads amounts as they are. `json.loads` would make a new decoder for each text."""


def read_in_one(*reads: QuerySet[Any]) -> list[list[Any]]:
    """The rows of each queryset, as it would have read them itself, all in one query.

    For few rows each: they travel as JSON. Joined rows (`select_related`), annotations and `values_list` work as ever;
    `prefetch_related` would ask again.
    """
    asked = OneStatement(reads)
    if not asked.sql:
        return asked.rows(())
    with connection.cursor() as cursor:
        cursor.execute(asked.sql, asked.params)
        return asked.rows(cursor.fetchone())


class OneStatement:
    """Some querysets as one statement, and how its one row is read back. `sql` is empty where nothing can be found."""

    def __init__(self, reads: Sequence[QuerySet[Any]]) -> None:
        self.parts = [_Part(rows) for rows in reads]
        asked = [part for part in self.parts if part.sql]
        self.sql = f"SELECT {', '.join(part.sql for part in asked)}" if asked else ""
        self.params = [value for part in asked for value in part.params]

    def rows(self, answer: Sequence[str | None]) -> list[list[Any]]:
        told = iter(answer)
        return [part.rows(next(told)) if part.sql else [] for part in self.parts]


class _Part:
    """One queryset as part of a statement that answers with text."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.sql = ""
        rows = rows.all()
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, self.params = compiler.as_sql()
        except EmptyResultSet:
            return
        fields = [expression.output_field for expression, _, _ in compiler.select]
        names = [f"c{number}" for number in range(len(fields))]
        told = ", ".join(map(_as_told, names, fields))
        self.sql = f"(SELECT json_agg(json_build_array({told}))::text FROM ({sql}) AS part ({', '.join(names)}))"
        self.ways = [(place, way) for place, field in enumerate(fields) if (way := _reader(field))]
        self.ways += conversions(compiler)
        self.make: Make = maker_of(rows, compiler)

    def rows(self, told: str | None) -> list[Any]:
        rows = EXACT.decode(told) if told else []
        for row in rows:
            for place, way in self.ways:
                row[place] = way(row[place])
        return [self.make(row) for row in rows]


def _as_told(name: str, field: Any) -> str:
    """JSON within JSON stays text, so that its numbers stay what they are."""
    return f"{name}::text" if isinstance(field, JSONField) else name


def _reader(field: Any) -> Callable[[Any], Any] | None:
    """How a value is read back; None where JSON has it as it is."""
    target = getattr(field, "target_field", field)
    if type(target) is DateField:  # of lists some hundred
        return lambda written: written and date.fromisoformat(written)
    return target.to_python if isinstance(target, WRITTEN) else None
