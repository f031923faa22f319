"""Statements sent to PostgreSQL together (libpq's pipeline mode) and answered later: it works while Python does.

    with Pipelined(what_is_shown, note) as sent:
        ...                                    # whatever needs no answer yet
        rows = rows_in(sent.answer())          # of the first
        sent.also(what_follows_from_it)        # while the note is still under way
        ...                                    # whatever was not asked for is waited for at the end

The text of each never changes. It is prepared when a connection meets it for the first time, so that PostgreSQL soon
keeps its plan. Any other query within the block first waits for all of them. A statement that fails raises its error in
the block.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection, connections
from psycopg import Connection, generators, pq
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq.abc import PGresult

from accounts.statements import Statement, make_room

HOLES = re.compile("%s|%%")
_numbered: dict[Any, tuple[bytes, bytes]] = {}
_names = count()
_under_way: WeakKeyDictionary[Connection[Any], Pipelined] = WeakKeyDictionary()


class Pipelined:
    """Some statements under way. `answer` gives their results in the order in which they were handed in."""

    def __init__(self, *statements: Statement) -> None:
        self.statements = statements
        self.left = self.ends = 0
        self.answers: deque[PGresult] = deque()

    def __enter__(self) -> Pipelined:
        self.database = connections[DEFAULT_DB_ALIAS]  # looked up once: the usual way there costs each time
        self.database.ensure_connection()
        self.line: Any = self.database.connection
        if self.line in _under_way:
            _under_way[self.line].wait()
        self._send(self.statements)
        self.database.execute_wrappers.append(self._first)
        return self

    def also(self, *statements: Statement) -> None:
        """Sends these after those that are under way. They are answered after them, and committed on their own."""
        if not all(map(self._is_prepared, statements)):
            self.wait()
        self._send(statements)

    def __exit__(self, *_: object) -> None:
        self.database.execute_wrappers.remove(self._first)
        self.wait()

    def answer(self) -> PGresult:
        if not self.answers:
            self._read_one()
        return self.answers.popleft()

    def wait(self) -> None:
        """Reads all results that nobody has read yet. After it, what the statements changed is committed."""
        while self.left:
            self._read_one()

    def _first(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.wait()
        return execute(*statement)

    def _is_prepared(self, statement: Statement) -> bool:
        text, _ = statement
        return text in _numbered and (_numbered[text][1], ()) in self.line._prepared._names

    def _prepared(self, text: str) -> bytes:
        if text not in _numbered:
            make_room(_numbered)
            _numbered[text] = b"overturn_%d" % next(_names), _with_numbers(text)
        name, numbered = _numbered[text]
        # psycopg's own memory of what is prepared on this connection. It is emptied when psycopg has PostgreSQL forget
        # all prepared statements, as after a rollback.
        known = self.line._prepared
        if (numbered, ()) not in known._names:
            self.line.pgconn.send_prepare(name, numbered)
            _raise_if_failed(self._results())
            known._names[numbered, ()] = name
            known._rotate()
        known._names.move_to_end((numbered, ()))  # what is used stays longest
        return name

    def _send(self, statements: Sequence[Statement]) -> None:
        pgconn: pq.abc.PGconn = self.line.pgconn
        with self.database.wrap_database_errors:
            named = [(self._prepared(text), values) for text, values in statements]
            if self.line not in _under_way:
                pgconn.enter_pipeline_mode()
                _under_way[self.line] = self
            for name, values in named:
                pgconn.send_query_prepared(name, [None if value is None else str(value).encode() for value in values])
                pgconn.send_flush_request()
            pgconn.pipeline_sync()
            pgconn.flush()
        self.left += len(statements)
        self.ends += 1
        if self.database.queries_logged:
            self.database.queries_log.extend({"sql": text, "time": "0"} for text, _ in statements)

    def _read_one(self) -> None:
        with self.database.wrap_database_errors:
            results = self._results()
            while _is_end(results):
                self.ends -= 1
                results = self._results()
            self.left -= 1
            failed = results[-1].status == pq.ExecStatus.FATAL_ERROR
            if failed or not self.left:
                results += self._end()
            _raise_if_failed(results)
        self.answers.append(results[0])

    def _end(self) -> list[PGresult]:
        """Leaves pipeline mode. What the statements changed is committed here."""
        self.left = 0
        del _under_way[self.line]
        results: list[PGresult] = []
        while self.ends:
            found = self._results()
            self.ends -= _is_end(found)
            results += found
        self.line.pgconn.exit_pipeline_mode()
        return results

    def _results(self) -> list[PGresult]:
        found: list[PGresult] = self.line.wait(generators.execute(self.line.pgconn))
        return found


def _is_end(results: Sequence[PGresult]) -> bool:
    """Of the statements that were sent together."""
    return bool(results) and results[-1].status == pq.ExecStatus.PIPELINE_SYNC


def rows_in(answer: PGresult) -> list[tuple[Any, ...]]:
    """The rows of a result, with values as a cursor of Django's would give them."""
    reader = Transformer(connection.connection)
    reader.set_pgresult(answer)
    return reader.load_rows(0, answer.ntuples, tuple)


def mappings_in(answer: PGresult) -> list[dict[str, Any]]:
    """The same, each row with the names of its columns."""
    names = [(answer.fname(column) or b"").decode() for column in range(answer.nfields)]
    return [dict(zip(names, row, strict=True)) for row in rows_in(answer)]


def texts_in(answer: PGresult) -> list[str | None]:
    """The columns of a result with one row, all of them text."""
    values = (answer.get_value(0, column) for column in range(answer.nfields))
    return [None if value is None else str(value, "utf-8") for value in values]


def _with_numbers(text: str) -> bytes:
    numbers = count(1)
    return HOLES.sub(lambda hole: "%" if hole[0] == "%%" else f"${next(numbers)}", text).encode()


def _raise_if_failed(results: Sequence[PGresult]) -> None:
    for result in results:
        if result.status == pq.ExecStatus.FATAL_ERROR:
            raise error_from_result(result)
