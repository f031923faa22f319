"""Drafting letters about many items at once. Each is a draft: somebody looks at it, and sends it by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from appeals import drafting, rights
from appeals.holding import keep
from appeals.models import Appeal, LetterTemplate
from worklists import beside, item_actions
from worklists.changes import NOT_SEEN, Done, Items, do_each
from worklists.item_actions import Given, ItemAction
from worklists.models import BulkAct, WorkItem

AFTER = "Each is a draft: read it on its item, and send it from there."


class DraftForm(forms.Form):
    template_name = "components/form.html"
    template = forms.ModelChoiceField(
        LetterTemplate.objects.none(),
        label="Letter template",
        required=False,
        empty_label="For each the one that fits it best",
        help_text="Letters are only drafted. What a template leaves open is filled in on each.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = LetterTemplate.objects.filter(is_active=True)  # type: ignore[attr-defined]


def register() -> None:
    item_actions.also(DRAFT)
    beside.also(BulkAct.Kind.DRAFTED, beside.More(_in_the_way, _put_back))


def draft(items: Items, user: User, *, template: LetterTemplate | None) -> Done:
    """A letter about each item that may have one; an item whose letter is in hand already stays as it is."""
    today = timezone.localdate()

    def verb(pk: int) -> None:
        item = WorkItem.objects.visible_to(user).filter(pk=pk).first()
        if item is None:
            raise Refused(NOT_SEEN)
        if rights.in_hand(item):
            raise Refused("A letter about this item is in hand already.")
        drafting.draft(item, user, template, today=today)

    return do_each(items, verb)


def _do(items: Items, user: User, given: Given, version: int | None) -> Done:
    return draft(items, user, **given)


def _asks(items: Sequence[int], today: date) -> Given:
    return {}


def _in_the_way(act: BulkAct, items: Sequence[int]) -> dict[int, str]:
    worked_on = _drafted_by(act, items).exclude(version=1, status=Appeal.Status.DRAFT)
    sentence = "Somebody worked on its letter since: withdraw the letter on its own page."
    return dict.fromkeys(worked_on.values_list("item", flat=True), sentence)


@transaction.atomic
def _put_back(act: BulkAct, user: User, items: Sequence[int]) -> None:
    for appeal in _drafted_by(act, items).filter(status=Appeal.Status.DRAFT).select_for_update(no_key=True):
        keep(appeal, status=Appeal.Status.WITHDRAWN)


def _drafted_by(act: BulkAct, items: Sequence[int]) -> Any:
    return Appeal.objects.filter(item__in=items, drafted_by=act.actor_id, created_at__gte=act.at).order_by("pk")


DRAFT = ItemAction(
    "draft",
    "Draft a letter",
    DraftForm,
    BulkAct.Kind.DRAFTED,
    "",
    "Letters drafted",
    _do,
    key="p",
    for_many_only=True,
    asks=_asks,
    after=AFTER,
)
