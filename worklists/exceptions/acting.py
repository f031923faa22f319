"""What people do on the pages of exceptions: each form leads to one verb of `deciding`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import WORKERS, person, roles
from accounts.asked import whole_number
from accounts.last_done import say_kept
from accounts.models import User
from accounts.once import once
from accounts.refusal import Refused
from denials.models import ExceptionCase
from worklists.exceptions import deciding
from worklists.exceptions.forms import AskForm, AssignForm, DecideForm, ReasonForm
from worklists.exceptions.views import case_of, case_page


@require_POST
@roles(*WORKERS)
@once
def exception_action(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    found = case_of(request, pk)
    if action not in ACTIONS:
        raise Http404
    kind, verb = ACTIONS[action]
    form = _form(kind, request.POST, prefix=action)
    if form is not None and not form.is_valid():
        return case_page(request, found, {action: form}, status=422)
    say_kept(request, verb(request, found, person(request), form.cleaned_data if form else {}))
    return redirect("exception", pk=found.pk)


@require_POST
@roles(*WORKERS)
@once
def exceptions_bulk(request: HttpRequest) -> HttpResponse:
    """One decision about many cases: asked for on a page of its own, then done."""
    user = person(request)
    action, _, is_filled_in = request.POST.get("action", "").partition(":")
    kind: type[forms.Form] = AssignForm if action == "assign" else ReasonForm
    ids = [number for text in request.POST.getlist("pick") if (number := whole_number(text)) is not None]
    rows = ExceptionCase.objects.visible_to(user).open().filter(pk__in=ids)
    if not ids:
        raise Refused("Nothing was changed: no exception is ticked. Go back and tick the ones you mean.")
    form = kind(request.POST) if is_filled_in else kind()
    if not (is_filled_in and form.is_valid()):
        context = {"action_name": action, "form": form, "picked": ids, "count": rows.count()}
        return render(request, "exceptions/bulk.html", context, status=422 if form.is_bound else 200)
    if action == "assign":
        count = deciding.assign(rows, user, team=form.cleaned_data["team"], person=form.cleaned_data["person"])
        say_kept(request, f"{_counted(count, 'exception')} handed over.")
    else:
        count = deciding.accept(rows, user, reason=form.cleaned_data["reason"])
        say_kept(request, f"{_counted(count, 'exception')} left as {'it is' if count == 1 else 'they are'}.")
    return redirect("exceptions")


def _form(kind: type[forms.Form] | None, data: Any, prefix: str) -> forms.Form | None:
    if kind is None:
        return None
    if kind is AskForm:
        return AskForm(data, prefix=prefix, today=timezone.localdate())
    return kind(data, prefix="decide" if kind is DecideForm else prefix)


ALL_PARTS = "all"
Verb = Callable[[HttpRequest, ExceptionCase, User, dict[str, Any]], str]


def _accept(request: HttpRequest, found: ExceptionCase, user: User, values: dict[str, Any]) -> str:
    deciding.accept(ExceptionCase.objects.filter(pk=found.pk), user, reason=values["reason"])
    return "Left as it is. Your name and reason stand in its history."


def _assign(request: HttpRequest, found: ExceptionCase, user: User, values: dict[str, Any]) -> str:
    deciding.assign(ExceptionCase.objects.filter(pk=found.pk), user, team=values["team"], person=values["person"])
    return f"Handed over to {values['person'] or values['team']}."


def _take(request: HttpRequest, found: ExceptionCase, user: User, values: dict[str, Any]) -> str:
    deciding.take(found, user)
    return "This exception is yours now."


def _ask(request: HttpRequest, found: ExceptionCase, user: User, values: dict[str, Any]) -> str:
    today = timezone.localdate()
    asked = deciding.ask_payer(found, user, text=values["text"], again_on=values["again_on"], today=today)
    return f"Written down here and on {_counted(asked.done, 'item')}."


def _confirm(request: HttpRequest, found: ExceptionCase, user: User, values: dict[str, Any]) -> str:
    decided = deciding.confirm(found, user, _picked(request), reason=values["reason"])
    return f"{_counted(decided.done, 'claim')} confirmed as denied: the items stay in work."


def _dismiss(request: HttpRequest, found: ExceptionCase, user: User, values: dict[str, Any]) -> str:
    decided = deciding.dismiss(found, user, _picked(request), reason=values["reason"])
    told = f"{_counted(decided.done, 'claim')} closed as a contract write-down."
    left = decided.refused
    return f"{told} {_counted(len(left), 'item')} left as before: {left[0].sentence}" if left else told


def _choose(request: HttpRequest, found: ExceptionCase, user: User, values: dict[str, Any]) -> str:
    chosen = whole_number(request.POST.get("result", ""))
    if chosen is None:
        raise Refused("Nothing was changed: choose one of the results on the page.")
    deciding.choose(found, user, chosen)
    return "The reversal is linked to the result that you chose."


def _choose_part(request: HttpRequest, found: ExceptionCase, user: User, values: dict[str, Any]) -> str:
    said = request.POST.get("part", "")
    chosen = whole_number(said)
    if chosen is None and said != ALL_PARTS:
        raise Refused("Nothing was changed: choose one of the parts on the page.")
    deciding.choose_part(found, user, chosen)
    return "The payment counts for what you chose, and the item of the claim says so."


def _choose_claim(request: HttpRequest, found: ExceptionCase, user: User, values: dict[str, Any]) -> str:
    chosen = whole_number(request.POST.get("result", ""))
    if chosen is None:
        raise Refused("Nothing was changed: choose one of the claims on the page.")
    deciding.choose_claim(found, user, chosen)
    return "The takeback is about the claim that you chose now: its item says so, and that of the other claim too."


def _recheck(request: HttpRequest, found: ExceptionCase, user: User, values: dict[str, Any]) -> str:
    closed = deciding.look_again(found, user)
    return "Nothing is held up by it any more: closed." if closed else "Looked again: it still holds something up."


def _picked(request: HttpRequest) -> list[int]:
    return [number for text in request.POST.getlist("pick") if (number := whole_number(text)) is not None]


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


ACTIONS: dict[str, tuple[type[forms.Form] | None, Verb]] = {
    "accept": (ReasonForm, _accept),
    "assign": (AssignForm, _assign),
    "take": (None, _take),
    "ask": (AskForm, _ask),
    "confirm": (DecideForm, _confirm),
    "dismiss": (DecideForm, _dismiss),
    "choose": (None, _choose),
    "choose_part": (None, _choose_part),
    "choose_claim": (None, _choose_claim),
    "recheck": (None, _recheck),
}
