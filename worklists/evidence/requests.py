"""Requests for records, read: the list with its ageing, and those about one item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from accounts.models import FacilityScoped, User
from denials.domain.exception_kinds import business_days
from worklists.capped import CAP
from worklists.models import EvidencePiece, RecordRequest, WorkItem
from worklists.models.items import WorkItemQuerySet

LISTED = 100
OVERDUE, OPEN, ENDED = "overdue", "open", "ended"
PARTS = {OVERDUE: "Overdue", OPEN: "Not due yet", ENDED: "Ended"}


@dataclass(frozen=True, slots=True)
class Row:
    """A request with how old it is; both in business days."""

    request: RecordRequest
    age: int
    overdue: int


def with_their_facts() -> FacilityScoped:
    return RecordRequest.objects.select_related("item__claim", "asked_by").prefetch_related("pieces")


def part_of(user: User, part: str, today: date, to: str = "") -> QuerySet[RecordRequest]:
    """Requests of one part of the list; open ones only of items that are still worked."""
    rows: QuerySet[RecordRequest] = RecordRequest.objects.visible_to(user)
    if to:
        rows = rows.filter(to=to)
    is_open = Q(state=RecordRequest.State.OPEN, item__is_open=True)
    if part == ENDED:
        return rows.exclude(state=RecordRequest.State.OPEN).order_by("-ended_on", "-pk")
    rows = rows.filter(is_open, due_on__lt=today) if part == OVERDUE else rows.filter(is_open, due_on__gte=today)
    return rows.order_by("due_on", "pk")


def overdue_for(user: User, today: date) -> WorkItemQuerySet:
    """Open items for which this person asked for records, or which they own, and the day of a request has passed."""
    late = RecordRequest.objects.filter(state=RecordRequest.State.OPEN, due_on__lt=today)
    theirs = late.filter(Q(asked_by=user) | Q(item__assignee=user))
    rows: WorkItemQuerySet = WorkItem.objects.visible_to(user).filter(pk__in=theirs.values("item"), is_open=True)
    return rows


def rows_of(requests: QuerySet[RecordRequest], today: date) -> list[Row]:
    found = requests.select_related("item__claim", "item__payer", "item__assignee", "asked_by", "ended_by")
    pieces = Prefetch("pieces", EvidencePiece.objects.order_by("pk"))
    return [row_of(each, today) for each in found.prefetch_related(pieces)[:LISTED]]


def counts(user: User, today: date) -> dict[str, int]:
    """How many stand in each part, up to the cap."""
    return {part: part_of(user, part, today).order_by()[: CAP + 1].count() for part in (OVERDUE, OPEN)}


def about(item: WorkItem) -> QuerySet[RecordRequest]:
    """Everything that was asked for an item."""
    return item.record_requests.select_related("asked_by", "ended_by").order_by("due_on", "pk")


def on_item(requests: Sequence[RecordRequest], today: date) -> list[Row]:
    """With the pieces of each; what is open first."""
    prefetch_related_objects(requests, "pieces")
    found = [row_of(each, today) for each in requests]
    return sorted(found, key=lambda row: row.request.state != RecordRequest.State.OPEN)


def row_of(request: RecordRequest, today: date) -> Row:
    until = request.ended_on or today
    return Row(
        request,
        business_days(request.asked_on, until),
        business_days(request.due_on, until),
    )
