"""Management commands on a set-up checkout, with nothing started by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from config.devstack.places import PROJECT, Places
from config.devstack.services import Stack
from tests.devstack.conftest import wait_until_gone

COMMAND = """
import os
from config.devstack.ensure import ensure_environment
ensure_environment()
import psycopg
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    print(connection.execute("SELECT 6 * 7").fetchone()[0])
print(os.environ["OVERTURN_ENV"], os.environ["REDIS_URL"].split(":")[0])
"""
NOTHING_TO_DO = """
import os
from config.devstack.ensure import ensure_environment
before = dict(os.environ)
ensure_environment()
assert before == dict(os.environ)
"""


def run(program: str, state: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    dropped = {"DATABASE_URL", "REDIS_URL", "OVERTURN_ENV"}
    environment = {name: value for name, value in os.environ.items() if name not in dropped}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        env={**environment, "OVERTURN_DATA_DIR": str(state), **extra},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_command_starts_the_servers_and_leaves_none_behind(state: Path) -> None:
    done = run(COMMAND, state)
    assert (done.stdout, done.stderr, done.returncode) == ("42\ndemo redis+socket\n", "", 0)
    assert wait_until_gone(Places(state)) == []


def test_a_command_uses_servers_that_run_and_leaves_them_running(state: Path) -> None:
    stack = Stack(state).start()
    assert run(COMMAND, state).stdout.startswith("42\n")
    after = Stack(state).start()
    assert after.was_running
    after.stop()
    stack.stop()


def test_nothing_is_started_where_a_database_is_named(state: Path) -> None:
    assert run(NOTHING_TO_DO, state, DATABASE_URL="postgresql://elsewhere/overturn").returncode == 0
    assert run(NOTHING_TO_DO, state, OVERTURN_ENV="production").returncode == 0
    assert not state.exists()


def test_a_command_that_cannot_have_servers_says_so_in_one_line(state: Path) -> None:
    places = Places(state)
    places.sockets.symlink_to("/nowhere")
    done = run(COMMAND, state)
    places.sockets.unlink()
    assert done.returncode == 1
    assert done.stderr == f"{places.sockets} belongs to somebody else: remove it.\n"
