"""What people fill in to ask another team, to answer it, and to raise an item. The verbs have the last word."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.forms import TextLines
from accounts.models import Team, User
from accounts.refusal import Refused
from denials import scans
from denials.domain.days import add_business_days
from worklists.choices import Choices
from worklists.forms import PERSON, REASON, ItemForm

ANSWER_WITHIN = (1, 2, 3, 5, 10)
ANSWER_USUAL = 3


class AskForm(ItemForm):
    team = forms.ChoiceField(label="Which team")
    text = forms.CharField(
        label="Question",
        max_length=2000,
        widget=TextLines(attrs={"rows": 4}),
        help_text="The team sees this question, the claim number, the patient's name, the date of service and the "
        "reason for the denial in words. It does not see amounts or letters.",
    )
    due_on = forms.ChoiceField(label="Answer by")

    def __init__(self, *args: Any, offered: Choices, today: date, deadline: date | None = None, **kwargs: Any) -> None:
        """Offers days until a `deadline` ahead, and the next working day where none is left before it."""
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", "Choose a team"), *offered.get("team", [])]  # type: ignore[attr-defined]
        days = [(add_business_days(today, count), count) for count in ANSWER_WITHIN]
        ahead = deadline if deadline and deadline > today else None
        in_time = [(day, count) for day, count in days if ahead is None or day <= ahead] or days[:1]
        self.fields["due_on"].choices = [  # type: ignore[attr-defined]
            (day.isoformat(), f"{day:%a} {day.day} {day:%b}, {count} business day{'s' * (count > 1)}")
            for day, count in in_time
        ]
        usual, _ = [each for each in in_time if each[1] <= ANSWER_USUAL][-1]
        self.fields["due_on"].initial = usual.isoformat()

    def clean_team(self) -> Team:
        team = Team.objects.filter(pk=self.cleaned_data["team"]).first()
        if team is None:
            raise ValidationError("This team is gone. Choose another one.")
        return team

    def clean_due_on(self) -> date:
        return date.fromisoformat(self.cleaned_data["due_on"])


class ReplyForm(forms.Form):
    """What another team answers."""

    text = forms.CharField(label="Your answer", max_length=2000, widget=TextLines(attrs={"rows": 5}))
    file = forms.FileField(
        label="Document",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.tif,.tiff"}),
        help_text="A scan that belongs to the answer: PDF, PNG, JPEG or TIFF.",
    )

    def clean_file(self) -> scans.Scan | None:
        upload = self.cleaned_data["file"]
        try:
            return scans.read(upload, "document") if upload else None
        except Refused as refused:
            raise ValidationError(refused.sentence) from refused


class PassOnForm(forms.Form):
    to = forms.ModelChoiceField(Team.objects.none(), label="To", empty_label="Choose a team")
    reason = forms.CharField(label="Why", max_length=REASON, help_text="Who asked and the other team see it.")

    def __init__(self, *args: Any, teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = teams  # type: ignore[attr-defined]


class EscalateForm(ItemForm):
    to = forms.ChoiceField(label="To", required=False)
    reason = forms.CharField(label="Why", max_length=REASON, help_text="Who has to look at it sees this first.")

    def __init__(self, *args: Any, offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = offered.get(PERSON) or offered.get("owner", [])
        self.fields["to"].choices = [("", "The managers of its queue"), *people]  # type: ignore[attr-defined]

    def clean_to(self) -> User | None:
        chosen: str = self.cleaned_data["to"]
        return User.objects.filter(pk=chosen).first() if chosen else None


class HandOnForm(EscalateForm):
    """To whom an escalation goes; somebody has to be named."""

    def __init__(self, *args: Any, offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, offered=offered, **kwargs)
        self.fields["to"].choices[0] = ("", "Choose a person")  # type: ignore[attr-defined]
        self.fields["to"].required = True
