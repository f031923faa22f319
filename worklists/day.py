"""My day: what asks for this person today, in the order to do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from worklists import clarifications, escalations, releasing, reminding
from worklists.capped import CAP
from worklists.filters import PRESSING, PRESSING_DAYS
from worklists.lists import my_queues, workable
from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.news import ANSWERED, MANAGING, RAISED, REMINDED
from worklists.rows import Row, first_rows

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


def parts_of_day(user: User, today: date) -> list[Part]:
    """The parts that have something in them."""
    return [part for part in _parts(user, today) if part.rows]


def due_today(user: User, today: date) -> WorkItemQuerySet:
    """What of this person's own work is pressing: late, nearly late, or to be asked about today."""
    own = WorkItem.objects.visible_to(user).filter(is_open=True, assignee=user)
    news = Q(pk__in=reminding.reminded(user, today).values("pk")) | Q(
        pk__in=clarifications.came_back_to(user).values("pk")
    )
    rows: WorkItemQuerySet = own.filter(_pressing(today) | _to_ask(today) | news)
    return rows


def free_and_pressing(user: User, today: date) -> WorkItemQuerySet:
    """What nobody has taken in this person's queues, late or nearly late."""
    rows: WorkItemQuerySet = my_queues(user, today).rows.filter(_pressing(today), assignee=None)
    return rows


def asked_of(user: User, today: date) -> WorkItemQuerySet:
    """Every item of My day that asks for something today: what is in hand with time left is not counted."""
    parts = (
        due_today(user, today),
        free_and_pressing(user, today),
        escalations.unseen_by(user),
        reminding.reminded_as_manager(user, today),
    )
    any_part = reduce(or_, (Q(pk__in=part.values("pk")) for part in parts))
    rows: WorkItemQuerySet = WorkItem.objects.visible_to(user).filter(any_part)
    return rows


def _parts(user: User, today: date) -> Iterator[Part]:
    own: WorkItemQuerySet = WorkItem.objects.visible_to(user).filter(is_open=True, assignee=user)
    mine, every = my_queues(user, today).url, reverse("all_items")
    yield _part(
        "Escalated to you", "Raised to you, and nobody has acknowledged it yet.",
        escalations.unseen_by(user), f"{every}?news={RAISED}", today,
    )  # fmt: skip
    yield _part(
        "Due now", "Yours, late or due within five days.", own.filter(_pressing(today)),
        f"{mine}?owner=me&due={PRESSING}", today,
    )  # fmt: skip
    yield _part(
        "Reminders", "A last day comes near and you have done nothing since. No e-mail is sent: they stand here.",
        reminding.reminded(user, today), f"{every}?news={REMINDED}", today,
    )  # fmt: skip
    yield _part(
        "Reminders for managers", "In your queues, at their last day or taken by nobody, and nothing done since.",
        reminding.reminded_as_manager(user, today), f"{every}?news={MANAGING}", today,
    )  # fmt: skip
    yield _part(
        "Ask the payer", "You sent something and the answer is due.", own.filter(_to_ask(today)),
        f"{reverse('waiting')}?owner=me", today, by_follow_up=True,
    )  # fmt: skip
    yield _part(
        "Your questions were answered", "Back from a colleague: the answer stands on top of the item.",
        clarifications.came_back_to(user), f"{every}?news={ANSWERED}", today,
    )  # fmt: skip
    yield _part(
        "Put back because untouched", "They were yours; nobody touched them for days, so they are free again.",
        releasing.put_back_from(user), reverse("put_back"), today,
    )  # fmt: skip
    rest = own.filter(workable(today)).exclude(_pressing(today))
    yield _part("In your hands", "Yours, with more time left.", rest, f"{mine}?owner=me", today)
    yield _part(
        "Nobody has taken these", "In your queues, late or due within five days.", free_and_pressing(user, today),
        f"{mine}?owner=nobody&due={PRESSING}", today,
    )  # fmt: skip


def _part(
    title: str, meaning: str, items: WorkItemQuerySet, url: str, today: date, *, by_follow_up: bool = False
) -> Part:
    rows = first_rows(items, SHOWN, today, by_follow_up=by_follow_up)
    count = len(rows) if len(rows) < SHOWN else items.order_by()[: CAP + 1].count()
    return Part(title, meaning, rows, count, url, by_follow_up)


def _pressing(today: date) -> Q:
    return workable(today) & Q(deadline__lte=today + timedelta(days=PRESSING_DAYS))


def _to_ask(today: date) -> Q:
    return Q(is_open=True, status=WorkItem.Status.WAITING, follow_up_on__lte=today)
