"""The watch page: what is on nobody's list, so that nothing is lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import MANAGERS, note_access, person, roles
from accounts.asked import whole_number
from accounts.last_done import say_kept
from accounts.models import Team
from accounts.once import once
from worklists import clarifications
from worklists.watch import failed_work, unworked, watching


@require_safe
@roles(*MANAGERS)
def watch(request: HttpRequest) -> HttpResponse:
    user, today = person(request), timezone.localdate()
    kinds = watching.watched_kinds(user)
    wanted = request.GET.get("kind", "")
    chosen = next((kind for kind in kinds if kind.outcome == wanted), kinds[0] if kinds else None)
    rows = []
    if chosen is not None:
        note_access(request, "watched_denials")
        rows = watching.watched_rows(user, chosen.outcome, whole_number(request.GET.get("after", "")))
    shown = rows[: watching.PAGE_SIZE]
    context = {
        "losing": watching.losing(user, today),
        "unworked": unworked.counted(user),
        "teams": clarifications.numbers_by_team(user, today),
        "counted_days": clarifications.COUNTED_DAYS,
        "kinds": kinds,
        "chosen": chosen,
        "rows": shown,
        "older": shown[-1].pk if len(rows) > len(shown) else None,
        "concerns": watching.concerns(user, today),
    }
    return render(request, "worklists/watch.html", context)


@require_safe
@roles(*MANAGERS)
def team_questions(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions behind the numbers of one team."""
    team, user, today = get_object_or_404(Team, pk=pk), person(request), timezone.localdate()
    numbers = next((each for each in clarifications.numbers_by_team(user, today) if each.team_id == team.pk), None)
    parts = [
        (clarifications.OPEN, "To answer", numbers.open if numbers else 0),
        (clarifications.LATE, "Overdue", numbers.overdue if numbers else 0),
        (clarifications.ASKED, "All", numbers.asked if numbers else 0),
    ]
    wanted = request.GET.get("part", "")
    chosen = wanted if wanted in [key for key, *_ in parts] else clarifications.OPEN
    note_access(request, "questions")
    rows = clarifications.to_team(user, team, chosen, today)
    context = {
        "team": team,
        "parts": parts,
        "chosen": chosen,
        "rows": clarifications.with_reasons(rows[: clarifications.LISTED]),
        "is_cut": len(rows) > clarifications.LISTED,
        "counted_days": clarifications.COUNTED_DAYS,
    }
    return render(request, "worklists/team_questions.html", context)


@require_POST
@roles(*MANAGERS)
@once
def open_unworked(request: HttpRequest) -> HttpResponse:
    """Makes denials work that somebody must work and that became no item."""
    opened = unworked.open_them(person(request))
    say_kept(request, f"{opened:,} denial{'' if opened == 1 else 's'} became work.")
    return redirect("watch")


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*MANAGERS)
@once
def failed(request: HttpRequest) -> HttpResponse:
    """Work that the system gave up on; `job` of a form is tried again."""
    if request.method == "POST":
        failed_work.try_again(person(request), whole_number(request.POST.get("job", "")))
        say_kept(request, "It is tried again. Should it fail once more, it stands here again.")
        return redirect("failed_work")
    context = {
        "rows": failed_work.listed(person(request)),
        "count": failed_work.failed().count(),
        "tried_again": failed_work.tried_again(),
    }
    return render(request, "worklists/failed_work.html", context)
