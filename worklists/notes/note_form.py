"""The form of a note: its kind, its text with the blanks of phrases, and what a contact with the payer left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.forms import TextLines
from worklists.domain import phrases as domain
from worklists.domain import ticklers
from worklists.forms import REASON
from worklists.models import Channel
from worklists.notes.phrases import ASKED, asked_for
from worklists.notes.writing import Note
from worklists.tickler_fields import WhyLate, ask_why_late, limit_day
from worklists.wording import day

BLANK = "blank-"
MOST_BLANKS = 20
CONTACT = ("spoke_to", "reference", "hold_minutes", "outcome", "promised_on", "late_because")
OF_A_CONTACT = ("spoke_to", "reference", "hold_minutes", "outcome")
WRITTEN = {"rows": 3, "data-phrases": True, "data-key": "n", "data-key-label": "Write a note"}
DRAFTED = ("channel", "text", *CONTACT)
"""Fields that a draft keeps; with them the blanks."""


class NoteForm(forms.Form):
    """`known`: what the item says for the blanks that it knows. Blanks of the text that it does not know are asked for
    in fields of their own.
    """

    template_name = "components/form.html"
    channel = forms.ChoiceField(label="Kind", choices=Channel.choices, required=False, initial=Channel.INTERNAL)
    text = forms.CharField(label="Note", max_length=5000, required=False, widget=TextLines(attrs=WRITTEN))
    spoke_to = forms.CharField(label="Spoke to", max_length=120, required=False)
    reference = forms.CharField(label="Reference", max_length=80, required=False)
    hold_minutes = forms.IntegerField(label="Minutes on hold", min_value=0, max_value=600, required=False)
    outcome = forms.CharField(label="Outcome", max_length=REASON, required=False)
    promised_on = forms.DateField(
        label="Promised by",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="The item comes back on this day, or on the next business day.",
    )
    late_because = WhyLate(
        label="Why so late", max_length=REASON, help_text="Needed for a day after the last safe one."
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *args: Any,
        known: Mapping[str, str],
        today: date,
        last_safe: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self.known, self.today, self.last_safe = known, today, last_safe
        limit_day(self.fields["promised_on"], today)
        if last_safe is not None:
            why_late: WhyLate = self.fields["late_because"]  # type: ignore[assignment]
            why_late.tell(last_safe, today, day_field="promised_on")
        text = str(self["text"].value() or "")
        for name in asked_for(text)[:MOST_BLANKS]:
            widget = forms.TextInput(attrs={"id": f"note-blank-{name.replace(' ', '-')}"})
            self.fields[BLANK + name] = forms.CharField(
                label=name.capitalize(), max_length=200, required=False, widget=widget
            )

    @property
    def contact_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in CONTACT]

    @property
    def blank_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(BLANK)]

    @property
    def is_contact(self) -> bool:
        """Whether the fields of a contact are to be seen at once."""
        is_other = str(self["channel"].value() or Channel.INTERNAL) != Channel.INTERNAL
        return is_other or any(self[name].value() or self[name].errors for name in CONTACT)

    def clean_channel(self) -> str:
        return self.cleaned_data["channel"] or Channel.INTERNAL

    def clean_promised_on(self) -> date | None:
        promised: date | None = self.cleaned_data["promised_on"]
        if promised is not None and promised <= self.today:
            raise ValidationError("Choose a day after today.")
        if promised is not None and promised > ticklers.farthest(self.today):
            raise ValidationError(ticklers.too_far_words(promised, self.today))
        return promised

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        text = given.get("text", "").strip()
        values = dict(self.known) | {name: _shown(given.get(field)) for name, field in ASKED.items()}
        values |= {name: given.get(BLANK + name, "") for name in asked_for(text)}
        missing = domain.missing(text, values)
        for name in missing:
            self._say_missing(name)
        if not text and not any(given.get(name) for name in CONTACT) and "text" not in self.errors:
            self.add_error("text", "The note is empty: write what happened.")
        if not missing:
            given["text"] = domain.fill(text, values)
        if given.get("channel") == Channel.INTERNAL and any(given.get(name) for name in OF_A_CONTACT):
            self.add_error("channel", "Say how you were in touch: an internal note has no contact.")
        ask_why_late(self, given.get("promised_on"), self.last_safe)
        return given

    def _say_missing(self, name: str) -> None:
        """At the field that would fill it, so that it can be filled in at once."""
        field = ASKED.get(name, BLANK + name)
        if field in self.fields:
            if field not in self.errors:
                self.add_error(field, f"The phrase asks for {{{name}}}: fill it in.")
        else:
            self.add_error("text", f"The item does not know {{{name}}}: write it into the text yourself.")

    @property
    def comes_back(self) -> str:
        """When the item comes back, where a day was promised. Only of a valid form."""
        promised: date | None = self.cleaned_data["promised_on"]
        if promised is None:
            return ""
        back = ticklers.comes_back(promised, self.last_safe, self.today)
        return ticklers.moved_words(promised, back) or f"It comes back on {ticklers.in_full(back)}."

    @property
    def note(self) -> Note:
        """What was filled in. Only of a valid form."""
        return Note(**{name: self.cleaned_data[name] for name in DRAFTED})


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return day(value)
    return "" if value is None else str(value)
