"""The items that a replay is about, each with the facts of the day on which it was routed, batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q
from django.db.models.functions import Coalesce, TruncDate

from accounts.models import Facility
from denials.models import Denial, Payer
from worklists.domain import frozen
from worklists.domain.routing import Facts
from worklists.models import WorkItem
from worklists.routing.payment_facts import said_about
from worklists.routing.router import facts_of

BATCH = 5000
LONG = ("because", "next_action", "readings", "deadline_because", "escalation_path", "root_cause")
"""Columns of a denial that no rule asks about, and that are long."""


class Row(NamedTuple):
    """What a replay reads of one item."""

    pk: int
    denial_id: int
    queue_id: int
    rule_id: int | None
    rule_version: int | None
    rule_set_id: int | None
    routed_because: str
    routed_facts: dict[str, Any] | None
    round: int
    status: str
    assignee_id: int | None
    postponed_until: date | None
    is_open: bool
    amount_at_risk: Decimal
    expected_minutes: float
    deadline: date | None
    last_safe_on: date | None
    payer_id: int
    facility_id: int
    rank_key: float
    decided: date
    on: date

    @property
    def is_moved_by_hand(self) -> bool:
        return self.rule_set_id is None and self.rule_id is None and bool(self.routed_because)


@dataclass(frozen=True, slots=True)
class Period:
    """The last days, and everything open."""

    since: date

    @classmethod
    def of(cls, days: int, today: date) -> Period:
        return cls(today - timedelta(days=days))

    def rows(self) -> Any:
        return _dated().filter(Q(is_open=True) | Q(decided__gte=self.since))


def in_batches(rows: Any, asks: Collection[str], tell: Callable[[int], None]) -> Iterator[tuple[Row, Facts]]:
    """These items with their facts, by id. `tell` hears how many were read after each batch."""
    payers, facilities = Payer.objects.in_bulk(), Facility.objects.in_bulk()
    columns = list(Row._fields)
    last, read = 0, 0
    while batch := [Row(*row) for row in rows.filter(pk__gt=last).order_by("pk").values_list(*columns)[:BATCH]]:
        denials = Denial.objects.defer(*LONG).in_bulk([row.denial_id for row in batch])
        for denial in denials.values():
            denial.payer, denial.facility = payers[denial.payer_id], facilities[denial.facility_id]
        yield from _with_facts(batch, denials, asks)
        last, read = batch[-1].pk, read + len(batch)
        tell(read)


def _with_facts(batch: Sequence[Row], denials: dict[int, Denial], asks: Collection[str]) -> Iterator[tuple[Row, Facts]]:
    said = said_about(list(denials.values()), asks)
    for row in batch:
        denial = denials[row.denial_id]
        facts = facts_of(denial, on=row.on, round=row.round, said=said[denial.pk])
        yield row, facts if row.routed_facts is None else frozen.over(facts, row.routed_facts)


def facts_by_item(items: Collection[int], asks: Collection[str]) -> dict[int, Facts]:
    """The facts of a few items, for showing them."""
    rows = _dated().filter(pk__in=list(items))
    return {row.pk: facts for row, facts in in_batches(rows, asks, lambda _: None)}


def _dated() -> Any:
    day = TruncDate("created_at")
    return WorkItem.objects.annotate(decided=Coalesce("denied_on", day), on=Coalesce("routed_on", day))
