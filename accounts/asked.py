"""What an address or a form asks for, read without trusting it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.refusal import Refused

LONGEST_ID = 19
LONGEST_REMARK = 2000


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


def remark(text: str) -> str:
    """What somebody wrote beside a decision. Raises Refused where it is too long: nothing is cut off."""
    if len(text) > LONGEST_REMARK:
        raise Refused(
            f"Nothing was changed: what you wrote has {len(text):,} characters, and there is room for"
            f" {LONGEST_REMARK:,}. Go back, shorten it, and send it again."
        )
    return text


def way_back(request: HttpRequest) -> str:
    """The page of this site that `next` names, from which somebody came and wants to return to; else empty."""
    asked = (request.POST if request.method == "POST" else request.GET).get("next", "")
    return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""
