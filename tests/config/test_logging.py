"""What patients' data could slip into: log lines about errors."""

from __future__ import annotations

import logging

import pytest
from django.db import IntegrityError, connection

from accounts.models import Team
from config.environment import kept_secret
from config.logging import WithoutDatabaseText

SECRET = "Fictional"


def logged(message: str, *args: object, error: BaseException | None = None) -> str:
    exc_info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("overturn", logging.ERROR, __file__, 1, message, args, exc_info)
    assert WithoutDatabaseText().filter(record)
    return logging.Formatter("%(message)s").format(record)


@pytest.mark.django_db
def test_a_database_error_is_logged_by_its_state_and_constraint_without_the_row() -> None:
    Team.objects.create(key=SECRET, name="A")
    with pytest.raises(IntegrityError) as caught:
        Team.objects.create(key=SECRET, name="B")
    connection.needs_rollback = False

    line = logged("Job %s failed: %s", 7, caught.value, error=caught.value)

    assert SECRET in str(caught.value)
    assert SECRET not in line
    assert "SQLSTATE 23505" in line
    assert "test_logging.py" in line


def test_the_text_of_an_error_that_celery_hands_over_is_not_logged() -> None:
    error = ValueError(f"patient {SECRET}")

    line = logged("Task raised: %(exc)s %(traceback)s", {"exc": repr(error), "traceback": str(error)}, error=error)

    assert SECRET not in line
    assert "ValueError" in line


def test_a_line_without_an_error_stays_as_it_is() -> None:
    assert logged("Job %s is done.", 7) == "Job 7 is done."


def test_a_secret_is_made_once_whole_and_for_its_owner_only(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "data" / "secret_key"

    first, again = kept_secret(path), kept_secret(path)

    assert first == again
    assert len(first) > 60
    assert path.stat().st_mode & 0o077 == 0
    assert [each.name for each in path.parent.iterdir()] == ["secret_key"]
