"""The note that a patient is shown, written while the page is put into words: waiting for the disk is half of its cost.

The page leaves only after the note is on the disk, and a note that fails fails the request, as `access.note_access`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.http import HttpRequest
from psycopg import ClientCursor, generators, pq
from psycopg.errors import error_from_result

from accounts.access import access_note


@contextmanager
def noted_meanwhile(request: HttpRequest, what: str, row: int | None = None) -> Iterator[None]:
    """Writes the note while the block runs. Whatever the block asks of the database waits for the note first."""
    note = _Sent(*access_note(request, what, row))
    try:
        with connection.execute_wrapper(note.first):
            yield
    finally:
        note.wait()


class _Sent:
    """A statement that was sent to PostgreSQL, and whose answer nobody has read yet."""

    def __init__(self, sql: str, values: list[Any]) -> None:
        connection.ensure_connection()
        self.connection: Any = connection.connection
        text = ClientCursor(self.connection).mogrify(sql, values)
        self.connection.pgconn.send_query(text.encode())
        self.connection.pgconn.flush()
        self.is_under_way = True
        if connection.queries_logged:
            connection.queries_log.append({"sql": text, "time": "0"})

    def first(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.wait()
        return execute(*statement)

    def wait(self) -> None:
        """Raises what PostgreSQL answered instead of having written it."""
        if not self.is_under_way:
            return
        self.is_under_way = False
        with connection.wrap_database_errors:
            for result in self.connection.wait(generators.execute(self.connection.pgconn)):
                if result.status != pq.ExecStatus.COMMAND_OK:
                    raise error_from_result(result)
