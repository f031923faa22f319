"""What every page knows."""

from __future__ import annotations

import json
import time
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.utils import timezone

from accounts.asked import whole_number
from accounts.models import Role
from accounts.once import new_form_key
from config.navigation import sections_for
from worklists.list_position import of_place
from worklists.live import is_poll

THEMES = ("light", "dark")
THEME_COOKIE = "theme"


def page(request: HttpRequest) -> dict[str, Any]:
    """`nav`, `theme` (empty: as the system says), `today` in the practice's zone, `form_key` for forms sent once.

    `place_id` is the list that an item was opened from, `in_place` what a link adds to stay in it
    (`worklists/list_position.py`). `opened_at` and `spent` are the work timer's; a form that comes back with faults
    goes on from when it was opened.
    """
    theme = request.COOKIES.get(THEME_COOKIE, "")
    context: dict[str, Any] = {
        "theme": theme if theme in THEMES else "",
        "today": timezone.localdate(),
        "is_demo": settings.IS_DEMO,
        "form_key": new_form_key(),
        "opened_at": _sent(request, "opened_at") or int(time.time()),
        "spent": _sent(request, "spent"),
        **of_place(_sent(request, "in") or _named(request, "in")),
        "is_poll": is_poll(request),
        "live_seconds": settings.LIVE_SECONDS,
    }
    user = getattr(request, "user", None)  # a request refused at the door, as for a wrong host, has none
    if user is not None and user.is_authenticated and not request.headers.get("HX-Request"):
        context["nav"] = sections_for(request)
        context["own_keys"] = json.dumps(user.keys) if user.keys else ""
        context["who"] = Who(str(user), str(Role(user.role).label), user.may_work, user.may_only_answer)
    return context


class Who(NamedTuple):
    """The person of the rail, in words: two with one name may do the same there."""

    name: str
    role: str
    may_work: bool
    may_only_answer: bool


def _named(request: HttpRequest, name: str) -> int | None:
    return whole_number(request.GET.get(name, ""))


def _sent(request: HttpRequest, name: str) -> int | None:
    try:
        return whole_number(request.POST.get(name, ""))
    except (SuspiciousOperation, OSError):  # the page that says that the request could not be read
        return None
