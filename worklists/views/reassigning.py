"""Reassign many items: who and how, a preview, then the act. Each step is a page, so that no script is needed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import MANAGERS, person, roles
from accounts.asked import whole_number
from accounts.models import User
from accounts.once import once
from worklists import choices, since
from worklists.assignment import effort, reassigning
from worklists.assignment.absent import away_on
from worklists.assignment.reassign_form import ReassignForm
from worklists.assignment.reassigning import Proposal
from worklists.assignment.sharing import How
from worklists.models.items import WorkItemQuerySet
from worklists.views import answers, selection
from worklists.views.selection import Selection


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*MANAGERS)
@once
def reassign(request: HttpRequest) -> HttpResponse:
    """`owner` in the address: everything that this person has. Else the items that a list's form names."""
    owner = None
    if request.method == "POST":
        meant = selection.read(request, request.POST)
    else:
        owner = effort.whose(whole_number(request.GET.get("owner", "")))
        if owner is None:
            return redirect("workers")
        meant = selection.of_owner(request, owner)
    items = selection.items_of(request, meant, choices.for_filters(person(request)))
    step = request.POST.get("step", "")
    form = ReassignForm(request.POST if step else None, initial=_usual(owner))
    if step in ("", "back") or not form.is_valid():
        return _ask(request, meant, items, form, is_faulty=step not in ("", "back"))
    return _confirm(request, meant, items, form) if step == "confirm" else _preview(request, meant, items, form)


def _usual(owner: User | None) -> dict[str, Any]:
    """What is chosen at first for a whole queue: its owner's team-mates who are here today."""
    if owner is None:
        return {"how": How.EVENLY.value}
    return {"how": How.CAPACITY.value, "who": effort.mates_here(owner, _today())}


def _ask(
    request: HttpRequest, meant: Selection, items: WorkItemQuerySet, form: ReassignForm, *, is_faulty: bool
) -> HttpResponse:
    chosen = {str(value) for value in form["who"].value() or []} | {
        str(each.pk) for each in form.initial.get("who", []) if not form.is_bound
    }
    people, away = effort.capacities(effort.with_teams(effort.workers())), away_on(_today())
    context = {
        "meant": meant,
        "count": selection.count_of(items),
        "form": form,
        "people": [(each, str(each.user.pk) in chosen, away.get(each.user.pk)) for each in people],
        "is_faulty": is_faulty,
    }
    return render(request, "worklists/reassign.html", context, status=422 if is_faulty else 200)


def _preview(request: HttpRequest, meant: Selection, items: WorkItemQuerySet, form: ReassignForm) -> HttpResponse:
    given = form.given()
    proposal = reassigning.propose(
        items,
        person(request),
        how=given["how"],
        receivers=given["receivers"],
        today=_today(),
        known=meant.seen,
    )
    return _show(request, meant, form, proposal)


def _confirm(request: HttpRequest, meant: Selection, items: WorkItemQuerySet, form: ReassignForm) -> HttpResponse:
    seen = request.POST.get("seen", "")
    result = reassigning.reassign(items, person(request), today=_today(), known=meant.seen, seen=seen, **form.given())
    if result.act is None:
        return _show(request, meant, form, result.proposal, is_another=True)
    number = result.act.done
    answers.say_with_undo(request, f"Reassigned: {number:,} {'item' if number == 1 else 'items'}.", result.act)
    return redirect("act", result.act.pk)


def _show(
    request: HttpRequest, meant: Selection, form: ReassignForm, proposal: Proposal, *, is_another: bool = False
) -> HttpResponse:
    context = {
        "meant": meant,
        "form": form,
        "plan": proposal.plan,
        "asked": proposal.asked,
        "left_out": since.left_out(proposal.changed, person(request)),
        "refused": answers.reasons(request, proposal.plan.refused),
        "is_another": is_another,
    }
    return render(request, "worklists/reassign_preview.html", context, status=409 if is_another else 200)


def _today() -> date:
    return timezone.localdate()
