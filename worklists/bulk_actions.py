"""What a list offers to do to many items at once: which actions, and their forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from accounts.models import User
from worklists.choices import Choices, Offered
from worklists.forms import PostponeForm, TakeForm
from worklists.item_actions import ITEM_ACTIONS, ItemAction, actions_on_each, form_of

BULK_FORM = "bulk"
AT_HAND = ("hand_over", "postpone", "note", "release")
"""Whose forms stand in every list."""
USUAL = ("resolve", "take", "ask", "escalate")
"""Whose forms are a page of their own, so that a list does not carry what few people open."""
FITTING = {
    "deferred": ("bring_back",),
    "postponed": ("bring_back",),
    "no_answer": ("return", "ask_again"),
    "waiting": ("return", "ask_again"),
    "asking": ("withdraw",),
    "escalated": ("acknowledge", "hand_on", "deescalate"),
    "resolved": ("reopen",),
    "any": ("reopen",),
}
"""What else may be done to the items of one list, in one state, or of one kind that is watched."""
MOST_IN_SIGHT = 4
ROOM, AROUND = 62, 4
"""The line under a list holds so many letters of buttons on 768 pixels; the edges of a button take as much as some."""


def bulk_actions(user: User, *shown: str) -> tuple[str, ...]:
    """What this person may do to many items at once, specialists to free ones and their own. `shown`: the list, and the
    state and the kind that is watched in it.
    """
    if not user.may_work:
        return ()
    fitting = dict.fromkeys(action for each in shown for action in FITTING.get(each, ()))
    return (*fitting, *AT_HAND, *USUAL, *(action.name for action in actions_on_each()))


def bulk_form(
    action: ItemAction, offered: Choices, today: date, data: QueryDict | None = None, *, many: Sequence[int] = ()
) -> forms.Form:
    """The form of one bulk action. Its fields belong to the form of the list, wherever they stand in the page.
    `many` are the items, for a form that offers something of them.
    """
    form = form_of(action, offered, today, data, many=many, prefix=action.name, use_required_attribute=False)
    for field in form.fields.values():
        field.widget.attrs["form"] = BULK_FORM
    if isinstance(form, PostponeForm):
        names = {"day_field": form.add_prefix(form.day_field), "days_field": form.add_prefix("days")}
        form.why_late.tell_of_many(today, **names)
    return form


@dataclass(frozen=True)
class Bulk:
    """Every bulk action of a person on one list; those at hand and those that fit what is shown have an empty form."""

    SPLIT: ClassVar = "Split or reassign"
    names: tuple[str, ...]
    offered: Offered
    today: date
    splits: bool = False
    """Whether a button for splitting them stands there as well."""

    def __bool__(self) -> bool:
        return bool(self.names)

    @property
    def kept_by(self) -> tuple[Any, ...]:
        return self.names, self.offered.kept_by, self.today, self.splits

    @property
    def in_sight(self) -> int:
        """How many actions stand beside each other in one line; the others stand behind "More"."""
        labels = [ITEM_ACTIONS[name].label for name in self.names]
        taken = [self.SPLIT] if self.splits else []
        fits = (
            count
            for count in range(2, MOST_IN_SIGHT + 1 - len(taken))
            if sum(len(label) + AROUND for label in taken + labels[:count]) <= ROOM
        )
        return max(fits, default=1)

    @property
    def beside_the_first(self) -> list[dict[str, Any]]:
        return self.actions[1 : self.in_sight]

    @property
    def behind_more(self) -> list[dict[str, Any]]:
        return self.actions[self.in_sight :]

    @cached_property
    def actions(self) -> list[dict[str, Any]]:
        return [
            {
                "action": name,
                "label": ITEM_ACTIONS[name].label,
                "key": ITEM_ACTIONS[name].key,
                "form": self._form(name),
                "lasts": ITEM_ACTIONS[name].lasts,
                "asks_nothing": ITEM_ACTIONS[name].form is TakeForm,
            }
            for name in self.names
        ]

    def _form(self, name: str) -> forms.Form | None:
        return None if name in USUAL or needs_more(name) else bulk_form(ITEM_ACTIONS[name], self.offered, self.today)


def needs_more(name: str) -> bool:
    """Whether its form offers what a list does not read."""
    return name == "hand_on" or ITEM_ACTIONS[name].asks is not None
