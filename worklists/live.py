"""Pages that refresh themselves: a browser asks again, and gets nothing at all while nothing has changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, cast

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone

from accounts.access import View, person
from worklists import rollup

P = ParamSpec("P")
Version = Callable[[HttpRequest], str]
RENEWED_SECONDS = 300
"""What leaves no trace in the work, such as a renamed queue, is shown after so long at the latest."""


def is_poll(request: HttpRequest) -> bool:
    """Whether the page asks for itself again, not a person: it keeps no session awake and uses up no message."""
    return request.headers.get("HX-Trigger-Name") == "poll"


def work_now(request: HttpRequest) -> str:
    """Changes with the work, and with what people are told about it."""
    return rollup.work_and_news_version()


def board_now(request: HttpRequest) -> str:
    """As the board is counted: at most every half minute."""
    rollup.ready_for(person(request), timezone.localdate())
    return rollup.counted_version()


def live(version: Version = work_now) -> Callable[[View[P]], View[P]]:
    """Answers 304 to a page that asks for itself again and has everything already; the view is not even begun.

    The version is read before the view reads the work: a change in between shows with the next poll.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not is_poll(request):
                return view(request, *args, **kwargs)
            tag = f'"{version(request)}.{timezone.localdate()}.{int(time.time() / RENEWED_SECONDS)}"'
            if request.headers.get("If-None-Match") == tag:
                return HttpResponseNotModified(headers={"ETag": tag})
            response = view(request, *args, **kwargs)
            response.headers["ETag"] = tag
            return response

        return cast(View[P], guarded)

    return decorate
