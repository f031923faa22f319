"""What a part of the item's page does to one item, for many: each takes them one after the other, by its own verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from worklists import item_actions, playbook_steps
from worklists.changes import Done, Items
from worklists.evidence import many
from worklists.evidence.forms import ElsewhereForm, RequestForm, StepForm
from worklists.item_actions import Given, ItemAction
from worklists.models import BulkAct

Kind = BulkAct.Kind
NONE_TO_TICK = "None of these has a step left to tick. Go back, and look at the playbook of one of them."

LEFT_OUT = (
    "Not shown: the steps of {} more playbooks that fewer of these items have. Choose items of one kind to see them."
)


class TickForm(forms.Form):
    template_name = "components/form.html"
    step = forms.ChoiceField(label="Which step is done", widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: list[tuple[str, str]], left_out: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = offered  # type: ignore[attr-defined]
        if not offered:
            self.fields["step"].help_text = NONE_TO_TICK
        elif left_out:
            self.fields["step"].help_text = LEFT_OUT.format(left_out)


def register() -> None:
    for action in ACTIONS:
        item_actions.also(action)


def _each(verb: Callable[..., Done]) -> item_actions.Verb:
    def do(items: Items, user: Any, given: Given, version: int | None) -> Done:
        return verb(items, user, **given)

    return do


EVIDENCE: tuple[tuple[str, str, type[forms.Form], BulkAct.Kind, str, Callable[..., Done]], ...] = (
    ("request", "Ask for records", RequestForm, Kind.REQUESTED, "Records asked for", many.request),
    ("receive", "Records are here", ElsewhereForm, Kind.RECEIVED, "Records received, and to be verified", many.receive),
    ("give_up", "Records not available", StepForm, Kind.NOT_AVAILABLE, "Records not available", many.give_up),
)
"""Steps of evidence: each with its words, its form, what it is kept as, what is said when it is done, and its verb."""
ACTIONS = (
    ItemAction(
        "tick",
        "Tick a step",
        TickForm,
        Kind.TICKED,
        "",
        "Step ticked",
        _each(playbook_steps.tick_each),
        for_many_only=True,
        adds=True,
        asks=playbook_steps.steps_of_many,
    ),
    *(
        ItemAction(step, label, form, kind, "", done, _each(verb), for_many_only=True, asks=many.form_needs(step))
        for step, label, form, kind, done, verb in EVIDENCE
    ),
)
