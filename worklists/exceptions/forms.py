"""What people choose and write about exceptions. The verbs check again and have the last word."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.access import WORKERS
from accounts.forms import TextLines
from accounts.models import Facility, Team, User
from denials.domain import exception_kinds
from denials.domain.days import next_business_day
from denials.models import ExceptionCase, Payer

REASON = 300
ASK_AGAIN_DAYS = 14
ME, NOBODY = "me", "nobody"
AGES = [("2", "over 2 working days"), ("5", "over 5 working days"), ("10", "over 10 working days")]
STATES = [("", "Open"), *ExceptionCase.State.choices[1:]]


class FilterForm(forms.Form):
    """How the list is narrowed."""

    kind = forms.ChoiceField(required=False, choices=[("", "any"), *exception_kinds.CHOICES])
    owner = forms.ChoiceField(required=False)
    age = forms.ChoiceField(required=False, choices=[("", "any"), *AGES])
    payer = forms.ChoiceField(required=False)
    facility = forms.ChoiceField(required=False)
    state = forms.ChoiceField(required=False, choices=STATES)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [(f"team:{pk}", name) for pk, name in Team.objects.values_list("pk", "name")]
        people = [(f"person:{person.pk}", str(person)) for person in workers()]
        self._offer("owner", [("", "anyone"), (ME, "me"), (NOBODY, "nobody"), *teams, *people])
        self._offer("payer", [("", "any"), *Payer.objects.standing().values_list("pk", "name")])
        facilities = Facility.objects.visible_to(user).values_list("pk", "name")
        self._offer("facility", [("", "any"), *facilities])

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Why it may stay as it is", max_length=REASON)


class AssignForm(forms.Form):
    """To a team, to a person, or to both."""

    team = forms.ModelChoiceField(Team.objects.all(), required=False, empty_label="No team")
    person = forms.ModelChoiceField(User.objects.none(), required=False, empty_label="Nobody yet")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = workers()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (cleaned.get("team") or cleaned.get("person")):
            raise ValidationError("Choose a team or a person: an exception without an owner is nobody's.")
        return cleaned


class AskForm(forms.Form):
    """What the payer was asked, and when to ask again."""

    text = forms.CharField(
        label="What was asked, of whom", max_length=2000, widget=TextLines(attrs={"rows": 3}),
        help_text="It stands as a note on every item that this holds up.",
    )  # fmt: skip
    again_on = forms.DateField(label="Ask again on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["again_on"].initial = next_business_day(today + timedelta(days=ASK_AGAIN_DAYS))

    def clean_again_on(self) -> date:
        day: date = self.cleaned_data["again_on"]
        if day <= self.today:
            raise ValidationError("Choose a day after today.")
        return day


class DecideForm(forms.Form):
    """Which of the claims, and why."""

    reason = forms.CharField(label="Why", max_length=REASON, help_text="It stands in the history of every item.")


def workers() -> Any:
    return User.objects.filter(is_active=True, role__in=WORKERS)
