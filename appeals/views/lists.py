"""The list of letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import EVERYBODY, note_access, person, roles
from accounts.asked import whole_number
from appeals.lists import PAGE_SIZE, PARTS, Chosen, Part, page_of, payers_of, rows_of
from appeals.outcomes import DECISIONS
from denials.models import Payer
from denials.payer_choices import as_they_are_now
from worklists.models import Settlement


class FilterForm(forms.Form):
    part = forms.ChoiceField(choices=[(key, key) for key in PARTS], required=False, widget=forms.HiddenInput)
    payer = forms.ModelChoiceField(Payer.objects.none(), required=False, empty_label="any")
    outcome = forms.ChoiceField(
        required=False, choices=[("", "any"), *((each.value, Settlement(each).label) for each in DECISIONS)]
    )
    whose = forms.ChoiceField(label="Letters", required=False, choices=[("", "everybody's"), ("mine", "mine")])

    def __init__(self, *args: Any, payers: QuerySet[Payer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payer"].queryset = payers  # type: ignore[attr-defined]

    def chosen(self) -> Chosen | None:
        """None when the address asks for something that is not offered."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        payer = given["payer"].pk if given["payer"] else None
        return Chosen(payer=payer, outcome=given["outcome"], only_mine=given["whose"] == "mine")


@require_safe
@roles(*EVERYBODY)
def appeals(request: HttpRequest) -> HttpResponse:
    user = person(request)
    part = PARTS.get(request.GET.get("part", ""), PARTS["waiting"])
    form = FilterForm(as_they_are_now(request.GET), payers=payers_of(user))
    chosen = form.chosen()
    rows = page_of(rows_of(user, part, chosen), part, whole_number(request.GET.get("after", ""))) if chosen else []
    note_access(request, "appeals")
    shown = rows[:PAGE_SIZE]
    return render(
        request,
        "appeals/appeals.html",
        {
            "part": part,
            "tabs": [_tab(each, part, user) for each in PARTS.values()],
            "form": form,
            "rows": shown,
            "is_narrowed": chosen != Chosen(),
            "newer_url": _address(request, "") if "after" in request.GET else "",
            "older_url": _address(request, shown[-1].pk) if len(rows) > len(shown) else "",
        },
    )


def _tab(part: Part, current: Part, user: Any) -> dict[str, Any]:
    return {
        "url": f"{reverse('appeals')}?part={part.key}",
        "label": part.label,
        "count": rows_of(user, part, Chosen()).count(),
        "is_current": part is current,
    }


def _address(request: HttpRequest, after: int | str) -> str:
    query = request.GET.copy()
    query["after"] = str(after)
    if after == "":
        del query["after"]
    return f"{reverse('appeals')}?{query.urlencode()}"
