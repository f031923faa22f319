"""Ticking the steps of an item's playbook."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from accounts.access import WORKERS, get_visible_or_404, person, roles
from accounts.asked import whole_number
from accounts.last_done import left_nothing
from accounts.once import once
from accounts.refusal import Conflict, Refused
from worklists import acts, playbook_steps, timing
from worklists.changes import Done
from worklists.models import BulkAct, WorkItem
from worklists.views import answers, list_position, stale


@require_POST
@roles(*WORKERS)
@once
def item_step(request: HttpRequest, pk: int) -> HttpResponse:
    item: WorkItem = get_visible_or_404(WorkItem.objects.all(), person(request), pk=pk)
    wanted = request.POST.get("done", "")
    if wanted not in ("yes", "no"):
        raise Refused("Say whether the step is done. Nothing was changed.")
    is_done, step = wanted == "yes", request.POST.get("step", "")
    seen = whole_number(request.POST.get("seen", ""))
    user, kind = person(request), BulkAct.Kind.TICKED if is_done else BulkAct.Kind.UNTICKED

    def verb(ids: list[int]) -> Done:
        return playbook_steps.tick(ids[0], user, step=step, is_done=is_done, seen=seen).or_refuse()

    try:
        act, _ = acts.remember(kind, [item.pk], user, verb, asked=acts.Asked("", {"step": [step]}))
    except Conflict as conflict:
        now = playbook_steps.tick_on(item, step)
        return stale.ask_again(request, item, conflict, "Take the tick off all the same", seen=now)
    timing.note(request, item.pk, "step")
    if act is None:
        left_nothing(request)
    else:
        answers.say_with_undo(request, "The step is ticked." if is_done else "The tick is taken off.", act)
    return list_position.to_item(request, item.pk, "#playbook")
