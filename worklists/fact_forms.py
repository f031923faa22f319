"""What people fill in to write down a fact about a claim, and to say that one is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import TextLines
from denials.domain.told_rows import COLUMNS, Column, codes_in, faults_of, why_no_codes
from denials.told import LONGEST_REASON, MODELS

LONG = 200
"""From so many characters on, a text gets several lines."""


class FactForm(forms.Form):
    """The columns of one kind of fact (`denials/domain/told_rows.py`), as fields."""

    template_name = "components/form.html"

    def __init__(self, kind: str, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.today = kind, today
        for column in COLUMNS[kind]:
            self.fields[column.name] = _FIELDS[column.kind](kind, column)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for fault in faults_of(self.kind, cleaned, self.today):
            self.add_error(None, fault)
        return cleaned


class WithdrawForm(forms.Form):
    because = forms.CharField(
        label="What is wrong about it", max_length=LONGEST_REASON, help_text="It stays to be read, with your name."
    )


class CodesField(forms.CharField):
    """Procedure codes parted by commas or blanks."""

    def clean(self, value: Any) -> Any:
        codes = codes_in(super().clean(value))
        if fault := why_no_codes(codes):
            raise ValidationError(fault)
        return codes


def _text(_: str, column: Column) -> forms.Field:
    widget = TextLines(attrs={"rows": 3}) if column.longest > LONG else forms.TextInput()
    return forms.CharField(label=column.label, max_length=column.longest, required=column.is_required, widget=widget)


def _day(_: str, column: Column) -> forms.Field:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=column.label, required=column.is_required, widget=widget)


def _units(_: str, column: Column) -> forms.Field:
    return forms.DecimalField(
        label=column.label, required=column.is_required, min_value=0, max_digits=9, decimal_places=2
    )


def _codes(_: str, column: Column) -> forms.Field:
    return CodesField(label=column.label, required=column.is_required, help_text="Parted by commas.")


def _choice(kind: str, column: Column) -> forms.Field:
    field: Any = MODELS[kind]._meta.get_field(column.name)
    return forms.ChoiceField(label=column.label, required=column.is_required, choices=[("", "Choose"), *field.choices])


_FIELDS = {"text": _text, "day": _day, "units": _units, "codes": _codes, "choice": _choice}
