"""My day: what asks for this person today, in the order to do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.one_statement import read_in_one
from worklists import clarifications, in_hand, woken
from worklists.assignment import releasing
from worklists.capped import CAP, CappedCount
from worklists.evidence import requests
from worklists.filter_vocabulary import PRESSING, PRESSING_DAYS
from worklists.in_hand import pressing, to_ask
from worklists.lists import my_queues, queues_of, workable
from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.news import ANSWERED, BEGUN, GIVEN, MANAGING, RAISED, RECORDS, REMINDED, SENT, WOKEN
from worklists.rows import Row, first, written
from worklists.watch import escalations, reminding

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the day: its most pressing rows, how many there are, and the list of them all."""

    title: str
    meaning: str
    rows: list[Row]
    count: int
    url: str
    by_follow_up: bool = False
    above: int = 0
    """Of its most pressing ones, those that stand in an earlier part: each item has one place in a day."""
    is_asked: bool = True
    """Whether its items are in the number of the day: what has more time, or waits for others, is not."""


class Day(NamedTuple):
    """`asked` items ask for something today, each counted once: the number that the rail shows. Their parts come first,
    so that none of them stands under what has more time.
    """

    asked: int
    parts: list[Part]

    @property
    def pressing(self) -> list[Part]:
        return [part for part in self.parts if part.is_asked]

    @property
    def others(self) -> list[Part]:
        return [part for part in self.parts if not part.is_asked]


class _Asked(NamedTuple):
    """One part before it is read: its items, and the list that shows them all."""

    title: str
    meaning: str
    items: WorkItemQuerySet
    list_key: str
    query: str = ""
    by_follow_up: bool = False
    is_asked: bool = True

    @property
    def opened_by(self) -> str:
        return f"?list={self.list_key}{'&' if self.query else ''}{self.query}"


def day_of(user: User, today: date) -> Day:
    """The parts that have something in them, read in one query."""
    asked = list(_asked(user, today))
    counts = {f"part_{number}": CappedCount(each.items) for number, each in enumerate(asked)}
    counts["asked"] = CappedCount(asked_of(user, today))
    counted = User.objects.filter(pk=user.pk).annotate(**counts).values_list(*counts)
    [[*numbers, in_all]], *told = read_in_one(counted, *[first(each.items, SHOWN, today) for each in asked])
    urls = {key: reverse(key) for key in ("all_items", "waiting", "asking", "put_back")}
    urls["my_queues"] = my_queues(user, today).url
    parts, placed = [], set[int]()
    for each, number, found in zip(asked, numbers, told, strict=True):
        fresh = [values for values in found if values["pk"] not in placed]
        placed.update(values["pk"] for values in fresh)
        rows = written(fresh, today, by_follow_up=each.by_follow_up, opened_by=each.opened_by)
        url = f"{urls[each.list_key]}{'?' if each.query else ''}{each.query}"
        if found:
            above = len(found) - len(fresh)
            parts.append(Part(each.title, each.meaning, rows, number, url, each.by_follow_up, above, each.is_asked))
    return Day(in_all, parts)


def due_today(user: User, today: date) -> WorkItemQuerySet:
    """What of this person's own work is pressing: late, nearly late, or to be asked about today."""
    news = Q(pk__in=reminding.reminded(user, today).values("pk")) | Q(
        pk__in=clarifications.came_back_to(user).values("pk")
    )
    rows: WorkItemQuerySet = in_hand.own(user).filter(pressing(today) | to_ask(today) | news)
    return rows


def free_and_pressing(user: User, today: date) -> WorkItemQuerySet:
    """What nobody has taken in this person's queues, late or nearly late."""
    in_queues = WorkItem.objects.visible_to(user).filter(queue__in=queues_of(user).values("pk"))
    rows: WorkItemQuerySet = in_queues.filter(pressing(today), assignee=None)
    return rows


def asked_of(user: User, today: date) -> QuerySet[WorkItem, Any]:
    """Every item of My day that asks for something today, by `pk` and up to the cap: what is in hand with time left is
    not counted, unless a tickler brought it back. Each part is found by an index of its own, which one condition of
    them all would not be. What nobody has taken is read from the first last day on: few are pressing, and its queues
    hold everything else too.
    """
    parts = (
        due_today(user, today),
        free_and_pressing(user, today).order_by("deadline", "pk"),
        escalations.unseen_by(user),
        reminding.reminded_as_manager(user, today),
        requests.overdue_for(user, today),
        woken.back_to(user),
    )
    first, *others = (part.values("pk")[: CAP + 1] for part in parts)
    found: QuerySet[WorkItem, Any] = first.union(*others)
    return found


def _asked(user: User, today: date) -> Iterator[_Asked]:
    own = in_hand.own(user)
    yield _Asked(
        "Escalated to you", "Raised to you, and nobody has acknowledged it yet.",
        escalations.unseen_by(user), "all_items", f"news={RAISED}",
    )  # fmt: skip
    yield _Asked(
        "Overdue", "Yours, past the last day to answer.",
        own.filter(workable(today), deadline__lt=today), "my_queues", "owner=me&due=overdue",
    )  # fmt: skip
    yield _Asked(
        "Due today", "Yours; today is the last day to answer.",
        own.filter(workable(today), deadline=today), "my_queues", "owner=me&left_from=0&left_to=0",
    )  # fmt: skip
    yield _Asked(
        "Due soon", "Yours, due within five days.",
        own.filter(pressing(today), deadline__gt=today), "my_queues",
        f"owner=me&left_from=1&left_to={PRESSING_DAYS}",
    )  # fmt: skip
    yield _Asked(
        "Reminders", "A last day comes near and you have done nothing since. No e-mail is sent: they stand here.",
        reminding.reminded(user, today), "all_items", f"news={REMINDED}",
    )  # fmt: skip
    yield _Asked(
        "Reminders for managers",
        "In your queues, at their last day or with nobody who could work them, and nothing done since.",
        reminding.reminded_as_manager(user, today), "all_items", f"news={MANAGING}",
    )  # fmt: skip
    yield _Asked(
        "Ask the payer", "You sent something and the answer is due.",
        own.filter(to_ask(today)), "waiting", "owner=me", by_follow_up=True,
    )  # fmt: skip
    yield _Asked(
        "Records are overdue", "Asked for, by you or about your items, and the day has passed: remind them.",
        requests.overdue_for(user, today), "all_items", f"news={RECORDS}",
    )  # fmt: skip
    yield _Asked(
        "Your questions were answered", "Back from a colleague: the answer stands on top of the item.",
        clarifications.came_back_to(user), "all_items", f"news={ANSWERED}",
    )  # fmt: skip
    yield _Asked(
        "Back from a tickler", "You had postponed these until today or earlier, and have done nothing since.",
        woken.back_to(user), "all_items", f"news={WOKEN}",
    )  # fmt: skip
    yield _Asked(
        "Nobody has taken these", "In your queues, late or due within five days.",
        free_and_pressing(user, today), "my_queues", f"owner=nobody&due={PRESSING}",
    )  # fmt: skip
    yield _Asked(
        "New to you", "Given to you and not begun, with more time left.",
        in_hand.given(user, today), "all_items", f"news={GIVEN}", is_asked=False,
    )  # fmt: skip
    yield _Asked(
        "Put back because untouched", "They were yours; nobody touched them for days, so they are free again.",
        releasing.put_back_from(user, today), "put_back", is_asked=False,
    )  # fmt: skip
    yield _Asked(
        "In your hands", "Yours, begun, with more time left.",
        in_hand.begun(user, today), "all_items", f"news={BEGUN}", is_asked=False,
    )  # fmt: skip
    yield _Asked(
        "Waiting for colleagues", "You asked another team; the deadline runs on.",
        own.filter(status=WorkItem.Status.ASKING), "asking", "owner=me", is_asked=False,
    )  # fmt: skip
    yield _Asked(
        "Waiting for payers", "You sent something, and the day to ask is still to come.",
        in_hand.sent(user, today), "waiting", f"news={SENT}", by_follow_up=True, is_asked=False,
    )  # fmt: skip
