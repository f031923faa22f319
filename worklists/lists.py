"""The lists of work that a person may open: whose rows, and which of them when no filter says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from accounts.models import User
from worklists.assignment import releasing
from worklists.capped import CAP
from worklists.models import Queue, WorkItem
from worklists.models.items import WorkItemQuerySet

QUEUE_PREFIX = "queue:"
Status = WorkItem.Status
OF_ONE_STATE = {"waiting": Status.WAITING, "asking": Status.ASKING}
"""By their key the lists in which whatever stands is in one and the same state."""


@dataclass(frozen=True, slots=True)
class WorkList:
    """One list. `rows` are all that may ever stand in it; `usual` narrows them until a person filters by state."""

    key: str
    title: str
    url: str
    rows: WorkItemQuerySet
    usual: Q
    empty_title: str
    empty_text: str
    queue: Queue | None = None

    @property
    def by_follow_up(self) -> bool:
        return goes_by_follow_up(self.key)

    @property
    def is_of_one_state(self) -> bool:
        """So that nothing in it can be postponed."""
        return self.key in OF_ONE_STATE

    @property
    def usual_sort(self) -> str:
        """The order when nobody chose one."""
        return "follow_up" if self.by_follow_up else "rank"


def goes_by_follow_up(key: str) -> bool:
    """Whether days of this list run to the day on which to ask the payer, not to the deadline."""
    return OF_ONE_STATE.get(key) == Status.WAITING


def my_queues(user: User, today: date) -> WorkList:
    """What the teams of `user` own, and what was handed to them in other queues; every queue for who has no team."""
    return WorkList(
        key="my_queues",
        title="My queues",
        url=reverse("my_queues"),
        rows=_visible(user).filter(Q(queue__in=queues_of(user).values("pk")) | Q(assignee=user)),
        usual=workable(today),
        empty_title="Nothing to work here",
        empty_text="Denials of your teams' queues stand here as soon as a remittance brings one. "
        "A manager decides which teams you belong to.",
    )


def queues_of(user: User) -> QuerySet[Queue]:
    """The queues of this person's teams; every queue in use for who has no team."""
    of_teams = Exists(user.teams.filter(queues=OuterRef("pk")))
    has_no_team = ~Exists(user.teams.all())
    return Queue.objects.filter(of_teams | Q(has_no_team, is_active=True))


def workable_of(user: User, today: date) -> QuerySet[WorkItem, Any]:
    """What "My queues" shows as usual, by `pk` and up to the cap: each of its two parts is found by an index of its
    own, which one condition of both would not be.
    """
    rows = _visible(user).filter(workable(today))
    in_queues, own = rows.filter(queue__in=queues_of(user).values("pk")), rows.filter(assignee=user)
    found: QuerySet[WorkItem, Any] = in_queues.values("pk")[: CAP + 1].union(own.values("pk")[: CAP + 1])
    return found


def one_queue(user: User, today: date, queue: Queue) -> WorkList:
    return WorkList(
        key=f"{QUEUE_PREFIX}{queue.key}",
        title=queue.name,
        url=reverse("queue", args=[queue.key]),
        rows=_visible(user).filter(queue=queue),
        usual=workable(today),
        empty_title="This queue is empty",
        empty_text=queue.purpose or "Routing rules send denials here; a manager may move others to it.",
        queue=queue,
    )


def all_items(user: User, today: date) -> WorkList:
    return WorkList(
        key="all_items",
        title="All items",
        url=reverse("all_items"),
        rows=_visible(user),
        usual=Q(is_open=True),
        empty_title="No open denial",
        empty_text="Every denial of your facilities that is not resolved stands here.",
    )


def waiting(user: User, today: date) -> WorkList:
    return WorkList(
        key="waiting",
        title="Waiting for payers",
        url=reverse("waiting"),
        rows=_visible(user),
        usual=Q(is_open=True, status=Status.WAITING),
        empty_title="Nothing waits for a payer",
        empty_text="Appeals and corrected claims that were sent stand here with the day to ask for an answer.",
    )


def asking(user: User, today: date) -> WorkList:
    return WorkList(
        key="asking",
        title="Waiting for colleagues",
        url=reverse("asking"),
        rows=_visible(user),
        usual=Q(is_open=True, status=Status.ASKING),
        empty_title="Nothing waits for a colleague",
        empty_text="When somebody asks another team about an item, it stands here with its deadline running, until the "
        "answer brings it back to its owner.",
    )


def escalated(user: User, today: date) -> WorkList:
    return WorkList(
        key="escalated",
        title="Escalated",
        url=reverse("escalated"),
        rows=_visible(user).filter(is_open=True, escalated_on__isnull=False),
        usual=Q(is_open=True),
        empty_title="Nothing is escalated",
        empty_text="Escalation rules raise items by code, amount and last day; anybody may raise one by hand. They "
        "stand here until a manager has ended it, or the item was sent or resolved.",
    )


def put_back(user: User, today: date) -> WorkList:
    return WorkList(
        key="put_back",
        title="Put back because untouched",
        url=reverse("put_back"),
        rows=_visible(user).filter(pk__in=releasing.put_back_lately(today).values("pk")),
        usual=Q(is_open=True),
        empty_title="Nothing was put back lately",
        empty_text="Items that nobody touched for as many business days as their queue allows go back to it. "
        "They stand here for seven days, until somebody takes them.",
    )


LISTS: dict[str, Callable[[User, date], WorkList]] = {
    "my_queues": my_queues,
    "all_items": all_items,
    "waiting": waiting,
    "put_back": put_back,
    "asking": asking,
    "escalated": escalated,
}


def list_named(key: str, user: User, today: date) -> WorkList:
    """The list that a form names. Raises Http404 for one that is not there for `user`."""
    if key.startswith(QUEUE_PREFIX):
        queue = queue_keyed(key.removeprefix(QUEUE_PREFIX))
        if queue is None:
            raise Http404
        return one_queue(user, today, queue)
    return LISTS.get(key, all_items)(user, today)


def queue_keyed(key: str) -> Queue | None:
    """The queue of this key, if there is one. PostgreSQL takes no NUL, which a forged form may hold."""
    return Queue.objects.filter(key=key).first() if key.isprintable() else None


def workable(today: date) -> Q:
    """Open, neither with the payer nor with a colleague, and not postponed beyond today."""
    is_awake = Q(postponed_until__isnull=True) | Q(postponed_until__lte=today)
    return Q(is_open=True) & ~Q(status__in=[Status.WAITING, Status.ASKING]) & is_awake


def _visible(user: User) -> WorkItemQuerySet:
    rows: WorkItemQuerySet = WorkItem.objects.visible_to(user)
    return rows


def ticked(user: User, ids: Collection[int]) -> WorkItemQuerySet:
    """The items of these numbers that this person may see."""
    rows: WorkItemQuerySet = WorkItem.objects.visible_to(user)
    return rows.filter(pk__in=ids)
