"""What managers fill in about a person at work, and what people fill in about days away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from accounts.models import User
from worklists.assignment.absent import away_on
from worklists.assignment.effort import workers
from worklists.models import Absence, WorkProfile
from worklists.queue_form import SkillsField
from worklists.wording import day


class ProfileForm(forms.ModelForm[WorkProfile]):
    skills = SkillsField(
        label="Skills",
        help_text="Plain words with commas between them, such as: oncology coding, Medicare. Queues may ask for some.",
    )

    class Meta:
        model = WorkProfile
        fields = ("most_taken", "minutes_a_day", "skills")
        labels = {"most_taken": "Items taken at once, at most", "minutes_a_day": "Minutes of work a day"}
        help_texts = {
            "most_taken": "“Next” and “Take” stop there. Empty: no limit. A manager may hand over more.",
            "minutes_a_day": "What is left of a day for items, without breaks and meetings. Splits by capacity use it.",
        }
        widgets = {"most_taken": forms.NumberInput(attrs={"min": 1})}


class AbsenceForm(forms.ModelForm[Absence]):
    """`by` is who fills it in: only managers choose the person."""

    class Meta:
        model = Absence
        fields = ("person", "first_day", "last_day", "goes_to", "cover")
        labels = {
            "person": "Who is away",
            "first_day": "First day away",
            "last_day": "Last day away",
            "goes_to": "What is due meanwhile goes",
            "cover": "Cover",
        }
        help_texts = {
            "goes_to": "Due is what must be worked, asked about or comes back in these days or up to two business days"
            " later. The rest stays.",
            "cover": "Only with “To one person”.",
        }
        widgets = {
            "first_day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "last_day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "goes_to": forms.RadioSelect,
        }

    def __init__(self, *args: Any, by: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, away = workers(), away_on(today)
        who: Any = self.fields["person"]
        who.queryset = people if by.may_manage else people.filter(pk=by.pk)
        who.disabled = not (self.instance._state.adding and by.may_manage)
        cover: Any = self.fields["cover"]
        cover.queryset = people
        cover.empty_label = "Nobody in particular"
        cover.label_from_instance = lambda person: _called(person, away)
        self.fields["first_day"].disabled = self.instance.begun_at is not None

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned: dict[str, Any] = self.cleaned_data
        cover, is_to_one = cleaned.get("cover"), cleaned.get("goes_to") == Absence.GoesTo.PERSON
        if is_to_one and cover is None:
            self.add_error("cover", "Choose who covers, or another way.")
        if not is_to_one:
            cleaned["cover"] = None
        if cover is not None and cover == cleaned.get("person"):
            self.add_error("cover", "Nobody covers for themselves.")
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "The last day lies before the first one.")
        return cleaned


def _called(person: User, away: dict[int, date]) -> str:
    return f"{person} (away until {day(away[person.pk])})" if person.pk in away else str(person)
