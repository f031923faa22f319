"""Forms of settings that a colleague overtook: they come back with what was typed, and say what stands there now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.http import HttpRequest

from accounts.governance.edits import edits_of
from accounts.refusal import Conflict
from accounts.row_history import Part, state_of

SHOWN_STATE = "shown_state"
"""Name of the hidden field by which a form says which state of the row it was filled from."""
OVERTAKEN = (
    "Somebody changed this while you had it open. Nothing of yours was saved and nothing of theirs lost: where"
    " something else stands now, its field says so. Save again to put in its place what you filled in."
)
STALE = "stale"
UNTOLD = (forms.PasswordInput, forms.FileInput)


def is_overtaken(request: HttpRequest, row: models.Model, parts: Sequence[Part] = ()) -> bool:
    """Locks the row and reads it again. Whether somebody changed it after the form that was sent had been shown."""
    type(row)._default_manager.select_for_update().get(pk=row.pk)
    row.refresh_from_db()
    return request.POST.get(SHOWN_STATE, "") not in ("", state_of(row, parts))


def say_both(form: Any, state: str, said: str = OVERTAKEN) -> None:
    """Makes the filled form of a row as it is now faulty: each field that says otherwise tells what stands there.

    `state` is that of now: sent once more, the form counts.
    """
    for edit in edits_of(form):
        if not isinstance(form.fields[edit.name].widget, UNTOLD):
            form.add_error(edit.name, f"Now: {edit.was or 'nothing'}")
    form.add_error(None, forms.ValidationError(said, code=STALE))
    form.data = form.data.copy()
    form.data[SHOWN_STATE] = state


def status_of(form: forms.BaseForm) -> int:
    """Of the page that shows this form: whether nothing was sent yet, or was overtaken, or is wrong."""
    if not form.is_bound:
        return 200
    return Conflict.status if form.has_error(NON_FIELD_ERRORS, STALE) else 422
