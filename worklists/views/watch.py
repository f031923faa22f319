"""The watch page: what is on nobody's list, so that nothing is lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import MANAGERS, note_access, person, roles
from accounts.asked import whole_number
from worklists import watching


@require_safe
@roles(*MANAGERS)
def watch(request: HttpRequest) -> HttpResponse:
    user = person(request)
    kinds = watching.watched_kinds(user)
    wanted = request.GET.get("kind", "")
    chosen = next((kind for kind in kinds if kind.outcome == wanted), kinds[0] if kinds else None)
    rows = []
    if chosen is not None:
        note_access(request, "watched_denials")
        rows = watching.watched_rows(user, chosen.outcome, whole_number(request.GET.get("after", "")))
    shown = rows[: watching.PAGE_SIZE]
    context = {
        "kinds": kinds,
        "chosen": chosen,
        "rows": shown,
        "older": shown[-1].pk if len(rows) > len(shown) else None,
        "concerns": watching.concerns(user),
    }
    return render(request, "worklists/watch.html", context)
