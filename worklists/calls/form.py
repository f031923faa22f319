"""What is entered during a call: once for the whole call, and a line for each of its claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from denials.domain.days import add_business_days, previous_business_day
from worklists.calls.calling import Said, Told
from worklists.calls.sheets import SheetClaim
from worklists.domain.ticklers import in_full
from worklists.domain.transitions import WORKABLE
from worklists.models import CallClaim, CallOutcome, PayerCall, WorkItem

OUTCOME, PROMISED, TEXT = "outcome", "promised", "text"


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one claim, and how it is asked about."""

    claim: CallClaim
    told: SheetClaim
    outcome: forms.BoundField
    promised: forms.BoundField
    text: forms.BoundField

    day_words: str
    """Why that day is none but the usual one, where it is."""


@dataclass(frozen=True, slots=True)
class Usual:
    """When a claim comes back after an outcome; `words`: where its last safe day has a say in that."""

    day: date
    words: str = ""


class OutcomeSelect(forms.Select):
    """Says of each outcome its digit, and the day that goes with it."""

    usual: dict[str, Usual]

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if usual := self.usual.get(str(value)):
            option["attrs"] |= {"data-day": usual.day.isoformat(), "data-day-words": usual.words}
        return option


class CallForm(forms.Form):
    """`draft_version` says which state of the call this window knows."""

    draft_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    spoke_to = forms.CharField(
        label="Spoke to",
        max_length=120,
        required=False,
        help_text="This or the reference is needed to finish.",
        widget=forms.TextInput(attrs={"data-key": "s"}),
    )
    reference = forms.CharField(label="Reference of the call", max_length=80, required=False)
    text = forms.CharField(
        label="About the whole call", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        call: PayerCall,
        claims: Sequence[tuple[CallClaim, SheetClaim]],
        outcomes: Sequence[CallOutcome],
        today: date,
    ) -> None:
        initial = {"draft_version": call.version, "spoke_to": call.spoke_to, "reference": call.reference}
        super().__init__(data, initial=initial | {"text": call.text}, use_required_attribute=False)
        self.claims, self.by_id = claims, {str(outcome.pk): outcome for outcome in outcomes}
        self.today = today
        for claim, told in claims:
            self._add(claim, told.item)

    def _add(self, claim: CallClaim, item: WorkItem) -> None:
        usual = {key: usual_for(item, each.days, self.today) for key, each in self.by_id.items() if each.days}
        choices = [("", "Nothing said yet"), *((key, _words(each)) for key, each in self.by_id.items())]
        select = OutcomeSelect(choices=choices)
        select.usual = usual
        called = f"claim {claim.position}"
        self._field(claim, OUTCOME, forms.ChoiceField(choices=choices, widget=select), claim.outcome_id, called)
        day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        self._field(claim, PROMISED, day, claim.promised_on, called)
        note = forms.CharField(max_length=300, widget=forms.TextInput(attrs={"placeholder": "Note"}))
        self._field(claim, TEXT, note, claim.text, called)

    def _field(self, claim: CallClaim, name: str, field: forms.Field, value: Any, called: str) -> None:
        field.required, field.initial = False, value
        field.label = {OUTCOME: "Outcome", PROMISED: "Comes back", TEXT: "Note"}[name]
        field.widget.attrs["aria-label"] = f"{field.label} of {called}"
        self.fields[f"{name}-{claim.pk}"] = field

    @property
    def rows(self) -> list[Row]:
        return [self._row(claim, told) for claim, told in self.claims]

    def _row(self, claim: CallClaim, told: SheetClaim) -> Row:
        outcome, promised, text = (self[f"{name}-{claim.pk}"] for name in (OUTCOME, PROMISED, TEXT))
        usual = outcome.field.widget.usual.get(str(outcome.value()))
        is_usual = usual is not None and str(promised.value()) == usual.day.isoformat()
        return Row(claim, told, outcome, promised, text, usual.words if usual and is_usual else "")

    @property
    def told(self) -> Told:
        """What was entered. Only of a valid form."""
        given = self.cleaned_data
        claims = {claim.pk: self._said(claim) for claim, _ in self.claims}
        return Told(given["spoke_to"], given["reference"], given["text"], claims)

    def _said(self, claim: CallClaim) -> Said:
        given = self.cleaned_data
        outcome = self.by_id.get(given[f"{OUTCOME}-{claim.pk}"])
        return Said(outcome, given[f"{PROMISED}-{claim.pk}"], given[f"{TEXT}-{claim.pk}"])


def _words(outcome: CallOutcome) -> str:
    return f"{outcome.position} {outcome.name}"


def usual_for(item: WorkItem, days: int, today: date) -> Usual:
    """So many business days on, or the last business day on which it is safe to wait where that comes first."""
    day = add_business_days(today, days)
    last = item.can_wait_until(today) if item.status in WORKABLE else None
    if last is None or day <= last:
        return Usual(day)
    working = previous_business_day(last)
    if working <= today:
        said = f"{'was' if last <= today else 'is'} {in_full(last)}"
        return Usual(day, f"Its last safe day {said}: say in the note why it may wait.")
    which = "Its last safe day" if working == last else "The business day before its last safe one"
    return Usual(working, f"{which}, because {in_full(day)} would be too late.")


def usual_day(outcome: CallOutcome, today: date) -> str:
    """When an item comes back after this outcome, written out."""
    if outcome.days is None:
        return "stays to be worked"
    return in_full(add_business_days(today, outcome.days))
