"""Replays of a draft of the rules, and asking the rules in force again about open items."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import MANAGERS, person, roles
from accounts.asked import moment, whole_number
from accounts.last_done import say_kept
from accounts.models import ChangeSet
from accounts.once import once
from worklists.models import RuleSet, RuleSetReplay
from worklists.replays import replaying, sheet
from worklists.routing import draft_rules, rerouting, rule_sets
from worklists.routing.rule_set_panel import progress_of
from worklists.views import answers

SETS_SHOWN = 50


@require_POST
@roles(*MANAGERS)
@once
def replay_new(request: HttpRequest, pk: int) -> HttpResponse:
    bundle = get_object_or_404(ChangeSet, pk=pk, area=draft_rules.AREA)
    days = whole_number(request.POST.get("days", ""))
    chosen = days if days in RuleSetReplay.Days.values else RuleSetReplay.Days.QUARTER
    replay = replaying.ask(bundle, person(request), int(chosen))
    say_kept(request, "The replay runs in the background. Nothing is changed by it.")
    return redirect("replay", replay.pk)


@require_safe
@roles(*MANAGERS)
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    found = _replay_or_404(pk)
    context: dict[str, Any] = {"replay": found, "job": progress_of(found), "stale": replaying.stale(found)}
    if found.result is not None:
        context |= sheet.of_replay(found, person(request))
    return render(request, "worklists/replay.html", context)


@require_safe
@roles(*MANAGERS)
def replay_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that asks again until the replay is there; then it has the whole page loaded anew."""
    found = _replay_or_404(pk)
    response = render(request, "worklists/replay.html#progress", {"replay": found, "job": progress_of(found)})
    if found.result is not None and "finished" in request.GET:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@roles(*MANAGERS)
def rule_set_list(request: HttpRequest) -> HttpResponse:
    """The numbered lists of rules, each beside the one before it."""
    rows = rule_sets.newest(SETS_SHOWN + 1)
    listed = [
        {"rule_set": row, "lines": _changed(row, before)}
        for row, before in zip(rows[:SETS_SHOWN], [*rows[1:], None], strict=False)
    ]
    return render(request, "worklists/rule_sets.html", {"listed": listed, "is_cut": len(rows) > SETS_SHOWN})


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*MANAGERS)
@once
def reroute(request: HttpRequest) -> HttpResponse:
    """Which open items the rules in force would send elsewhere, and sending them there."""
    user = person(request)
    asked = request.POST if request.method == "POST" else request.GET
    also = rerouting.Also(*(bool(asked.get(name)) for name in rerouting.Also._fields))
    if request.method == "POST":
        sent = rerouting.reroute_moves(user, also, request.POST.getlist("move"), moment(request.POST.get("shown", "")))
        answers.tell(request, "Sent where the rules want them", sent.done, sent.act)
        if sent.left:
            messages.info(request, f"{sent.left:,} more of what you ticked are left for the next pass: send again.")
        asked_again = urlencode({name: "on" for name, is_asked in also._asdict().items() if is_asked})
        return redirect(f"{reverse('reroute')}?{asked_again}" if asked_again else "reroute")
    context = {
        "shown": timezone.now().isoformat(),
        "preview": rerouting.preview(user, also),
        "also": also,
        "told": answers.told(request),
        "most": rerouting.MOST,
    }
    return render(request, "worklists/reroute.html", context | {"rule_set": rule_sets.in_force().rule_set})


def _changed(row: RuleSet, before: RuleSet | None) -> list[draft_rules.Line]:
    now = rule_sets.rules_of(before) if before else []
    return [line for line in draft_rules.beside(now, rule_sets.rules_of(row)) if before and not line.is_same]


def _replay_or_404(pk: int) -> RuleSetReplay:
    return get_object_or_404(replaying.with_their_facts(), pk=pk)
