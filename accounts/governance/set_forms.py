"""What a set of changes is called, why it is made, and from when on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from accounts.forms import TextLines
from accounts.governance.gathering import About
from accounts.models import ChangeSet


class AboutForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120, help_text="How people find it again.")
    why = forms.CharField(
        label="Why", max_length=2000, widget=TextLines(attrs={"rows": 2}), help_text="For whoever approves it."
    )
    active_on = forms.DateField(
        label="In force from",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Of all of it, whatever the drafts say.",
    )

    @classmethod
    def of(cls, bundle: ChangeSet, data: Any = None) -> AboutForm:
        day = max(bundle.active_on, timezone.localdate())
        return cls(data, initial={"name": bundle.name, "why": bundle.why, "active_on": day})

    def clean_active_on(self) -> Any:
        day = self.cleaned_data["active_on"]
        if day < timezone.localdate():
            raise forms.ValidationError("What was decided before today stays as it is: choose today or a later day.")
        return day

    def about(self) -> About:
        return About(**self.cleaned_data)
