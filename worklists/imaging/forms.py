"""What people fill in about imaging. The verbs check again and have the last word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from worklists.domain.imaging import LABELS, Mark, faults_of_id
from worklists.imaging.marking import Told
from worklists.models import ImagingEvent

STAMP = "%Y-%m-%dT%H:%M"


class WhatWentWrong(forms.CharField):
    needed = "only if it failed"


class MarkForm(forms.Form):
    mark = forms.ChoiceField(label="Step", choices=ImagingEvent.Mark.choices)
    has_failed = forms.TypedChoiceField(
        label="How it went",
        choices=[("", "Done"), ("1", "Failed")],
        required=False,
        coerce=bool,
        widget=forms.RadioSelect,
    )
    said = WhatWentWrong(label="What went wrong", required=False, max_length=200)
    at = forms.DateTimeField(
        label="When", input_formats=[STAMP], widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=STAMP)
    )
    attachment_id = forms.CharField(
        label="Attachment ID",
        required=False,
        max_length=80,
        help_text=f"As it stands on the claim (PWK06). Needed once “{LABELS[Mark.ATTACHMENT_ID]}” is done.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The last moment of today may be chosen: a page may be open for hours. The future is refused as it is sent."""
        super().__init__(*args, **kwargs)
        now = timezone.localtime()
        self.initial.setdefault("at", now.strftime(STAMP))
        self.fields["at"].widget.attrs["max"] = now.replace(hour=23, minute=59).strftime(STAMP)

    def clean(self) -> dict[str, Any]:
        """What the verb would refuse is said at the field that it is about."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        has_failed, at = given.get("has_failed"), given.get("at")
        if at and at > timezone.now():
            self.add_error("at", "This moment lies in the future. Choose an earlier one.")
        if has_failed and not given.get("said"):
            self.add_error("said", "Say what went wrong.")
        if given.get("mark") == Mark.ATTACHMENT_ID and not has_failed and "attachment_id" in given:
            for fault in faults_of_id(given["attachment_id"]):
                self.add_error("attachment_id", fault)
        return given

    def told(self) -> Told:
        given = self.cleaned_data
        return Told(given["mark"], given["at"], not given["has_failed"], given["attachment_id"], given["said"])
