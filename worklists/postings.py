"""What each remittance paid and adjusted on one claim, with its check or EFT, and what moved outside of claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from denials.course import day_of
from denials.models import Adjustment, RemittedClaim
from worklists import code_words
from worklists.claim_record import ClaimRecord
from worklists.domain.timeline import Source
from worklists.models import WorkItem
from worklists.timeline_claim import outside_source, source_of

METHODS = {
    "ACH": "EFT",
    "CHK": "check",
    "FWT": "wire",
    "BOP": "payer's choice of payment",
    "NON": "no payment",
}
"""BPR04 in words."""
ADJUSTED = "adjustments"


@dataclass(frozen=True, slots=True)
class Adjusted:
    """One reason with its dollars, over all lines of one result."""

    title: str
    code: str
    amount: Decimal


@dataclass(slots=True)
class Posting:
    """What one remittance did to the claim; or one amount outside of claim payments, then without adjustments."""

    day: date
    trace: str
    method: str
    paid: Decimal | None
    source: Source
    charge: Decimal | None = None
    adjusted: list[Adjusted] = field(default_factory=list)
    outside: str = ""
    """What an amount outside of claims is for; empty for a result of the claim."""


def adjustments_of(item: WorkItem) -> QuerySet[Any, Any]:
    """What a record has to be read with, under the name `ADJUSTED`: each reason with its amount, by result."""
    rows = Adjustment.objects.filter(remitted_claim__claim=item.claim_id)
    return rows.values_list("remitted_claim_id", "group", "code", "amount")


def of_claim(record: ClaimRecord) -> list[Posting]:
    """Newest first."""
    adjusted = _adjusted(record.more[ADJUSTED])
    postings = [_of_result(record.item, row, adjusted[row.pk]) for row in record.results]
    postings += [_of_outside(each) for each in record.outside]
    return sorted(postings, key=lambda each: each.day, reverse=True)


def _of_result(item: WorkItem, row: RemittedClaim, adjusted: list[Adjusted]) -> Posting:
    remittance = row.remittance
    return Posting(
        day=day_of(remittance),
        trace=remittance.trace,
        method=METHODS.get(remittance.method, remittance.method),
        paid=row.paid,
        source=source_of(item, row, "paid", "CLP04"),
        charge=row.charge,
        adjusted=adjusted,
    )


def _of_outside(each: Any) -> Posting:
    remittance = each.remittance
    return Posting(
        day=day_of(remittance),
        trace=remittance.trace,
        method=METHODS.get(remittance.method, remittance.method),
        paid=None if each.amount is None else -each.amount,
        source=outside_source(each),
        outside=f"{each.code_title or 'Adjustment outside of claims'} ({each.code})",
    )


def _adjusted(rows: Iterable[tuple[int, str, str, Decimal | None]]) -> dict[int, list[Adjusted]]:
    """By result, each reason once with its sum; the largest first."""
    sums: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for result, group, code, amount in rows:
        sums[result][f"{group}-{code}"] += amount or Decimal(0)
    found: dict[int, list[Adjusted]] = defaultdict(list)
    for result, by_code in sums.items():
        for code, amount in sorted(by_code.items(), key=lambda each: -abs(each[1])):
            found[result].append(Adjusted(code_words.reason_title(code.partition("-")[2]), code, amount))
    return found
