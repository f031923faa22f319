"""Answers for what went wrong, in one place and one voice."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from psycopg.errors import LockNotAvailable

from accounts.middleware import page_of
from accounts.refusal import Conflict, Refused

BUSY = (
    "Somebody else, or the same form sent a moment before, is changing this just now. Nothing was changed by this"
    " request: reload the page in a few seconds to see how things stand."
)

ONLY_SENT = "This page only answers a form, and none was sent with it. Nothing was changed."
"""Where a sign-in or a reload leads to such an address."""


class RefusalMiddleware:
    """Turns a refusal raised by a verb into a page, or for htmx into a message for the page that asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "GET" or response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        page = render(request, "409.html", {"sentence": ONLY_SENT}, status=response.status_code)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception.__cause__, LockNotAvailable):
            exception = Conflict(BUSY)
        if not isinstance(exception, Refused):
            return None
        context = {"sentence": exception.sentence, "back_url": _sent_from(request)}
        response = render(request, "409.html", context, status=exception.status)
        response.headers["HX-Reswap"] = "none"  # the message is out of band; what the page shows stays
        return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = (
        "This page was open for too long or in another sign-in, so what you sent could not be trusted. "
        "Nothing was changed. Go back, reload the page, and send it again."
    )
    return render(request, "403.html", {"sentence": sentence, "back_url": _sent_from(request)}, status=403)


def _sent_from(request: HttpRequest) -> str:
    """The page of ours whose form this was: to reload the refusal would only send the form once more."""
    page = page_of(request) if request.method == "POST" else "/"
    return "" if page == "/" else page
