"""Sets of changes: drawing one up, one set with its differences, and what to do with all of it at once."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import MANAGERS, person, roles
from accounts.asked import remark, whole_number
from accounts.governance import areas, gathering, refused_steps, sets
from accounts.governance.bundles import hold_set
from accounts.governance.set_forms import AboutForm
from accounts.governance.set_sheet import of_set
from accounts.governance.states import State
from accounts.governance.steps import must_be_as_seen
from accounts.last_done import say_kept
from accounts.models import Change, ChangeSet, User
from accounts.once import once
from accounts.refusal import Refused

Doing = Callable[[ChangeSet, User, str], ChangeSet]


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*MANAGERS)
@once
def draft_set(request: HttpRequest, key: str) -> HttpResponse:
    """The set that this person draws up in an area. Sending the form takes their loose drafts into it."""
    area, user = _area_or_404(key), person(request)
    if request.method == "POST":
        bundle = gathering.gather(area, user)
        say_kept(request, "Your drafts are gathered: they are sent, approved and rolled back as one.")
        return redirect("change_set", bundle.pk)
    if found := gathering.draft_of(area, user):
        return redirect("change_set", found.pk)
    waiting = ChangeSet.objects.filter(area=key, state__in=(State.WAITING, State.APPROVED)).select_related("author")
    context = {"area": area, "loose": gathering.loose_drafts(area, user), "waiting": list(waiting)}
    return render(request, "governance/draft_set.html", context)


@require_safe
@roles(*MANAGERS)
def change_set(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "governance/change_set.html", of_set(_set_or_404(pk), person(request)))


@require_POST
@roles(*MANAGERS)
@once
def change_set_action(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    bundle, user = _set_or_404(pk), person(request)
    if action in ("save", "send"):
        return _about(request, bundle, user, is_sent=action == "send")
    if action == "leave-out":
        change = get_object_or_404(Change, pk=whole_number(request.POST.get("change", "")), bundle=bundle)
        gathering.leave_out(bundle, change, user)
        say_kept(request, f"{change.about} is left out: it stays a draft of its own.")
        return redirect("change_set", bundle.pk)
    if action not in ACTIONS:
        raise Http404
    verb, said = ACTIONS[action]
    wrote = request.POST.get("why", "")
    try:
        must_be_as_seen(hold_set(bundle), request.POST.get("seen", ""))
        done = verb(bundle, user, remark(wrote))
    except Refused as refused:
        page = of_set(_set_or_404(pk), user)
        kept = refused_steps.kept(page, action, wrote, refused)
        return render(request, "governance/change_set.html", page | kept, status=refused.status)
    say_kept(request, said(done))
    return redirect("change_set", done.pk)


def _about(request: HttpRequest, bundle: ChangeSet, user: User, *, is_sent: bool) -> HttpResponse:
    form = AboutForm.of(bundle, request.POST)
    if not form.is_valid():
        return render(request, "governance/change_set.html", of_set(bundle, user, form), status=422)
    bundle = gathering.call_it(bundle, user, form.about())
    if is_sent:
        sets.send(bundle, user)
        say_kept(request, "Sent for approval. Nothing changes until somebody else has approved all of it.")
    else:
        say_kept(request, "Saved. Nothing is in force until you send it and somebody approves it.")
    return redirect("change_set", bundle.pk)


def _set_or_404(pk: int) -> ChangeSet:
    return get_object_or_404(ChangeSet.objects.select_related("author", "approver", "undoes"), pk=pk)


def _area_or_404(key: str) -> areas.Area:
    try:
        return areas.area_keyed(key)
    except Refused as refused:
        raise Http404 from refused


def _after_approval(done: ChangeSet) -> str:
    return "Approved: all of it is in force." if done.applied_at else "Approved. It takes effect by itself on its day."


ACTIONS: dict[str, tuple[Doing, Callable[[ChangeSet], str]]] = {
    "approve": (lambda found, user, why: sets.approve(found, user, why, today=timezone.localdate()), _after_approval),
    "reject": (sets.reject, lambda done: "Rejected. Its author sees why."),
    "withdraw": (sets.withdraw, lambda done: "Withdrawn, with every change in it. Nothing was changed."),
    "take-back": (
        lambda found, user, _: sets.take_back(found, user),
        lambda done: "Back in draft, against what stands there now.",
    ),
    "roll-back": (sets.roll_back, lambda done: "Rolled back: what stood there before all of it is in force again."),
    "comment": (sets.comment, lambda done: "Comment added."),
}
