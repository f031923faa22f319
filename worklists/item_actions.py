"""What people may do to items: one table for one item and for many, so that neither can do what the other cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from worklists import asking, choosing_parts, parts_sent, repairing, work
from worklists.asking_forms import AskForm, EscalateForm, HandOnForm
from worklists.changes import Done, Items
from worklists.choices import Choices
from worklists.forms import (
    AnswerForm,
    AskAgainForm,
    ChoosePartForm,
    HandOverForm,
    NoteForm,
    PostponeForm,
    ReasonForm,
    RefusedPartForm,
    ResolveForm,
    TakeForm,
)
from worklists.models import BulkAct, Queue, WorkItem
from worklists.watch import escalating

Given = dict[str, Any]
Verb = Callable[[Items, User, Given, int | None], Done]
Kind = BulkAct.Kind


@dataclass(frozen=True, slots=True)
class ItemAction:
    """One action. `said` tells of one item, `done` of many. `alone`: fields that only one item can have."""

    name: str
    label: str
    form: type[forms.Form]
    kind: BulkAct.Kind
    said: str
    done: str
    do: Verb
    key: str = ""
    alone: tuple[str, ...] = ()
    for_many_only: bool = False
    for_one_only: bool = False
    adds: bool = False
    """Overwrites nothing, so it is done whatever others did since the list was shown."""
    asks: Callable[[Sequence[int], date], Given] | None = None
    """What its form offers of the items themselves: it is then done to one after the other."""
    after: str = ""
    """What to do next, said when it is done."""

    @property
    def offers(self) -> bool:
        """Whether its form offers people, queues or teams."""
        return self.form in (HandOverForm, AskForm, EscalateForm, HandOnForm)

    def kind_of(self, given: Given) -> BulkAct.Kind:
        """As what it is kept: handing over to a queue is moving."""
        return Kind.MOVED if self.kind is Kind.HANDED_OVER and isinstance(given.get("to"), Queue) else self.kind

    @property
    def lasts(self) -> bool:
        """Whether it can never be undone."""
        return self.kind in BulkAct.LASTING


def _versioned(verb: Callable[..., Done]) -> Verb:
    """Does nothing to an item that somebody changed since the person saw it."""

    def do(items: Items, user: User, given: Given, version: int | None) -> Done:
        return verb(items, user, expected_version=version, **given)

    return do


def _dated(verb: Callable[..., Done]) -> Verb:
    """As `_versioned`, for a verb that also needs to know which day it is."""

    def do(items: Items, user: User, given: Given, version: int | None) -> Done:
        return verb(items, user, today=timezone.localdate(), expected_version=version, **given)

    return do


def _whatever_the_version(verb: Callable[..., Done]) -> Verb:
    """For what overwrites nothing, or is asked of many items only."""

    def do(items: Items, user: User, given: Given, version: int | None) -> Done:
        return verb(items, user, **given)

    return do


def _hand_over(items: Items, user: User, given: Given, version: int | None) -> Done:
    """To a person, or to another queue: two verbs behind one form."""
    to, reason = given["to"], given["reason"]
    if isinstance(to, User):
        is_sure = given.get("away_confirmed", False)
        return work.hand_over(items, user, to=to, reason=reason, away_confirmed=is_sure, expected_version=version)
    return work.move(items, user, queue=to, reason=reason, expected_version=version)


def _resolve(items: Items, user: User, given: Given, version: int | None) -> Done:
    """Closes them, or where claims went out for some parts of one: leaves it open for the others."""
    if "parts" not in given:
        return work.resolve(items, user, expected_version=version, **given)
    said = {name: given[name] for name in ("parts", "resolution", "root_cause", "preventable", "text")}
    return parts_sent.send(items, user, expected_version=version, **said)


ITEM_ACTIONS = {
    action.name: action
    for action in (
        ItemAction("take", "Take", TakeForm, Kind.TAKEN, "{item} is yours.", "Taken", _versioned(work.take), key="m"),
        ItemAction(
            "release",
            "Put back",
            TakeForm,
            Kind.RELEASED,
            "{item} is back in its queue.",
            "Put back",
            _versioned(work.release),
            key="u",
        ),
        ItemAction(
            "note",
            "Note",
            NoteForm,
            Kind.NOTED,
            "Note added to {item}.",
            "Note added",
            _whatever_the_version(work.note),
            key="n",
            adds=True,
        ),
        ItemAction(
            "postpone",
            "Postpone",
            PostponeForm,
            Kind.POSTPONED,
            "{item} is postponed.",
            "Postponed",
            _dated(work.postpone),
            key="t",
        ),
        ItemAction(
            "hand_over",
            "Hand over",
            HandOverForm,
            Kind.HANDED_OVER,
            "{item} is handed over.",
            "Handed over",
            _hand_over,
            key="a",
        ),
        ItemAction(
            "resolve",
            "Resolve",
            ResolveForm,
            Kind.RESOLVED,
            "{item} is resolved. It can be reopened.",
            "Resolved",
            _resolve,
            key="e",
            alone=("recovered_amount",),
        ),
        ItemAction(
            parts_sent.REFUSED_PART,
            "The payer refused a part",
            RefusedPartForm,
            Kind.RETURNED,
            "Recorded. Of {item} that part is to be answered again.",
            "Refusal recorded",
            _versioned(parts_sent.refused),
            for_one_only=True,
        ),
        ItemAction(
            choosing_parts.CHOOSE_PART,
            "Change which part was paid",
            ChoosePartForm,
            Kind.PART_CHOSEN,
            "Changed. What {item} counts follows.",
            "Part chosen",
            _versioned(choosing_parts.choose_again),
            for_one_only=True,
        ),
        ItemAction(
            "reopen",
            "Reopen",
            ReasonForm,
            Kind.REOPENED,
            "{item} is open again.",
            "Reopened",
            _versioned(work.reopen),
            key="o",
        ),
        ItemAction(
            "return",
            "Answer came",
            AnswerForm,
            Kind.RETURNED,
            "{item} is open again: the answer is in its timeline.",
            "Answer recorded",
            _versioned(work.return_from_payer),
        ),
        ItemAction(
            "ask",
            "Ask a colleague",
            AskForm,
            Kind.ASKED,
            "Asked. {item} waits for the answer, and its deadline runs on.",
            "Asked about",
            _dated(asking.ask),
            key="q",
        ),
        ItemAction(
            "ask_again",
            "Ask again later",
            AskAgainForm,
            Kind.ASK_AGAIN,
            "{item} asks for attention again on that day.",
            "To be asked again",
            _dated(repairing.ask_again),
            key="s",
        ),
        ItemAction(
            "escalate",
            "Escalate",
            EscalateForm,
            Kind.ESCALATED,
            "{item} is escalated.",
            "Escalated",
            _dated(escalating.escalate),
            key="l",
        ),
        ItemAction(
            "acknowledge",
            "Acknowledge",
            TakeForm,
            Kind.ACKNOWLEDGED,
            "You acknowledged the escalation of {item}.",
            "Acknowledged",
            _versioned(escalating.acknowledge),
            key="y",
        ),
        ItemAction(
            "hand_on",
            "Hand the escalation on",
            HandOnForm,
            Kind.HANDED_ON,
            "The escalation of {item} is handed on.",
            "Escalation handed on",
            _versioned(escalating.hand_on),
        ),
        ItemAction(
            "deescalate",
            "End escalation",
            ReasonForm,
            Kind.DEESCALATED,
            "The escalation of {item} has ended.",
            "Escalation ended",
            _versioned(escalating.deescalate),
            key="d",
        ),
        ItemAction(
            "bring_back",
            "Bring back now",
            ReasonForm,
            Kind.BROUGHT_BACK,
            "{item} is back.",
            "Brought back",
            _whatever_the_version(repairing.bring_back),
            key="b",
            for_many_only=True,
        ),
        ItemAction(
            "withdraw",
            "Withdraw questions",
            ReasonForm,
            Kind.WITHDRAWN,
            "The questions about {item} are withdrawn.",
            "Questions withdrawn",
            _whatever_the_version(repairing.withdraw_questions),
            key="w",
            for_many_only=True,
        ),
    )
}


def also(action: ItemAction) -> None:
    """Called in the `ready()` of the app whose verb it is."""
    ITEM_ACTIONS[action.name] = action


def actions_on_each() -> list[ItemAction]:
    """What is done to many items one after the other; to one item its page does it in a part of its own."""
    return [action for action in ITEM_ACTIONS.values() if action.asks]


def form_of(
    action: ItemAction,
    offered: Choices,
    today: date,
    data: QueryDict | None = None,
    *,
    item: WorkItem | None = None,
    many: Sequence[int] = (),
    **options: Any,
) -> forms.Form:
    """The form of an action with what it offers. Without `item` it is about many, and asks only what many can have."""
    needs: dict[str, dict[str, Any]] = {
        "postpone": {
            "today": today,
            "last_safe": item.can_wait_until(today) if item else None,
            "is_of_many": item is None,
        },
        "ask_again": {"today": today},
        "hand_over": {"offered": offered},
        "escalate": {"offered": offered},
        "hand_on": {"offered": offered},
        "ask": {"offered": offered, "today": today, "deadline": item.deadline if item else None},
        "resolve": {"item": item},
    }
    if action.name == "resolve" and item is not None and item.pk:
        needs["resolve"]["held"] = parts_sent.held_by(item)
    if action.name == parts_sent.REFUSED_PART:
        needs[action.name] = {"today": today, "held": parts_sent.held_by(item) if item else parts_sent.Held()}
    if action.name == choosing_parts.CHOOSE_PART:
        said = choosing_parts.said_of(item) if item else []
        needs[action.name] = {"instead": [choice for each in said for choice in each.instead]}
    if action.asks:
        needs[action.name] = action.asks(many, today)
    form = action.form(data, **needs.get(action.name, {}), **options)
    if item is None:
        for name in ("version", *action.alone):
            form.fields.pop(name, None)
    return form


def as_sent(form: forms.Form) -> dict[str, list[str]]:
    """What was filled in, so that the same can be asked of other items in the same words."""
    data: QueryDict = form.data  # type: ignore[assignment]
    return {name: data.getlist(form.add_prefix(name)) for name in form.fields if name != "version"}


def split_version(form: forms.Form) -> tuple[Given, int | None]:
    """The values of a valid form, and apart from them which version of the item the person saw."""
    given = dict(form.cleaned_data)
    return given, given.pop("version", None)
