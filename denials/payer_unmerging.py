"""Takes a merge of two payers back: every row that it moved returns, every field that it changed is as it was.

What came after the merge stays, but for payments that name the payer that comes back, with the claims, denials and
work that came of them alone. What somebody changed since is left as it is, and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Conflict
from denials import payer_links
from denials.domain.payer_evidence import comparable
from denials.models import Claim, Denial, Payer, PayerIdentifier, PayerMerge, Remittance, RemittedClaim
from denials.payer_links import Change, Table
from denials.payer_merging import chunks, held
from denials.payer_plan import colliding

Kind = PayerIdentifier.Kind
WAYS = {Remittance: "", RemittedClaim: "remittance", Denial: "remitted_claim__remittance"}
"""How a row that belongs to a payer hangs on a payment."""


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking a merge back would do."""

    merge: PayerMerge
    back: dict[str, int]
    """Rows that return, by table in words."""
    elsewhere: int
    """Rows that were moved on or deleted since, and stay as they are."""
    followed: dict[str, int]
    """Rows that came later and go with the payer that comes back, by table in words."""
    stayed: int
    """Payments that came later and stay."""
    refusal: str = field(default="")
    """Why it cannot be taken back now; empty when it can."""


def with_their_facts() -> QuerySet[PayerMerge]:
    """Merges with what the page of taking one back names."""
    return PayerMerge.objects.select_related("merged", "stays", "merged_by", "undone_by")


def undoing(merge: PayerMerge) -> Undoing:
    """What would happen, without doing it."""
    back: dict[str, int] = {}
    moved = 0
    for table, ids in _moved(merge):
        found = table.rows(merge.stays).filter(pk__in=ids).count()
        back[table.words] = back.get(table.words, 0) + found
        moved += len(ids)
    later = _later_payments(merge)
    followed = {table.words: rows.count() for table, rows in _followers(merge, later)}
    came_later = Remittance.objects.filter(payer=merge.stays, pk__gt=_newest(merge, Remittance)).count()
    return Undoing(merge, back, moved - sum(back.values()), followed, came_later - len(later), refusal=why_not(merge))


def why_not(merge: PayerMerge) -> str:
    """Why this merge cannot be taken back now; empty when it can."""
    if merge.is_undone:
        return f"It was taken back already: {merge.merged} is a payer of its own."
    if merge.stays.merged_into_id is not None:
        return f"{merge.stays} was itself merged since. Take that merge back first."
    return ""


@transaction.atomic
def unmerge(merge: PayerMerge, user: User, *, because: str = "") -> PayerMerge:
    """`merged` is a payer of its own again."""
    back, stays = held(merge.merged, merge.stays)
    merge = PayerMerge.objects.select_for_update(of=("self",)).select_related("merged", "stays").get(pk=merge.pk)
    if refusal := why_not(merge):
        raise Conflict(f"{refusal} Nothing was changed.")
    later = _later_payments(merge)
    for table, ids in _moved(merge):
        payer_links.move(table, ids, stays, back)
    for values in reversed(merge.values):
        Change(*values).take_back()
    for table, rows in _followers(merge, later):
        for chunk in chunks(list(rows.values_list("pk", flat=True))):
            payer_links.move(table, chunk, stays, back)
    back.merged_into = None
    back.save(update_fields=["merged_into"])
    merge.undone_by, merge.undone_at, merge.undone_because = user, timezone.now(), because.strip()[:300]
    merge.save(update_fields=["undone_by", "undone_at", "undone_because"])
    payer_links.tell([back, stays], user, f"{back} is a payer of its own again, apart from {stays}.")
    return merge


def _moved(merge: PayerMerge) -> Iterable[tuple[Table, list[int]]]:
    known = {table.key: table for table in payer_links.tables()}
    for rows in merge.moved.order_by("pk"):
        if rows.table in known:
            yield known[rows.table], rows.ids


def _newest(merge: PayerMerge, model: type[Any]) -> int:
    return int(merge.newest.get(f"{model._meta.label}.payer", 0))


def _later_payments(merge: PayerMerge) -> list[int]:
    """Payments recorded since that name the payer that comes back, by the id first and then by the name."""
    ids = [pk for table, moved in _moved(merge) if table.model is PayerIdentifier for pk in moved]
    returning = PayerIdentifier.objects.filter(Q(pk__in=ids) | Q(payer=merge.merged))
    theirs = set(returning.values_list("kind", "value"))
    others = set(merge.stays.identifiers.exclude(pk__in=returning.values("pk")).values_list("kind", "value"))
    rows = Remittance.objects.filter(payer=merge.stays, pk__gt=_newest(merge, Remittance)).order_by("pk")
    return [
        pk
        for pk, name, number in rows.values_list("pk", "payer_name", "payer_identifier")
        if _names(name, number, theirs, others)
    ]


def _names(name: str, number: str, theirs: set[tuple[str, str]], others: set[tuple[str, str]]) -> bool:
    for said in ((Kind.PAYER_ID.value, comparable(number)), (Kind.NAME.value, comparable(name))):
        if said in theirs or said in others:
            return said in theirs
    return False


def _followers(merge: PayerMerge, payments: Sequence[int]) -> list[tuple[Table, QuerySet[Any]]]:
    """Rows that came later, hang on these payments alone, and belong to the payer that stays now."""
    found = []
    for table in payer_links.tables() if payments else ():
        newer = table.rows(merge.stays).filter(pk__gt=merge.newest.get(table.key, 0))
        if table.model is Claim:
            found.append((table, _claims_only_of(payments, newer, merge.stays, merge.merged)))
        elif way := _way(table):
            found.append((table, newer.filter(**{f"{way}__in": payments})))
    return found


def _claims_only_of(payments: Sequence[int], claims: QuerySet[Any], stays: Payer, back: Payer) -> QuerySet[Any]:
    """Claims of which no other payment speaks, and that the payer that comes back does not have already."""
    results = RemittedClaim.objects.filter(claim=OuterRef("pk"))
    only = Exists(results.filter(remittance__in=payments)) & ~Exists(results.exclude(remittance__in=payments))
    return claims.filter(only).exclude(pk__in=colliding(Table(Claim, "payer"), stays, back).values("pk"))


def _way(table: Table) -> str:
    """The field by which a row hangs on a payment; empty where it does not. A denial says it best, then a result."""
    if table.model in WAYS:
        return WAYS[table.model] or "pk"
    for target in (Denial, RemittedClaim, Remittance):
        for name in (f.name for f in table.model._meta.concrete_fields if f.related_model is target):
            return "__".join(filter(None, [name, WAYS[target]]))
    return ""
