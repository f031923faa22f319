"""Drafting a change and sending it for approval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from accounts.governance import activation
from accounts.governance.areas import Area, area_keyed
from accounts.governance.edits import Sent, edits_of, must_be_valid, read, sending
from accounts.governance.states import State
from accounts.governance.steps import hold, may_govern, must_be_author, must_stand_alone, row_of, take
from accounts.models import Change, User
from accounts.refusal import Refused

Kind = Change.Kind


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a change is made, where that can be read up, and from when on."""

    why: str
    evidence: str = ""
    active_on: date | None = None


def form_for(area: Area, row: Any, data: Any = None, seed: Mapping[str, Any] | None = None) -> forms.BaseForm:
    """The area's form for a row, or for a new one that has `seed` from the start."""
    return area.form(data, instance=row if row is not None else area.model(**(seed or {})))


@transaction.atomic
def draft(
    area: Area,
    person: User,
    form: forms.BaseForm,
    reasons: Reasons,
    *,
    seed: Mapping[str, Any] | None = None,
    kind: str = "",
    instead_of: Change | None = None,
) -> Change:
    """Keeps what a valid form changes, as a draft; `instead_of` rewrites a draft of this person.

    Raises Refused when nothing is changed or nobody says why.
    """
    may_govern(person)
    edits = edits_of(form)
    row: Any = form.instance  # type: ignore[attr-defined]
    if not edits:
        raise Refused("Nothing is different from what stands there now, so nothing was kept.")
    if not reasons.why.strip():
        raise Refused("Say why: whoever approves it has to know. Nothing was kept.")
    values: dict[str, Any] = {
        "kind": kind or (Kind.ADD if row.pk is None else Kind.EDIT),
        "about": _called(row)[:200],
        "edits": [edit.kept() for edit in edits],
        "seed": dict(seed or {}) if row.pk is None else {},
        "why": reasons.why.strip(),
        "evidence": reasons.evidence.strip(),
        "active_on": reasons.active_on or timezone.localdate(),
        "fills_gap": area.fills_gap(row if row.pk else None, edits),
    }
    if instead_of is not None:
        change = hold(instead_of.pk)
        must_be_author(change, person)
        return take(change, "draft", person, **values)
    kind_of_row = ContentType.objects.get_for_model(area.model)
    change = Change.objects.create(
        area=area.key, content_type=kind_of_row, object_id=row.pk, author=person, moved_at=timezone.now(), **values
    )
    return take(change, "draft", person)


def propose(
    area: Area,
    person: User,
    row: Any,
    values: Mapping[str, Sent],
    reasons: Reasons,
    *,
    seed: Mapping[str, Any] | None = None,
    kind: str = "",
) -> Change:
    """Drafts a change of these fields, as a form would send them, without a page."""
    form = form_for(area, row, sending(form_for(area, row, seed=seed), values), seed)
    must_be_valid(form)
    return draft(area, person, form, reasons, seed=seed, kind=kind)


@transaction.atomic
def send(change: Change, person: User, *, today: date) -> Change:
    """Asks a second person. What fills a gap takes effect at once, if its day has come, and is confirmed afterwards."""
    change = hold(change.pk)
    must_stand_alone(change)
    must_be_author(change, person)
    change = take(change, "send", person)
    if change.fills_gap and change.active_on <= today:
        change = activation.put_in_force(change, person)
    return change


@transaction.atomic
def take_back(change: Change, person: User) -> Change:
    """Back to a draft, drawn up against what stands in the row now."""
    change = hold(change.pk)
    must_stand_alone(change)
    must_be_author(change, person)
    return reopen(change, person)


def reopen(change: Change, person: User | None, why: str = "") -> Change:
    """Makes a change that the caller holds a draft again, as far as it still differs from what stands there."""
    change = take(change, "reopen", person, why, approver=None, approved_alone=False)
    row = row_of(change)
    area = area_keyed(change.area)
    wanted = {edit.name: edit.after for edit in read(change.edits)}
    form = form_for(area, row, sending(form_for(area, row, seed=change.seed), wanted), change.seed)
    if form.is_valid() and (edits := edits_of(form)):
        change.edits = [edit.kept() for edit in edits]
        change.save(update_fields=["edits"])
    return change


@transaction.atomic
def withdraw(change: Change, person: User, why: str = "") -> Change:
    change = hold(change.pk)
    must_be_author(change, person)
    if change.state != State.DRAFT:
        must_stand_alone(change)
    return take(change, "withdraw", person, why, **({"bundle": None} if change.state == State.DRAFT else {}))


@transaction.atomic
def comment(change: Change, person: User, text: str) -> Change:
    if not text.strip():
        raise Refused("The comment is empty. Nothing was added.")
    may_govern(person)
    return take(hold(change.pk), "comment", person, text)


def _called(row: Any) -> str:
    """The name that people know: that of the saved row, not the one that the form would give it."""
    saved = type(row)._default_manager.filter(pk=row.pk).first() if row.pk else None
    return str(saved or row)
