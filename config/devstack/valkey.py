"""One Valkey server for this checkout: the broker of background work, reached by socket only."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from pathlib import Path

from config.devstack import processes
from config.devstack.binaries import reachable_valkey
from config.devstack.places import Places, StackError, account_folder
from config.devstack.postgres import ENVIRONMENT

SOCKET = "valkey.sock"
DATABASES = 64  # one per parallel test worker


def broker_url(sockets: Path, number: int = 0) -> str:
    return f"redis+socket://{sockets / SOCKET}?virtual_host={number}"


class Valkey:
    def __init__(self, places: Places, state: Path, *, ephemeral: bool) -> None:
        self.places, self.state, self.ephemeral = places, state, ephemeral
        self.program = reachable_valkey(places.account, state)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the server and returns once it answers."""
        data = account_folder(self.state, "valkey-data", self.places.account)
        options = {
            "--port": "0",
            "--unixsocket": str(self.places.sockets / SOCKET),
            "--unixsocketperm": "700",
            "--dir": str(data),
            "--databases": str(DATABASES),
            "--save": "",
            "--appendonly": "no" if self.ephemeral else "yes",
            "--maxmemory-policy": "noeviction",
        }
        with self._log.open("ab") as log:
            self.process = processes.spawn(
                [self.program, *[part for option in options.items() for part in option]],
                stop_signal=signal.SIGTERM,
                environment=ENVIRONMENT,
                output=log,
                options=self.places.account.process_options(),
            )
        self._wait(self.process, seconds=30)

    def stop(self) -> None:
        if self.process:
            processes.stop(self.process, signal.SIGTERM)

    @property
    def _log(self) -> Path:
        return self.places.sockets / "valkey.log"

    def _wait(self, process: subprocess.Popen[bytes], *, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self._answers():
            if process.poll() is not None:
                raise StackError(f"Valkey did not start: {self._log.read_text()[-800:]}")
            if time.monotonic() > end:
                raise StackError(f"Valkey did not answer in {seconds:.0f} s: see {self._log}")
            time.sleep(0.01)

    def _answers(self) -> bool:
        """A bare PING: the client library tries a refused connection again for 4 s."""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(2)
                line.connect(str(self.places.sockets / SOCKET))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False
