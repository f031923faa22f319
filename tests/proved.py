"""In every test a statement that was kept has to be the one that would be made anew: its key forgot nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from accounts import statements
from accounts.statements import Statement


@pytest.fixture(scope="session", autouse=True)
def statements_are_proved() -> Iterator[None]:
    statement_of = statements.statement_of

    def proved(key: Hashable, make: Callable[[], QuerySet[Any]]) -> Statement:
        was_kept = statements.is_kept(key)
        with connection.execute_wrapper(_refuse):
            statement = statement_of(key, make)
            assert not was_kept or statement == make().query.sql_with_params(), f"The key forgets something: {key}"
        return statement

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(statements, "statement_of", proved)
        yield


def _refuse(_execute: Any, sql: str, *_: Any) -> None:
    raise AssertionError(f"Making a statement reads nothing, for it is made once: {sql}")
