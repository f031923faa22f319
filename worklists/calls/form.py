"""What is entered during a call: once for the whole call, and a line for each of its claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from denials.domain.days import add_business_days, previous_business_day
from worklists.calls.calling import Said, Told, said_of
from worklists.calls.sheets import SheetClaim
from worklists.domain.ticklers import comes_back, farthest, in_full, moved_words, too_far_words
from worklists.domain.transitions import WORKABLE
from worklists.forms import REASON
from worklists.models import CallClaim, CallOutcome, PayerCall, WorkItem
from worklists.tickler_fields import limits_of_day
from worklists.wording import too_late

NOTE = 2000
OUTCOME, PROMISED, TEXT, LATE = "outcome", "promised", "text", "late"
TOO_LONG = {"max_length": "Shorten it from %(show_value)d to %(limit_value)d characters."}
"""Of one field, where all others are kept."""
LABELS = {OUTCOME: "Outcome", PROMISED: "Comes back", TEXT: "Note", LATE: "Why so late"}


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one claim, and how it is asked about."""

    claim: CallClaim
    told: SheetClaim
    outcome: forms.BoundField
    promised: forms.BoundField
    text: forms.BoundField
    late: forms.BoundField | None
    """None where no day is too late."""
    asks_why_late: bool

    day_words: str
    """What its last safe day has to say about that day, where it has."""
    moved_words: str
    """That this day is no business day, where it is none."""

    @property
    def noted(self) -> list[forms.BoundField]:
        """The fields of which something is to be said."""
        fields = (self.outcome, self.promised, self.text, self.late)
        return [field for field in fields if field is not None and (field.errors or field.help_text)]


@dataclass(frozen=True, slots=True)
class Unkept:
    """What stands in a field, where something else is kept of it."""

    label: str
    words: str


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


class OneOfTwo(forms.CharField):
    """Empty is fine while the other is filled in, which `needed` names beside the label."""

    def __init__(self, *, needed: str, **options: Any) -> None:
        super().__init__(required=False, error_messages=TOO_LONG, **options)
        self.needed = needed


class CallForm(forms.Form):
    """`draft_version` says which state of the call this window knows. Valid: all of it can be kept."""

    draft_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    spoke_to = OneOfTwo(
        label="Spoke to",
        needed="or a reference",
        max_length=120,
        help_text="This or the reference is needed to finish.",
        widget=forms.TextInput(attrs={"data-key": "s"}),
    )
    reference = OneOfTwo(label="Reference of the call", needed="or who you spoke to", max_length=80)
    text = forms.CharField(
        label="About the whole call",
        max_length=2000,
        error_messages=TOO_LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
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
        self.is_parted = False
        """Another window kept something else."""
        for claim, told in claims:
            self._add(claim, told.item)

    def _add(self, claim: CallClaim, item: WorkItem) -> None:
        usual = {key: usual_for(item, each.days, self.today) for key, each in self.by_id.items() if each.days}
        choices = [("", "Nothing said yet"), *((key, _words(each)) for key, each in self.by_id.items())]
        select = OutcomeSelect(choices=choices)
        select.usual = usual
        called = f"claim {claim.position}"
        said = forms.ChoiceField(choices=choices, widget=select)
        self._field(claim, OUTCOME, said, str(claim.outcome_id or ""), called)
        last = last_safe(item, self.today)
        limits = {"type": "date", **limits_of_day(self.today, last)}
        day = forms.DateField(widget=forms.DateInput(attrs=limits, format="%Y-%m-%d"))
        self._field(claim, PROMISED, day, claim.promised_on, called)
        self._field(claim, TEXT, _text(NOTE, {"placeholder": LABELS[TEXT]}), claim.text, called)
        if last is not None:
            attrs = {"placeholder": LABELS[LATE], "data-safe-until": last.isoformat()}
            attrs["data-words"] = _say_why(last, self.today)
            self._field(claim, LATE, _text(REASON, attrs), claim.late_because, called)

    def _field(self, claim: CallClaim, name: str, field: forms.Field, value: Any, called: str) -> None:
        field.required, field.initial = False, value
        field.label = f"{LABELS[name]} of {called}"
        field.widget.attrs["aria-label"] = field.label
        self.fields[f"{name}-{claim.pk}"] = field

    @property
    def rows(self) -> list[Row]:
        return [self._row(claim, told) for claim, told in self.claims]

    def _row(self, claim: CallClaim, told: SheetClaim) -> Row:
        outcome, promised, text = (self[f"{name}-{claim.pk}"] for name in (OUTCOME, PROMISED, TEXT))
        usual = outcome.field.widget.usual.get(str(outcome.value()))
        is_usual = usual is not None and str(promised.value()) == usual.day.isoformat()
        words = usual.words if usual and is_usual else ""
        last = last_safe(told.item, self.today)
        moved = self._moved(promised, last)
        if last is None:
            return Row(
                claim, told, outcome, promised, text, None, asks_why_late=False, day_words=words, moved_words=moved
            )
        late = self[f"{LATE}-{claim.pk}"]
        is_late = str(promised.value() or "") > last.isoformat()
        asks = is_late or bool(late.value() or late.errors)
        words = _say_why(last, self.today) if is_late else words
        return Row(claim, told, outcome, promised, text, late, asks_why_late=asks, day_words=words, moved_words=moved)

    def _moved(self, promised: forms.BoundField, last: date | None) -> str:
        try:
            day = promised.field.to_python(promised.value())
        except forms.ValidationError:
            return ""
        if day is None or not self.today < day <= farthest(self.today):
            return ""
        return moved_words(day, comes_back(day, last, self.today))

    @property
    def told(self) -> Told:
        """What was entered; what cannot be kept stays as it is kept."""
        given = {name: self.initial.get(name, "") for name in ("spoke_to", "reference", "text")} | self.cleaned_data
        claims = {claim.pk: self._said(claim) for claim, _ in self.claims}
        return Told(given["spoke_to"], given["reference"], given["text"], claims)

    def _said(self, claim: CallClaim) -> Said:
        given, kept = self.cleaned_data, said_of(claim)
        outcome = f"{OUTCOME}-{claim.pk}"
        return Said(
            self.by_id.get(given[outcome]) if outcome in given else kept.outcome,
            given.get(f"{PROMISED}-{claim.pk}", kept.promised_on),
            given.get(f"{TEXT}-{claim.pk}", kept.text),
            given.get(f"{LATE}-{claim.pk}", kept.late_because),
        )

    @property
    def faults(self) -> list[str]:
        """What cannot be kept, and why, each with its field."""
        named = ((self[name].label, errors) for name, errors in self.errors.items() if name in self.fields)
        return [f"{label}: {error}" for label, errors in named for error in errors]

    def check_to_finish(self) -> None:
        """Says at each claim what would keep its day from being set."""
        for claim, told in self.claims:
            self._check(claim, told.item, self._said(claim))
        if self.errors:
            self.add_error(None, "Nothing was finished yet: put right what is said at the fields, then finish again.")

    def _check(self, claim: CallClaim, item: WorkItem, said: Said) -> None:
        day, last = said.promised_on, last_safe(item, self.today)
        if said.outcome is None:
            if day or said.text:
                self._refuse(claim, OUTCOME, "Say what came of this claim, or empty its day and its note.")
        elif day is None:
            return
        elif day <= self.today:
            self._refuse(claim, PROMISED, "Choose a day after today.")
        elif day > farthest(self.today):
            self._refuse(claim, PROMISED, too_far_words(day, self.today))
        elif last and comes_back(day, last, self.today) > last and not said.late_because:
            self._refuse(claim, LATE, too_late(last, self.today))

    def _refuse(self, claim: CallClaim, name: str, sentence: str) -> None:
        """Once: of a field that cannot be read that is said already."""
        if f"{name}-{claim.pk}" not in self.errors:
            self.add_error(f"{name}-{claim.pk}", sentence)

    def show_both(self) -> None:
        """Beside what was filled in here stands what another window kept meanwhile."""
        self.is_parted = True
        for name in self._unkept:
            kind = LABELS.get(name.partition("-")[0], "") if "-" in name else ""
            where = f"{kind} in the other window" if kind else "In the other window"
            self[name].help_text = f"{where}: {self._in_words(name, self[name].initial)}"

    @property
    def unkept(self) -> list[Unkept]:
        """What was filled in and is not kept."""
        filled = ((name, self.cleaned_data.get(name, self[name].value())) for name in self._unkept)
        return [Unkept(str(self[name].label), self._in_words(name, value)) for name, value in filled]

    @property
    def _unkept(self) -> list[str]:
        return [name for name in self.changed_data if name != "draft_version"]

    def _in_words(self, name: str, value: Any) -> str:
        if not value:
            return "nothing"
        if name.startswith(OUTCOME):
            outcome = self.by_id.get(str(value))
            return str(outcome or value)
        return in_full(value) if isinstance(value, date) else f"“{value}”"


def _text(longest: int, attrs: dict[str, str]) -> forms.CharField:
    return forms.CharField(max_length=longest, error_messages=TOO_LONG, widget=forms.TextInput(attrs=attrs))


def _words(outcome: CallOutcome) -> str:
    return f"{outcome.position} {outcome.name}"


def last_safe(item: WorkItem, today: date) -> date | None:
    """A day after it needs a reason; None where no day is too late."""
    return item.can_wait_until(today) if item.status in WORKABLE else None


def _say_why(last: date, today: date) -> str:
    return f"Its last safe day {'was' if last <= today else 'is'} {in_full(last)}: say why it may wait."


def usual_for(item: WorkItem, days: int, today: date) -> Usual:
    """So many business days on, or the last business day on which it is safe to wait where that comes first."""
    day = add_business_days(today, days)
    last = last_safe(item, today)
    if last is None or day <= last:
        return Usual(day)
    working = previous_business_day(last)
    if working <= today:
        return Usual(day, _say_why(last, today))
    which = "Its last safe day" if working == last else "The business day before its last safe one"
    return Usual(working, f"{which}, because {in_full(day)} would be too late.")


def usual_day(outcome: CallOutcome, today: date) -> str:
    """When an item comes back after this outcome, written out."""
    if outcome.days is None:
        return "stays to be worked"
    return in_full(add_business_days(today, outcome.days))
