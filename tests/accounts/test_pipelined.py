"""Statements that are sent at once, and whose answers are read later, or waited for where something else is asked."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg.pq import TransactionStatus

from accounts.models import User
from accounts.pipelined import Pipelined, rows_in, texts_in
from accounts.statements import Statement
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TWICE = "SELECT 2 * %s::int, '100 %%', %s::text"


def test_answers_come_in_the_order_of_the_statements() -> None:
    with Pipelined((TWICE, (4, "ümläut")), ("SELECT 'x', NULL", ()), (TWICE, (5, None))) as asked:
        assert rows_in(asked.answer()) == [(8, "100 %", "ümläut")]
        assert texts_in(asked.answer()) == ["x", None]
    assert rows_in(asked.answer()) == [(10, "100 %", None)]


def test_what_else_is_asked_waits_and_no_answer_is_lost(cast: Cast) -> None:
    with Pipelined((TWICE, (4, "")), (TWICE, (5, ""))) as asked:
        assert User.objects.filter(pk=cast.sam.pk).exists()
        with Pipelined((TWICE, (6, ""))) as another:
            assert rows_in(another.answer())[0][0] == 12
        assert [rows_in(asked.answer())[0][0] for _ in range(2)] == [8, 10]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failing", [0, 1])
def test_what_fails_fails_the_block_and_leaves_the_connection_as_it_was(failing: int) -> None:
    statements: list[Statement] = [(TWICE, (1, "")), (TWICE, (1, ""))]
    statements[failing] = ("SELECT 1 / %s::int", (0,))
    with pytest.raises(DatabaseError, match="division by zero"):  # noqa: SIM117
        with Pipelined(*statements):
            pass
    assert connection.connection.info.transaction_status == TransactionStatus.IDLE
    with Pipelined((TWICE, (3, ""))) as asked:
        assert rows_in(asked.answer())[0][0] == 6


def test_a_rollback_after_which_postgresql_has_forgotten_all_statements_does_no_harm() -> None:
    for _ in range(2):
        with Pipelined((TWICE, (3, ""))) as asked:
            assert rows_in(asked.answer())[0][0] == 6
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError


def test_a_connection_keeps_a_hundred_statements_prepared() -> None:
    for number in range(110):
        with Pipelined((f"SELECT {number}", ())) as asked:
            assert rows_in(asked.answer()) == [(number,)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone()[0] <= connection.connection.prepared_max == 100


@pytest.mark.parametrize("read_before", [0, 1, 2])
def test_what_is_sent_later_is_answered_after_what_is_under_way(read_before: int) -> None:
    later = f"SELECT 'later', {read_before}"
    for _ in range(2):  # at first it has to be prepared
        with Pipelined((TWICE, (4, "")), (TWICE, (5, ""))) as asked:
            found = [rows_in(asked.answer())[0][0] for _ in range(read_before)]
            asked.also((later, ()), (TWICE, (6, "")))
            found += [rows_in(asked.answer())[0][0] for _ in range(4 - read_before)]
        assert found == [8, 10, "later", 12]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failing", [0, 1])
def test_what_fails_before_or_after_more_was_sent_leaves_the_connection_as_it_was(failing: int) -> None:
    statements: list[Statement] = [(TWICE, (1, "")), (TWICE, (1, ""))]
    for divisor in (1, 0):  # the second time both are prepared
        statements[failing] = ("SELECT 2 / %s::int", (divisor,))
        with pytest.raises(DatabaseError, match="division by zero") if divisor == 0 else nullcontext():  # noqa: SIM117
            with Pipelined(statements[0]) as asked:
                asked.also(statements[1])
    assert connection.connection.info.transaction_status == TransactionStatus.IDLE
    with Pipelined((TWICE, (3, ""))) as asked:
        assert rows_in(asked.answer())[0][0] == 6
