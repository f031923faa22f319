"""What people may send about remittances, payers and codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django import forms

from accounts.forms import TextLines
from accounts.models import Team
from denials.domain.entries import DenialRule
from denials.models import Category, CodeHandling

RULES = {
    DenialRule.ALWAYS.value: "A denial whenever an amount is adjusted",
    DenialRule.REMARK.value: "A denial whose category the remark decides",
    DenialRule.ZERO_PAID.value: "A denial when nothing was paid",
    DenialRule.REDUCE.value: "A reduction; a denial when nothing was paid",
    DenialRule.DUPLICATE.value: "A denial unless the first claim was paid",
    DenialRule.PEND.value: "Not decided yet: watched",
    DenialRule.PATIENT.value: "Never: the patient's share",
    DenialRule.CONTRACT.value: "Never: a contractual write-down",
    DenialRule.INFO.value: "Never: for information",
    DenialRule.RETIRED.value: "Retired code",
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Remittance file (835) or acknowledgment (999, 277CA)",
        help_text="As the payer or the clearinghouse sent it.",
    )


class DecisionForm(forms.Form):
    """Whether a held payment goes on, and why."""

    decision = forms.ChoiceField(
        label="What to do with it",
        choices=[("release", "Record it as it is and make work of it"), ("set_aside", "Set it aside: no work")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Reason", max_length=300)


class HandlingForm(forms.ModelForm[CodeHandling]):
    """What we do about a code. The official record is not in it: nobody edits that."""

    evidence = forms.CharField(
        required=False, widget=TextLines(attrs={"rows": 4}), help_text="What is needed, one a line."
    )

    class Meta:
        model = CodeHandling
        fields = (
            "category", "denial_type", "denial_rule", "owner_team", "usual_resolution", "next_action", "evidence",
            "preventable", "appealable", "root_cause", "upstream_owner", "escalation_path",
        )  # fmt: skip
        labels = {"denial_rule": "When it is a denial", "upstream_owner": "Where it can be prevented"}
        widgets = {"next_action": TextLines(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["evidence"] = "\n".join(self.instance.evidence)
        categories = [("", "None"), *Category.objects.values_list("key", "title")]
        teams = [("", "None"), *Team.objects.values_list("key", "name")]
        rules = [("", "As the category says"), *RULES.items()]
        for name, choices in (("category", categories), ("owner_team", teams), ("denial_rule", rules)):
            self.fields[name] = _choice(self.fields[name], getattr(self.instance, name), choices)

    def clean_evidence(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["evidence"].splitlines() if line.strip()]

    @staticmethod
    def words() -> dict[str, Callable[[str], str]]:
        """How people read the fields that hold keys, for the history."""
        named = {
            "category": dict(Category.objects.values_list("key", "title")),
            "owner_team": dict(Team.objects.values_list("key", "name")),
            "denial_rule": RULES,
        }
        return {name: partial(_named, names) for name, names in named.items()}

    def save(self, commit: bool = True) -> CodeHandling:
        """Never of a form sent as it was shown: the next load could not bring that code up to date any more."""
        self.instance.is_edited = True
        self.instance.version += 1
        return super().save(commit)


def _named(names: Mapping[str, str], key: str) -> str:
    return names.get(key, key)


def _choice(field: forms.Field, current: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    """A choice among what is known, and what stands there now, so that opening a form never changes a value."""
    if current and current not in dict(choices):
        choices = [*choices, (current, current)]
    return forms.ChoiceField(choices=choices, required=False, label=field.label, help_text=field.help_text)
