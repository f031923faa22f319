"""The local PostgreSQL and Valkey, as everybody else sees them."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from config.devstack import keeper
from config.devstack.places import PROJECT, Places, StackError
from config.devstack.postgres import database_url
from config.devstack.valkey import broker_url


class Stack:
    """Servers shared by all who name the same state directory; they stop after the last of them is done.

    `ephemeral` servers trade safety for speed, and their state directory is removed after them. `postgres` names
    settings of PostgreSQL that differ from ours; who finds the servers running takes them as they are.
    """

    def __init__(self, state_dir: Path, ephemeral: bool = False, postgres: Mapping[str, str] | None = None) -> None:
        self.ephemeral = ephemeral
        self.postgres = postgres or {}
        self.places = Places(state_dir)
        self.was_running = False
        self._line: socket.socket | None = None
        self._keeper: subprocess.Popen[bytes] | None = None

    def start(self) -> Stack:
        """Uses the servers that run, else starts them. Raises StackError when they cannot run."""
        self.places.make_sockets()
        self._line = self._connect()
        self.was_running = self._line is not None
        if self._line is None:
            self._line = self._start_keeper()
        return self

    def stop(self) -> None:
        """Lets go of the servers; returns once they have stopped, or at once while somebody else uses them."""
        if self._line is None:
            return
        with self._line as line:
            line.settimeout(30)
            try:
                line.shutdown(socket.SHUT_WR)
                still_used = line.recv(1) != b""
            except OSError:
                still_used = False  # the servers are gone already
        self._line = None
        if self._keeper and not still_used:
            self._keeper.wait(30)

    def environment(self) -> dict[str, str]:
        """What the settings need in order to find these servers."""
        sockets = self.places.sockets
        return {"DATABASE_URL": database_url(sockets), "REDIS_URL": broker_url(sockets)}

    def fileno(self) -> int:
        """For `select`: readable once the servers have ended without being told to."""
        assert self._line is not None
        return self._line.fileno()

    def _connect(self) -> socket.socket | None:
        line = socket.socket(socket.AF_UNIX)
        try:
            line.settimeout(5)
            line.connect(str(self.places.sockets / keeper.SOCKET))
            if line.recv(len(keeper.READY)) == keeper.READY:
                line.settimeout(None)
                return line
        except OSError:
            pass  # nobody listens, or is just stopping
        line.close()
        return None

    def _start_keeper(self, seconds: float = 120) -> socket.socket:
        end = time.monotonic() + seconds
        self._keeper = self._spawn_keeper()
        while time.monotonic() < end:
            if line := self._connect():
                return line
            if self._keeper.poll() == keeper.ANOTHER_KEEPER:
                self._keeper = self._spawn_keeper()
            elif self._keeper.returncode is not None:
                raise StackError(self._log.read_text().strip()[-1500:] or "The local servers did not start.")
            time.sleep(0.02)
        raise StackError(f"The local servers did not start in {seconds:.0f} s: see {self._log}")

    def _spawn_keeper(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "config.devstack.keeper", str(self.places.wanted)]
        command += ["--ephemeral"] if self.ephemeral else []
        command += [f"--postgres={name}={value}" for name, value in self.postgres.items()]
        with self._log.open("wb") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=PROJECT,
                start_new_session=True,
            )

    @property
    def _log(self) -> Path:
        return self.places.sockets / "keeper.log"
