"""Where the work stands, by queue and by person: as many questions to the database however many there are of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.urls import reverse

from accounts.access import WORKERS
from accounts.models import User
from worklists.domain.transitions import WORKABLE
from worklists.filters import NOBODY
from worklists.models import Queue, WorkItem
from worklists.models.queues import UNROUTED
from worklists.recovered import RECENT_DAYS, recovered_within

WEEK = 7
NOTHING = Decimal("0.00")
EMPTY: dict[str, Any] = {
    "open": 0,
    "at_risk": NOTHING,
    "overdue": 0,
    "due": 0,
    "unowned": 0,
    "waiting": 0,
    "oldest": None,
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much work there is, and how pressing it is."""

    open: int
    at_risk: Decimal
    overdue: int
    due: int
    unowned: int
    waiting: int
    oldest: date | None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One queue or one person. `links` leads from each number to the list of exactly these items."""

    label: str
    url: str
    numbers: Numbers
    links: dict[str, str]
    is_unrouted: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came back lately, and the list of it."""

    amount: Decimal
    items: int
    url: str
    days: int = RECENT_DAYS


@dataclass(frozen=True, slots=True)
class Board:
    total: BoardRow
    recovered: Recovered
    queues: list[BoardRow]
    people: list[BoardRow]


def board_for(user: User, today: date) -> Board:
    """The open work that `user` may see. Queues and people without any stay listed: an empty one is news too."""
    rows = WorkItem.objects.visible_to(user).filter(is_open=True).order_by()
    by_queue = {row.pop("queue_id"): Numbers(**row) for row in _counted(rows.values("queue_id"), today)}
    by_person = {row.pop("assignee_id"): Numbers(**row) for row in _counted(rows.values("assignee_id"), today)}
    queues = [
        _queue_row(queue, by_queue.get(queue.pk))
        for queue in Queue.objects.all()
        if queue.is_active or queue.pk in by_queue
    ]
    people = [
        _person_row(worker, by_person.get(worker.pk))
        for worker in User.objects.filter(Q(is_active=True, role__in=WORKERS) | Q(pk__in=[*filter(None, by_person)]))
    ]
    return Board(
        total=BoardRow("All queues", reverse("all_items"), _sum(list(by_queue.values())), _links({})),
        recovered=_recovered(user, today),
        queues=sorted(queues, key=lambda row: (not row.is_unrouted, -row.numbers.open, row.label)),
        people=sorted(people, key=lambda row: (-row.numbers.overdue, -row.numbers.open, row.label)),
    )


def _recovered(user: User, today: date) -> Recovered:
    rows = WorkItem.objects.visible_to(user).filter(recovered_within(RECENT_DAYS, today))
    found = rows.aggregate(amount=Sum("recovered_amount", default=NOTHING), items=Count("pk"))
    return Recovered(found["amount"], found["items"], _address(recovered=RECENT_DAYS))


def _counted(rows: QuerySet[Any, dict[str, Any]], today: date) -> QuerySet[Any, dict[str, Any]]:
    to_answer = Q(status__in=WORKABLE)  # what was sent is answered, its deadline runs no more
    counted: QuerySet[Any, dict[str, Any]] = rows.annotate(
        open=Count("pk"),
        at_risk=Sum("amount_at_risk"),
        overdue=Count("pk", filter=to_answer & Q(deadline__lt=today)),
        due=Count("pk", filter=to_answer & Q(deadline__gte=today, deadline__lte=today + timedelta(days=WEEK))),
        unowned=Count("pk", filter=Q(assignee=None)),
        waiting=Count("pk", filter=Q(status=WorkItem.Status.WAITING)),
        oldest=Min("denied_on"),
    )
    return counted


def _queue_row(queue: Queue, numbers: Numbers | None) -> BoardRow:
    return BoardRow(
        label=queue.name,
        url=reverse("queue", args=[queue.key]),
        numbers=numbers or Numbers(**EMPTY),
        links=_links({"queue": queue.pk}),
        is_unrouted=queue.key == UNROUTED,
        note="" if queue.is_active else "switched off",
    )


def _person_row(worker: User, numbers: Numbers | None) -> BoardRow:
    return BoardRow(
        label=str(worker),
        url=_address(owner=worker.pk),
        numbers=numbers or Numbers(**EMPTY),
        links=_links({"owner": worker.pk}),
        note="" if worker.is_active else "no longer works here",
    )


def _links(who: dict[str, Any]) -> dict[str, str]:
    return {
        "open": _address(**who),
        "overdue": _address(**who, due="overdue"),
        "due": _address(**who, due=WEEK),
        "unowned": _address(**who, owner=NOBODY) if "owner" not in who else "",
        "waiting": _address(**who, status=WorkItem.Status.WAITING.value),
    }


def _address(**query: Any) -> str:
    return f"{reverse('all_items')}?{urlencode(query)}" if query else reverse("all_items")


def _sum(rows: list[Numbers]) -> Numbers:
    return Numbers(
        open=sum(row.open for row in rows),
        at_risk=sum((row.at_risk for row in rows), NOTHING),
        overdue=sum(row.overdue for row in rows),
        due=sum(row.due for row in rows),
        unowned=sum(row.unowned for row in rows),
        waiting=sum(row.waiting for row in rows),
        oldest=min((row.oldest for row in rows if row.oldest), default=None),
    )
