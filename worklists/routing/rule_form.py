"""A routing rule as people fill it in: its conditions (`rule_fields`), where it sends work, and when it is asked."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django import forms
from django.db.models import Q

from denials import typed_codes
from denials.models import CodeSystem
from worklists.domain.conditions import check_conditions
from worklists.models import Queue, RoutingRule
from worklists.routing import rule_fields, rule_order
from worklists.routing.rule_fields import FIELDS, Group

SYSTEMS: dict[str, tuple[CodeSystem, ...]] = {
    "carc": (CodeSystem.CARC,),
    "remarks": (CodeSystem.RARC,),
    "together": (CodeSystem.CARC, CodeSystem.RARC),
}


class RuleForm(forms.ModelForm[RoutingRule]):
    before = forms.ModelChoiceField(
        RoutingRule.objects.none(),
        required=False,
        label="Asked before",
        empty_label="Last of all",
        help_text="The first rule that matches takes the item.",
    )

    class Meta:
        model = RoutingRule
        fields = ("name", "queue", "prefers_specialist", "is_active")
        labels = {"queue": "Sends to", "is_active": "In use"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(deepcopy(FIELDS))
        self._offer()
        self.initial.update(rule_fields.shown(self.instance.conditions))
        self.initial["before"] = rule_order.after(self.instance)
        places: Any = self.fields["before"]
        places.queryset = RoutingRule.objects.exclude(pk=self.instance.pk)

    @property
    def basics(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "queue", "prefers_specialist", "before", "is_active")]

    @property
    def groups(self) -> list[Group]:
        return [Group(name, [self[field] for field in fields]) for name, fields in rule_fields.GROUPS.items()]

    def _offer(self) -> None:
        offers = rule_fields.offers()
        for name in rule_fields.PICKED:
            field: Any = self.fields[name]
            field.choices = offers.get(name, field.choices)
            kept = [value for value in self.instance.conditions.get(name, []) if not field.valid_value(value)]
            field.choices = [*field.choices, *((value, value) for value in kept)]
        queues: Any = self.fields["queue"]
        queues.queryset = Queue.objects.filter(Q(is_active=True) | Q(pk=self.instance.queue_id))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        conditions = rule_fields.filled_in(cleaned)
        for name in SYSTEMS.keys() & conditions.keys():
            kept = self.instance.conditions.get(name, [])
            for fault in typed_codes.faults(conditions[name], SYSTEMS[name], kept, may_name_group=True):
                self.add_error(name, fault)
        for name, wanted in conditions.items():
            for sentence in check_conditions({name: wanted}):
                self.add_error(name if name in self.fields else None, sentence)
        self.instance.conditions = conditions
        return cleaned

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
