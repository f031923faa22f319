"""The same action with the same words on items like one that was done: undone together, refused one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db import transaction
from django.http import QueryDict

from accounts.models import User
from accounts.refusal import Refused
from worklists import acts, alike, choices, since
from worklists.alike import Alike
from worklists.changes import Done, Items
from worklists.domain import ticklers
from worklists.forms import PostponeForm
from worklists.item_actions import ITEM_ACTIONS, Given, ItemAction, as_sent, form_of
from worklists.models import Activity, BulkAct, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.since import NOTHING, LeftOut, Seen
from worklists.tickler_fields import late_words

OFFERED = ("resolve", "postpone", "hand_over", "ask", "ask_again", "return", "escalate", "note")
"""After these a person may want the same for items like it."""


def action_of(act: BulkAct | None) -> ItemAction | None:
    """What could be repeated of an act; None where nobody filled in a form for it, or it was about parts of a claim."""
    if act is None or act.action not in OFFERED or "parts" in act.given:
        return None
    return ITEM_ACTIONS.get(act.action)


def act_on(item: WorkItem, user: User, pk: int | None) -> BulkAct | None:
    """What this person did to this item; anybody else's act is not theirs to repeat."""
    return BulkAct.objects.filter(pk=pk, actor=user, rows__item=item).first() if pk else None


def sweep(
    act: BulkAct, item: WorkItem, user: User, picked: list[int], today: date, seen: Seen = NOTHING
) -> tuple[BulkAct | None, Done]:
    """Repeats `act`, which was done to `item`, on the ticked items that are like it.

    Raises Refused where the same cannot be asked again, such as a day that has come meanwhile.
    """
    action = action_of(act)
    if action is None:
        raise Refused("Nothing was changed: this cannot be done again. Choose the items in a list instead.")
    ids = alike.among(item, user, picked)
    if not ids:
        raise Refused("Nothing was changed: none of the items ticked is open and like this one any more.")
    form = _as_given(act, action, today)
    if not form.is_valid():
        faults = " ".join(f"{name}: {' '.join(map(str, errors))}" for name, errors in form.errors.items())
        raise Refused(f"Nothing was changed: the same words do not fit any more. {faults}")
    return do(action, form, ids, user, seen)


@dataclass(frozen=True, slots=True)
class ComingBack:
    """When items would come back if the same postponement were done to them. `words` tell of those ticked."""

    on: date
    words: str
    is_late: bool
    """One of them would come back after its last safe day."""
    moved: str
    """That this day is no business day, where it is none."""
    has_reason: bool
    """Whether it was said why an item may come back after its last safe day."""


def coming_back(act: BulkAct | None, offered: list[Alike], today: date) -> ComingBack | None:
    """None where the act is no postponement, or its day has come."""
    action = action_of(act)
    if act is None or action is None or action.form is not PostponeForm:
        return None
    form = _as_given(act, action, today)
    if not form.is_valid():
        return None
    on, ticked = form.cleaned_data["until"], [each for each in offered if each.is_ticked]
    safe = [each.safe_until for each in ticked if each.safe_until]
    is_late = any(day < on for day in safe)
    words, has_reason = late_words(len(ticked), safe, on, today), bool(form.cleaned_data["late_because"])
    return ComingBack(on, words, is_late, ticklers.moved_words_of_many(on), has_reason)


def _as_given(act: BulkAct, action: ItemAction, today: date) -> forms.Form:
    """The form of the action, filled in as it was then."""
    data = QueryDict(mutable=True)
    for name, values in act.given.items():
        data.setlist(name, values)
    return form_of(action, choices.for_hand_over(), today, data)


def do(
    action: ItemAction, form: forms.Form, items: Items, user: User, seen: Seen = NOTHING
) -> tuple[BulkAct | None, Done]:
    """Does to all of them what a sound form says, as one act that can be taken back. What somebody else changed since
    is left as it is.
    """
    given = form.cleaned_data
    return acts.remember(
        action.kind_of(given),
        items,
        user,
        lambda ids: _heeding_others(action, ids, user, given, seen),
        reason=acts.reason_in(given),
        asked=acts.Asked(action.name, as_sent(form)),
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """What an act would do and refuse, and which items it leaves out because somebody else changed them meanwhile."""

    answer: Done
    left_out: LeftOut

    @property
    def count(self) -> int:
        return len(self.answer.done)


def preview(action: ItemAction, form: forms.Form, items: WorkItemQuerySet, user: User, seen: Seen) -> Preview:
    """The act is done, and taken back before anybody can see it."""
    ids = list(items.values_list("pk", flat=True))
    with transaction.atomic():
        changed = changed_by_others(action, ids, user, seen)
        answer = action.do([pk for pk in ids if pk not in changed], user, dict(form.cleaned_data), None)
        transaction.set_rollback(True)
    return Preview(answer, since.left_out(changed, user))


def changed_by_others(action: ItemAction, items: Iterable[int], user: User, seen: Seen) -> dict[int, Activity]:
    return {} if action.adds else since.by_others(items, user, seen)


def _heeding_others(action: ItemAction, ids: list[int], user: User, given: Given, seen: Seen) -> Done:
    changed = changed_by_others(action, ids, user, seen)
    answer = action.do([pk for pk in ids if pk not in changed], user, dict(given), None)
    return Done(answer.done, answer.refused + since.refusals(changed), answer.parts)


def in_words(act: BulkAct, today: date) -> list[tuple[str, str]]:
    """What was filled in, as the form asks for it: labels and values as people read them."""
    action = action_of(act)
    if action is None:
        return []
    form = form_of(action, choices.for_hand_over(), today)
    found = []
    for name, field in form.fields.items():
        values = [value for value in act.given.get(name, []) if value]
        if values:
            known = dict(_flat(getattr(field, "choices", [])))
            found.append((str(field.label), ", ".join(str(known.get(value, value)) for value in values)))
    return found


def _flat(offered: object) -> list[tuple[str, str]]:
    """Choices without their groups."""
    flat: list[tuple[str, str]] = []
    for key, label in offered:  # type: ignore[attr-defined]
        flat += label if isinstance(label, list) else [(str(key), str(label))]
    return flat
