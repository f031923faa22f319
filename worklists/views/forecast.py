"""The forecast: what will be lost in six weeks, and what a change would save. It changes nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import MANAGERS, person, roles
from worklists.forecast.basis import Basis, basis_for
from worklists.forecast.levers import Levers
from worklists.forecast.outlook import look_ahead, sentence, sentence_after

MOST_ITEMS, MOST_HOURS, MOST_DOLLARS = 500, 400, 1_000_000
TOGETHER = (
    ({"number", "giver", "receiver"}, "To move items, say how many, from which queue and to which."),
    ({"hours", "hours_queue"}, "Extra hours need a number and a queue."),
    ({"aside", "aside_to"}, "To set a queue aside, choose it and the queue that gets its hours."),
)
"""Fields of one lever, and what is said while only some of them are filled in."""


class LeverForm(forms.Form):
    """Every field may be empty. What is not understood changes nothing, and says so beside it."""

    giver = forms.TypedChoiceField(label="From", required=False, coerce=int, empty_value=None)
    receiver = forms.TypedChoiceField(label="To", required=False, coerce=int, empty_value=None)
    number = forms.IntegerField(label="Items", required=False, min_value=0, max_value=MOST_ITEMS)
    hours_queue = forms.TypedChoiceField(label="Queue", required=False, coerce=int, empty_value=None)
    hours = forms.DecimalField(
        label="Hours a week", required=False, min_value=0, max_value=MOST_HOURS, decimal_places=1
    )
    aside = forms.TypedChoiceField(label="Nobody works", required=False, coerce=int, empty_value=None)
    aside_to = forms.TypedChoiceField(label="Its hours go to", required=False, coerce=int, empty_value=None)
    below = forms.IntegerField(label="Dollars, below", required=False, min_value=0, max_value=MOST_DOLLARS)

    def __init__(self, *args: Any, basis: Basis, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        queues = sorted(basis.names.items(), key=lambda each: each[1])
        for name in ("giver", "receiver", "hours_queue", "aside", "aside_to"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = [("", "Choose"), *queues]

    @property
    def missing(self) -> list[str]:
        """What levers that are filled in by half still need."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        found = [words for names, words in TOGETHER if 0 < len(given.keys() & names) < len(names)]
        if "giver" in given and given["giver"] == given.get("receiver"):
            found.append("Items move to another queue: choose two different ones.")
        return found

    @property
    def levers(self) -> Levers:
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        for name in ("hours", "below"):
            if name in chosen:
                chosen[name] = float(chosen[name])
        return Levers(**chosen)


@require_safe
@roles(*MANAGERS)
def forecast(request: HttpRequest) -> HttpResponse:
    basis = basis_for(person(request), timezone.localdate())
    form = LeverForm(request.GET or None, basis=basis)
    levers = form.levers if form.is_bound else Levers()
    outlook = look_ahead(basis, levers)
    context = {
        "outlook": outlook,
        "basis": basis,
        "form": form,
        "levers": levers,
        "said": sentence(outlook),
        "missing": form.missing if form.is_bound else [],
        "said_after": sentence_after(outlook) if levers.is_set else "",
    }
    return render(request, "worklists/forecast.html", context)
