"""The numbers, reminders and escalation rules of a site: shipped once, then as the site has them; and their screens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django import forms
from django.db import transaction

from accounts.forms import TextLines, taken
from accounts.governance.areas import SWITCH
from accounts.governance.pages import GovernedPage
from accounts.settings_pages import Column, SettingsPage
from denials import typed_codes
from denials.models import Category, CodeSystem
from worklists.models import EscalationRule, ReminderDay, WatchNumber

NUMBERS = Path(__file__).with_name("watch_numbers.json")
RULES = Path(__file__).with_name("escalation_rules.json")
CONDITIONS = ("category", "codes", "at_least", "days_left", "untouched_days", "rounds", "question_late_days")


@transaction.atomic
def load() -> None:
    """Adds the shipped numbers that are missing; rules and reminders only where there are none, so that what an admin
    took away stays away.
    """
    numbers: list[dict[str, Any]] = json.loads(NUMBERS.read_text())
    rows = [WatchNumber(position=position, **each) for position, each in enumerate(numbers, start=1)]
    WatchNumber.objects.bulk_create(rows, ignore_conflicts=True)
    shipped: dict[str, Any] = json.loads(RULES.read_text())
    if not ReminderDay.objects.exists():
        ReminderDay.objects.bulk_create(
            ReminderDay(days_before=days, tells_managers=managers) for days, managers in shipped["reminders"]
        )
    if not EscalationRule.objects.exists():
        EscalationRule.objects.bulk_create(
            EscalationRule(position=10 * count, **each) for count, each in enumerate(shipped["rules"], start=1)
        )


def numbers() -> dict[str, int]:
    """Each number by its key, also where the shipped rows were never loaded."""
    shipped = {each["key"]: int(each["number"]) for each in json.loads(NUMBERS.read_text())}
    return shipped | dict(WatchNumber.objects.values_list("key", "number"))


class WatchNumberForm(forms.ModelForm[WatchNumber]):
    class Meta:
        model = WatchNumber
        fields = ("number", "meaning")
        widgets = {"meaning": TextLines(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].label = f"Number of {self.instance.unit}"


class ReminderDayForm(forms.ModelForm[ReminderDay]):
    class Meta:
        model = ReminderDay
        fields = ("days_before", "tells_managers", "is_active")
        error_messages = {"days_before": taken("reminder", "number of days")}
        labels = {"tells_managers": "Tell the managers too", "is_active": "In use"}


class EscalationRuleForm(forms.ModelForm[EscalationRule]):
    class Meta:
        model = EscalationRule
        fields = ("name", "position", *CONDITIONS, "to", "team", "person", "step", "is_active")
        labels = {"is_active": "In use"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known, now = list(Category.objects.values_list("key", "title")), self.instance.category
        kept = [(now, now)] if now and now not in dict(known) else []
        self.fields["category"] = forms.ChoiceField(choices=[("", "Any"), *known, *kept], required=False)
        named: Any = self.fields
        named["team"].empty_label = named["person"].empty_label = "None"

    def clean_codes(self) -> str:
        codes = self.cleaned_data["codes"].upper().replace(",", " ").split()
        if faults := typed_codes.faults(codes, [CodeSystem.CARC], self.instance.codes.split()):
            raise forms.ValidationError(faults)
        return " ".join(codes)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not any(values.get(name) not in (None, "") for name in CONDITIONS):
            raise forms.ValidationError("Give at least one condition: without any, every open item would be escalated.")
        for kind in (EscalationRule.To.TEAM, EscalationRule.To.PERSON):
            if values.get("to") == kind and not values.get(kind):
                self.add_error(kind.value, f"Choose the {kind} to escalate to.")
            elif values.get("to") != kind:
                values[kind] = None
        return values


def in_words(rule: EscalationRule) -> str:
    """The conditions of a rule as people read them."""
    said = [
        (rule.category, f"category {rule.category.replace('_', ' ')}"),
        (rule.codes, f"reason {' or '.join(rule.codes.split())}"),
        (rule.at_least is not None, f"at least ${rule.at_least or 0:,.2f} at risk"),
        (
            rule.days_left is not None,
            f"last safe day within {rule.days_left} days" if rule.days_left else "last safe day reached",
        ),
        (rule.untouched_days is not None, f"untouched for {rule.untouched_days} days"),
        (rule.rounds is not None, f"denied {rule.rounds} times"),
        (rule.question_late_days is not None, f"a colleague's answer {rule.question_late_days} days overdue"),
    ]
    return ", ".join(words for is_asked, words in said if is_asked)


def to_whom(rule: EscalationRule) -> str:
    return str(rule.team or rule.person or rule.get_to_display())


ESCALATION_RULES = GovernedPage(
    name="escalation_rules",
    address="settings/escalation/",
    title="Escalation rules",
    singular="Escalation rule",
    purpose="What somebody above has to look at. Each rule raises an item once for each last day.",
    form=EscalationRuleForm,
    rows=lambda: EscalationRule.objects.select_related("team", "person"),
    columns=(
        Column("Rule", str),
        Column("When", in_words),
        Column("To", to_whom),
        Column("Step", lambda rule: rule.step, is_number=True),
        Column("State", lambda rule: "in use" if rule.is_active else "switched off"),
    ),
    retirement=SWITCH,
)
REMINDER_DAYS = SettingsPage(
    name="reminder_days",
    address="settings/reminders/",
    title="Reminders",
    singular="Reminder",
    purpose="How many days before a last safe day or deadline people are reminded, in My day and not by e-mail.",
    form=ReminderDayForm,
    rows=ReminderDay.objects.all,
    searched=("days_before",),
    columns=(
        Column("When", str),
        Column("Told", lambda day: "owner and managers" if day.tells_managers else "owner"),
        Column("State", lambda day: "in use" if day.is_active else "switched off"),
    ),
)
WATCH_NUMBERS = SettingsPage(
    name="watch_numbers",
    address="settings/watch/",
    title="Numbers of the watch list",
    singular="Number",
    purpose="From when on something is watched or counted as lost.",
    form=WatchNumberForm,
    rows=WatchNumber.objects.all,
    may_add=False,
    columns=(
        Column("Number", str),
        Column("Meaning", lambda row: row.meaning),
        Column("Is", lambda row: f"{row.number:,} {row.unit}", is_number=True),
    ),
)
