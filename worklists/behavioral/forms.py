"""What people fill in about a behavioral health record: one form for each question."""

from __future__ import annotations

from typing import Any

from django import forms

from worklists.domain.behavioral import Given, Question
from worklists.evidence.forms import day_field
from worklists.models import BehavioralAnswer

DETAILS = {
    Question.TIME: ("start", "stop", "minutes"),
    Question.PLAN: ("plan_on", "signed_on", "plan_until"),
}
ALL_DETAILS = tuple(name for names in DETAILS.values() for name in names)


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class AnswerForm(forms.Form):
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    """The answer that stood there when the form was opened; 0: none."""
    question = forms.ChoiceField(choices=BehavioralAnswer.Question.choices, widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=BehavioralAnswer.Answer.choices, widget=forms.RadioSelect)
    start, stop = _time("Start"), _time("Stop")
    minutes = forms.IntegerField(label="Or total minutes", required=False, min_value=1, max_value=1440)
    plan_on = day_field("Day of the plan", required=False)
    signed_on = day_field("Signed on", required=False)
    plan_until = day_field("In force until", required=False)
    where = forms.CharField(label="Pages of the record", required=False, max_length=120)

    def __init__(self, data: Any = None, *, question: str, latest: BehavioralAnswer | None = None) -> None:
        super().__init__(data, auto_id=f"{question}-%s")
        self.initial.update(question=question, seen=latest.pk if latest else 0)
        wanted = DETAILS.get(Question(question), ())
        for name in set(ALL_DETAILS) - set(wanted):
            del self.fields[name]
        if latest is not None:
            self.initial.update({name: getattr(latest, name) for name in ("answer", "where", *wanted)})

    def given(self) -> Given:
        return Given(**{name: value for name, value in self.cleaned_data.items() if name not in ("question", "seen")})
