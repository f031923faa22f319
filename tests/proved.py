"""In every test a statement that was kept has to be the one that would be made anew: its key forgot nothing."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from copy import copy
from typing import Any

import pytest
from django import template
from django.db import connection
from django.db.models import QuerySet
from psycopg import ClientCursor
from psycopg.pq.abc import PGresult

from accounts import kept_reads, stand_ins, statements
from accounts.models import User
from accounts.one_statement import OneStatement
from accounts.statements import Statement
from config.templatetags import kept
from worklists import item_reads

OFTEN_ENOUGH = 2
"""Times that one key is proved: making each statement anew costs a third of what pages cost."""


@pytest.fixture(scope="session", autouse=True)
def statements_are_proved() -> Iterator[None]:
    """A browser, whose server runs in a thread of its own, asks the same again and again: it is left alone."""
    statement_of, proofs = statements.statement_of, Counter[Hashable]()

    def proved(key: Hashable, make: Callable[[], QuerySet[Any]]) -> Statement:
        if threading.current_thread() is not threading.main_thread():
            return statement_of(key, make)
        is_to_prove = statements.is_kept(key) and proofs[key] < OFTEN_ENOUGH
        with connection.execute_wrapper(_refuse):
            statement = statement_of(key, make)
            if is_to_prove:
                proofs[key] += 1
                assert statement == make().query.sql_with_params(), f"The key forgets something: {key}"
        return statement

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(statements, "statement_of", proved)
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_for_people_are_proved() -> Iterator[None]:
    """One that is made for all people of a kind has to be the one that would be made for this very person."""
    statement_for, proofs = kept_reads.statement_for, Counter[Hashable]()

    def proved(user: User, name: Hashable, make: Callable[[User], QuerySet[Any]]) -> Statement:
        statement = statement_for(user, name, make)
        kind, _ = kept_reads.of_person(user)
        proofs[name, kind] += 1
        if proofs[name, kind] <= OFTEN_ENOUGH and threading.current_thread() is threading.main_thread():
            theirs = make(_of_kind(user)).query.sql_with_params()
            assert statement == theirs, f"It rests on more of a person: {name}"
        return statement

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_reads, "statement_for", proved)
        yield


def _of_kind(user: User) -> User:
    """Statements for all people of a kind look facilities up when they are sent."""
    alike = copy(user)
    alike.facility_ids = ()
    return alike


def _refuse(_execute: Any, sql: str, *_: Any) -> None:
    raise AssertionError(f"Making a statement reads nothing, for it is made once: {sql}")


@pytest.fixture(scope="session", autouse=True)
def reads_of_items_are_proved() -> Iterator[None]:
    """With its values put in, a kept statement has to be the one that would be made for this very item and person."""
    fill, question, beside, proofs = kept_reads._Text.filled, item_reads.question, item_reads.beside, Counter[str]()
    last: list[tuple[Any, kept_reads.Values]] = []
    asked: list[Any] = []

    def remembered(text: Any, values: kept_reads.Values) -> Statement:
        last[:] = [(text, values)]
        return fill(text, values)

    def prove(make: Callable[[], tuple[str, Sequence[Any]]]) -> None:
        [(text, values)] = last
        proofs[text.sql] += 1
        if proofs[text.sql] <= OFTEN_ENOUGH and threading.current_thread() is threading.main_thread():
            assert _written(*fill(text, values)) == _written(*make()), "A value or a kind was forgotten."

    def proved_question(user: User, pk: int) -> kept_reads.Question[item_reads.Asked | None] | None:
        made = question(user, pk)
        if made is None:
            return None
        prove(lambda: item_reads.items(user).visible_to(_of_kind(user)).filter(pk=pk).query.sql_with_params())

        def read(result: PGresult) -> item_reads.Asked | None:
            asked[:] = [found := made.read(result)]
            return found

        return kept_reads.Question(made.statement, read)

    def proved_beside(found_by: kept_reads.Values, user: User, snapshot: int | None) -> Beside:
        found = beside(found_by, user, snapshot)
        prove(lambda: _together(item_reads.asks(asked[0].item(), _of_kind(user), snapshot)))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_reads._Text, "filled", remembered)
        patch.setattr(item_reads, "question", proved_question)
        patch.setattr(item_reads, "beside", proved_beside)
        yield


Beside = kept_reads.Question[dict[str, list[Any]]]


def _written(sql: str, params: Sequence[Any]) -> str:
    connection.ensure_connection()
    return ClientCursor(connection.connection).mogrify(sql, params)


def _together(reads: kept_reads.Reads) -> tuple[str, Sequence[Any]]:
    made = OneStatement(tuple(reads.values()))
    return made.sql, made.params


@pytest.fixture(scope="session", autouse=True)
def kept_parts_are_proved() -> Iterator[None]:
    """Made with other stand-ins, of which no sign is the same, a part is the same: nobody looked into one or cut it."""
    made, proofs = kept.KeptNode._made, Counter[Hashable]()
    other = "".join(f"{(int(sign, 16) + 1) % 16:x}" for sign in stand_ins.SEAL)
    other += other[-2:]  # longer, and with another last sign too

    def proved(
        node: kept.KeptNode, context: template.Context, values: dict[str, Any], later: dict[str, Any]
    ) -> kept.Part:
        part = made(node, context, values, later)
        kinds: list[Hashable] = []
        kept._take_apart(later.values(), kinds, [])
        case = node, tuple(kinds)
        proofs[case] += 1
        if later and proofs[case] <= OFTEN_ENOUGH and threading.current_thread() is threading.main_thread():
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(stand_ins, "SEAL", other)
                patch.setattr(stand_ins, "_numbers", {})
                patch.setattr(kept, "MARKS", {name: stand_ins.word(name) for name in kept.IN_FORMS})
                patch.setattr(kept, "_kept", {})
                if part != made(node, context, values, later):
                    raise ValueError("Within {% kept %} a value that is put in afterwards was changed or cut.")
        return part

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept.KeptNode, "_made", proved)
        yield
