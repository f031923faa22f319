"""What people say about a sheet of denials: the file, whose it is, and which column means what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import Facility, User
from denials.domain.sheet_rows import MEANINGS, REQUIRED
from denials.models import Sheet


class SheetForm(forms.Form):
    sheet = forms.FileField(
        label="Sheet with denials",
        help_text="CSV or XLSX, up to 10 MB and 5,000 rows. The first row names the columns.",
    )


class ColumnsForm(forms.Form):
    """One choice of a column for each thing that a row can say."""

    facility = forms.ModelChoiceField(
        Facility.objects.none(),
        required=False,
        label="Facility of rows that name none",
        empty_label="Every row names its own",
    )

    def __init__(self, sheet: Sheet, heads: Sequence[str], user: User, data: Any = None) -> None:
        super().__init__(data)
        own = Facility.objects.all().visible_to(user)
        self.fields["facility"].queryset = own  # type: ignore[attr-defined]
        only = list(own[:2])
        self.initial["facility"] = sheet.facility_id or (only[0].pk if len(only) == 1 else None)
        choices = [("", "not in the sheet"), *((head, head) for head in heads)]
        for meaning, label in MEANINGS.items():
            self.fields[f"column_{meaning}"] = forms.ChoiceField(
                choices=choices,
                required=meaning in REQUIRED,
                label=label,
                error_messages={"required": "Choose a column for this."},
            )
            self.initial[f"column_{meaning}"] = sheet.columns.get(meaning, "")

    def columns(self) -> dict[str, str]:
        return {meaning: self.cleaned_data[f"column_{meaning}"] for meaning in MEANINGS}
