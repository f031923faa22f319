"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.once import new_form_key
from config.navigation import sections_for
from worklists.live import is_poll

THEMES = ("light", "dark")
THEME_COOKIE = "theme"


def page(request: HttpRequest) -> dict[str, Any]:
    """`nav`, `theme` (empty: as the system says), `today` in the practice's zone, `form_key` for forms sent once."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    context: dict[str, Any] = {
        "theme": theme if theme in THEMES else "",
        "today": timezone.localdate(),
        "is_demo": settings.IS_DEMO,
        "form_key": new_form_key(),
        "is_poll": is_poll(request),
        "live_seconds": settings.LIVE_SECONDS,
    }
    user = getattr(request, "user", None)  # a request refused at the door, as for a wrong host, has none
    if user is not None and user.is_authenticated and not request.headers.get("HX-Request"):
        context["nav"] = sections_for(request)
    return context
