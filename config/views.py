"""Settings of the page itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.access import SIGNED_IN, roles
from config.context import THEME_COOKIE, THEMES

YEAR = 365 * 24 * 3600


@require_POST
@roles(*SIGNED_IN)
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the system says; back to the page where it was asked for."""
    answer = redirect(_page_before(request))
    wanted = request.POST.get("theme", "")
    if wanted in THEMES:
        answer.set_cookie(
            THEME_COOKIE, wanted, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        answer.delete_cookie(THEME_COOKIE, samesite="Lax")
    return answer


def _page_before(request: HttpRequest) -> str:
    """The referring page when it is one of ours and may be opened with GET, else home."""
    before = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if is_ours else "/"
