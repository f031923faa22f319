"""Money taken back outside of results is told on the item of its claim. Its amounts and its state are a person's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.fields.json import KT

from accounts.models import User
from denials import recoveries
from denials.models import ProviderAdjustment, Remittance
from denials.recoveries import Taken
from worklists import changes
from worklists.models import Activity, Settlement, WorkItem
from worklists.not_undone import not_undone

NAMED = "provider_adjustment"
"""Of an Activity: the adjustment that it tells of."""
MOVED = "moved_adjustment"
"""Of an Activity: the adjustment that is about another claim, as a person said."""
OTHERS_FIT = "Its reference fits {} claims, and this one fits best: the exception offers the others."
CLOSED = "To count it, reopen the item and close it with what is left."
OPEN = "Its amounts stay as they are: ask the payer why, and count it when you close it."


def tell(remittance: Remittance) -> None:
    """Notes what this remittance takes of claims with work, and what earlier ones take of the claims that it tells of.

    Expects the caller's transaction; run again it changes nothing.
    """
    tell_of(recoveries.about_claims_of(remittance.pk))


def tell_of(remittances: Collection[int]) -> None:
    """The same of what these remittances take, as things stand."""
    found = recoveries.taken_by(remittances)
    items = _latest_items({taken.claim for taken in found})
    known = _told(items.values())
    for taken in found:
        item = items.get(taken.claim)
        if item is not None and taken.adjustment not in known:
            _note(item, taken)


def move(adjustment: ProviderAdjustment, amount: Decimal, *, before: int, now: int, user: User) -> None:
    """A person said which claim it is about: the item of that claim is told, and that of the one before as well."""
    items = _latest_items({before, now})
    payment = adjustment.remittance
    if item := items.get(before):
        text = (
            f"{user} said that PLB {adjustment.code} of remittance {payment.trace or payment.pk} is about another"
            " claim: nothing was taken of this one."
        )
        changes.write([item], "note", Activity.Kind.NOTED, user, text=text, facts={MOVED: adjustment.pk})
    if item := items.get(now):
        _note(item, Taken(adjustment.pk, now, payment.pk, payment.trace, adjustment.code, amount, claims=1), user)


def not_counted_yet(item: WorkItem) -> QuerySet[Activity]:
    """What was told of an item and not counted since: a person who closes it counts it, and so does a reversal. What
    turned out to be about another claim is left out.
    """
    counts = (Activity.Kind.RESOLVED, Activity.Kind.TAKEN_BACK)
    later = Activity.objects.filter(not_undone(), item=OuterRef("item"), kind__in=counts, pk__gt=OuterRef("pk"))
    moved = Activity.objects.filter(item=OuterRef("item"), kind=Activity.Kind.NOTED, pk__gt=OuterRef("pk"))
    moved = moved.annotate(about=KT(f"facts__{MOVED}")).filter(about=OuterRef("told_of"))
    told = item.activities.filter(kind=Activity.Kind.WITHHELD).annotate(told_of=KT(f"facts__{NAMED}"))
    return told.filter(~Exists(later), ~Exists(moved)).order_by("pk")


def _latest_items(claims: Iterable[int]) -> dict[int, WorkItem]:
    """The item that each claim has now: the open one, else the last one."""
    rows = WorkItem.objects.filter(claim__in=list(claims)).order_by("claim", "-is_open", "-pk").distinct("claim")
    locked, _ = changes.lock(list(rows.values_list("pk", flat=True)), None)
    return {item.claim_id: item for item in locked}


def _told(items: Iterable[WorkItem]) -> set[int]:
    rows = Activity.objects.filter(item__claim__in=[item.claim_id for item in items], kind=Activity.Kind.WITHHELD)
    return set(rows.values_list(f"facts__{NAMED}", flat=True))


def _note(item: WorkItem, taken: Taken, user: User | None = None) -> None:
    who = f"Remittance {taken.trace or taken.remittance}"
    text = (
        f"{who} took ${taken.amount:,.2f} of this claim back by PLB {taken.code}; no result says so. {_what_now(item)}"
    )
    if taken.claims > 1:
        text = f"{text} {OTHERS_FIT.format(taken.claims)}"
    facts = {
        NAMED: taken.adjustment, "remittance": taken.remittance, "trace": taken.trace, "withheld": str(taken.amount),
    }  # fmt: skip
    changes.write([item], "note", Activity.Kind.WITHHELD, user, text=text, facts=facts)


def _what_now(item: WorkItem) -> str:
    if item.is_open:
        return OPEN
    outcome = Settlement(item.settlement).label.lower() if item.settlement else "without an outcome"
    return f"The item was left closed: {outcome}, ${item.recovered_amount or Decimal(0):,.2f} recovered. {CLOSED}"
