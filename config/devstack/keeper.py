"""`python -m config.devstack.keeper STATE_DIR [--ephemeral]`: runs the servers as long as anybody uses them.

A user of the servers holds one connection to the keeper's socket. The kernel closes it however that user ends, so the
servers stop after the last one, even after kill -9. `services.Stack` starts the keeper and holds the connection.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import selectors
import shutil
import signal
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from config.devstack.places import Places, StackError
from config.devstack.postgres import Postgres
from config.devstack.valkey import Valkey

SOCKET = "keeper.sock"
READY = b"ready\n"
STILL_USED = b"u"
ANOTHER_KEEPER = 75
SECONDS_FOR_THE_FIRST_USER = 10


class Keeper:
    def __init__(self, places: Places, servers: list[Postgres | Valkey]) -> None:
        self.places, self.servers = places, servers
        self.users: list[socket.socket] = []
        self.selector = selectors.DefaultSelector()
        self.stopping = False

    def run(self) -> int:
        """Returns 0 after the last user left, 1 after a server died."""
        listener = self._listen()
        end = time.monotonic() + SECONDS_FOR_THE_FIRST_USER
        while not self.stopping and not self._dead_server():
            for key, _ in self.selector.select(timeout=0.5):
                self._admit(listener) if key.fileobj is listener else self._dismiss(key.fileobj)
            if not self.users and time.monotonic() > end:
                self.stopping = True
        self.selector.unregister(listener)
        listener.close()
        return 1 if self._dead_server() else 0

    def _listen(self) -> socket.socket:
        path = self.places.sockets / SOCKET
        path.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
        self.places.account.give(path)
        listener.listen(64)
        self.selector.register(listener, selectors.EVENT_READ)
        return listener

    def _admit(self, listener: socket.socket) -> None:
        user, _ = listener.accept()
        user.sendall(READY)
        self.users.append(user)
        self.selector.register(user, selectors.EVENT_READ)

    def _dismiss(self, user: object) -> None:
        """A user says nothing but goodbye. The last one is kept waiting until the servers have stopped."""
        assert isinstance(user, socket.socket)
        self.selector.unregister(user)
        if self.users == [user]:
            self.stopping = True
            return
        self.users.remove(user)
        with user, contextlib.suppress(OSError):
            user.sendall(STILL_USED)

    def _dead_server(self) -> str:
        for server in self.servers:
            if server.process and server.process.poll() is not None:
                return f"{type(server).__name__} ended with {server.process.returncode}"
        return ""


def keep(state_dir: Path, *, ephemeral: bool, postgres: Mapping[str, str]) -> int:
    places = Places(state_dir)
    places.make_sockets()
    with (places.sockets / "keeper.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return ANOTHER_KEEPER
        return run_servers(places, ephemeral=ephemeral, postgres=postgres)


def run_servers(places: Places, *, ephemeral: bool, postgres: Mapping[str, str]) -> int:
    state = places.make_state()
    servers: list[Postgres | Valkey] = [
        Postgres(places, state, ephemeral=ephemeral, settings=postgres),
        Valkey(places, state, ephemeral=ephemeral),
    ]
    keeper = Keeper(places, servers)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: setattr(keeper, "stopping", True))
    try:
        for server in servers:
            server.start()
        return keeper.run()
    finally:
        for server in reversed(servers):
            server.stop()
        if ephemeral:
            shutil.rmtree(state, ignore_errors=True)
            shutil.rmtree(places.sockets, ignore_errors=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("state_dir", type=Path)
    parser.add_argument("--ephemeral", action="store_true")
    parser.add_argument("--postgres", action="append", default=[], metavar="NAME=VALUE")
    arguments = parser.parse_args()
    postgres = dict(setting.split("=", 1) for setting in arguments.postgres)
    try:
        return keep(arguments.state_dir, ephemeral=arguments.ephemeral, postgres=postgres)
    except StackError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
