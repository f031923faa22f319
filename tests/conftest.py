from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from pytest_django import DjangoDbBlocker

from config.devstack.pytest_plugin import STACK_OF_TESTS
from tests.cast import cast
from tests.chromium import browser
from tests.private_files import private_files
from tests.proved import (
    kept_parts_are_proved,
    reads_of_items_are_proved,
    statements_are_proved,
    statements_for_people_are_proved,
)

__all__ = [
    "browser",
    "cast",
    "kept_parts_are_proved",
    "private_files",
    "reads_of_items_are_proved",
    "statements_are_proved",
    "statements_for_people_are_proved",
]
ORIGINAL = "test_overturn_original"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Of several workers the first makes a database and loads it; all of them work on copies."""
    if "PYTEST_XDIST_WORKER" not in os.environ or STACK_OF_TESTS not in os.environ:
        return
    with Path(os.environ[STACK_OF_TESTS], "original.lock").open("a+") as lock, django_db_blocker.unblock():
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        if not lock.read():
            _make_original()
            lock.write("made")
    connection.settings_dict["TEST"]["TEMPLATE"] = ORIGINAL


def _make_original() -> None:
    test = connection.settings_dict["TEST"]
    name, own = connection.settings_dict["NAME"], test["NAME"]
    test["NAME"] = ORIGINAL
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    _load()
    connection.close()
    postgres = connections[connection.alias]
    assert isinstance(postgres, DatabaseWrapper)
    postgres.close_pool()  # nobody may be in a database while it is copied
    connection.settings_dict["NAME"], test["NAME"] = name, own


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        if not connection.settings_dict["TEST"].get("TEMPLATE"):
            _load()


def _load() -> None:
    """The code dictionary and the time limits are there before the first test: loading them in each takes longer than
    most tests do. A test that says it needs them loads them all the same, which then finds nothing to write.
    """
    from denials import dictionary, time_limits

    dictionary.load()
    time_limits.load()
