"""Money taken back outside of results is told on the item of its claim. Its amounts and its state are a person's."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from denials import recoveries
from denials.models import Remittance
from denials.recoveries import Taken
from worklists import changes
from worklists.models import Activity, Settlement, WorkItem

NAMED = "provider_adjustment"
"""Of an Activity: the adjustment that it tells of."""
CLOSED = "To count it, reopen the item and close it with what is left."
OPEN = "Its amounts stay as they are: ask the payer why, and count it when you close it."


def tell(remittance: Remittance) -> None:
    """Notes what this remittance takes of claims with work, and what earlier ones take of the claims that it tells of.

    Expects the caller's transaction; run again it changes nothing.
    """
    found = recoveries.taken_by(recoveries.about_claims_of(remittance.pk))
    items = _latest_items({taken.claim for taken in found})
    known = _told(items.values())
    for taken in found:
        item = items.get(taken.claim)
        if item is not None and taken.adjustment not in known:
            _note(item, taken)


def not_counted_yet(item: WorkItem) -> QuerySet[Activity]:
    """What was told of an item and not counted since: a person who closes it counts it, and so does a reversal."""
    counts = (Activity.Kind.RESOLVED, Activity.Kind.TAKEN_BACK)
    later = Activity.objects.filter(item=OuterRef("item"), kind__in=counts, pk__gt=OuterRef("pk"))
    return item.activities.filter(~Exists(later), kind=Activity.Kind.WITHHELD).order_by("pk")


def _latest_items(claims: Iterable[int]) -> dict[int, WorkItem]:
    """The item that each claim has now: the open one, else the last one."""
    rows = WorkItem.objects.filter(claim__in=list(claims)).order_by("claim", "-is_open", "-pk").distinct("claim")
    locked, _ = changes.lock(list(rows.values_list("pk", flat=True)), None)
    return {item.claim_id: item for item in locked}


def _told(items: Iterable[WorkItem]) -> set[int]:
    rows = Activity.objects.filter(item__claim__in=[item.claim_id for item in items], kind=Activity.Kind.WITHHELD)
    return set(rows.values_list(f"facts__{NAMED}", flat=True))


def _note(item: WorkItem, taken: Taken) -> None:
    who = f"Remittance {taken.trace or taken.remittance}"
    text = (
        f"{who} took ${taken.amount:,.2f} of this claim back by PLB {taken.code}; no result says so. {_what_now(item)}"
    )
    facts = {
        NAMED: taken.adjustment, "remittance": taken.remittance, "trace": taken.trace, "withheld": str(taken.amount),
    }  # fmt: skip
    changes.write([item], "note", Activity.Kind.WITHHELD, None, text=text, facts=facts)


def _what_now(item: WorkItem) -> str:
    if item.is_open:
        return OPEN
    outcome = Settlement(item.settlement).label.lower() if item.settlement else "without an outcome"
    return f"The item was left closed: {outcome}, ${item.recovered_amount or Decimal(0):,.2f} recovered. {CLOSED}"
