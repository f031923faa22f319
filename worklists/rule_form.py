"""A routing rule as people fill it in: one field for each fact that a rule may ask about."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from accounts.models import Facility, Team
from denials.domain.conclusion import ExceptionCode, Outcome
from denials.models import Category, CodeHandling, Payer
from worklists.domain.routing import AMOUNT, check_conditions
from worklists.models import Queue, RoutingRule

PICKED = (
    "owner_team", "category", "payer_key", "payer_kind", "denial_type", "group", "resolution", "outcome", "exceptions",
    "facility_npi", "service_line",
)  # fmt: skip
TYPED = ("carc", "remarks")


class RuleForm(forms.ModelForm[RoutingRule]):
    """Every condition that is filled in must match; an empty one asks nothing."""

    owner_team = forms.MultipleChoiceField(required=False, label="Owner team is")
    category = forms.MultipleChoiceField(required=False, label="Category is")
    payer_key = forms.MultipleChoiceField(required=False, label="Payer is")
    payer_kind = forms.MultipleChoiceField(required=False, label="Kind of payer is", choices=Payer.Kind.choices)
    carc = forms.CharField(required=False, label="Reason code is", help_text="Such as 197, 198. Commas between codes.")
    remarks = forms.CharField(required=False, label="A remark is", help_text="Such as N54, M127.")
    group = forms.MultipleChoiceField(
        required=False, label="Adjustment group is", choices=[(code, code) for code in ("CO", "PR", "OA", "PI")]
    )
    denial_type = forms.MultipleChoiceField(
        required=False, label="Denial type is", choices=CodeHandling.DenialType.choices
    )
    resolution = forms.MultipleChoiceField(
        required=False, label="Usual resolution is", choices=CodeHandling.Resolution.choices
    )
    outcome = forms.MultipleChoiceField(
        required=False,
        label="Outcome is",
        choices=[
            (Outcome.FULL_DENIAL, "Full denial"),
            (Outcome.PARTIAL_DENIAL, "Partial denial"),
            (Outcome.SUSPECTED_DENIAL, "Suspected denial"),
        ],
    )
    exceptions = forms.MultipleChoiceField(
        required=False,
        label="An exception is",
        choices=[(each.value, each.value.replace("_", " ")) for each in ExceptionCode],
    )
    facility_npi = forms.MultipleChoiceField(required=False, label="Facility is")
    service_line = forms.MultipleChoiceField(required=False, label="Service line is")
    at_least = forms.DecimalField(required=False, label="At risk, at least", min_value=0, decimal_places=2)
    at_most = forms.DecimalField(required=False, label="At risk, at most", min_value=0, decimal_places=2)

    class Meta:
        model = RoutingRule
        fields = ("name", "queue", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer()
        conditions = self.instance.conditions
        for name in PICKED:
            self.initial[name] = conditions.get(name, [])
        for name in TYPED:
            self.initial[name] = ", ".join(conditions.get(name, []))
        amount = conditions.get(AMOUNT, {})
        self.initial["at_least"], self.initial["at_most"] = amount.get("min"), amount.get("max")

    def _offer(self) -> None:
        offers: dict[str, list[tuple[str, str]]] = {
            "owner_team": list(Team.objects.values_list("key", "name")),
            "category": list(Category.objects.values_list("key", "title")),
            "payer_key": list(Payer.objects.values_list("key", "name")),
            "facility_npi": list(Facility.objects.values_list("npi", "name")),
            "service_line": [
                (line, line.replace("_", " "))
                for line in Facility.objects.exclude(service_line="").values_list("service_line", flat=True).distinct()
            ],
        }
        for name in PICKED:
            field = self.fields[name]
            if name in offers:
                kept = [value for value in self.instance.conditions.get(name, []) if value not in dict(offers[name])]
                field.choices = [*offers[name], *((value, value) for value in kept)]  # type: ignore[attr-defined]
            field.widget.attrs["size"] = 5

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        conditions: dict[str, Any] = {name: cleaned[name] for name in PICKED if cleaned.get(name)}
        for name in TYPED:
            codes = cleaned.get(name, "").upper().replace(",", " ").split()
            if codes:
                conditions[name] = codes
        if amount := _amount(cleaned.get("at_least"), cleaned.get("at_most")):
            conditions[AMOUNT] = amount
        if any(code[:1] in "MN" for code in conditions.get("carc", [])):
            self.add_error("carc", "This is a remark code: put it under remarks.")
        for sentence in check_conditions(conditions):
            self.add_error(None, sentence)
        self.instance.conditions = conditions
        return cleaned

    def save(self, commit: bool = True) -> RoutingRule:
        if self.instance.pk is None:
            last = RoutingRule.objects.order_by("-position").values_list("position", flat=True).first()
            self.instance.position = (last or 0) + 1
        else:
            self.instance.version += 1
        return super().save(commit)


class QueueForm(forms.ModelForm[Queue]):
    class Meta:
        model = Queue
        fields = ("name", "key", "purpose", "teams", "is_active")
        widgets = {"teams": forms.CheckboxSelectMultiple}
        help_texts = {"key": "In addresses and files; it stays for good."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].disabled = self.instance.pk is not None

    def clean_is_active(self) -> bool:
        is_active: bool = self.cleaned_data["is_active"]
        if not is_active and self.instance.pk and self.instance.items.filter(is_open=True).exists():
            raise forms.ValidationError(
                "Open items are in this queue. Move them first, so that nobody loses sight of them."
            )
        return is_active


def _amount(low: Decimal | None, high: Decimal | None) -> dict[str, str]:
    return {name: str(value) for name, value in (("min", low), ("max", high)) if value is not None}
