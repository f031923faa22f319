"""Whether the dictionary, the rules and the letters still fit what payers send."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import MANAGERS, person, roles
from accounts.last_done import say_kept
from accounts.once import once
from insights import coverage as covering
from insights import drift as drifting
from insights import repairs


@require_safe
@roles(*MANAGERS)
def coverage(request: HttpRequest) -> HttpResponse:
    found = covering.gaps(person(request), timezone.localdate())
    wanted = request.GET.get("lack", "")
    shown = [gap for gap in found if wanted in gap.lacks] if wanted in covering.WORDS else found
    context = {"gaps": shown, "tally": covering.tally(found), "wanted": wanted, "all_gaps": len(found)}
    return render(request, "insights/coverage.html", context | {"days": covering.DAYS})


@require_POST
@roles(*MANAGERS)
@once
def coverage_repair(request: HttpRequest, code: str) -> HttpResponse:
    change = repairs.repair(code, person(request), today=timezone.localdate())
    say_kept(request, "Taken over from the category and in force. Somebody else confirms it afterwards.")
    return redirect("change", change.pk)


@require_safe
@roles(*MANAGERS)
def drift(request: HttpRequest) -> HttpResponse:
    kinds = drifting.report(person(request), timezone.localdate())
    return render(request, "insights/drift.html", {"kinds": kinds, "found": sum(len(kind.found) for kind in kinds)})
