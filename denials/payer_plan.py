"""What a merge of two payers would do, before it does anything: what moves, and what both have."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, UniqueConstraint
from django.db.models.lookups import IsNull

from accounts.models import User
from denials import payer_links
from denials.domain.clocks import DEFAULT_PAYER
from denials.models import Claim, Payer, PayerContact, PayerIdentifier, PayerProduct, PayerRule, Remittance
from denials.payer_links import Change, Table

MOST_SHOWN = 25
APART = "merged-"
"""How keys begin that a merge set apart."""
_APART = re.compile(rf"({APART}[0-9]+:)+", re.ASCII)
_LONGEST_KEY = Claim._meta.get_field("matching_key").max_length or 80


@dataclass(frozen=True, slots=True)
class Step:
    """One table: which rows move, which cannot, and what must change in a row so that it can."""

    table: Table
    rows: QuerySet[Any]
    changes: Sequence[Change] = ()
    stays: int = 0
    conflict: str = ""
    """What both payers have, and what becomes of it, in words."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All of a merge. Made from the database as it stands; nothing is written."""

    gone: Payer
    stays: Payer
    steps: Sequence[Step]
    changes: Sequence[Change]
    """Of rows that name a payer by its key, and of the payer that stays."""
    touched: dict[str, int]
    conflicts: Sequence[str]
    rule_set: str

    @property
    def moved(self) -> dict[str, int]:
        """Rows by table, in words."""
        counted: dict[str, int] = {}
        for step in self.steps:
            counted[step.table.words] = counted.get(step.table.words, 0) + step.rows.count()
        return counted


def identifiers_of(payer: Payer) -> list[PayerIdentifier]:
    return list(payer.identifiers.order_by("kind", "value"))


def plan(gone: Payer, stays: Payer) -> Plan:
    """What it means that `gone` is `stays`."""
    steps = [_step(table, gone, stays) for table in payer_links.tables()]
    changes: list[Change] = []
    stuck: list[str] = []
    touched: dict[str, int] = {}
    for keyed in payer_links.keyed_rows():
        renamed = keyed.rename(gone.key, stays.key)
        changes += renamed.changes
        stuck += renamed.stuck
        touched[keyed.words] = len(renamed.changes)
    rule_changes, rule_words, rule_conflicts = _rule_set(gone, stays)
    return Plan(
        gone=gone,
        stays=stays,
        steps=steps,
        changes=[*changes, *rule_changes],
        touched=payer_links.counted(gone) | touched,
        conflicts=[*(step.conflict for step in steps if step.conflict), *stuck, *rule_conflicts],
        rule_set=rule_words,
    )


def claims_of_both(gone: Payer, stays: Payer, user: User) -> list[Claim]:
    """Claims known under both names, as far as this person may see them: each is there twice after a merge."""
    table = Table(Claim, "payer")
    visible = Claim.objects.visible_to(user).filter(pk__in=colliding(table, gone, stays).values("pk"))
    return list(visible.order_by("number")[:MOST_SHOWN])


def _step(table: Table, gone: Payer, stays: Payer) -> Step:
    rows = table.rows(gone)
    if table.model is PayerProduct:
        return _products(table, gone, stays)
    doubled = colliding(table, gone, stays)
    count = doubled.count()
    if not count:
        return Step(table, rows)
    match table.model.__name__:
        case Claim.__name__:
            return _claims(table, rows, doubled, gone, count)
        case Remittance.__name__:
            return _remittances(table, rows, doubled, stays, count)
        case PayerContact.__name__:
            kept = [Change("denials.PayerContact", row.pk, "is_current", True, False) for row in doubled]
            kinds = ", ".join(row.get_kind_display().lower() for row in doubled)
            return Step(table, rows, kept, conflict=f"Both have: {kinds}. Those of {stays} stay in use.")
    words = f"{count} of the {table.words} exist for both and stay where they are; they lead to {stays} all the same."
    return Step(table, rows.exclude(pk__in=doubled.values("pk")), stays=count, conflict=words)


def colliding(table: Table, gone: Payer, stays: Payer) -> QuerySet[Any]:
    """The rows of `gone` that `stays` has already, by whatever keeps rows of one payer apart."""
    found = Q(pk__in=[])
    for constraint in payer_links.unique_with(table):
        found |= Q(Exists(_same(table, constraint, stays)), *([constraint.condition] if constraint.condition else []))
    return table.rows(gone).filter(found).order_by("pk")


def _same(table: Table, constraint: UniqueConstraint, stays: Payer) -> QuerySet[Any]:
    rows = table.rows(stays).filter(*([constraint.condition] if constraint.condition else []))
    for name in constraint.fields:
        if name == table.field:
            continue
        same = Q(**{name: OuterRef(name)})
        if constraint.nulls_distinct is False:
            same |= Q(**{f"{name}__isnull": True}) & Q(IsNull(OuterRef(name), True))
        rows = rows.filter(same)
    return rows


def _claims(table: Table, rows: QuerySet[Any], doubled: QuerySet[Any], gone: Payer, count: int) -> Step:
    """Kept apart: the key by which later payments find a claim stays with the payer that stays."""
    changes = [
        Change("denials.Claim", pk, "matching_key", key, key_apart(gone, key))
        for pk, key in doubled.values_list("pk", "matching_key")
    ]
    words = (
        f"{count} claim{'s' if count > 1 else ''} of the same number and day are known under both names. They are kept"
        " apart, each with its own history and work; later payments go to the claim of the payer that stays."
    )
    return Step(table, rows, changes, conflict=words)


def _remittances(table: Table, rows: QuerySet[Any], doubled: QuerySet[Any], stays: Payer, count: int) -> Step:
    """The same payment under both names: the one that moves is marked as the twin of the other."""
    changes = []
    for row in doubled:
        first = _twins_of(row, stays).order_by("pk")[0]
        changes.append(Change("denials.Remittance", row.pk, "twin_of", None, first.pk))
    words = (
        f"{count} payment{'s' if count > 1 else ''} of the same trace, date and amount are recorded under both names."
        " Those that move are marked as twins of the others."
    )
    return Step(table, rows, changes, conflict=words)


def _twins_of(row: Remittance, stays: Payer) -> QuerySet[Remittance]:
    same = {"trace": row.trace, "payment_date": row.payment_date, "amount": row.amount}
    return Remittance.objects.filter(payer=stays, twin_of=None, **same)


def _products(table: Table, gone: Payer, stays: Payer) -> Step:
    names = list(stays.products.filter(is_active=True).values_list("name", flat=True))
    doubled = gone.products.filter(is_active=True, name__in=names)
    changes = [Change("denials.PayerProduct", row.pk, "is_active", True, False) for row in doubled]
    listed = ", ".join(row.name for row in doubled)
    words = f"Both have the product lines: {listed}. Those of {stays} stay in use." if changes else ""
    return Step(table, table.rows(gone), changes, conflict=words)


def _rule_set(gone: Payer, stays: Payer) -> tuple[list[Change], str, list[str]]:
    """Time limits stay where they are: the payer that stays takes over the set of the other where it has none."""
    own, other = (payer.rules_key or payer.key for payer in (stays, gone))
    own_rules, other_rules = (list(PayerRule.objects.filter(payer_key=key)) for key in (own, other))
    if own == other or not other_rules:
        known = own if own_rules else DEFAULT_PAYER
        return [], f"Time limits: those of {known} count, as before." if own_rules else "No time limits are known.", []
    if not own_rules:
        change = Change("denials.Payer", stays.pk, "rules_key", stays.rules_key, other)
        return [change], f"Time limits: {stays} takes over those of {other}, for it has none of its own.", []
    same = {(rule.rule_type, rule.level_no) for rule in own_rules}
    doubled = sorted({rule.rule_type for rule in other_rules if (rule.rule_type, rule.level_no) in same})
    said = f" Both have: {', '.join(doubled).replace('_', ' ')}." if doubled else ""
    conflict = f"Time limits are known for both ({own} and {other}). Those of {stays} count for all claims.{said}"
    return [], f"Time limits: those of {own} count.", [conflict]


def key_before(key: str) -> str:
    """The key that a claim had before merges set it apart from another of the same number."""
    found = _APART.match(key)
    return key[found.end() :] if found else key


def key_apart(gone: Payer, key: str) -> str:
    """A matching key that no payment has; as long as the column takes, and different for different claims."""
    apart = f"{APART}{gone.pk}:{key}"
    if len(apart) <= _LONGEST_KEY:
        return apart
    digest = hashlib.sha256(apart.encode()).hexdigest()[:32]
    return f"{apart[: _LONGEST_KEY - 33]}~{digest}"
