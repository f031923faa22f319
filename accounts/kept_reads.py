"""Querysets that are compiled once and sent many times, each time with other ids and names.

    kept_reads.rows("notes", {"item": item.pk}, lambda given: Note.objects.filter(item=given["item"]))

`make` gets placeholders instead of the values (accounts/stand_ins.py), so that the statement is the same for every item
and person, and PostgreSQL keeps its plan. Whatever else the statement depends on must be part of its name. `make` must
not query.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from psycopg import ClientCursor
from psycopg.pq.abc import PGresult

from accounts import statements
from accounts.makers import conversions, maker_of
from accounts.models import User
from accounts.one_statement import OneStatement
from accounts.pipelined import HOLES, Pipelined, rows_in, texts_in
from accounts.stand_ins import stand_in, stands_for_itself
from accounts.statements import Statement, make_room

Values = Mapping[str, Any]
Reads = Mapping[str, QuerySet[Any]]
Read = TypeVar("Read")
_rows: dict[Hashable, _Rows | None] = {}
_together: dict[Hashable, _Together] = {}


def rows(name: Hashable, values: Values, make: Callable[[Values], QuerySet[Any]]) -> list[Any]:
    """The rows of the queryset that `make` builds, as the queryset would return them."""
    asked = question(name, values, make)
    if asked is None:
        return []
    with Pipelined(asked.statement) as sent:
        return asked.read(sent.answer()).rows()


def question(name: Hashable, values: Values, make: Callable[[Values], QuerySet[Any]]) -> Question[Answer] | None:
    """The same as a statement for the caller to send (pipelined.py); None where nothing can be found."""
    key = name, kind_of(values)
    if key not in _rows:
        make_room(_rows)
        try:
            _rows[key] = _Rows(make(stand_ins(values)), values)
        except EmptyResultSet:
            _rows[key] = None
    kept = _rows[key]
    return kept.question(values) if kept else None


def together(name: Hashable, values: Values, make: Callable[[Values], Reads]) -> Question[dict[str, list[Any]]]:
    """Several querysets as one statement (one_statement.py), which is answered with their rows by name."""
    key = name, kind_of(values)
    if key not in _together:
        make_room(_together)
        _together[key] = _Together(make(stand_ins(values)), values)
    return _together[key].question(values)


class Question(NamedTuple, Generic[Read]):
    """A statement to be sent, and the function that reads its answer."""

    statement: Statement
    read: Callable[[PGresult], Read]


def kind_of(values: Values) -> Hashable:
    """What a statement may depend on of its values: which there are, of which type, and which are empty or True."""
    return tuple((name, type(value), value if stands_for_itself(value) else None) for name, value in values.items())


def stand_ins(values: Values) -> dict[str, Any]:
    return {name: stand_in(name, value) for name, value in values.items()}


class Kind(NamedTuple):
    """What decides which rows a person may see, besides their id."""

    role: str
    is_active: bool
    all_facilities: bool


def of_person(user: User) -> tuple[Kind, dict[str, int]]:
    """A person as a part of the name of a statement, and as a value that is put in."""
    return Kind(user.role, user.is_active, user.all_facilities), {"user": user.pk}


def person_like(kind: Kind, given: Values) -> User:
    """A person of that kind, with a placeholder for the id."""
    return User(pk=given["user"], role=kind.role, is_active=kind.is_active, all_facilities=kind.all_facilities)


def statement_for(user: User, name: Hashable, make: Callable[[User], QuerySet[Any]]) -> Statement:
    """The statement of what one person is shown: compiled once for all people of their kind, with their id put in."""
    kind, own = of_person(user)
    given = stand_ins(own)
    sql, params = statements.statement_of((name, kind), lambda: make(person_like(kind, given)))
    return sql, tuple(user.pk if value == given["user"] else value for value in params)


class _Text:
    """A statement as text, with a `%s` wherever a placeholder stood."""

    def __init__(self, sql: str, params: Sequence[Any], values: Values) -> None:
        names = {stand: name for name, stand in stand_ins(values).items() if not stands_for_itself(stand)}
        connection.ensure_connection()
        written, left = ClientCursor(connection.connection), iter(params)
        self.holes: list[tuple[str, type]] = []

        def fill(hole: re.Match[str]) -> str:
            if hole[0] == "%%":
                return "%%"
            value = next(left)
            if isinstance(value, int | str) and value in names:
                self.holes.append((names[value], type(value)))
                return "%s"
            return written.mogrify("%s", [value]).replace("%", "%%")

        self.sql = HOLES.sub(fill, sql)

    def filled(self, values: Values) -> Statement:
        return self.sql, tuple(kind(values[name]) for name, kind in self.holes)


class _Rows:
    def __init__(self, rows: QuerySet[Any], values: Values) -> None:
        rows = rows.all()
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        self.text = _Text(sql, params, values)
        self.ways, self.make = conversions(compiler), maker_of(rows, compiler)
        self.annotations: Mapping[str, int] = compiler.annotation_col_map or {}

    def question(self, values: Values) -> Question[Answer]:
        return Question(self.text.filled(values), lambda result: Answer(self, result))


class Answer:
    """What PostgreSQL answered, not yet made into rows: what the next statement needs of it may be looked up before."""

    def __init__(self, asked: _Rows, result: PGresult) -> None:
        self.asked, self.result = asked, result

    def __bool__(self) -> bool:
        return self.result.ntuples > 0

    def noted(self, name: str) -> Any:
        """A JSON annotation of the first row."""
        return json.loads(self.result.get_value(0, self.asked.annotations[name]) or b"null")

    def rows(self) -> list[Any]:
        found = []
        for answer in rows_in(self.result):
            row = list(answer)
            for place, way in self.asked.ways:
                row[place] = way(row[place])
            found.append(self.asked.make(row))
        return found


class _Together:
    def __init__(self, reads: Reads, values: Values) -> None:
        self.names, self.reads = tuple(reads), OneStatement(tuple(reads.values()))
        self.text = _Text(self.reads.sql, self.reads.params, values)

    def question(self, values: Values) -> Question[dict[str, list[Any]]]:
        return Question(self.text.filled(values), self._read)

    def _read(self, answer: PGresult) -> dict[str, list[Any]]:
        return dict(zip(self.names, self.reads.rows(texts_in(answer)), strict=True))
