"""When rows that decide about claims changed last, so that what is built from them is built once per change."""

from __future__ import annotations

from django.db import connection
from django.db.models import Model
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


def _changes(model: type[Model]) -> sql.Identifier:
    """The table that keeps the changes of a tracked one."""
    return sql.Identifier(model.pgh_event_models["update"]._meta.db_table)  # type: ignore[attr-defined]
