"""The changes of the rules of work: what waits, one change with its difference and its steps, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import MANAGERS, person, roles
from accounts.asked import remark
from accounts.governance import approving, lists, proposing, refused_steps, rollback, set_sheet, sheet
from accounts.governance.filters import ChangeFilter
from accounts.governance.steps import hold, must_be_as_seen
from accounts.last_done import say_kept
from accounts.models import Change, User
from accounts.once import once
from accounts.refusal import Refused

LIST_LENGTH = 25
Doing = Callable[[Change, User, str], Change]


@require_safe
@roles(*MANAGERS)
def changes(request: HttpRequest) -> HttpResponse:
    """What waits for this person first, then their own drafts, what is to come, and what was decided last."""
    user = person(request)
    chosen = ChangeFilter(request.GET)
    parts = [
        _part(key, heading, chosen.narrow(rows), chosen.narrow(bundles), nothing)
        for key, heading, rows, bundles, nothing in _parts(user)
    ]
    return render(request, "governance/changes.html", {"filter": chosen, "parts": parts})


def _part(key: str, heading: str, rows: Any, bundles: Any, nothing: str) -> dict[str, Any]:
    found, together = list(rows[: LIST_LENGTH + 1]), list(bundles[: LIST_LENGTH + 1])
    is_cut = max(len(found), len(together)) > LIST_LENGTH
    return {
        "key": key,
        "heading": heading,
        "sets": set_sheet.listed(together[:LIST_LENGTH]),
        "rows": sheet.listed(found[:LIST_LENGTH]),
        "is_cut": is_cut,
        "nothing": nothing,
    }


def _parts(user: User) -> list[tuple[str, str, Any, Any, str]]:
    nothing = (
        "Nothing waits for you.",
        "Nothing that you drafted is open.",
        "Nothing is approved for a later day.",
        "No change has taken effect yet.",
    )
    return [
        ("mine", "Waiting for your approval", lists.waiting_for(user), lists.sets_waiting_for(user), nothing[0]),
        ("drawn", "Drafted by you", lists.drawn_up_by(user), lists.sets_drawn_up_by(user), nothing[1]),
        ("to-come", "Approved, in force later", lists.to_come(), lists.sets_to_come(), nothing[2]),
        ("recent", "Latest changes", lists.recent(), lists.recent_sets(), nothing[3]),
    ]


@require_safe
@roles(*MANAGERS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(lists.with_people(Change.objects.all()), pk=pk)
    return render(request, "governance/change.html", sheet.of_change(found, person(request)))


@require_POST
@roles(*MANAGERS)
@once
def change_action(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    found = get_object_or_404(Change, pk=pk)
    if action not in ACTIONS:
        raise Http404
    verb, said = ACTIONS[action]
    try:
        must_be_as_seen(hold(found.pk), request.POST.get("seen", ""))
        done = verb(found, person(request), remark(request.POST.get("why", "")))
    except Refused as refused:
        return _refused(request, pk, action, refused)
    say_kept(request, said(done))
    return redirect("change", done.pk)


def _refused(request: HttpRequest, pk: int, action: str, refused: Refused) -> HttpResponse:
    page = sheet.of_change(get_object_or_404(lists.with_people(Change.objects.all()), pk=pk), person(request))
    kept = refused_steps.kept(page, action, request.POST.get("why", ""), refused)
    return render(request, "governance/change.html", page | kept, status=refused.status)


def _after_approval(done: Change) -> str:
    return "Approved, and in force." if done.applied_at else "Approved. It takes effect by itself on its day."


def _after_sending(done: Change) -> str:
    if done.applied_at:
        return "In force at once, because nothing stood there before. Somebody else confirms it."
    return "Sent for approval. Nothing changes until somebody else has approved it."


ACTIONS: dict[str, tuple[Doing, Callable[[Change], str]]] = {
    "send": (lambda found, user, _: proposing.send(found, user, today=timezone.localdate()), _after_sending),
    "approve": (
        lambda found, user, why: approving.approve(found, user, why, today=timezone.localdate()),
        _after_approval,
    ),
    "reject": (approving.reject, lambda done: "Rejected. Its author sees why."),
    "withdraw": (proposing.withdraw, lambda done: "Withdrawn. Nothing was changed."),
    "take-back": (
        lambda found, user, _: proposing.take_back(found, user),
        lambda done: "Back in draft, against what stands there now.",
    ),
    "roll-back": (rollback.roll_back, lambda done: "Rolled back: what stood there before is in force again."),
    "draft-back": (
        lambda found, user, _: rollback.draft_back(found, user, today=timezone.localdate()),
        lambda done: "Drafted. Look it over and send it for approval.",
    ),
    "comment": (proposing.comment, lambda done: "Comment added."),
}
