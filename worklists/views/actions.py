"""What people do to one item: each action is a form, one verb, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import WORKERS, get_visible_or_404, person, roles
from accounts.last_done import left_nothing
from accounts.models import User
from accounts.once import once
from accounts.refusal import Conflict, Refused
from accounts.stand_ins import number, stand_in
from denials.models import Denial
from worklists import acts, alike, choices, item_sheet, presence, sweeping, timing
from worklists.capped import in_words
from worklists.choices import Choices
from worklists.choosing_parts import CHOOSE_PART
from worklists.domain.transitions import ACTIONS
from worklists.item_actions import ITEM_ACTIONS, ItemAction, as_sent, form_of, split_version
from worklists.models import BulkAct, WorkItem
from worklists.offers import Offer
from worklists.parts_sent import REFUSED_PART
from worklists.since import since
from worklists.tickler_fields import DayToComeBack
from worklists.views import answers, list_position
from worklists.wording import day

LABELS = {
    "resolve": "Resolve",
    REFUSED_PART: ITEM_ACTIONS[REFUSED_PART].label,
    CHOOSE_PART: ITEM_ACTIONS[CHOOSE_PART].label,
    "hand_on": "Hand the escalation on",
}
GOES_ON = ("resolve", "postpone", "hand_over", "ask")
"""Actions that end the work on this item for now, so the next one may open by itself."""
BRINGS_BACK = ("reopen", "bring_back", "withdraw", "take")
"""Actions by which an item that was done is to be worked again."""


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """One action on one item. With GET, its form as a page of its own."""
    kind = ITEM_ACTIONS.get(action)
    if kind is None or kind.for_many_only:
        raise Http404
    user = person(request)
    item: WorkItem = get_visible_or_404(item_sheet.items_to_act_on(), user, pk=pk)
    offered = choices.for_hand_over() if kind.offers else {}
    form = form_for(action, item, offered, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask(request, item, action, form, status=422 if form.is_bound else 200)
    try:
        kept = _do(kind, item, user, form)
    except Conflict as conflict:
        left_nothing(request)
        return _ask_on_top(request, item, action, form, conflict)
    except Refused as refused:  # shown with the form, so that nobody loses what they wrote
        left_nothing(request)
        form.add_error(None, refused.sentence)
        return _ask(request, item, action, form, status=refused.status)
    presence.leave(item.pk, user)
    timing.note(request, item.pk, action)
    more_url, more = _alike(request, item, kept)
    said = f"{_said(kind, item, form)} {_given_up(action, item)}".strip()
    if isinstance(form, DayToComeBack):
        said = f"{said} {form.moved_words}".strip()
    answers.say_with_undo(request, said, kept, more_url=more_url, more=more)
    if action in BRINGS_BACK:
        list_position.work_again(request, item.pk)
    goes_on = request.POST.get("then") == "next" and action in GOES_ON
    return list_position.go_on(request, item.pk) if goes_on else list_position.to_item(request, item.pk)


def _do(action: ItemAction, item: WorkItem, user: User, form: forms.Form) -> BulkAct | None:
    """Does the action, and keeps how the item stood before."""
    given, version = split_version(form)
    act, _ = acts.remember(
        action.kind_of(given),
        [item.pk],
        user,
        lambda ids: action.do(ids, user, given, version).or_refuse(),
        reason=acts.reason_in(given),
        asked=acts.Asked(action.name, as_sent(form)),
    )
    return act


def _said(action: ItemAction, item: WorkItem, form: forms.Form) -> str:
    named = f"Item {item.pk}"
    if "parts" not in form.cleaned_data:
        return action.said.format(item=named)
    return (
        f"Kept: a claim went out for the parts that you ticked. {named} stays open for the others; their days run on."
    )


def _given_up(action: str, item: WorkItem) -> str:
    """The day that putting back forgets, of the item as it was before."""
    if action != "release" or item.postponed_until is None:
        return ""
    return f"It was to come back on {day(item.postponed_until)}: who takes it next is not held to that day."


def _alike(request: HttpRequest, item: WorkItem, act: BulkAct | None) -> tuple[str, str]:
    """Where the same may be done to the others with this fault, and how many they are; empty where there is none."""
    if act is None or sweeping.action_of(act) is None:
        return "", ""
    number = alike.count(item, person(request))
    address = list_position.address(request, "item_alike", item.pk, act=act.pk)
    return (address, f"{in_words(number)} more like this") if number else ("", "")


def _ask(request: HttpRequest, item: WorkItem, action: str, form: forms.Form, *, status: int) -> HttpResponse:
    """As a page, or for the dialog of the page of the item, which asks for it when it opens."""
    context = {"item": item, "dialog": dialog(action, item, form), "given_up": _given_up(action, item)}
    part = "#dialog" if request.headers.get("HX-Request") else ""
    return render(request, f"worklists/action.html{part}", context, status=status)


def _ask_on_top(
    request: HttpRequest, item: WorkItem, action: str, form: forms.Form, conflict: Conflict
) -> HttpResponse:
    """Somebody was faster: what they did, beside what this person wrote, which may be saved on top of it."""
    found = since(item, form.cleaned_data.get("version"), action)
    data = request.POST.copy()
    data["version"] = str(found.version)
    again = form_for(action, item, choices.for_hand_over(), data)
    again.add_error(None, conflict.sentence)
    context = {"item": item, "dialog": dialog(action, item, again), "since": found}
    return render(request, "worklists/action.html", context, status=conflict.status)


def dialogs(item: WorkItem, offers: list[Offer], today: date) -> Dialogs:
    """The forms that the page of the item holds at once: those that offer nothing to choose from the database."""
    root_cause = item.root_cause or item.denial.root_cause
    known = today, item.can_wait_until(today), item.denial.preventable, root_cause
    return Dialogs(root_cause, (AtHand(offer.action, *known) for offer in offers if offer.is_at_hand))


@dataclass(frozen=True, slots=True)
class AtHand:
    """A dialog that is alike for many items. The version and the root cause of this one are put in when it is shown."""

    action: str
    today: date
    last_safe: date | None
    preventable: str
    root_cause: str

    @property
    def kept_by(self) -> str:
        return f"{self.action} {self.today} {self.last_safe} {self.preventable}"

    @property
    def label(self) -> str:
        return label_of(self.action)

    @property
    def goes_on(self) -> bool:
        return self.action in GOES_ON

    @property
    def form(self) -> forms.Form:
        like = WorkItem(
            version=number("version"),
            root_cause=stand_in("root_cause", self.root_cause),
            denial=Denial(preventable=self.preventable),
            last_safe_on=self.last_safe,
        )
        return form_for(self.action, like, {})


class Dialogs(list[AtHand]):
    """Dialogs that are written together."""

    def __init__(self, root_cause: str, dialogs: Iterable[AtHand]) -> None:
        super().__init__(dialogs)
        self.root_cause = root_cause

    @property
    def kept_by(self) -> str:
        return "|".join([each.kept_by for each in self])


def dialog(action: str, item: WorkItem, form: forms.Form) -> dict[str, Any]:
    return {"action": action, "label": label_of(action), "form": form, "goes_on": action in GOES_ON}


def label_of(action: str) -> str:
    return LABELS.get(action) or ACTIONS[action].label


def form_for(action: str, item: WorkItem, offered: Choices, data: QueryDict | None = None) -> forms.Form:
    options: dict[str, Any] = {"initial": {"version": item.version}, "auto_id": f"{action}-%s"}
    return form_of(ITEM_ACTIONS[action], offered, timezone.localdate(), data, item=item, **options)
