"""One letter: drafted from an item, written, sent, answered. Each action is a form, one verb, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import EVERYBODY, WORKERS, get_visible_or_404, note_access, person, roles
from accounts.models import User
from accounts.once import once
from accounts.refusal import Conflict, Refused
from appeals import drafting, outcomes, sheet, submission, unsaved
from appeals.forms import AnswerForm, AppealForm, AskAgainForm, LetterForm, SendForm, TemplateForm, WithdrawForm
from appeals.levels import last_day_of
from appeals.models import Appeal
from appeals.offers import OFFERS, Offer, may_edit, offers_for
from worklists import timing
from worklists.models import Activity, WorkItem
from worklists.views import answers, list_position, stale
from worklists.wording import day

LATELY = 5
FORMS: dict[str, type[AppealForm]] = {
    "send": SendForm,
    "answer": AnswerForm,
    "ask-again": AskAgainForm,
    "template": TemplateForm,
    "withdraw": WithdrawForm,
}


@require_POST
@roles(*WORKERS)
@once
def appeal_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Drafts a letter about an item, or opens the one in hand."""
    item: WorkItem = get_visible_or_404(WorkItem.objects.all(), person(request), pk=pk)
    drafted = drafting.draft(item, person(request), today=timezone.localdate())
    timing.note(request, item.pk, "draft")
    return list_position.stay(request, "appeal", drafted.pk)


@require_safe
@roles(*EVERYBODY)
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    found = _get(request, pk)
    form = LetterForm(appeal=found, today=timezone.localdate()) if may_edit(found, person(request)) else None
    return _page(request, found, None if "read" in request.GET else form)


@require_POST
@roles(*WORKERS)
@once
def appeal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves a draft. Whatever is refused, what was typed stays on the page."""
    found = _get(request, pk)
    form = LetterForm(request.POST, appeal=found, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        drafting.edit(found, person(request), form.letter(), expected_version=form.cleaned_data["version"])
    except Refused as refused:
        return _refused(request, pk, form, refused)
    timing.note(request, found.item_id, "edit")
    answers.say_added(request, "Letter saved.", found.item_id)
    return list_position.stay(request, "appeal", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def appeal_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """One action on one letter. With GET, its form as a page of its own."""
    if action not in FORMS:
        raise Http404
    found = _get(request, pk)
    form = _form(action, found, request)
    if not form.is_valid():
        return _ask(request, found, action, form, status=422 if form.is_bound else 200)
    try:
        VERBS[action](found, person(request), form)
    except Refused as refused:  # shown with the form, so that nobody loses what they wrote
        return _ask_on_top(request, pk, action, form, refused)
    timing.note(request, found.item_id, action)
    said = WITHDRAWN_LATE if action == "withdraw" and not found.item.is_open else SAID[action]
    answers.say_with_undo(request, f"{said} {form.moved_words}".strip(), None)
    return list_position.stay(request, "appeal", found.pk)


def _get(request: HttpRequest, pk: int) -> Appeal:
    found: Appeal = get_visible_or_404(sheet.with_their_facts(Appeal.objects.all()), person(request), pk=pk)
    found.deadline = last_day_of(found)
    note_access(request, "appeal", found.pk)
    return found


def _page(
    request: HttpRequest, found: Appeal, form: LetterForm | None, *, status: int = 200, saved: Appeal | None = None
) -> HttpResponse:
    offers = offers_for(found, person(request))
    # Where the letter is written, the page itself says what is not saved.
    begun_at = None if form else unsaved.begun_at(found, person(request))
    context: dict[str, Any] = {
        "appeal": found,
        "form": form,
        "may_edit": may_edit(found, person(request)),
        "offers": offers,
        "dialogs": [_dialog(offer, found, begun_at) for offer in offers],
        "saved_text": saved.body if saved else "",
    }
    return render(request, "appeals/appeal.html", context | sheet.facts_of(found), status=status)


def _refused(request: HttpRequest, pk: int, form: LetterForm, refused: Refused) -> HttpResponse:
    """The page again with what was typed. After a conflict the saved text stands beside it, for the person to join."""
    latest = _get(request, pk)
    is_conflict = isinstance(refused, Conflict)
    if is_conflict:
        data = request.POST.copy()
        data["version"] = str(latest.version)
        form = LetterForm(data, appeal=latest, today=form.today)
    form.is_valid()
    form.add_error(None, refused.sentence)
    return _page(request, latest, form, status=refused.status, saved=latest if is_conflict else None)


def _ask(
    request: HttpRequest, found: Appeal, action: str, form: AppealForm, *, status: int, since: Sequence[Activity] = ()
) -> HttpResponse:
    offer = next(offer for offer in OFFERS if offer.action == action)
    context = {"appeal": found, "dialog": {"offer": offer, "form": form}, "history": since}
    return render(request, "appeals/action.html", context, status=status)


def _ask_on_top(request: HttpRequest, pk: int, action: str, form: AppealForm, refused: Refused) -> HttpResponse:
    """The form with what was filled in. After a conflict what was done to the letter lately stands beside it."""
    latest = _get(request, pk)
    since = sheet.history_of(latest)[:LATELY] if isinstance(refused, Conflict) else []
    if action not in {offer.action for offer in offers_for(latest, person(request))}:
        return _too_late(request, latest, action, form, refused, since)
    stale.see_again(form, version=latest.version)
    form.add_error(None, refused.sentence)
    return _ask(request, latest, action, form, status=refused.status, since=since)


def _too_late(
    request: HttpRequest, found: Appeal, action: str, form: AppealForm, refused: Refused, since: Sequence[Activity]
) -> HttpResponse:
    """It can be done no more: what was done instead, and what was filled in, to be copied."""
    filled = [
        (field.label, _in_words(field, form.cleaned_data[field.name]))
        for field in form
        if not field.is_hidden and form.cleaned_data.get(field.name)
    ]
    offer = next(offer for offer in OFFERS if offer.action == action)
    context = {"appeal": found, "offer": offer, "sentence": refused.sentence, "filled": filled, "history": since}
    return render(request, "appeals/too_late.html", context, status=refused.status)


def _in_words(field: forms.BoundField, given: Any) -> str:
    """What was filled in as the form shows it."""
    if isinstance(given, date):
        return day(given)
    if isinstance(given, bool):
        return "yes"
    return str(dict(getattr(field.field, "choices", [])).get(given, given))


def _form(action: str, found: Appeal, request: HttpRequest) -> AppealForm:
    is_post = request.method == "POST"
    data, files = (request.POST, request.FILES) if is_post else (None, None)
    begun_at = unsaved.begun_at(found, person(request))
    return FORMS[action](data, files, appeal=found, today=timezone.localdate(), begun_at=begun_at)


def _dialog(offer: Offer, found: Appeal, begun_at: datetime | None) -> dict[str, Any]:
    return {"offer": offer, "form": FORMS[offer.action](appeal=found, today=timezone.localdate(), begun_at=begun_at)}


def _send(found: Appeal, user: User, form: Any) -> None:
    version = form.cleaned_data["version"]
    submission.mark_sent(found, user, form.sending(), today=form.today, expected_version=version)


def _answer(found: Appeal, user: User, form: Any) -> None:
    outcomes.record(found, user, form.answer(), today=form.today, expected_version=form.cleaned_data["version"])


def _ask_again(found: Appeal, user: User, form: Any) -> None:
    given = form.cleaned_data
    submission.ask_again(
        found, user, on=given["on"], said=given["said"], today=form.today, expected_version=given["version"]
    )


def _template(found: Appeal, user: User, form: Any) -> None:
    given = form.cleaned_data
    drafting.change_template(found, user, given["template"], expected_version=given["version"])


def _withdraw(found: Appeal, user: User, form: Any) -> None:
    given = form.cleaned_data
    drafting.withdraw(found, user, because=given["because"], expected_version=given["version"])


SAID = {
    "send": "Marked as sent. The item waits for the payer.",
    "answer": "Answer recorded.",
    "ask-again": "Noted. The new day to ask stands in the list.",
    "template": "The letter was begun again from the record.",
    "withdraw": "Letter withdrawn. The item stays open.",
}
WITHDRAWN_LATE = "Letter withdrawn. The item is closed and stays so."
VERBS: dict[str, Callable[[Appeal, User, Any], None]] = {
    "send": _send,
    "answer": _answer,
    "ask-again": _ask_again,
    "template": _template,
    "withdraw": _withdraw,
}
