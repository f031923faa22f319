"""The site of two facilities, brought in once for the tests of this folder; each of them undoes what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from tests.cast import make_cast
from tests.security.site import TODAY, Site, make_site


def on_a_fixed_day() -> time_machine.travel:
    return time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 15, tzinfo=UTC), tick=True)


@contextmanager
def files_in(folder: Path) -> Iterator[Path]:
    kept = cast(dict[str, Any], settings.STORAGES["default"])
    options = {**kept["OPTIONS"], "location": folder}
    with override_settings(STORAGES={**settings.STORAGES, "default": {**kept, "OPTIONS": options}}):
        yield folder


@pytest.fixture(scope="package")
def files_of_the_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="package")
def made_site(django_db_setup: None, django_db_blocker: Any, files_of_the_site: Path) -> Iterator[Site]:
    """Stands in a transaction of its own, in which the tests' own ones lie as savepoints."""
    with django_db_blocker.unblock(), transaction.atomic():
        with on_a_fixed_day(), files_in(files_of_the_site):
            made = make_site(make_cast())
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def private_files(files_of_the_site: Path) -> Iterator[Path]:
    with files_in(files_of_the_site) as folder:
        yield folder


@pytest.fixture
def site(made_site: Site, db: None) -> Iterator[Site]:
    with on_a_fixed_day():
        yield made_site
