from __future__ import annotations

import pytest
from pytest_django import DjangoDbBlocker

from tests.cast import cast
from tests.private_files import private_files

__all__ = ["cast", "private_files"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The code dictionary and the time limits are there before the first test: loading them in each takes longer than
    most tests do. A test that says it needs them loads them all the same, which then finds nothing to write.
    """
    from denials import dictionary, time_limits

    with django_db_blocker.unblock():
        dictionary.load()
        time_limits.load()
