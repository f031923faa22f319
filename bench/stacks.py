"""Throw-away servers for benchmarks that write: each runs in a process of its own, on a database of its own."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from config.devstack.services import Stack

POSTGRES = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "shared_buffers": "2GB",
    "max_wal_size": "8GB",
}
"""As a site runs it: what was said to be done is on the disk. Without that, limits are of a server that nobody has."""
_copies = count(1)


def on_many_denials(module: str, denials: int, *arguments: object) -> dict[str, Any]:
    """Runs `python -m module run ARGUMENTS` on such a copy. Returns what it printed last, read as JSON."""
    with copy_with(denials) as environment:
        return last_told(environment, module, "run", *arguments)


@contextmanager
def copy_with(denials: int) -> Iterator[dict[str, str]]:
    """The environment of a copy of a database with so many denials (`bench.million`), which are built once for all
    benchmarks of a run.
    """
    stack, folder = _built(denials)
    name = f"copy_{next(_copies)}"
    _administer(stack, f"CREATE DATABASE {name} TEMPLATE overturn STRATEGY FILE_COPY")
    try:
        environment = _environment(stack, folder)
        yield environment | {"DATABASE_URL": environment["DATABASE_URL"].replace("@/overturn?", f"@/{name}?")}
    finally:
        _administer(stack, f"DROP DATABASE {name} WITH (FORCE)")


def last_told(environment: dict[str, str], module: str, *arguments: object) -> dict[str, Any]:
    """What `python -m module ARGUMENTS` printed last, read as JSON."""
    return json.loads(_run(environment, module, *arguments).splitlines()[-1])  # type: ignore[no-any-return]


@cache
def _built(denials: int) -> tuple[Stack, str]:
    stack, folder = _started()
    print(_run(_environment(stack, folder), "bench.million", "build", denials), file=sys.stderr, end="")
    return stack, folder


def _started() -> tuple[Stack, str]:
    """Servers that stop when this process ends."""
    from config.devstack.services import Stack

    kept = tempfile.TemporaryDirectory()
    state = Path(kept.name, "stack")
    state.mkdir(mode=0o755)
    Path(kept.name).chmod(0o755)
    stack = Stack(state, ephemeral=True, postgres=POSTGRES).start()
    atexit.register(kept.cleanup)
    atexit.register(stack.stop)
    return stack, kept.name


def _environment(stack: Stack, folder: str) -> dict[str, str]:
    settings = {"OVERTURN_ENV": "test", "DJANGO_SETTINGS_MODULE": "config.settings"}
    return os.environ | stack.environment() | settings | {"OVERTURN_MEDIA_DIR": f"{folder}/files"}


def _run(environment: dict[str, str], module: str, *arguments: object) -> str:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=environment, check=True)
    return done.stdout


def _administer(stack: Stack, statement: str) -> None:
    """From beside: nobody may be in a database while it is copied."""
    import psycopg

    address = stack.environment()["DATABASE_URL"].replace("@/overturn?", "@/postgres?")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)
