"""The web server as production runs it, asked from beside on a line that stays open, as browsers ask it."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from config.devstack.demo import GUNICORN

Place = tuple[str, int]
AS_A_SITE = {"OVERTURN_COUNTS_SECONDS": "20"}
"""Tests count for each page."""
ONE_WORKER = ("--workers", "1", "--keep-alive", "60")
"""The line of a browser that waits for its turn stays open."""
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class SignedIn:
    """The cookies of a person in a browser, and the token that their forms send."""

    cookies: str
    token: str


def sign_in(user: Any) -> SignedIn:
    from django.test import Client

    client = Client()
    client.force_login(user)
    token = secrets.token_hex(16)
    return SignedIn(f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}", token)


@contextmanager
def web_server(
    *options: str, of: str = "config.wsgi", python: str = sys.executable, **environment: str
) -> Iterator[tuple[Place, int]]:
    """Where it listens, and its process. A connection of this process to the database is closed first."""
    if settings.configured:
        connection.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place: Place = free.getsockname()
    _, *usual = GUNICORN.split()
    command = [python, "-m", "gunicorn", of, *usual, "--bind", f"{place[0]}:{place[1]}", *options]
    server = subprocess.Popen(command, env=os.environ | AS_A_SITE | environment)
    try:
        _wait_for(place)
        yield place, server.pid
    finally:
        server.terminate()
        server.wait()


def _wait_for(place: Place) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(place, timeout=30).close()
            return
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


class Browser:
    """One person at one server, on one line."""

    def __init__(self, place: Place, person: SignedIn) -> None:
        self.line = HTTPConnection(*place, timeout=60)
        self.person = person

    def get(self, address: str, **headers: str) -> bytes:
        return self._answer("GET", address, None, headers, 200)

    def post(self, address: str, **fields: str) -> bytes:
        """A form that leads elsewhere."""
        body = urlencode({"csrfmiddlewaretoken": self.person.token, **fields})
        return self._answer("POST", address, body, {"Content-Type": FORM}, 302)

    def _answer(self, method: str, address: str, body: str | None, headers: dict[str, str], status: int) -> bytes:
        self.line.request(method, address, body, {"Cookie": self.person.cookies, **headers})
        answer = self.line.getresponse()
        read = answer.read()
        if answer.status != status:
            raise RuntimeError(f"{address} answered {answer.status} instead of {status}.")
        return read


def took(way: Callable[[], object]) -> float:
    """Milliseconds until the answer was there."""
    began = time.perf_counter()
    way()
    return 1000 * (time.perf_counter() - began)
