"""The fields in which people fill in the conditions of a routing rule, grouped as they think of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms

from accounts.forms import Picks
from accounts.models import Facility, Team
from denials.domain.conclusion import ExceptionCode, Outcome
from denials.models import Category, CodeHandling, Payer, PayerProduct
from worklists.domain import modalities
from worklists.domain.routing_words import URGENCIES

PICKED = (
    "owner_team", "category", "payer_key", "payer_kind", "product", "denial_type", "group", "resolution", "outcome",
    "exceptions", "evidence", "facility_npi", "service_line", "modality", "urgency",
)  # fmt: skip
TYPED = ("carc", "remarks", "together", "procedure", "modifier", "rendering_npi")
"""Lists of codes and numbers, with commas or spaces between them."""


class End(NamedTuple):
    """A field that holds one end of a range."""

    condition: str
    end: str


ENDS = {
    "at_least": End("amount_at_risk", "min"),
    "at_most": End("amount_at_risk", "max"),
    "due_least": End("days_left", "min"),
    "due_most": End("days_left", "max"),
    "old_least": End("age_days", "min"),
    "old_most": End("age_days", "max"),
    "denied_least": End("round", "min"),
    "denied_most": End("round", "max"),
}
GROUPS: dict[str, tuple[str, ...]] = {
    "Payer": ("payer_key", "product", "payer_kind"),
    "Reason of the denial": (
        "category", "carc", "remarks", "together", "group", "denial_type", "outcome", "exceptions",
    ),
    "Money": ("at_least", "at_most"),
    "Days and repeats": (
        "urgency", "due_most", "due_least", "old_least", "old_most", "denied_least", "denied_most",
    ),
    "What it takes": ("owner_team", "resolution", "evidence"),
    "Service": ("service_line", "facility_npi", "modality", "procedure", "modifier", "rendering_npi"),
}  # fmt: skip

SEVERAL, UNKNOWN = "Several categories", "Without a category"


class Group(NamedTuple):
    """Conditions that belong together on the form."""

    name: str
    fields: list[forms.BoundField]

    @property
    def used(self) -> int:
        """How many of them are filled in or at fault, so that they must be seen."""
        return sum(bool(field.value() not in (None, "", []) or field.errors) for field in self.fields)


def _picked(label: str, choices: Any = (), text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(required=False, label=label, choices=list(choices), help_text=text, widget=Picks)


def _typed(label: str, text: str) -> forms.CharField:
    return forms.CharField(required=False, label=label, help_text=text, max_length=400)


def _number(label: str, least: int, text: str = "") -> forms.IntegerField:
    return forms.IntegerField(required=False, label=label, min_value=least, max_value=9999, help_text=text)


def _money(label: str) -> forms.DecimalField:
    return forms.DecimalField(required=False, label=label, min_value=0, decimal_places=2)


FIELDS: dict[str, forms.Field] = {
    "payer_key": _picked("Payer is"),
    "product": _picked("Product is"),
    "payer_kind": _picked("Kind of payer is", Payer.Kind.choices),
    "category": _picked("Category is"),
    "carc": _typed("Reason code is", "Any of these, such as 197, 198. Commas between codes."),
    "remarks": _typed("A remark is", "Any of these, such as N54, M127."),
    "together": _typed(
        "All of these codes together", "On one claim, such as CO-50 N115. A group before a code counts."
    ),
    "group": _picked("Adjustment group is", [(code, code) for code in ("CO", "PR", "OA", "PI")]),
    "denial_type": _picked("Denial type is", CodeHandling.DenialType.choices),
    "outcome": _picked(
        "Outcome is",
        [
            (Outcome.FULL_DENIAL, "Full denial"),
            (Outcome.PARTIAL_DENIAL, "Partial denial"),
            (Outcome.SUSPECTED_DENIAL, "Suspected denial"),
        ],
    ),
    "exceptions": _picked(
        "An exception is", [(each.value, each.value.replace("_", " ").capitalize()) for each in ExceptionCode]
    ),
    "at_least": _money("At risk, at least"),
    "at_most": _money("At risk, at most"),
    "urgency": _picked("Urgency is", URGENCIES.items(), "On the day it is routed; an item does not move as days pass."),
    "due_most": _number("Last day within, days", -9999, "Counted on the day it is routed. Past last days count too."),
    "due_least": _number("Last day at least, days away", -9999),
    "old_least": _number("Denied at least, days ago", 0),
    "old_most": _number("Denied at most, days ago", 0),
    "denied_least": _number("Denied at least, times", 1, "2 takes what was denied again."),
    "denied_most": _number("Denied at most, times", 1),
    "owner_team": _picked("Owner team is"),
    "resolution": _picked("Usual resolution is", CodeHandling.Resolution.choices),
    "evidence": _picked("Evidence asked for is", text="As the code dictionary words it."),
    "service_line": _picked("Service line is"),
    "facility_npi": _picked("Facility is"),
    "modality": _picked(
        "Modality is", modalities.NAMES.items(), "Read off the procedure; remittances name no modality."
    ),
    "procedure": _typed("Procedure is", "Codes, ranges or beginnings: 70553, 70540-70559, 7055*. Of the denied lines."),
    "modifier": _typed("A modifier is", "Such as 26, TC. Of the denied lines."),
    "rendering_npi": _typed("Rendering provider is", "NPIs. Only claims whose remittance names the provider match."),
}
"""Every one that is filled in must be met; an empty one asks nothing."""


def offers() -> dict[str, list[tuple[str, Any]]]:
    """What this site has to choose from, by condition; evidence under the categories whose codes ask for it."""
    lines = Facility.objects.exclude(service_line="").order_by("service_line").values_list("service_line", flat=True)
    products = {*PayerProduct.objects.values_list("name", flat=True), *Payer.objects.values_list("product", flat=True)}
    categories = dict(Category.objects.values_list("key", "title"))
    return {
        "owner_team": list(Team.objects.values_list("key", "name")),
        "category": list(categories.items()),
        "payer_key": list(Payer.objects.standing().values_list("key", "name")),
        "product": [(name, name) for name in sorted(products) if name],
        "facility_npi": list(Facility.objects.values_list("npi", "name")),
        "service_line": [(line, line.replace("_", " ")) for line in dict.fromkeys(lines)],
        "evidence": _evidence(categories),
    }


def _evidence(categories: Mapping[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    asking: dict[str, set[str]] = defaultdict(set)
    for category, listed in CodeHandling.objects.values_list("category", "evidence"):
        for text in listed:
            asking[text].add(category)
    grouped: dict[str, list[tuple[str, str]]] = {title: [] for title in categories.values()}
    for text, keys in sorted(asking.items()):
        title = SEVERAL if len(keys) > 1 else categories.get(min(keys), UNKNOWN)
        grouped.setdefault(title, []).append((text, text))
    return [(title, found) for title, found in grouped.items() if found]


def names() -> dict[str, dict[str, str]]:
    """What people call the keys that conditions hold."""
    return {
        "owner_team": dict(Team.objects.values_list("key", "name")),
        "category": dict(Category.objects.values_list("key", "title")),
        "payer_key": dict(Payer.objects.values_list("key", "name")),
        "facility_npi": dict(Facility.objects.values_list("npi", "name")),
    }


def shown(conditions: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields show of these conditions."""
    values: dict[str, Any] = {name: conditions.get(name, []) for name in PICKED}
    values |= {name: ", ".join(conditions.get(name, [])) for name in TYPED}
    return values | {name: conditions.get(of.condition, {}).get(of.end) for name, of in ENDS.items()}


def filled_in(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The conditions that valid fields say."""
    conditions: dict[str, Any] = {name: cleaned[name] for name in PICKED if cleaned.get(name)}
    for name in TYPED:
        if codes := cleaned.get(name, "").upper().replace(",", " ").split():
            conditions[name] = list(dict.fromkeys(codes))
    for name, of in ENDS.items():
        if cleaned.get(name) is not None:
            conditions.setdefault(of.condition, {})[of.end] = str(cleaned[name])
    return conditions
