"""What somebody did to many items lately: what came of it, and undo while it can be undone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import WORKERS, person, roles
from accounts.once import once
from worklists import act_lists
from worklists import acts as verbs
from worklists.changes import Refusal
from worklists.models import BulkAct
from worklists.views import answers, list_position


@require_safe
@roles(*WORKERS)
def acts(request: HttpRequest) -> HttpResponse:
    user = person(request)
    is_everybody = user.may_manage and request.GET.get("whose") == "everybody"
    context = {"listed": act_lists.recent(user, of_everybody=is_everybody), "is_everybody": is_everybody}
    return render(request, "worklists/acts.html", context)


@require_safe
@roles(*WORKERS)
def act(request: HttpRequest, pk: int) -> HttpResponse:
    found = act_lists.one(person(request), pk)
    context = {
        "act": found,
        "receivers": act_lists.receivers(found, person(request)),
        "refused": act_lists.by_claim(found.refused, person(request)),
        "kept": act_lists.by_claim(act_lists.kept(found), person(request)),
        "undo_until": found.at + verbs.UNDO_FOR if verbs.can_be_undone(found) else None,
    }
    return render(request, "worklists/act.html", context)


@require_POST
@roles(*WORKERS)
@once
def act_undo(request: HttpRequest, pk: int) -> HttpResponse:
    found = act_lists.one(person(request), pk)
    return _undone(request, found)


@require_POST
@roles(*WORKERS)
@once
def act_undo_last(request: HttpRequest) -> HttpResponse:
    """The last thing this person did, from whatever page: it says what, and opens it where it was one item."""
    found, why_not = answers.last_act(request)
    if found is None:
        answers.say(request, why_not)
        return redirect("acts")
    return _undone(request, found)


def _undone(request: HttpRequest, found: BulkAct) -> HttpResponse:
    """Undoes it, and opens the item that it was about; what was about many has a page of its own."""
    done = verbs.undo(found, person(request))
    if not done.done:
        answers.say(request, _not_undone(done.refused))
        return redirect("act", found.pk)
    if len(done.done) != 1 or done.refused:
        answers.say_with_undo(request, _said(len(done.done), len(done.refused)), None)
        answers.undone(request)
        return redirect("act", found.pk)
    answers.say_with_undo(request, f"Undone: “{found.get_kind_display()}”. Item {done.done[0]} is as before.", None)
    answers.undone(request)
    part = "#playbook" if found.kind in BulkAct.OF_STEPS else ""
    return list_position.to_undone(request, done.done[0], found.actor or person(request), part)


def _not_undone(refused: list[Refusal]) -> str:
    if len(refused) == 1:
        return f"Nothing was undone: {refused[0].sentence}"
    return f"Nothing was undone: none of {len(refused):,} items could be put back. See why below."


def _said(done: int, refused: int) -> str:
    sentence = f"Undone: {done:,} {'item is' if done == 1 else 'items are'} as before."
    return f"{sentence} {refused:,} could not be undone: see why below." if refused else sentence
