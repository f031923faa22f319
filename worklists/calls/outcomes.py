"""What a payer may say in a call: shipped once, then as the site has it; and its screen."""

from __future__ import annotations

import json
from pathlib import Path

from django import forms
from django.db import transaction

from accounts.access import MANAGERS
from accounts.forms import TextLines, taken
from accounts.settings_pages import Column, SettingsPage
from worklists.models import CallOutcome

SHIPPED = Path(__file__).with_name("outcomes.json")


@transaction.atomic
def load() -> None:
    """The shipped outcomes, only where there are none."""
    if not CallOutcome.objects.exists():
        CallOutcome.objects.bulk_create(CallOutcome(**each) for each in json.loads(SHIPPED.read_text()))


class CallOutcomeForm(forms.ModelForm[CallOutcome]):
    class Meta:
        model = CallOutcome
        fields = ("position", "name", "meaning", "days", "is_active")
        error_messages = {"position": taken("outcome", "digit")}
        widgets = {"meaning": TextLines(attrs={"rows": 2})}


CALL_OUTCOMES = SettingsPage(
    name="call_outcomes",
    address="settings/calls/",
    title="Outcomes of calls",
    singular="Outcome",
    purpose="What a payer may say of a claim, each under its digit, and when the item comes back.",
    form=CallOutcomeForm,
    rows=CallOutcome.objects.all,
    columns=(
        Column("Key", lambda row: row.position, is_number=True),
        Column("Outcome", str),
        Column("Means", lambda row: row.meaning),
        Column("Comes back", lambda row: f"in {row.days} business days" if row.days else "stays to be worked"),
        Column("State", lambda row: "in use" if row.is_active else "switched off"),
    ),
    opened_by=MANAGERS,
)
