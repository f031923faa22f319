"""The numbers of a list and of narrower parts of it: of few rows in one pass, of many each by a search of its own.

Who looks for something rare has PostgreSQL pass over nearly everything that is open before it knows that there is no
more. So the rows are read once, up to the cap, and every number is told of these. Only where there are more than the
cap, and a narrower part goes on beyond those that were read, is it looked for by itself. A part that is read in the
order of the rows goes on at the day at which they end, so that nothing is passed over twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Case, DateField, Expression, F, JSONField, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable

from worklists.capped import CAP

COUNT, MONEY = "count", "money"


class Narrower(NamedTuple):
    """A part of some rows, and the order in which it is found soonest."""

    of: Q
    order: tuple[str, ...]
    passed: Q | None = None
    """Tells a row that comes after all of the part, where both are read in the same order: that of one day."""

    def goes_on_in(self, order: Sequence[str]) -> bool:
        return self.passed is not None and self.order == tuple(order)


class Pool(Expression):
    """As one JSON column `{count, money, <name of each part>}`; no number goes beyond `CAP` + 1."""

    output_field = JSONField()

    def __init__(
        self, rows: QuerySet[Any], money: Combinable, order: Sequence[str], parts: Mapping[str, Narrower]
    ) -> None:
        super().__init__()
        self.going_on = {name for name, part in parts.items() if part.goes_on_in(order)}
        flags = {f"is_{name}": _flag(part.of) for name, part in parts.items()}
        flags |= {f"passed_{name}": _flag(part.passed) for name, part in parts.items() if name in self.going_on}
        self.flags, day = tuple(flags), {"day": F(order[0])} if self.going_on else {}
        pool = rows.order_by(*order).annotate(money=money, **day, **flags).values("money", *day, *flags)
        self.pool: QuerySet[Any, Any] = pool[: CAP + 1]
        self.parts = {name: self._rest(rows, name, part) for name, part in parts.items()}

    def _rest(self, rows: QuerySet[Any], name: str, part: Narrower) -> QuerySet[Any, Any]:
        found = rows.filter(part.of)
        if part.passed is not None:
            begins = _Ended() if name in self.going_on else _first_of_open(rows, part.order[0])
            found = found.filter(**{f"{part.order[0]}__gte": begins})
        return found.order_by(*part.order).values("pk")

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        try:
            pool, params = self.pool.query.sql_with_params()
        except EmptyResultSet:
            nothing = ["NULL::numeric AS money", "NULL::date AS day", *(f"false AS {name}" for name in self.flags)]
            pool, params = f"SELECT {', '.join(nothing)} WHERE false", ()
        told = ["count(*) AS count", "coalesce(sum(money), 0) AS money"]
        told += ["max(day) AS ended"] if self.going_on else []
        columns = ["'count', count", "'money', money"]
        for name, part in self.parts.items():
            told.append(f"count(*) FILTER (WHERE is_{name}) AS {name}")
            goes_on, before = f"count > {CAP}", "0"
            if name in self.going_on:
                told.append(f"bool_or(passed_{name}) AS passed_{name}")
                goes_on = f"{goes_on} AND {name} <= {CAP} AND NOT passed_{name}"
                before = f"(SELECT count(*) FROM pool WHERE is_{name} AND day < told.ended)"
            sql, values = _searched(part)
            rest = f"(SELECT count(*) FROM ({sql} LIMIT {CAP + 1} - {before}) AS rest)"
            columns.append(f"'{name}', CASE WHEN {goes_on} THEN {before} + {rest} ELSE {name} END")
            params = (*params, *values)
        text = f"WITH pool AS MATERIALIZED ({pool}), told AS (SELECT {', '.join(told)} FROM pool)"
        return f"({text} SELECT json_build_object({', '.join(columns)}) FROM told)", tuple(params)


class _Ended(Expression):
    """The day of the last row that was read."""

    output_field = DateField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "told.ended", ()


def _first_of_open(rows: QuerySet[Any], day: str) -> Subquery:
    """Where a part begins at the latest. PostgreSQL would take "late" for most of what is open: it knows the days of
    open work only together with those of all that is closed. A stretch between two days it takes for short, as it is.
    """
    return Subquery(rows.model.objects.filter(is_open=True).order_by(day).values(day)[:1])


def _flag(told_by: Q | None) -> Case:
    return Case(When(told_by, then=Value(True)), default=Value(False), output_field=BooleanField())


def _searched(part: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    try:
        return part.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT WHERE false", ()
