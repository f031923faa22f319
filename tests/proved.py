"""In every test a statement that was kept has to be the one that would be made anew: its key forgot nothing."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from accounts import statements
from accounts.statements import Statement

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


def _refuse(_execute: Any, sql: str, *_: Any) -> None:
    raise AssertionError(f"Making a statement reads nothing, for it is made once: {sql}")
