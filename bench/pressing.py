"""People who press Next in browsers, all from one process: the machine is shared with the server they press it on."""

from __future__ import annotations

import re
import secrets
import selectors
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import urlencode

from config.devstack.demo import GUNICORN

Browser = tuple[tuple[str, int], str, str]
"""Where the server is, cookies, and the form without its key."""


@contextmanager
def browsers(people: list[Any], queue: str) -> Iterator[list[Browser]]:
    """One for each person, signed in to the web server as production runs it."""
    from django.db import connection
    from django.test import Client

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place: tuple[str, int] = free.getsockname()
    given: list[Browser] = []
    for user in people:
        client = Client()
        client.force_login(user)
        token = secrets.token_hex(16)
        cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
        given.append((place, cookies, urlencode({"csrfmiddlewaretoken": token, "queue": queue})))
    connection.close()
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", *GUNICORN.split(), "--bind", f"{place[0]}:{place[1]}"])
    try:
        _wait_for(place)
        yield given
    finally:
        server.terminate()
        server.wait()


def _wait_for(place: tuple[str, int]) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(place, timeout=30).close()
            return
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def items_a_second(browsers: list[Browser], seconds: float) -> float:
    """What the browsers get together; each presses Next again as soon as it is answered, on the line it has."""
    taken: list[str] = []
    with selectors.DefaultSelector() as lines:
        began = time.perf_counter()
        for browser in browsers:
            line = socket.create_connection(browser[0], timeout=30)
            lines.register(line, selectors.EVENT_READ, browser)
            line.sendall(_form(browser))
        while lines.get_map():
            for key, _ in lines.select():
                line = cast(socket.socket, key.fileobj)
                taken.append(_item_of(line))
                if time.perf_counter() < began + seconds:
                    line.sendall(_form(key.data))
                else:
                    lines.unregister(line)
                    line.close()
        lasted = time.perf_counter() - began
    if len(set(taken)) < len(taken):
        raise RuntimeError("Next led two people to one item.")
    return len(taken) / lasted


def _form(browser: Browser) -> bytes:
    """As a browser sends it."""
    (host, port), cookies, form = browser
    body = f"{form}&form_key={uuid.uuid4()}"
    head = (
        "POST /next/ HTTP/1.1",
        f"Host: {host}:{port}",
        f"Cookie: {cookies}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join([*head, "", body]).encode()


def _item_of(line: socket.socket) -> str:
    """The item that an answer leads to."""
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        if not (part := line.recv(65536)):
            raise RuntimeError("The web server hung up.")
        answer += part
    item = re.search(rb"^Location: /items/(\d+)/\r$", answer, re.MULTILINE)
    if not (answer.startswith(b"HTTP/1.1 302 ") and item):
        raise RuntimeError(f"Next answered {answer[:12]!r} instead of leading to an item.")
    return item[1].decode()
