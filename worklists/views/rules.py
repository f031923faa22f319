"""The ordered list of routing rules."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import ADMINS, person, roles
from accounts.once import once
from accounts.refusal import Conflict, Refused
from worklists.domain.routing import describe
from worklists.models import RoutingRule, WorkItem
from worklists.rule_order import move


@require_safe
@roles(*ADMINS)
def rules(request: HttpRequest) -> HttpResponse:
    """Each rule in plain words, with how many open items it holds now."""
    counts = dict(WorkItem.objects.visible_to(person(request)).open().values_list("rule").annotate(items=Count("pk")))
    listed = [
        {"rule": rule, "words": describe(rule.conditions), "items": counts.get(rule.pk, 0)}
        for rule in RoutingRule.objects.select_related("queue")
    ]
    return render(request, "worklists/rules.html", {"listed": listed, "unrouted": counts.get(None, 0)})


@require_POST
@roles(*ADMINS)
@once
def rule_move(request: HttpRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(RoutingRule, pk=pk)
    step = {"up": -1, "down": 1}.get(request.POST.get("way", ""))
    if step is None:
        raise Refused("Say whether the rule goes up or down. Nothing was changed.")
    if not move(rule, step):
        raise Conflict("The rule stands at the end of the list already. Nothing was changed: reload the page.")
    return redirect("rules")
