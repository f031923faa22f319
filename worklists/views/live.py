"""The numbers of the rail for pages that have nothing else to refresh."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import EVERYBODY, roles
from worklists.live import live


@require_safe
@roles(*EVERYBODY)
@live()
def rail(request: HttpRequest) -> HttpResponse:
    return render(request, "worklists/live.html")
