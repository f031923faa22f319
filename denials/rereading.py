"""Concludes claim payments again, because what we know about codes, payers or limits of time has changed.

What the payer said stays as it was recorded; what we concluded from it is written anew, with the reasons of now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from denials import clocks, dictionary, payer_products, time_limits
from denials.classification import conclude_recorded, denial_row
from denials.domain.clocks import DEFAULT_PAYER
from denials.earlier_results import EarlierResults, claims_told_twice
from denials.models import (
    Adjustment,
    CodeSystem,
    Denial,
    PayerProduct,
    PayerRule,
    RemittedClaim,
    RemittedLine,
    Rereading,
)
from denials.recorded_claims import rebuilt

KEPT = {"id", "remitted_claim", "claim", "facility", "concluded_at"}
REWRITTEN = [field.name for field in Denial._meta.concrete_fields if field.name not in KEPT]
UNSEEN = {"dictionary_version"}
"""A new version of the dictionary alone changes nothing about a denial."""


class Reread(NamedTuple):
    """One denial as it was and as it is now."""

    before: Denial
    now: Denial


def touched(rereading: Rereading) -> QuerySet[Denial]:
    """The denials to which a change of these codes, categories, payers and rules matters, and those named."""
    found = Q(pk__in=rereading.denials) | Q(payer__in=rereading.payers) | Q(category__in=rereading.categories)
    for system, code in rereading.codes:
        found |= _carrying(system, code)
    if rereading.rules:
        found |= _limited_by(rereading.rules)
    return Denial.objects.filter(found)


def reread(denials: Iterable[int]) -> list[Reread]:
    """Writes these conclusions anew and returns the ones that changed. Expects the caller's transaction."""
    rows = Denial.objects.filter(pk__in=list(denials)).select_for_update(of=("self",))
    remittance = "remitted_claim__remittance"
    by_remittance = rows.select_related("payer", "facility", f"{remittance}__payer", f"{remittance}__facility")
    ordered = by_remittance.order_by("remitted_claim__remittance", "pk")
    changed: list[Reread] = []
    for _, group in groupby(ordered, key=lambda row: row.remitted_claim.remittance_id):
        changed += [each for each in _conclude_again(list(group)) if _differs(each)]
    Denial.objects.bulk_update([each.now for each in changed], REWRITTEN, batch_size=200)
    return changed


def _conclude_again(rows: Sequence[Denial]) -> list[Reread]:
    """Denials of one remittance, concluded and dated with the dictionary and the limits of now."""
    remittance = rows[0].remitted_claim.remittance
    entries, limits, lines = dictionary.current(), time_limits.current(), payer_products.current()
    batch = list(rebuilt([row.remitted_claim for row in rows], remittance))
    earlier = EarlierResults(remittance, batch, claims_told_twice(remittance), entries)
    read = []
    for before, recorded in zip(rows, batch, strict=True):
        conclusion = conclude_recorded(remittance, recorded, entries, earlier, lines)
        now = denial_row(remittance, recorded, conclusion, lines)
        now.pk, now.concluded_at = before.pk, before.concluded_at
        read.append(Reread(before, now))
    dated = [(each.now, recorded.reported) for each, recorded in zip(read, batch, strict=True)]
    clocks.rewrite([each.now for each in read], clocks.date(dated, remittance.payer, limits))
    return read


def _differs(each: Reread) -> bool:
    return any(getattr(each.before, name) != getattr(each.now, name) for name in REWRITTEN if name not in UNSEEN)


def _carrying(system: str, code: str) -> Q:
    said = RemittedClaim.objects.filter(pk=OuterRef("remitted_claim"))
    adjusted = Adjustment.objects.filter(remitted_claim=OuterRef("remitted_claim"))
    lines = RemittedLine.objects.filter(remitted_claim=OuterRef("remitted_claim"))
    match system:
        case CodeSystem.CARC:
            return Q(Exists(adjusted.filter(code=code)))
        case CodeSystem.GROUP:
            return Q(Exists(adjusted.filter(group=code)))
        case CodeSystem.STATUS:
            return Q(Exists(said.filter(status=code)))
        case CodeSystem.RARC:
            by_claim, by_line = said.filter(remarks__contains=[code]), lines.filter(remarks__contains=[code])
            return Q(Exists(by_claim)) | Q(Exists(by_line))
    return Q(pk__in=[])


def _limited_by(rules: Sequence[str]) -> Q:
    """By one of these rules, or of a payer with a product line whose rules they are; the default rules stand in for
    any payer.
    """
    keys = set(PayerRule.objects.filter(rule_id__in=rules).values_list("payer_key", flat=True))
    lines = PayerProduct.objects.filter(rules_key__in=keys).values("payer")
    found = Q(deadline_rule__in=rules) | Q(payer__key__in=keys) | Q(payer__rules_key__in=keys) | Q(payer__in=lines)
    return found | Q(deadline_is_default=True) | Q(deadline=None) if DEFAULT_PAYER in keys else found
