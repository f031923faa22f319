"""Open items with the same fault as one item, and those that differ in one part of it: found by index, capped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.one_statement import read_in_one
from worklists import capped
from worklists.domain.differences import Case, differences
from worklists.domain.ticklers import can_wait_until
from worklists.domain.transitions import WORKABLE
from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet

MOST = 200
"""Shown at once; what is beyond comes when these are done."""
FIRST = 8
"""Named where they are only told of."""
MOST_NEAR = 50
WORKED = (WorkItem.Status.NEW, WorkItem.Status.TAKEN)
PARTS = {
    "fault_codes": "denial__fault_codes",
    "payer_id": "denial__payer",
    "fault_procedures": "denial__fault_procedures",
    "fault_provider": "denial__fault_provider",
    "facility_id": "denial__facility",
}
"""The parts of a fault: the column of a denial, and the way to it from an item."""
COLUMNS = (
    "pk", "amount_at_risk", "deadline", "last_safe_on", "round", "status", "assignee", "assignee__first_name",
    "assignee__last_name", "assignee__username", "queue__name", "payer__name", "facility__name", "claim__number",
    "claim__patient_last", "claim__patient_first", "claim__service_from", "denial__fault_codes",
    "denial__fault_procedures", "denial__fault_provider",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alike:
    """One item like another one, as it is offered. `held_by`: who else has it, so that only managers may act on it;
    `safe_until`: how long it can be postponed, where that is limited.
    """

    pk: int
    url: str
    patient: str
    claim: str
    amount: Decimal
    deadline: date | None
    safe_until: date | None
    differs: list[str]
    held_by: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What is like one item: the same fault, and nearly the same. `count` is capped, as the words say."""

    exact: list[Alike]
    near: list[Alike]
    count: int

    @property
    def in_words(self) -> str:
        return capped.in_words(self.count)

    @property
    def first(self) -> list[Alike]:
        return self.exact[:FIRST]

    @property
    def others(self) -> str:
        """How many have the same fault beside the first ones; empty where these are all."""
        left = self.count - FIRST
        return "" if left <= 0 else f"and {left:,} more" if self.count <= capped.CAP else "and many more"

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.exact)


def same_fault(item: WorkItem, user: User) -> WorkItemQuerySet:
    """The other open items that `user` may see with the same payer, codes, procedures, provider and place."""
    rows: WorkItemQuerySet = WorkItem.objects.visible_to(user).open().exclude(pk=item.pk)
    return rows.filter(**{way: getattr(item.denial, column) for column, way in PARTS.items()})


def nearly(item: WorkItem, user: User) -> QuerySet[WorkItem, Any]:
    """The ids of those that differ in exactly one part, a few of each kind."""
    parts = [_but(item, user, column) for column in PARTS]
    return parts[0].union(*parts[1:], all=True)


def count(item: WorkItem, user: User) -> int:
    """How many have the same fault; of more than a thousand it only says so."""
    return same_fault(item, user).order_by().values("pk")[: capped.CAP + 1].count()


def like(item: WorkItem, user: User, today: date) -> Group:
    """What the page offers, in one query; one more where not all can be shown. Expects the denial to be loaded."""
    exact, near, [own] = read_in_one(
        same_fault(item, user).order_by("rank_key", "pk").values(*COLUMNS)[:MOST],
        WorkItem.objects.filter(pk__in=nearly(item, user)).order_by("rank_key", "pk").values(*COLUMNS),
        WorkItem.objects.filter(pk=item.pk).values(*COLUMNS),
    )
    base = _case(own)
    number = len(exact) if len(exact) < MOST else count(item, user)
    return Group(
        [_alike(row, base, user, today, is_exact=True) for row in exact],
        [_alike(row, base, user, today, is_exact=False) for row in near],
        number,
    )


def among(item: WorkItem, user: User, picked: list[int]) -> list[int]:
    """Those of the ticked items that are like this one and may be seen: a form cannot bring in others."""
    is_near = Q(pk__in=[row["pk"] for row in nearly(item, user)])
    found = WorkItem.objects.visible_to(user).filter(Q(pk__in=same_fault(item, user).values("pk")) | is_near)
    return list(found.filter(pk__in=picked).order_by("pk").values_list("pk", flat=True))


def _but(item: WorkItem, user: User, other: str) -> QuerySet[WorkItem, Any]:
    """Every part is the same but this one."""
    same = {way: getattr(item.denial, column) for column, way in PARTS.items() if column != other}
    rows: WorkItemQuerySet = WorkItem.objects.visible_to(user).open().exclude(pk=item.pk).filter(**same)
    return rows.exclude(**{PARTS[other]: getattr(item.denial, other)}).order_by().values("pk")[:MOST_NEAR]


def _alike(row: dict[str, Any], base: Case, user: User, today: date, *, is_exact: bool) -> Alike:
    held_by = "" if row["assignee"] in (None, user.pk) else _owner(row)
    waits = row["status"] in WORKABLE
    return Alike(
        pk=row["pk"],
        url=reverse("item", args=[row["pk"]]),
        patient=", ".join(filter(None, [row["claim__patient_last"], row["claim__patient_first"]]))
        or "No name in the file",
        claim=row["claim__number"],
        amount=row["amount_at_risk"],
        deadline=row["deadline"],
        safe_until=can_wait_until(row["deadline"], row["last_safe_on"], today) if waits else None,
        differs=differences(base, _case(row)),
        held_by=held_by,
        is_ticked=is_exact and not held_by,
    )


def _case(row: dict[str, Any]) -> Case:
    return Case(
        payer=row["payer__name"],
        codes=row["denial__fault_codes"],
        procedures=row["denial__fault_procedures"],
        provider=row["denial__fault_provider"],
        facility=row["facility__name"],
        amount=row["amount_at_risk"],
        service_on=row["claim__service_from"],
        deadline=row["deadline"],
        owner=_owner(row),
        queue=row["queue__name"],
        state="" if row["status"] in WORKED else WorkItem.Status(row["status"]).label,
        round=row["round"],
    )


def _owner(row: dict[str, Any]) -> str:
    name = " ".join(filter(None, [row["assignee__first_name"], row["assignee__last_name"]]))
    return name or row["assignee__username"] or ""
