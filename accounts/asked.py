"""What an address or a form asks for, read without trusting it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST_ID = 19


def whole_number(text: str) -> int | None:
    """An id out of an address; None for anything that cannot be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_ID else None


def moment(text: str) -> datetime | None:
    """A moment with its time zone, out of a form; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def way_back(request: HttpRequest) -> str:
    """The page of this site that `next` names, from which somebody came and wants to return to; else empty."""
    asked = (request.POST if request.method == "POST" else request.GET).get("next", "")
    return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""
