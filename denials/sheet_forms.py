"""What people say about a sheet: the file, what its rows are, whose it is, and which column means what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import Facility, User
from denials.denial_sheets import DENIALS
from denials.models import Sheet
from denials.sheet_columns import columns_of
from denials.sheet_kinds import KINDS, MOST_ROWS, SheetKind


class SheetForm(forms.Form):
    kind = forms.ChoiceField(label="Its rows are")
    sheet = forms.FileField(label="File with the sheet")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(KINDS.values(), key=lambda kind: (kind.key != DENIALS.key, kind.called))
        self.fields["kind"].choices = [(kind.key, kind.called) for kind in kinds]  # type: ignore[attr-defined]
        self.fields[
            "sheet"
        ].help_text = f"CSV or XLSX, up to 10 MB and {_most_rows(kinds)}. The first row names the columns."


def _most_rows(kinds: Sequence[SheetKind]) -> str:
    """How long a sheet may be: "5,000 rows (imaging events: 10,000)"."""
    other = [f"{kind.called.lower()}: {kind.most_rows:,}" for kind in kinds if kind.most_rows != MOST_ROWS]
    return f"{MOST_ROWS:,} rows" + (f" ({', '.join(other)})" if other else "")


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
        kind = KINDS[sheet.kind]
        columns, self.new = columns_of(kind, sheet.columns, heads)
        self.meanings = kind.meanings
        for meaning, label in kind.meanings.items():
            self.fields[f"column_{meaning}"] = forms.ChoiceField(
                choices=choices,
                required=meaning in kind.required,
                label=label,
                error_messages={"required": "Choose a column for this."},
            )
            self.initial[f"column_{meaning}"] = columns.get(meaning, "")

    @property
    def not_found(self) -> str:
        """What every row must say and no column was recognised for."""
        fields = [self.fields[f"column_{name}"] for name in self.meanings if not self.initial[f"column_{name}"]]
        return "; ".join(str(field.label) for field in fields if field.required)

    @property
    def gained(self) -> str:
        """What was found besides what somebody chose before, each with its column."""
        return "; ".join(f"{self.meanings[name]}: “{self.initial[f'column_{name}']}”" for name in self.new)

    def columns(self) -> dict[str, str]:
        return {meaning: self.cleaned_data[f"column_{meaning}"] for meaning in self.meanings}
