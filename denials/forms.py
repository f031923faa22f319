"""What people may send about remittances, payers and codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django import forms

from accounts.forms import TextLines
from accounts.models import Team
from denials.domain.entries import DenialRule
from denials.models import Category, CodeHandling, Payer, PayerIdentifier, PayerRule
from denials.payer_matching import comparable

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
        label="Remittance (835) or acknowledgment (999, 277CA)",
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


class PayerForm(forms.ModelForm[Payer]):
    """A payer with the names and ids that remittances call it by, one a line."""

    names = forms.CharField(
        required=False,
        widget=TextLines(attrs={"rows": 3}),
        label="Names on remittances",
        help_text="As N1*PR says them, one a line.",
    )
    ids = forms.CharField(
        required=False,
        widget=TextLines(attrs={"rows": 2}),
        label="Payer IDs",
        help_text="As N104, REF*2U or TRN03 say them, one a line.",
    )

    portal = forms.URLField(required=False, assume_scheme="https", max_length=200)

    class Meta:
        model = Payer
        fields = (
            "name", "key", "kind", "product", "jurisdiction", "rules_key", "is_contracted", "appeals_address",
            "appeals_fax", "phone", "portal", "contact_verified_on", "response_days", "is_confirmed",
        )  # fmt: skip
        labels = {
            "rules_key": "Time limits of",
            "is_contracted": "We have a contract",
            "response_days": "Answers within (days)",
            "is_confirmed": "Confirmed",
        }
        help_texts = {"key": "In rules and files, such as aetna. It stays for good."}
        widgets = {
            "appeals_address": TextLines(attrs={"rows": 3}),
            "contact_verified_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {"names": PayerIdentifier.Kind.NAME, "ids": PayerIdentifier.Kind.PAYER_ID}
        keys = PayerRule.objects.order_by("payer_key").values_list("payer_key", flat=True).distinct()
        choices = [("", "This payer's own key, else the usual ones"), *((key, key) for key in keys)]
        self.fields["rules_key"] = _choice(self.fields["rules_key"], self.instance.rules_key, choices)
        if self.instance.pk:
            self.fields["key"].disabled = True
            for field, kind in self.kinds.items():
                known = self.instance.identifiers.filter(kind=kind).order_by("value")
                self.initial[field] = "\n".join(known.values_list("value", flat=True))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for field, kind in self.kinds.items():
            cleaned[field] = sorted(set(filter(None, map(comparable, cleaned.get(field, "").splitlines()))))
            others = PayerIdentifier.objects.filter(kind=kind, value__in=cleaned[field]).exclude(payer=self.instance.pk)
            for other in others.select_related("payer"):
                self.add_error(field, f"{other.value} belongs to {other.payer} already.")
        return cleaned

    def save(self, commit: bool = True) -> Payer:
        payer: Payer = super().save(commit)
        for field, kind in self.kinds.items():
            wanted = self.cleaned_data[field]
            payer.identifiers.filter(kind=kind).exclude(value__in=wanted).delete()
            for value in wanted:
                payer.identifiers.get_or_create(kind=kind, value=value)
        return payer


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
