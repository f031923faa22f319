from __future__ import annotations

from collections.abc import Callable

from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponse]


def private_pages(get_response: GetResponse) -> GetResponse:
    """Tells browsers and proxies to keep no copy of a page, for nearly all show patients' data, and which scripts,
    styles and frames belong to it. That is the same for all of them, so it is written once.
    """
    policy = build_policy()

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
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


def no_endless_bodies(get_response: GetResponse) -> GetResponse:
    """Answers 413 to a body of more than twice the upload limit, before a byte of it is read.

    To check a form's token Django reads all of the form, with its files, onto the disk: of strangers too. Up to twice
    the limit the body is read, because a browser that is still sending shows no answer; the upload then says why not.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) > 2 * settings.UPLOAD_LIMIT_BYTES:
            return render(request, "409.html", {"sentence": _TOO_LARGE}, status=413)
        return get_response(request)

    return middleware


def csrf_cookie_once(get_response: GetResponse) -> GetResponse:
    """Sends the cookie for forms to a browser that does not have it yet, not again with each page.

    Django renews it each time so that it lasts a year from the last visit. Here every sign-in makes a new one.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.COOKIES.get(settings.CSRF_COOKIE_NAME) == request.META.get("CSRF_COOKIE"):
            request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
        return response

    return middleware


_TOO_LARGE = "What was sent is far larger than any file that is taken here, so it was not read. Nothing was changed."
