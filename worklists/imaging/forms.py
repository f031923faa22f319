"""What people fill in about imaging. The verbs check again and have the last word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from worklists.imaging.marking import Told
from worklists.models import ImagingEvent

STAMP = "%Y-%m-%dT%H:%M"


class MarkForm(forms.Form):
    mark = forms.ChoiceField(label="What happened", choices=ImagingEvent.Mark.choices)
    at = forms.DateTimeField(
        label="When", input_formats=[STAMP], widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=STAMP)
    )
    attachment_id = forms.CharField(
        label="Attachment ID", required=False, max_length=80, help_text="As it stands on the claim (PWK06)."
    )
    has_failed = forms.BooleanField(label="It failed", required=False)
    said = forms.CharField(label="What went wrong", required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = timezone.localtime()
        self.initial.setdefault("at", now.strftime(STAMP))
        self.fields["at"].widget.attrs["max"] = now.strftime(STAMP)

    def told(self) -> Told:
        given = self.cleaned_data
        return Told(given["mark"], given["at"], not given["has_failed"], given["attachment_id"], given["said"])
