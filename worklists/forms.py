"""What people fill in about work items. The verbs check again and have the last word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.html import format_html

from accounts.forms import TextLines
from accounts.models import User
from worklists.choices import AWAY, Choices
from worklists.models import CLAIM_AGAIN, Channel, Queue, Resolution, Settlement, WorkItem
from worklists.parts_sent import Held
from worklists.tickler_fields import DayToComeBack, WhyLate, ask_why_late, earliest_words, own_day

REASON = 300
NOT_SPLIT = Held()
WITH_PAYER = (
    "The payer still has {}. Closing the item closes that too: leave empty what came of it, and what the payer says of"
    " it later is taken over."
)
PERSON, QUEUE = "person", "queue"


class ItemForm(forms.Form):
    """A form about one item knows which version of it the person saw."""

    template_name = "components/form.html"
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class TakeForm(ItemForm):
    """Take and put back ask nothing."""


class NoteForm(ItemForm):
    text = forms.CharField(
        label="Note",
        max_length=5000,
        widget=TextLines(attrs={"rows": 4}),
        help_text="For a call: who you spoke to, the reference, what was promised and by when. "
        "Notes stay for good, with your name and the time.",
    )


class PostponeForm(DayToComeBack, ItemForm):
    """The day of one's own stands after the reason: few need it, and by keys a date is four stops on the way."""

    because = forms.CharField(label="Why", max_length=REASON)
    until = own_day()
    late_because = WhyLate(
        label="Why it may come back after the last safe day",
        max_length=REASON,
        help_text="Without it, items whose last safe day comes first stay as they are. "
        "It is kept, and counted when the deadline is missed.",
    )

    def __init__(
        self, *args: Any, today: date, last_safe: date | None = None, is_of_many: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer_days(today, last_safe)
        if last_safe is not None:
            self.why_late.tell(last_safe, today, day_field=self.day_field)
            self.why_late.required = last_safe <= today
        elif not is_of_many:  # nothing limits its wait
            del self.fields["late_because"]

    @property
    def why_late(self) -> WhyLate:
        field: WhyLate = self.fields["late_because"]  # type: ignore[assignment]
        return field

    def tell_earliest(self, last_safe: date) -> None:
        """Also of a form that was sent, whose fields have their words already."""
        why = self["late_because"]
        why.help_text = format_html("{} {}", earliest_words(last_safe, self.today), why.help_text)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        ask_why_late(self, given.get("until"), self.last_safe)
        return given


class HandOverForm(ItemForm):
    to = forms.ChoiceField(label="To")
    reason = forms.CharField(label="Why", max_length=REASON, help_text="The receiver and the history see it.")
    away_confirmed = forms.BooleanField(
        label="Also to somebody who is away",
        required=False,
        help_text="Tick only when the person is meant to find it on their return.",
    )

    def __init__(self, *args: Any, offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(f"{PERSON}:{key}", label) for key, label in offered.get(PERSON) or offered["owner"]]
        queues = [(f"{QUEUE}:{key}", label) for key, label in offered[QUEUE]]
        if not any(label.endswith(AWAY) for _, label in people):
            del self.fields["away_confirmed"]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", "Choose a person or a queue"),
            ("People", people),
            ("Queues", queues),
        ]

    def clean_to(self) -> User | Queue:
        kind, _, key = self.cleaned_data["to"].partition(":")
        model: type[Model] = User if kind == PERSON else Queue
        found = model._default_manager.filter(pk=key).first()
        if not isinstance(found, User | Queue):
            raise ValidationError("This choice is gone. Choose another one.")
        return found


class ResolveForm(ItemForm):
    resolution = forms.ChoiceField(label="What was done", choices=[("", "Choose"), *Resolution.choices])
    settlement = forms.ChoiceField(
        label="What came of it", required=False, choices=[("", "Not known yet"), *Settlement.choices]
    )
    recovered_amount = forms.DecimalField(
        label="Recovered",
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text="Dollars that the payer paid because of this work.",
    )
    root_cause = forms.CharField(label="Root cause", max_length=REASON, required=False)
    preventable = forms.TypedChoiceField(
        label="Could we have prevented it",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    text = forms.CharField(label="Note", required=False, widget=TextLines(attrs={"rows": 2}))
    parts = forms.TypedMultipleChoiceField(
        label="For which parts of the claim",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="The payer split this claim. Where a corrected claim or a resubmission went out for one part only, "
        "leave the others out: the item stays open for them, and their days run on. Anything else closes all parts.",
        error_messages={"required": "Tick the parts that this is about."},
    )

    def __init__(self, *args: Any, item: WorkItem | None = None, held: Held = NOT_SPLIT, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_of_many = item is None
        if item is not None:
            self.fields["root_cause"].initial = item.root_cause or item.denial.root_cause
            self.fields["preventable"].initial = item.denial.preventable
            self.fields["recovered_amount"].initial = item.recovered_amount
        if held.with_payer:
            self.fields["resolution"].help_text = WITH_PAYER.format(held.with_payer)
        if not held.offered:
            del self.fields["parts"]
            return
        self.fields["parts"].choices = held.offered  # type: ignore[attr-defined]
        self.fields["parts"].initial = [key for key, _ in held.offered]
        self.order_fields(["version", "resolution", "parts"])

    def clean(self) -> dict[str, Any]:
        """`parts` are kept only where they are not all. Only the form of one item names what the payer has again."""
        given = super().clean() or {}
        if self.is_of_many:
            given["leaves_sent"] = True
        ticked = given.pop("parts", [])
        if ticked and len(ticked) < len(self.fields["parts"].choices):  # type: ignore[attr-defined]
            given["parts"] = ticked
            self._must_be_of_some(given)
        return given

    def _must_be_of_some(self, given: dict[str, Any]) -> None:
        if given.get("resolution") and given["resolution"] not in CLAIM_AGAIN:
            self.add_error("parts", "Only a corrected claim or a resubmission can be for some parts: tick all of them.")
        if given.get("settlement"):
            self.add_error("settlement", "The item stays open for the other parts: leave this empty until it closes.")
        if given.get("recovered_amount") != self.fields["recovered_amount"].initial:
            self.add_error("recovered_amount", "The item stays open for the other parts: say this when it closes.")


class RefusedPartForm(ItemForm):
    """What the payer said of a part that it has again, before or instead of a remittance."""

    parts = forms.TypedMultipleChoiceField(
        label="Which part it refused",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Its days run on as if no claim had gone out, and the item counts it as to be answered again.",
        error_messages={"required": "Tick the part that the payer refused."},
    )
    channel = forms.ChoiceField(
        label="How it was said", choices=[each for each in Channel.choices if each[0] != Channel.INTERNAL]
    )
    on = forms.DateField(label="On which day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reference = forms.CharField(
        label="Reference", max_length=80, help_text="Of the call or letter. Where there is none, write who said it."
    )
    spoke_to = forms.CharField(label="Spoke to", max_length=120, required=False)
    text = forms.CharField(label="What the payer said", max_length=2000, widget=TextLines(attrs={"rows": 3}))

    def __init__(self, *args: Any, held: Held, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].initial = today
        self.fields["parts"].choices = held.sent  # type: ignore[attr-defined]
        self.fields["parts"].initial = [key for key, _ in held.sent] if len(held.sent) == 1 else []
        if not held.sent:
            self.fields["parts"].help_text = "The payer has no part of this claim again: nothing can be recorded here."

    def clean_on(self) -> date:
        said: date = self.cleaned_data["on"]
        if said > self.today:
            raise ValidationError("Choose today or an earlier day.")
        return said


class ChoosePartForm(ItemForm):
    """Another part of a split claim than somebody said a payment is about, or that nobody knows after all."""

    instead = forms.ChoiceField(
        label="What is right",
        widget=forms.RadioSelect,
        help_text="What the item counts as recovered and as denied follows at once, and so does whether it is open.",
        error_messages={"required": "Choose what is right."},
    )
    reason = forms.CharField(label="Why", max_length=REASON)

    def __init__(self, *args: Any, instead: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instead"].choices = instead  # type: ignore[attr-defined]
        if not instead:
            self.fields[
                "instead"
            ].help_text = "Nobody said of this claim which part a payment is about: nothing can be changed here."


class ReasonForm(ItemForm):
    """Reopen, and what else only asks why."""

    reason = forms.CharField(label="Why", max_length=REASON)


class AnswerForm(ItemForm):
    text = forms.CharField(label="What the payer said", max_length=5000, widget=TextLines(attrs={"rows": 3}))


class AskAgainForm(DayToComeBack, ItemForm):
    day_field = "on"
    text = forms.CharField(label="What was heard so far", max_length=REASON)
    on = own_day()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_days(today)
