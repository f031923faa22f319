"""The ordered list of routing rules."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import MANAGERS, person, roles
from accounts.governance import lists
from worklists.domain.routing import describe
from worklists.models import RoutingRule, WorkItem


@require_safe
@roles(*MANAGERS)
def rules(request: HttpRequest) -> HttpResponse:
    """Each rule in plain words, with how many open items it holds now."""
    counts = dict(WorkItem.objects.visible_to(person(request)).open().values_list("rule").annotate(items=Count("pk")))
    listed = [
        {"rule": rule, "words": describe(rule.conditions), "items": counts.get(rule.pk, 0)}
        for rule in RoutingRule.objects.select_related("queue")
    ]
    context = {"listed": listed, "unrouted": counts.get(None, 0), "open_changes": lists.open_in_area("rules")}
    return render(request, "worklists/rules.html", context)
