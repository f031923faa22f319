from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


def private_pages(get_response: GetResponse) -> GetResponse:
    """Tells browsers and proxies to keep no copy of a page: nearly all show patients' data."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return middleware


def no_nul_in_addresses(get_response: GetResponse) -> GetResponse:
    """Answers 400 to an address with a NUL character: PostgreSQL takes none, and nobody types one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        values = (value for values in request.GET.lists() for value in values[1])
        if "\x00" in request.path or any("\x00" in value for value in values):
            raise BadRequest("An address holds a NUL character.")
        return get_response(request)

    return middleware
