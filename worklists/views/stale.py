"""Forms that came too late: what the other person did is said, what this one wrote stays, and may be sent again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.once import BESIDE, FIELD
from accounts.refusal import Conflict
from worklists.models import WorkItem

NOT_SENT_AGAIN = (*BESIDE, FIELD, "in")


def see_again(form: forms.Form, **now: Any) -> None:
    """The form with these fields as they are now: sending it again is a decision."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    for name, given in now.items():
        data[form.add_prefix(name)] = "" if given is None else str(given)
    form.data = data


def ask_again(request: HttpRequest, item: WorkItem, conflict: Conflict, button: str, **now: Any) -> HttpResponse:
    """For a press of a button, which left nothing to be shown again: a page that offers it once more, with `now`."""
    sent = {name: given for name, given in request.POST.items() if name not in NOT_SENT_AGAIN}
    context = {"item": item, "sentence": conflict.sentence, "button": button, "sent": sent | now}
    return render(request, "worklists/stale.html", context, status=conflict.status)
