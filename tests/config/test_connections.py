"""A request gets a connection that works, also after the server has ended those that were waiting."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection
from django.test import Client
from psycopg_pool import ConnectionPool

from config.postgresql import base
from tests.cast import make_cast

OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def server() -> psycopg.Connection:
    return psycopg.connect(**{**connection.get_connection_params(), "autocommit": True})


def who_answers() -> int:
    """The process of the server behind the connection that is given out now."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        answered: int = cursor.fetchone()[0]
    connection.close()
    return answered


@pytest.mark.django_db(transaction=True)
def test_nobody_meets_a_connection_that_was_ended_between_two_pages() -> None:
    client = Client()
    client.force_login(make_cast().sam)
    assert client.get("/items/").status_code == 200
    connection.close()

    with server() as beside:
        ended = beside.execute(f"SELECT pid, pg_terminate_backend(pid, 5000) {OTHERS}").fetchall()

    assert ended
    assert all(done for _, done in ended)
    assert client.get("/items/").status_code == 200
    assert who_answers() not in {pid for pid, _ in ended}


@pytest.mark.django_db(transaction=True)
def test_a_connection_in_use_is_not_asked_whether_it_works_and_a_forgotten_one_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(ConnectionPool, "check_connection", asked.append)
    with server() as known:
        assert base.is_alive(known)
        assert not asked
        monkeypatch.setattr(base, "TRUSTED_SECONDS", 0.0)
        assert base.is_alive(known)
        assert asked == [known]
