"""What an administrator says about a list of codes, and which of its columns holds what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from denials.domain.code_lists import COLUMNS, NEEDED
from denials.models import CodeList, CodeSystem

LABELS = {
    "code": "The codes",
    "text": "Their texts",
    "start": "In use from",
    "modified": "Last changed",
    "stop": "In use until",
    "notes": "Notes",
}
NONE = ("", "no column")


class CodeListForm(forms.Form):
    file = forms.FileField(label="List (CSV or XLSX)", allow_empty_file=True)
    kind = forms.ChoiceField(label="What it is", choices=CodeList.Kind.choices, widget=forms.RadioSelect)
    system = forms.ChoiceField(
        required=False,
        label="Which codes",
        choices=[("", "As its codes look"), (CodeSystem.CARC, "Reasons (CARC)"), (CodeSystem.RARC, "Remarks (RARC)")],
    )
    list_version = forms.CharField(max_length=40, label="Version", help_text="As its publisher calls it.")
    listed_on = forms.DateField(label="Fetched on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    licence = forms.CharField(
        required=False,
        max_length=200,
        label="Licence",
        help_text="Needed for official text, such as: X12 licence 12345, Example Clinic, until June 2027.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("listed_on", timezone.localdate())
        self.initial.setdefault("kind", CodeList.Kind.OFFICIAL)

    def clean_listed_on(self) -> Any:
        day = self.cleaned_data["listed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("That day lies in the future.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == CodeList.Kind.OFFICIAL and not cleaned.get("licence"):
            self.add_error("licence", "Official text is licensed: say under which licence it may stand here.")
        return cleaned


class ColumnsForm(forms.Form):
    """Which column holds what."""

    def __init__(self, *args: Any, row: CodeList, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [NONE, *((str(number), name) for number, name in enumerate(row.columns))]
        for what in COLUMNS:
            self.fields[what] = forms.ChoiceField(label=LABELS[what], choices=choices, required=what in NEEDED)
            self.initial[what] = str(row.mapping.get(what, ""))

    def mapping(self) -> dict[str, int]:
        return {what: int(column) for what, column in self.cleaned_data.items() if column}
