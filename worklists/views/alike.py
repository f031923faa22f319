"""Items with the same fault as one: what to do with them, or the same as was just done to that one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import WORKERS, get_visible_or_404, note_access, person, roles
from accounts.asked import moment, whole_number
from accounts.once import once
from accounts.refusal import Refused
from worklists import alike, item_sheet, sweeping
from worklists.item_actions import ITEM_ACTIONS, actions_on_each
from worklists.models import WorkItem
from worklists.since import Seen
from worklists.views import answers, list_position

CHOICES = ("resolve", "postpone", "ask", "hand_over")
MORE = ("escalate", "note")
"""What people do to many of one fault, apart from what is done one by one; the lists offer everything."""


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def item_alike(request: HttpRequest, pk: int) -> HttpResponse:
    """`act` is what this person did to the item; with POST the same is done to the ticked ones."""
    user, today = person(request), timezone.localdate()
    item: WorkItem = get_visible_or_404(item_sheet.items_to_act_on(), user, pk=pk)
    asked = request.POST if request.method == "POST" else request.GET
    act = sweeping.act_on(item, user, whole_number(asked.get("act", "")))
    if request.method == "POST":
        if act is None:
            raise Refused("Nothing was changed: do something with this item first, then offer it to those like it.")
        picked = [number for text in request.POST.getlist("pick") if (number := whole_number(text)) is not None]
        seen = Seen(moment(request.POST.get("shown_at", "")))
        done, answer = sweeping.sweep(act, item, user, picked, today, seen)
        answers.tell(request, ITEM_ACTIONS[act.action].done, answer, done)
        return redirect(list_position.address(request, "item_alike", item.pk, act=act.pk))
    note_access(request, "item_alike", item.pk)
    shown_at = timezone.now()
    action = sweeping.action_of(act)
    group = alike.like(item, user, today)
    context = {
        "item": item,
        "shown_at": shown_at,
        "group": group,
        "coming_back": sweeping.coming_back(act, [*group.exact, *group.near], today),
        "act": act if action else None,
        "action_label": action.label if action else "",
        "lasts": bool(action and action.lasts),
        "asked": sweeping.in_words(act, today) if act and action else [],
        "choices": [] if action else [ITEM_ACTIONS[name] for name in CHOICES],
        "more_choices": [
            each for each in (*(ITEM_ACTIONS[name] for name in MORE), *actions_on_each()) if each != action
        ],
        "told": answers.told(request),
    }
    return render(request, "worklists/alike.html", context)
