"""What may be lost among open items, each kind as one condition: the tiles count it and their lists show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.access import WORKERS
from accounts.models import User
from denials.domain.days import subtract_business_days
from worklists.arrivals_and_closings import midnight
from worklists.domain.transitions import DEADLINE_RUNS
from worklists.models import Activity, Clarification, Queue, WorkItem
from worklists.models.queues import UNROUTED
from worklists.not_undone import not_undone

Status = WorkItem.Status
Numbers = dict[str, int]


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to be lost: its tile, what repairs it, and which items it is, as of a day."""

    key: str
    label: str
    meaning: str
    repair: str
    """The bulk action that its list offers first."""
    of: Callable[[date, Numbers], Q]
    tone: str = "soon"


def untouched_since(today: date, days: int) -> Q:
    """Nobody did anything with it for so many days; what came in later is not meant."""
    since = midnight(today - timedelta(days=days - 1))
    touched = Activity.objects.filter(not_undone(), item=OuterRef("pk"), actor__isnull=False, at__gte=since)
    return Q(created_at__lt=since) & ~Q(Exists(touched))


def answer_overdue(before: date) -> Q:
    """A question about it was to be answered before that day, and was not."""
    late = Clarification.objects.filter(item=OuterRef("pk"), state=Clarification.State.OPEN, due_on__lt=before)
    return Q(status=Status.ASKING) & Q(Exists(late))


def _asked_too_long(today: date, numbers: Numbers) -> Q:
    cutoff = subtract_business_days(today, numbers["asking_days"])
    questions = Clarification.objects.filter(item=OuterRef("pk"), state=Clarification.State.OPEN)
    long = questions.filter(Q(due_on__lt=today) | Q(asked_at__date__lt=cutoff))
    return Q(status=Status.ASKING) & Q(Exists(long))


def idle_queues() -> QuerySet[Queue]:
    return Queue.objects.filter(Q(key=UNROUTED) | Q(is_active=False))


def people_who_left() -> QuerySet[User]:
    """Switched off, or of a role that works no items."""
    return User.objects.exclude(is_active=True, role__in=WORKERS)


def owner_elsewhere() -> Q:
    """Its owner works here, and does not see the facility that it is of."""
    Sees = User.facilities.through
    sees = Sees.objects.filter(user=OuterRef("assignee"), facility=OuterRef("facility"))
    some = User.objects.filter(is_active=True, role__in=WORKERS, all_facilities=False)
    return Q(assignee__in=some.values("pk")) & ~Q(Exists(sees))


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "no_queue", "On no queue", "Unrouted, or in a queue that is switched off.", "hand_over",
            lambda today, numbers: Q(queue__in=idle_queues().values("pk")),
            "late",
        ),
        Kind(
            "owner_left", "Owner has left", "Held by somebody who no longer works here, or may no longer work items.",
            "hand_over",
            lambda today, numbers: Q(assignee__in=people_who_left().values("pk")), "late",
        ),
        Kind(
            "owner_elsewhere", "Owner does not see it", "Held by somebody who may not see its facility.", "hand_over",
            lambda today, numbers: owner_elsewhere(), "late",
        ),
        Kind(
            "deferred", "Postponed too far", "Comes back only after its last safe day.", "bring_back",
            lambda today, numbers: Q(status=Status.POSTPONED, postponed_until__gt=F("last_safe_on")), "late",
        ),
        Kind(
            "past", "Past deadline and open", "The last day is over, and nothing was sent or decided.", "hand_over",
            lambda today, numbers: Q(status__in=DEADLINE_RUNS, deadline__lt=today), "late",
        ),
        Kind(
            "untouched", "Untouched", "Nobody did anything with it for {untouched_days} days.", "hand_over",
            lambda today, numbers: Q(status__in=[Status.NEW, Status.TAKEN])
            & untouched_since(today, numbers["untouched_days"]),
        ),
        Kind(
            "asking", "Colleague is late", "No answer on its day, or after {asking_days} business days.", "withdraw",
            _asked_too_long,
        ),
        Kind(
            "no_answer", "Payer did not answer", "The day to ask again has passed.", "ask_again",
            lambda today, numbers: Q(status=Status.WAITING, follow_up_on__lt=today),
        ),
    )
}  # fmt: skip
CHOICES = [(kind.key, kind.label) for kind in KINDS.values()]


HOLDERS: dict[str, tuple[str, Callable[[], QuerySet[Any]]]] = {
    "no_queue": ("queue", idle_queues),
    "owner_left": ("assignee", people_who_left),
}
"""Kinds that are told by who holds an item, with its column."""


def holders_of(key: str) -> tuple[int, ...]:
    """Who holds what is lost in this way, read for `condition`; nobody for a way that is told otherwise."""
    return tuple(HOLDERS[key][1]().order_by("pk").values_list("pk", flat=True)) if key in HOLDERS else ()


def condition(key: str, today: date, numbers: Numbers, holders: tuple[int, ...] | None = None) -> Q:
    """Which open items are lost in this way, or soon will be. Where `holders` were read before, PostgreSQL knows how
    few items are theirs, and does not pass over all that is open.
    """
    if holders is not None and key in HOLDERS:
        return Q(is_open=True, **{f"{HOLDERS[key][0]}__in": holders})
    return Q(is_open=True) & KINDS[key].of(today, numbers)
