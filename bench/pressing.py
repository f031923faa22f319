"""People who press Next in browsers, all from one process: the machine is shared with the server they press it on."""

from __future__ import annotations

import re
import selectors
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import urlencode

from bench.serving import FORM, Place, SignedIn, sign_in, web_server

Browser = tuple[Place, SignedIn, str]
"""Where the server is, who asks it, and the form without its key."""


@contextmanager
def browsers(people: list[Any], queue: str) -> Iterator[list[Browser]]:
    """One for each person, signed in to the web server as production runs it."""
    signed_in = [sign_in(user) for user in people]
    with web_server() as (place, _):
        yield [
            (place, person, urlencode({"csrfmiddlewaretoken": person.token, "queue": queue})) for person in signed_in
        ]


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
    (host, port), person, form = browser
    body = f"{form}&form_key={uuid.uuid4()}"
    head = (
        "POST /next/ HTTP/1.1",
        f"Host: {host}:{port}",
        f"Cookie: {person.cookies}",
        f"Content-Type: {FORM}",
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
