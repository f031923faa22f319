"""One PostgreSQL server for this checkout: reached by socket only, no port, no password."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from config.devstack import processes
from config.devstack.binaries import reachable_postgres
from config.devstack.places import DATABASE_FOLDER, Places, StackError, account_folder

USER = DATABASE = "overturn"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", "HOME": "/"}
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "jit": "off",
    # For trying things out on a slow disk: a power failure may cost the last second, but never consistency.
    "synchronous_commit": "off",
}
THROW_AWAY_SETTINGS = {"fsync": "off", "full_page_writes": "off"}
# The same order of text on every machine; releases before 17 have no provider of their own for it.
COLLATION = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
OLD_COLLATION = ("--locale=C.UTF-8",)
READY_LINE = 7  # of postmaster.pid, the line that pg_ctl waits for


def database_url(sockets: Path) -> str:
    return f"postgresql://{USER}@/{DATABASE}?host={sockets}"


class Postgres:
    def __init__(self, places: Places, state: Path, *, ephemeral: bool, settings: Mapping[str, str]) -> None:
        """`settings` of PostgreSQL count before those that stand here."""
        self.places, self.state = places, state
        self.settings = {**SETTINGS, **(THROW_AWAY_SETTINGS if ephemeral else {}), **settings}
        self.data = state / DATABASE_FOLDER
        self.programs = reachable_postgres(places.account, state)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the server, on new data where there are none, and returns once it answers."""
        if not self.data.exists():
            self._make_data()
        self._stop_leftover()
        settings = self.settings | {"unix_socket_directories": str(self.places.sockets)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self._log.open("ab") as log:
            self.process = processes.spawn(
                [self.programs / "postgres", "-D", self.data, *options],
                stop_signal=signal.SIGINT,
                environment=ENVIRONMENT,
                output=log,
                options=self.places.account.process_options(),
            )
        self._wait(self.process, seconds=60)

    def stop(self) -> None:
        if self.process:
            processes.stop(self.process, signal.SIGINT)

    @property
    def _log(self) -> Path:
        return self.places.sockets / "postgres.log"

    def _make_data(self) -> None:
        """Makes the data beside their place and moves them there, so that a cut start leaves nothing half made."""
        shutil.rmtree(self.data.with_suffix(".unfinished"), ignore_errors=True)
        data = account_folder(self.state, f"{DATABASE_FOLDER}.unfinished", self.places.account)
        collation = COLLATION if self._release() >= 17 else OLD_COLLATION
        self._run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync", *collation)
        self._run("postgres", "--single", "-D", data, "postgres", words=f"CREATE DATABASE {DATABASE}\n")
        data.rename(self.data)

    def _release(self) -> int:
        found = re.search(r"\) (\d+)", self._run("postgres", "--version"))
        return int(found[1]) if found else 0

    def _run(self, program: str, *arguments: str | Path, words: str = "") -> str:
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [str(self.programs / program), *map(str, arguments)],
            input=words,
            capture_output=True,
            text=True,
            cwd="/",
            env=ENVIRONMENT,
            check=False,
            **self.places.account.process_options(),
        )
        if done.returncode:
            raise StackError(f"{program} failed: {done.stderr.strip()[-800:]}")
        return done.stdout

    def _stop_leftover(self) -> None:
        """Stops a server whose keeper was killed. Only one that answers on our own socket is surely ours."""
        lines = self._status()
        if not lines or not self._answers():
            return
        os.kill(int(lines[0]), signal.SIGINT)
        end = time.monotonic() + 20
        while self._status() and time.monotonic() < end:
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.connect(str(self.places.sockets / ".s.PGSQL.5432"))
        except OSError:
            return False
        return True

    def _status(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _wait(self, process: subprocess.Popen[bytes], *, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            lines = self._status()
            if len(lines) > READY_LINE and lines[0] == str(process.pid) and lines[READY_LINE].strip() == "ready":
                return
            if process.poll() is not None:
                raise StackError(f"PostgreSQL did not start: {self._log.read_text()[-800:]}")
            time.sleep(0.01)
        raise StackError(f"PostgreSQL did not answer in {seconds:.0f} s: see {self._log}")
