"""Whether the dictionary, the rules and the letters still fit what payers send."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import MANAGERS, person, roles
from insights import coverage as covering
from insights import drift as drifting


@require_safe
@roles(*MANAGERS)
def coverage(request: HttpRequest) -> HttpResponse:
    found = covering.gaps(person(request), timezone.localdate())
    wanted = request.GET.get("lack", "")
    shown = [gap for gap in found if wanted in gap.lacks] if wanted in covering.WORDS else found
    context = {"gaps": shown, "tally": covering.tally(found), "wanted": wanted, "all_gaps": len(found)}
    return render(request, "insights/coverage.html", context | {"days": covering.DAYS})


@require_safe
@roles(*MANAGERS)
def drift(request: HttpRequest) -> HttpResponse:
    kinds = drifting.report(person(request), timezone.localdate())
    return render(request, "insights/drift.html", {"kinds": kinds, "found": sum(len(kind.found) for kind in kinds)})
