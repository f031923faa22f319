"""How long people work on an item until they act: measured in the browser, or else from opening to acting."""

from __future__ import annotations

import time

from django.http import HttpRequest

from accounts.access import person
from accounts.asked import whole_number
from worklists.models import WorkTime

SPENT, OPENED = "spent", "opened_at"
"""Fields of each form (`components/sending.html`): seconds of visible and active work, and when the page was made."""
MOST_MEASURED = 4 * 3600
MOST_BETWEEN = 30 * 60
"""Nobody knows what somebody did between opening a page and acting on it, so longer than this is not believed."""


def note(request: HttpRequest, item_id: int, act: str) -> None:
    """Keeps the time behind an act that succeeded. What a form says about it is bounded, never trusted."""
    spent = whole_number(request.POST.get(SPENT, ""))
    if spent is not None:
        _keep(request, item_id, act, min(spent, MOST_MEASURED), is_measured=True)
    elif opened := whole_number(request.POST.get(OPENED, "")):
        _keep(request, item_id, act, min(int(time.time()) - opened, MOST_BETWEEN), is_measured=False)


def _keep(request: HttpRequest, item_id: int, act: str, seconds: int, *, is_measured: bool) -> None:
    if seconds > 0:
        WorkTime.objects.create(
            item_id=item_id, person=person(request), act=act[:40], seconds=seconds, is_measured=is_measured
        )
