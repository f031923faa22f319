from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from accounts.access import person
from accounts.sessions import has_second_factor, signed_in


def page_of(request: HttpRequest) -> str:
    """The page to come back to after signing in; for a form, the page of ours that it was sent from."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    is_own = came_from.netloc == request.get_host()
    return urlunsplit(("", "", came_from.path, came_from.query, "")) if is_own else "/"


class Person(AuthenticationMiddleware):
    """Says who asks, from the statement that reads the session."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _found_once(request))  # type: ignore[assignment]


def _found_once(request: HttpRequest) -> Any:
    """Kept where Django keeps them, too (`session_limits`)."""
    kept: Any = request
    if not hasattr(kept, "_cached_user"):
        kept._cached_user = signed_in(request)
    return kept._cached_user


NOT_SAVED = "not_saved"
"""In the session of somebody who is to sign in: a form of theirs came too late for the one before."""


def note_not_saved(request: HttpRequest) -> None:
    """What scripts send in the background is kept by its page."""
    if request.method == "POST" and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
        request.session[NOT_SAVED] = True


def say_not_saved(request: HttpRequest, **_: Any) -> None:
    """For the signal of a sign-in."""
    if request.session.pop(NOT_SAVED, False):
        messages.warning(
            request,
            "Nothing was saved of what you sent last: you were signed out by then. Fill it in again, and send it.",
        )


class SignInFirst(LoginRequiredMiddleware):
    """Closed by default; whoever signs in again stands where their work was."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        note_not_saved(request)
        return redirect_to_login(
            page_of(request), self.get_login_url(view_func), self.get_redirect_field_name(view_func)
        )


GetResponse = Callable[[HttpRequest], HttpResponse]
STARTED = "signed_in_at"
SEEN = "seen_at"
RENEW_AFTER_SECONDS = 60


def session_limits(get_response: GetResponse) -> GetResponse:
    """Ends a session after idle time (SESSION_COOKIE_AGE) and after an absolute limit.

    A page that refreshes itself (htmx polling, header `HX-Trigger-Name: poll`) does not count as being there.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            started = request.session.setdefault(STARTED, now)
            seen = request.session.setdefault(SEEN, now)
            if now - started > settings.SESSION_ABSOLUTE_SECONDS or now - seen > settings.SESSION_COOKIE_AGE:
                logout(request)
                note_not_saved(request)
                return redirect_to_login(page_of(request), settings.LOGIN_URL)
            if now - seen > RENEW_AFTER_SECONDS and request.headers.get("HX-Trigger-Name") != "poll":
                request.session[SEEN] = now
            # From here on the person themselves: pages look at them some hundred times, and a proxy costs each time.
            request.user = getattr(request, "_cached_user", request.user)
        return get_response(request)

    return middleware


def second_factor(get_response: GetResponse) -> GetResponse:
    """Lets nobody past the set-up pages before they have a second factor (REQUIRE_SECOND_FACTOR)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.REQUIRE_SECOND_FACTOR and request.user.is_authenticated:
            is_set_up_page = request.path.startswith("/accounts/")
            if not is_set_up_page and not has_second_factor(request, person(request)):
                return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware
