"""A routing rule as people fill it in: one field for each fact that a rule may ask about."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import Facility, Team
from denials import dictionary
from denials.domain.code_kinds import wrong_list
from denials.domain.conclusion import ExceptionCode, Outcome
from denials.models import Category, Code, CodeHandling, CodeSystem, Payer
from worklists import rule_order
from worklists.domain.conditions import AMOUNT, check_conditions
from worklists.models import Queue, RoutingRule

PICKED = (
    "owner_team", "category", "payer_key", "payer_kind", "denial_type", "group", "resolution", "outcome", "exceptions",
    "facility_npi", "service_line",
)  # fmt: skip
TYPED = {"carc": CodeSystem.CARC, "remarks": CodeSystem.RARC}
OFTEN = ("owner_team", "category", "payer_key", "carc", "remarks", "at_least", "at_most")
"""The conditions that most rules have: the form shows them first."""


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
    before = forms.ModelChoiceField(
        RoutingRule.objects.none(),
        required=False,
        label="Asked before",
        empty_label="Last of all",
        help_text="The first rule that matches takes the item.",
    )

    class Meta:
        model = RoutingRule
        fields = ("name", "queue", "is_active")
        labels = {"queue": "Sends to", "is_active": "In use"}

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
        self.initial["before"] = rule_order.after(self.instance)
        places: Any = self.fields["before"]
        places.queryset = RoutingRule.objects.exclude(pk=self.instance.pk)

    @property
    def basics(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "queue", "before", "is_active")]

    @property
    def often(self) -> list[forms.BoundField]:
        return [self[name] for name in OFTEN]

    @property
    def rarely(self) -> list[forms.BoundField]:
        return [self[name] for name in PICKED if name not in OFTEN]

    @property
    def asks_rarely(self) -> bool:
        """Whether one of the rare conditions is filled in or at fault, so that it must be seen."""
        return any(field.value() or field.errors for field in self.rarely)

    def _offer(self) -> None:
        offers: dict[str, list[tuple[str, str]]] = {
            "owner_team": list(Team.objects.values_list("key", "name")),
            "category": list(Category.objects.values_list("key", "title")),
            "payer_key": list(Payer.objects.standing().values_list("key", "name")),
            "facility_npi": list(Facility.objects.values_list("npi", "name")),
            "service_line": [
                (line, line.replace("_", " "))
                for line in Facility.objects.exclude(service_line="").values_list("service_line", flat=True).distinct()
            ],
        }
        for name in PICKED:
            field: Any = self.fields[name]
            offered = offers[name] if name in offers else list(field.choices)
            kept = [value for value in self.instance.conditions.get(name, []) if value not in dict(offered)]
            field.choices = [*offered, *((value, value) for value in kept)]
            field.widget.attrs["size"] = 5
        queues: Any = self.fields["queue"]
        queues.queryset = Queue.objects.filter(Q(is_active=True) | Q(pk=self.instance.queue_id))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        conditions: dict[str, Any] = {name: cleaned[name] for name in PICKED if cleaned.get(name)}
        for name in TYPED:
            if codes := cleaned.get(name, "").upper().replace(",", " ").split():
                conditions[name] = codes
                self._check_codes(name, codes)
        if amount := _amount(cleaned.get("at_least"), cleaned.get("at_most")):
            conditions[AMOUNT] = amount
        for sentence in check_conditions(conditions):
            self.add_error(None, sentence)
        self.instance.conditions = conditions
        return cleaned

    def _check_codes(self, name: str, codes: list[str]) -> None:
        """A code that is no such code would never match, and nobody would notice."""
        known = set(Code.objects.filter(code__in=codes).values_list("system", "code"))
        kept = self.instance.conditions.get(name, [])
        for code in codes:
            if (TYPED[name], code) in known or code in kept:
                continue
            fault = wrong_list(TYPED[name], code, dictionary.current())
            self.add_error(name, fault or f"The code dictionary has no {code} of this kind.")

    def save(self, commit: bool = True) -> RoutingRule:
        if self.instance._state.adding:
            self.instance.position = rule_order.next_position()
        else:
            self.instance.version += 1
        rule: RoutingRule = super().save(commit)
        if "before" in self.changed_data:
            rule_order.put_before(rule, self.cleaned_data["before"])
            rule.refresh_from_db(fields=["position"])
        return rule


def _amount(low: Decimal | None, high: Decimal | None) -> dict[str, str]:
    return {name: str(value) for name, value in (("min", low), ("max", high)) if value is not None}
