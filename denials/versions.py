"""When rows that decide about claims changed last, so that what is built from them is built once per change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Model, QuerySet, Value
from psycopg import sql


def last_changes(*models: type[Model]) -> tuple[int, ...]:
    """The id of the last change of each of these tracked tables and how many there were, in one query.

    The id alone would miss a change with a lower one that is committed later, the count alone one that takes the
    place of another that was rolled back.
    """
    last = (
        sql.SQL("(SELECT coalesce(max(pgh_id), 0) FROM {0}), (SELECT count(*) FROM {0})").format(_changes(model))
        for model in models
    )
    with connection.cursor() as cursor:
        # As text: within a request pghistory reads every statement as one.
        cursor.execute(sql.SQL("SELECT {}").format(sql.SQL(", ").join(last)).as_string(None))
        return tuple(cursor.fetchone())


def stamp_of(model: type[Model]) -> QuerySet[Any]:
    """The same two numbers of one table as a row, to be read with other things; no row while nothing ever changed."""
    events = model.pgh_event_models["update"].objects  # type: ignore[attr-defined]
    rows: QuerySet[Any] = events.order_by().values(every=Value(1)).annotate(last=Max("pgh_id"), number=Count("pgh_id"))
    return rows.values_list("last", "number")


def as_stamp(rows: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """What `last_changes` answers for one table, from the row of `stamp_of`."""
    return rows[0] if rows else (0, 0)


def _changes(model: type[Model]) -> sql.Identifier:
    """The table that keeps the changes of a tracked one."""
    return sql.Identifier(model.pgh_event_models["update"]._meta.db_table)  # type: ignore[attr-defined]
