"""The numbers of a list and of narrower parts of it: of few rows in one pass, of many each by a search of its own.

Who looks for something rare has PostgreSQL pass over nearly everything that is open before it knows that there is no
more. So the rows are read once, up to the cap, and every number is told of these. Only where there are more than the
cap is a narrower part looked for by itself, and then it may be found soon.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Case, Expression, JSONField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from worklists.capped import CAP

COUNT, MONEY = "count", "money"


class Narrower(NamedTuple):
    """A part of some rows, and the order in which it is found soonest."""

    of: Q
    order: tuple[str, ...]


class Pool(Expression):
    """As one JSON column `{count, money, <name of each part>}`; no number goes beyond `CAP` + 1."""

    output_field = JSONField()

    def __init__(
        self, rows: QuerySet[Any], money: Combinable, order: Sequence[str], parts: Mapping[str, Narrower]
    ) -> None:
        super().__init__()
        flags = {
            f"is_{name}": Case(When(part.of, then=Value(True)), default=Value(False), output_field=BooleanField())
            for name, part in parts.items()
        }
        pool = rows.order_by(*order).annotate(money=money, **flags).values("money", *flags)
        self.pool: QuerySet[Any, Any] = pool[: CAP + 1]
        self.parts: dict[str, QuerySet[Any, Any]] = {
            name: rows.filter(part.of).order_by(*part.order).values("pk")[: CAP + 1] for name, part in parts.items()
        }

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        try:
            pool, params = self.pool.query.sql_with_params()
        except EmptyResultSet:
            pool, params = "SELECT NULL::numeric AS money" + "".join(f", false AS is_{n}" for n in self.parts), ()
            pool += " WHERE false"
        told = ["count(*) AS count", "coalesce(sum(money), 0) AS money"]
        columns = ["'count', count", "'money', money"]
        for name, part in self.parts.items():
            told.append(f"count(*) FILTER (WHERE is_{name}) AS {name}")
            sql, values = _searched(part)
            many = f"CASE WHEN count > {CAP} THEN (SELECT count(*) FROM ({sql}) AS part) ELSE {name} END"
            columns.append(f"'{name}', {many}")
            params = (*params, *values)
        text = f"WITH pool AS MATERIALIZED ({pool}), told AS (SELECT {', '.join(told)} FROM pool)"
        return f"({text} SELECT json_build_object({', '.join(columns)}) FROM told)", tuple(params)


def _searched(part: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    try:
        return part.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT WHERE false", ()
