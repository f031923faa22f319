"""The ordered list of routing rules, and what a rule would take that somebody is filling in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import MANAGERS, person, roles
from accounts.asked import whole_number
from accounts.governance import lists
from worklists.domain.routing_words import Names, rule_in_words
from worklists.models import RoutingRule
from worklists.routing import rule_effects, rule_fields
from worklists.routing.rule_effects import Standing
from worklists.routing.rule_form import RuleForm


@require_safe
@roles(*MANAGERS)
def rules(request: HttpRequest) -> HttpResponse:
    """Each rule in a plain sentence, with what it holds, what it would take now, and whether it ever gets work."""
    user, today = person(request), timezone.localdate()
    standings = rule_effects.standings(user, today)
    unrouted_queue, unrouted = rule_effects.unrouted(user)
    context = {
        "listed": _listed(standings),
        "unrouted_queue": unrouted_queue,
        "unrouted": unrouted,
        "routed": rule_effects.routed_lately(user, today),
        "hit_days": rule_effects.HIT_DAYS,
        "open_changes": lists.open_in_area("rules"),
    }
    return render(request, "worklists/rules.html", context)


@require_safe
@roles(*MANAGERS)
def rule_takes(request: HttpRequest, pk: int) -> HttpResponse:
    """The open items that a rule would take if all were routed today, by the queue that they are in."""
    rule = get_object_or_404(RoutingRule, pk=pk)
    taken = rule_effects.taken_now(rule, person(request), timezone.localdate())
    context = {
        "rule": rule,
        "sentence": _sentence(rule, rule_fields.names()),
        "taken": taken,
        "items": sum(each.items for each in taken),
        "home": rule.queue,
    }
    return render(request, "worklists/rule_takes.html", context)


@require_POST
@roles(*MANAGERS)
def rules_count(request: HttpRequest) -> HttpResponse:
    """How many open items the rule in the form would take. Reads only, so it may be sent again and again."""
    pk = whole_number(request.POST.get("counted_rule", ""))
    rule = get_object_or_404(RoutingRule, pk=pk) if pk is not None else RoutingRule()
    form = RuleForm(request.POST, instance=rule)
    form.full_clean()
    context: dict[str, Any] = {"count_faults": _faults(form), "effect": None}
    if not context["count_faults"]:
        conditions = form.instance.conditions
        before = form.cleaned_data.get("before")
        context["effect"] = rule_effects.effect_of(conditions, rule, before, person(request), timezone.localdate())
        queue = context["home"] = form.cleaned_data.get("queue")
        names = rule_fields.names()
        context["sentence"] = rule_in_words(
            conditions,
            str(queue) if queue else "the chosen queue",
            names,
            prefers_specialist=bool(form.cleaned_data.get("prefers_specialist")),
        )
    template = "worklists/_rule_effect.html" if request.headers.get("HX-Request") else "worklists/rule_count.html"
    return render(request, template, context)


def _faults(form: RuleForm) -> list[str]:
    """What is wrong with its conditions; a name or a queue may still be missing."""
    asked = {name for fields in rule_fields.GROUPS.values() for name in fields}
    return [
        f"{form[name].label}: {' '.join(map(str, errors))}" for name, errors in form.errors.items() if name in asked
    ]


def _listed(standings: Sequence[Standing]) -> list[dict[str, Any]]:
    """With each rule the one it would be asked before when it went one place up or down; none for the last place."""
    names = rule_fields.names()
    ids = [standing.rule.pk for standing in standings]
    last = len(ids) - 1
    return [
        {
            "standing": standing,
            "sentence": _sentence(standing.rule, names),
            "has_up": place > 0,
            "up": ids[place - 1] if place else "",
            "has_down": place < last,
            "down": after or "",
        }
        for place, (standing, after) in enumerate(zip_longest(standings, ids[2:]))
        if standing is not None
    ]


def _sentence(rule: RoutingRule, names: Names) -> str:
    return rule_in_words(rule.conditions, str(rule.queue), names, prefers_specialist=rule.prefers_specialist)
