"""What people do to one item: each action is a form, one verb, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import WORKERS, get_visible_or_404, person, roles
from accounts.models import User
from accounts.once import once
from accounts.refusal import Refused
from worklists import acts, asking, choices, escalating, repairing, timing, work
from worklists.asking_forms import AskForm, EscalateForm, HandOnForm
from worklists.changes import Done
from worklists.choices import Choices
from worklists.domain.transitions import ACTIONS
from worklists.forms import (
    AnswerForm,
    AskAgainForm,
    HandOverForm,
    NoteForm,
    PostponeForm,
    ReasonForm,
    ResolveForm,
    TakeForm,
)
from worklists.models import BulkAct, Queue, WorkItem
from worklists.offers import Offer
from worklists.views import answers

FORMS: dict[str, type[forms.Form]] = {
    "take": TakeForm,
    "release": TakeForm,
    "note": NoteForm,
    "postpone": PostponeForm,
    "hand_over": HandOverForm,
    "resolve": ResolveForm,
    "reopen": ReasonForm,
    "return": AnswerForm,
    "ask": AskForm,
    "ask_again": AskAgainForm,
    "escalate": EscalateForm,
    "acknowledge": TakeForm,
    "hand_on": HandOnForm,
    "deescalate": ReasonForm,
}
SAID = {
    "take": "{item} is yours.",
    "release": "{item} is back in its queue.",
    "note": "Note added to {item}.",
    "postpone": "{item} is postponed.",
    "hand_over": "{item} is handed over.",
    "resolve": "{item} is resolved. It can be reopened.",
    "reopen": "{item} is open again.",
    "return": "{item} is open again: the answer is in its timeline.",
    "ask_again": "{item} asks for attention again on that day.",
    "escalate": "{item} is escalated.",
    "acknowledge": "You acknowledged the escalation of {item}.",
    "hand_on": "The escalation of {item} is handed on.",
    "deescalate": "The escalation of {item} has ended.",
    "ask": "Asked. {item} waits for the answer, and its deadline runs on.",
}
LABELS = {"resolve": "Resolve", "hand_on": "Hand the escalation on"}
UNDOABLE = {
    "release": BulkAct.Kind.RELEASED,
    "postpone": BulkAct.Kind.POSTPONED,
    "hand_over": BulkAct.Kind.HANDED_OVER,
}
GOES_ON = ("resolve", "postpone", "hand_over", "ask")
"""Actions that end the work on this item for now, so the next one may open by itself."""


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """One action on one item. With GET, its form as a page of its own."""
    if action not in FORMS:
        raise Http404
    user = person(request)
    item: WorkItem = get_visible_or_404(WorkItem.objects.select_related("denial"), user, pk=pk)
    form = form_for(action, item, choices.for_hand_over(), request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask(request, item, action, form, status=422 if form.is_bound else 200)
    try:
        kept = _do(item, action, user, form.cleaned_data)
    except Refused as refused:  # shown with the form, so that nobody loses what they wrote
        form.add_error(None, refused.sentence)
        return _ask(request, item, action, form, status=refused.status)
    timing.note(request, item.pk, action)
    answers.say_with_undo(request, SAID[action].format(item=f"Item {item.pk}"), kept)
    return _go_on(request, item) if request.POST.get("then") == "next" else redirect("item", item.pk)


def _do(item: WorkItem, action: str, user: User, given: dict[str, Any]) -> BulkAct | None:
    """Does the action. What can be undone is written down first, and answered."""
    kind = BulkAct.Kind.MOVED if isinstance(given.get("to"), Queue) and action == "hand_over" else UNDOABLE.get(action)
    if kind is None:
        VERBS[action](item, user, given).or_refuse()
        return None
    reason = given.get("reason") or given.get("because") or ""
    return acts.remember(kind, [item.pk], user, lambda _: VERBS[action](item, user, given).or_refuse(), reason=reason)[
        0
    ]


def _ask(request: HttpRequest, item: WorkItem, action: str, form: forms.Form, *, status: int) -> HttpResponse:
    context = {"item": item, "dialog": dialog(action, item, form)}
    return render(request, "worklists/action.html", context, status=status)


def dialogs(item: WorkItem, user: User, offers: list[Offer], offered: Choices) -> list[dict[str, Any]]:
    """The forms behind the buttons, for the page of the item."""
    return [dialog(offer.action, item, form_for(offer.action, item, offered)) for offer in offers if offer.asks]


def dialog(action: str, item: WorkItem, form: forms.Form) -> dict[str, Any]:
    label = LABELS.get(action) or ACTIONS[action].label
    return {"action": action, "label": label, "form": form, "goes_on": action in GOES_ON}


def form_for(action: str, item: WorkItem, offered: Choices, data: QueryDict | None = None) -> forms.Form:
    needs: dict[str, dict[str, Any]] = {
        "postpone": {"today": timezone.localdate()},
        "hand_over": {"offered": offered},
        "resolve": {"item": item},
        "ask_again": {"today": timezone.localdate()},
        "escalate": {"offered": offered},
        "hand_on": {"offered": offered},
        "ask": {"offered": offered, "today": timezone.localdate()},
    }
    return FORMS[action](data, initial={"version": item.version}, auto_id=f"{action}-%s", **needs.get(action, {}))


def _go_on(request: HttpRequest, item: WorkItem) -> HttpResponse:
    following = work.next_item(person(request), today=timezone.localdate())
    if following is None:
        answers.say_nothing_left(request, None)
        return redirect("my_queues")
    return redirect("item", following.pk)


def _take(item: WorkItem, user: User, given: dict[str, Any]) -> Done:
    return work.take([item.pk], user, expected_version=given["version"])


def _release(item: WorkItem, user: User, given: dict[str, Any]) -> Done:
    return work.release([item.pk], user, expected_version=given["version"])


def _note(item: WorkItem, user: User, given: dict[str, Any]) -> Done:
    return work.note([item.pk], user, text=given["text"])


def _postpone(item: WorkItem, user: User, given: dict[str, Any]) -> Done:
    version = given.pop("version")
    return work.postpone([item.pk], user, today=timezone.localdate(), expected_version=version, **given)


def _hand_over(item: WorkItem, user: User, given: dict[str, Any]) -> Done:
    to, reason, version = given["to"], given["reason"], given["version"]
    if isinstance(to, User):
        is_sure = given.get("away_confirmed", False)
        return work.hand_over([item.pk], user, to=to, reason=reason, away_confirmed=is_sure, expected_version=version)
    return work.move([item.pk], user, queue=to, reason=reason, expected_version=version)


def _resolve(item: WorkItem, user: User, given: dict[str, Any]) -> Done:
    version = given.pop("version")
    return work.resolve([item.pk], user, expected_version=version, **given)


def _reopen(item: WorkItem, user: User, given: dict[str, Any]) -> Done:
    return work.reopen([item.pk], user, reason=given["reason"], expected_version=given["version"])


def _return(item: WorkItem, user: User, given: dict[str, Any]) -> Done:
    return work.return_from_payer([item.pk], user, text=given["text"], expected_version=given["version"])


def _ask_colleague(item: WorkItem, user: User, given: dict[str, Any]) -> Done:
    version = given.pop("version")
    return asking.ask([item.pk], user, today=timezone.localdate(), expected_version=version, **given)


def _ask_again(item: WorkItem, user: User, given: dict[str, Any]) -> Done:
    return repairing.ask_again([item.pk], user, today=timezone.localdate(), on=given["on"], text=given["text"])


def _escalate(item: WorkItem, user: User, given: dict[str, Any]) -> Done:
    version = given.pop("version")
    return escalating.escalate([item.pk], user, today=timezone.localdate(), expected_version=version, **given)


def _acknowledge(item: WorkItem, user: User, given: dict[str, Any]) -> Done:
    return escalating.acknowledge([item.pk], user)


def _hand_on(item: WorkItem, user: User, given: dict[str, Any]) -> Done:
    return escalating.hand_on([item.pk], user, to=given["to"], reason=given["reason"])


def _deescalate(item: WorkItem, user: User, given: dict[str, Any]) -> Done:
    return escalating.deescalate([item.pk], user, reason=given["reason"])


VERBS: dict[str, Callable[[WorkItem, User, dict[str, Any]], Done]] = {
    "take": _take,
    "release": _release,
    "note": _note,
    "postpone": _postpone,
    "hand_over": _hand_over,
    "resolve": _resolve,
    "reopen": _reopen,
    "return": _return,
    "ask": _ask_colleague,
    "ask_again": _ask_again,
    "escalate": _escalate,
    "acknowledge": _acknowledge,
    "hand_on": _hand_on,
    "deescalate": _deescalate,
}
