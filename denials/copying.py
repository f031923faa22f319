"""COPY, and values as its text format takes them.

The connection answers nothing while a COPY runs on it: read first, then COPY. Lines are laid out here because
psycopg's `write_row` needs three times as long for the same text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from django.db import connection
from django.db.models import Model
from psycopg import sql

NULL = "\\N"
_LINES_AT_A_TIME = 500


def ids(model: type[Model], count: int) -> list[int]:
    """The next ids of a table, taken from its sequence in one go."""
    return list(map(int, ids_as_text(model, count)))


def ids_as_text(model: type[Model], count: int) -> list[str]:
    """The same as COPY takes them: thousands that are only written again need not become numbers between."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH sequence AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name)"
            " SELECT coalesce(string_agg(nextval(name)::text, ' '), '') FROM sequence, generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        taken: str = cursor.fetchone()[0]
        return taken.split()


def copy(model: type[Model], columns: Sequence[str], lines: Iterable[str]) -> None:
    """Brings lines into the table of a model; none of them when one does not fit."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    waiting = iter(lines)
    with connection.cursor() as cursor, cursor.copy(statement) as into:
        while some := "".join(islice(waiting, _LINES_AT_A_TIME)):
            into.write(some)


def or_null(value: Decimal | None) -> str:
    """An amount or a quantity, or nothing."""
    return NULL if value is None else str(value)


@lru_cache(maxsize=4096)
def day(value: date | None) -> str:
    """A date, or nothing. The same few come again and again, and to write one out takes longer than to look it up."""
    return NULL if value is None else str(value)


def plain(texts: Iterable[str]) -> str:
    """Texts as COPY takes them."""
    return "\t".join(map(_escaped, texts))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


@lru_cache(maxsize=4096)
def array(values: tuple[str, ...], width: int) -> str | None:
    """A PostgreSQL array as COPY takes it; nothing when one of the values is wider. The same few come again."""
    if any(len(value) > width for value in values):
        return None
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return _escaped("{" + ",".join(f'"{value}"' for value in quoted) + "}")
