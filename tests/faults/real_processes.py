"""Programs of their own on the tests' database, so that they can be killed, stopped and raced for real."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from denials.models import Job

LEASE_SECONDS = 2
PROJECT = Path(settings.BASE_DIR)


def environment(**more: str) -> dict[str, str]:
    """What a program needs in order to work on this test's rows and files."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return {
        **os.environ,
        "DATABASE_URL": urlunsplit(database),
        "OVERTURN_ENV": "test",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "OVERTURN_MEDIA_DIR": default_storage.path(""),
        "OVERTURN_JOB_LEASE_SECONDS": str(LEASE_SECONDS),
        **more,
    }


@contextmanager
def running(*command: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """A Python program in a session of its own; whatever is left of it ends with the block."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=PROJECT,
        env=environment(**more),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        kill(process)
        process.communicate()


def kill(process: subprocess.Popen[str]) -> None:
    """kill -9, the program and its children: nothing is tidied up."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(what: Callable[[], bool], seconds: float = 60) -> None:
    """Returns once it is so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def is_finished(job: Job) -> bool:
    job.refresh_from_db()
    return job.is_finished
