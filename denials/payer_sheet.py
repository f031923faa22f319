"""What the page of one payer shows beside its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from accounts.row_history import Part
from denials.domain.clock_words import window_in_words
from denials.domain.clocks import DEFAULT_PAYER
from denials.models import Payer, PayerContact, PayerIdentifier, PayerMerge, PayerProduct, PayerRule, Remittance
from denials.payer_contacts import contacts_of
from denials.payer_forms import IDENTIFIERS

MOST_NAMES = 12
PARTS = tuple(
    Part(label, PayerIdentifier, "payer_id", "value", {"kind": kind}) for kind, label, _ in IDENTIFIERS.values()
)
"""The lists of identifiers that a payer's form changes, for its history."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The time limits of the payer, or of one of its product lines."""

    of: str
    """The product line; empty for the payer itself."""
    key: str
    rules: Sequence[PayerRule]

    @property
    def limits(self) -> list[tuple[PayerRule, str]]:
        """Each rule with its window in words."""
        return [(rule, window_in_words(rule.window_value, rule.window_unit)) for rule in self.rules]

    @property
    def is_missing(self) -> bool:
        return not self.rules


@dataclass(frozen=True, slots=True)
class Named:
    """One way in which remittances named this payer, and how often."""

    name: str
    identifier: str
    payments: int
    first: date | None
    last: date | None


def listed() -> QuerySet[Payer]:
    """The payers for their list, those to confirm first; merged ones are reached through what they became."""
    address = PayerContact.objects.filter(payer=OuterRef("pk"), is_current=True, kind=PayerContact.Kind.APPEALS_ADDRESS)
    return Payer.objects.standing().annotate(has_address=Exists(address)).order_by("is_confirmed", "name")


def sheet_of(payer: Payer, today: date) -> dict[str, Any]:
    """Contacts, product lines, time limits, how files name it, and its merges."""
    products = list(payer.products.order_by("-is_active", "name", "pk"))
    contacts = contacts_of(payer, today)
    return {
        "contacts": contacts,
        "lacks_address": not any(contact.kind == PayerContact.Kind.APPEALS_ADDRESS for contact in contacts),
        "products": products,
        "rule_sets": rule_sets(payer, products),
        "named": named(payer),
        "candidates": list(payer.candidates.order_by("name")),
        "merges": list(PayerMerge.objects.filter(stays=payer).select_related("merged", "merged_by", "undone_by")),
    }


def rule_sets(payer: Payer, products: Sequence[PayerProduct]) -> list[RuleSet]:
    """Whose time limits apply: the payer's, then those of the lines that have others."""
    own = payer.rules_key or payer.key
    keys = {"": own} | {each.name: each.rules_key for each in products if each.is_active and each.rules_key}
    rules = list(PayerRule.objects.filter(payer_key__in=set(keys.values())).exclude(payer_key=DEFAULT_PAYER))
    return [RuleSet(of, key, [rule for rule in rules if rule.payer_key == key]) for of, key in keys.items()]


def named(payer: Payer) -> list[Named]:
    """How remittances named it, most often first: what they say stays as recorded, whoever it turned out to be."""
    rows = Remittance.objects.filter(payer=payer).values("payer_name", "payer_identifier")
    counted = rows.annotate(payments=Count("pk"), first=Min("payment_date"), last=Max("payment_date"))
    return [
        Named(row["payer_name"], row["payer_identifier"], row["payments"], row["first"], row["last"])
        for row in counted.order_by("-payments", "payer_name")[:MOST_NAMES]
    ]
