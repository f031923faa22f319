"""The manager's page: every queue and person with counts, dollars and what is late."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import MANAGERS, person, roles
from worklists import figures
from worklists.board import board_for
from worklists.live import board_now, live


@require_safe
@roles(*MANAGERS)
@live(board_now)
def board(request: HttpRequest) -> HttpResponse:
    context = {"board": board_for(person(request), timezone.localdate()), "figures": figures.shown()}
    return render(request, "worklists/board.html", context)
