"""One action on many items: those ticked, or all that match the filter as the server reads it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import WORKERS, person, roles
from accounts.models import User
from accounts.once import once
from worklists import acts, choices, escalating, repairing, work
from worklists.changes import Done, Items
from worklists.forms import BULK, FITTING, bulk_actions, bulk_form
from worklists.models import BulkAct
from worklists.models.items import WorkItemQuerySet
from worklists.views import answers, selection
from worklists.views.selection import Selection

DONE_WORDS = {
    "hand_over": "Handed over",
    "postpone": "Postponed",
    "note": "Note added",
    "release": "Put back",
    "bring_back": "Brought back",
    "ask_again": "To be asked again",
    "withdraw": "Questions withdrawn",
    "acknowledge": "Acknowledged",
    "deescalate": "Escalation ended",
}
Verb = Callable[[Items], Done]


@require_POST
@roles(*WORKERS)
@once
def bulk(request: HttpRequest) -> HttpResponse:
    user, today = person(request), timezone.localdate()
    action, _, is_filled_in = request.POST.get("action", "").partition(":")
    if action not in bulk_actions(user, *FITTING):
        raise PermissionDenied
    meant = selection.read(request, request.POST)
    offered = choices.for_filters(user)
    items = selection.items_of(request, meant, offered)
    form = bulk_form(action, offered, today, request.POST if is_filled_in else None)
    if not (is_filled_in and form.is_valid()):
        return _ask(request, meant, action, form, items)
    kind, reason, verb = ACTS[action](user, form.cleaned_data)
    if kind is None:
        act, answer = None, verb(items)
    else:
        act, answer = acts.remember(kind, items, user, verb, reason=reason)
    answers.tell(request, DONE_WORDS[action], answer, act)
    return redirect(meant.back_url)


def _ask(
    request: HttpRequest, meant: Selection, action: str, form: forms.Form, items: WorkItemQuerySet
) -> HttpResponse:
    """The same question as a page of its own: without JavaScript, and when something in the form is wrong."""
    context: dict[str, Any] = {
        "meant": meant,
        "action": action,
        "label": BULK[action][0],
        "form": form,
        "count": selection.count_of(items),
    }
    return render(request, "worklists/bulk.html", context, status=422 if form.is_bound else 200)


Asked = tuple[BulkAct.Kind | None, str, Verb]
"""As which kind it can be undone (None: not at all), the reason given, and the verb itself."""


def _hand_over(user: User, given: dict[str, Any]) -> Asked:
    to, reason, is_sure = given["to"], given["reason"], given.get("away_confirmed", False)
    if isinstance(to, User):
        return (
            BulkAct.Kind.HANDED_OVER,
            reason,
            lambda items: work.hand_over(items, user, to=to, reason=reason, away_confirmed=is_sure),
        )
    return BulkAct.Kind.MOVED, reason, lambda items: work.move(items, user, queue=to, reason=reason)


def _postpone(user: User, given: dict[str, Any]) -> Asked:
    today = timezone.localdate()
    return BulkAct.Kind.POSTPONED, given["because"], lambda items: work.postpone(items, user, today=today, **given)


def _release(user: User, given: dict[str, Any]) -> Asked:
    return BulkAct.Kind.RELEASED, "", lambda items: work.release(items, user)


def _note(user: User, given: dict[str, Any]) -> Asked:
    return None, "", lambda items: work.note(items, user, text=given["text"])


def _bring_back(user: User, given: dict[str, Any]) -> Asked:
    return None, "", lambda items: repairing.bring_back(items, user, **given)


def _ask_again(user: User, given: dict[str, Any]) -> Asked:
    today = timezone.localdate()
    return None, "", lambda items: repairing.ask_again(items, user, today=today, **given)


def _withdraw(user: User, given: dict[str, Any]) -> Asked:
    return None, "", lambda items: repairing.withdraw_questions(items, user, **given)


def _acknowledge(user: User, given: dict[str, Any]) -> Asked:
    return None, "", lambda items: escalating.acknowledge(items, user)


def _deescalate(user: User, given: dict[str, Any]) -> Asked:
    return None, "", lambda items: escalating.deescalate(items, user, **given)


ACTS: dict[str, Callable[[User, dict[str, Any]], Asked]] = {
    "hand_over": _hand_over,
    "postpone": _postpone,
    "release": _release,
    "note": _note,
    "bring_back": _bring_back,
    "ask_again": _ask_again,
    "withdraw": _withdraw,
    "acknowledge": _acknowledge,
    "deescalate": _deescalate,
}
