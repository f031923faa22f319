"""What people fill in about evidence. The verbs check again and have the last word."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import TextLines
from accounts.models import Facility
from accounts.refusal import Refused
from denials.domain.days import add_business_days
from denials.scans import Scan
from worklists.evidence import documents
from worklists.evidence.archive import Asked
from worklists.evidence.checklist import AS_SEEN, Line, SharedLine
from worklists.evidence.documents import About
from worklists.evidence.requesting import Asking
from worklists.models import EvidenceDocument, RecordRequest

NONE_TO_TICK = "None of these has a piece left for this. Go back, and look at the evidence of one of them."
LEFT_OUT = "Not shown: {} more that as few of these items need, or fewer. Choose items of one kind to see them."
ACCEPT = ".pdf,.png,.jpg,.jpeg,.tif,.tiff"
REASON = 300
DUE_IN = 5
MOST_PAGES = 10_000


def day_field(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class PiecesField(forms.MultipleChoiceField):
    """Pieces of a list, each as it was seen; the verb says whether somebody has changed one since."""

    default_error_messages = {"required": "Tick at least one piece."}

    def valid_value(self, value: str) -> bool:
        return _slug(value) in {_slug(key) for key, _ in cast("Any", self.choices)}


class PiecesForm(forms.Form):
    """A form about some pieces of one item's list, or of what many need: `left_out` more are needed by few of those.
    `picked` are ticked at the start.
    """

    template_name = "components/form.html"
    piece = PiecesField(label="Which pieces", widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        lines: Sequence[Line | SharedLine],
        picked: Collection[str] = (),
        left_out: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.fields["piece"].choices = [(line.as_seen, line.label) for line in lines]  # type: ignore[attr-defined]
        if not lines:
            self.fields["piece"].help_text = NONE_TO_TICK
        elif left_out:
            self.fields["piece"].help_text = LEFT_OUT.format(left_out)
        self.initial["piece"] = [line.as_seen for line in lines if line.slug in picked]

    def see_again(self) -> None:
        """What is ticked is ticked as it stands now: sending the form again is a decision."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        ticked = {_slug(each) for each in data.getlist("piece")}
        self.data = data
        data.setlist("piece", [line.as_seen for line in self.lines if line.slug in ticked])


def _slug(as_seen: str) -> str:
    return as_seen.partition(AS_SEEN)[0]


class UploadForm(PiecesForm):
    field_order = ("file", "kind", "piece", "document_on", "pages")
    file = forms.FileField(
        label="Document",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT, "data-key": "d", "data-key-label": "Bring a document"}),
        help_text="PDF, PNG, JPEG or TIFF. Drop it anywhere on this card.",
    )
    kind = forms.ChoiceField(label="What it is", choices=[("", "Choose"), *EvidenceDocument.Kind.choices])
    document_on = day_field("Day on it", required=False)
    pages = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_PAGES, help_text="Left empty, they are counted where that is sure."
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["piece"].label = "Which pieces it shows"
        self.fields["document_on"].widget.attrs["max"] = today.isoformat()

    def clean_file(self) -> tuple[Scan, str]:
        upload = self.cleaned_data["file"]
        try:
            return documents.read(upload, upload.name), upload.name
        except Refused as refused:
            raise ValidationError(refused.sentence) from refused

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if self.errors and "file" in found:
            self.add_error("file", f"Choose {found['file'][1]} again: no page can keep a file that it sent back.")
        return found

    def about(self) -> About:
        given = self.cleaned_data
        return About(given["kind"], given["document_on"], given["pages"])


class UseForm(PiecesForm):
    """A document of the claim that is kept already."""

    document = forms.TypedChoiceField(label="Document", coerce=int)

    def __init__(self, *args: Any, kept: Sequence[EvidenceDocument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["piece"].label = "Which pieces it shows"
        self.fields["document"].choices = [  # type: ignore[attr-defined]
            (each.pk, f"{each.get_kind_display()}: {each.name}") for each in kept
        ]


class StepForm(PiecesForm):
    because = forms.CharField(label="Why", max_length=REASON, help_text="Stays in the history with your name.")


class ElsewhereForm(PiecesForm):
    held_at = forms.CharField(
        label="Where it is, or its number",
        max_length=200,
        help_text="Such as a reference number of the payer, or the place in the record system.",
    )


class RequestForm(PiecesForm):
    field_order = ("to", "to_name", "piece", "due_on", "text")
    to = forms.ChoiceField(label="Asked of", choices=RecordRequest.To.choices)
    to_name = forms.CharField(
        label="Who exactly", required=False, max_length=120, help_text="Needed for a provider or another facility."
    )
    due_on = day_field("Needed by")
    text = forms.CharField(
        label="What to tell them", required=False, max_length=500, widget=TextLines(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("due_on", add_business_days(today, DUE_IN))
        self.fields["due_on"].widget.attrs["min"] = (today + timedelta(days=1)).isoformat()

    def asking(self) -> Asking:
        given = self.cleaned_data
        return Asking(given["to"], given["due_on"], given["to_name"], given["text"])


class AddForm(forms.Form):
    """A piece more on the list: it stands beside the others, and one that is there already is refused by its name."""

    name = forms.CharField(label="Also needed", max_length=200)


class RemindForm(forms.Form):
    """`seen` is how many reminders there were when the form was opened."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    how = forms.CharField(label="How, and what they said", max_length=REASON)
    due_on = day_field("Promised by", required=False)


class BecauseForm(forms.Form):
    because = forms.CharField(label="Why", max_length=REASON)


class ArchiveForm(forms.Form):
    """What the archive is searched by; numbers of claims are posted apart, so that none stands in an address."""

    kind = forms.ChoiceField(label="Type", required=False, choices=[("", "any"), *EvidenceDocument.Kind.choices])
    facility = forms.ModelChoiceField(Facility.objects.none(), required=False, empty_label="any")
    first = day_field("From", required=False)
    last = day_field("To", required=False)

    def __init__(self, *args: Any, facilities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = facilities  # type: ignore[attr-defined]

    def asked(self, words: str) -> Asked | None:
        """None where the address asks for something that is not offered."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        facility = given["facility"].pk if given["facility"] else None
        return Asked(given["kind"], facility, given["first"], given["last"], words)
