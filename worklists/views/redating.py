"""The open items that a change of a limit of time would move."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import MANAGERS, person, roles
from accounts.models import Change
from denials.payer_rule_pages import PAYER_RULES
from worklists.redating import MOST_SHOWN, moves_of


@require_safe
@roles(*MANAGERS)
def payer_rule_moves(request: HttpRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(Change, pk=pk, area=PAYER_RULES.name)
    moves = moves_of(change, user=person(request), today=timezone.localdate())
    return render(request, "worklists/moves.html", {"change": change, "moves": moves, "most_shown": MOST_SHOWN})
