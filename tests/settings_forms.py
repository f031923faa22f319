"""Sends a settings form back as the browser would: every field as it was shown, but for what a person changed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

WHY = "change-why"
"""Field of governed pages, whose forms draft a change."""


class _Fields(HTMLParser):
    """What a browser would send of the form with `data-guard`; line breaks as CR LF."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._in_form = False
        self._select = self._textarea = ""
        self._is_multiple = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self._in_form = "data-guard" in said
        name = said.get("name") or ""
        if not self._in_form or "disabled" in said:
            return
        if tag == "select":
            self._select, self._is_multiple = name, "multiple" in said
        elif tag == "option" and self._select and ("selected" in said):
            self.sent.setdefault(self._select, []).append(said.get("value") or "")
        elif tag == "textarea":
            self._textarea = name
            self.sent[name] = [""]
        elif tag == "input" and name and (said.get("type") not in ("checkbox", "radio") or "checked" in said):
            self.sent.setdefault(name, []).append(said.get("value") or ("on" if said.get("type") == "checkbox" else ""))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.sent[self._textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            text = self.sent[self._textarea][0]
            self.sent[self._textarea] = [text.removeprefix("\n").replace("\n", "\r\n")]
            self._textarea = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._in_form = False


def as_shown(response: Any) -> dict[str, Any]:
    fields = _Fields()
    fields.feed(response.content.decode())
    return {name: values for name, values in fields.sent.items() if name != "csrfmiddlewaretoken"}


def save(client: Client, page: str, pk: int, /, **changed: Any) -> Any:
    """Sends the form of one row as it is shown, with these fields changed; None leaves a box unticked."""
    return send(client, reverse(f"{page}_edit", args=[pk]), **changed)


def send(client: Client, address: str, /, **changed: Any) -> Any:
    sent = as_shown(client.get(address))
    if WHY in sent:
        sent[WHY] = ["Because the tests say so"]
    sent |= changed
    return client.post(address, {key: value for key, value in sent.items() if value is not None})


def history(client: Client, name: str, pk: int) -> list[str]:
    return history_in(client.get(reverse(f"{name}_edit", args=[pk])))


def history_in(response: Any) -> list[str]:
    """Each change as a line of text, newest first."""
    found = re.search(r'id="history-title".*?</section>', response.content.decode(), re.S)
    entries = re.findall(r"</time>(.*?)</li>", found[0], re.S) if found else []
    return [" ".join(re.sub(r"<[^>]*>", " ", entry).split()) for entry in entries]
