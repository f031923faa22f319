"""Assigned items that nobody touched go back to their queue, where somebody else may take them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from denials.domain.days import subtract_business_days
from worklists.arrivals_and_closings import midnight
from worklists.assignment import reassigning
from worklists.assignment.sharing import How, Plan, Share
from worklists.models import Absence, Activity, BulkAct, BulkActRow, Queue, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.not_undone import not_undone

LATELY = timedelta(days=7)
NEWS = (
    Activity.Kind.HANDED_OVER, Activity.Kind.WOKEN, Activity.Kind.RETURNED, Activity.Kind.ANSWERED,
    Activity.Kind.DENIED_AGAIN, Activity.Kind.WITHHELD,
)  # fmt: skip
"""What Overturn itself writes that gives an owner something new to do: their days count from then."""


def release_untouched(today: date) -> int:
    """Puts back what its owner has not touched for as many business days as its queue allows. Harmless to run again.

    What waits for a payer or a colleague, or is postponed, stays; so does the work of who was away in these days.
    """
    queues = Queue.objects.filter(release_after__isnull=False).order_by("pk")
    return sum(_release(queue, today) for queue in queues)


@transaction.atomic
def _release(queue: Queue, today: date) -> int:
    days = queue.release_after or 0
    since = subtract_business_days(today, days)
    rows = _untouched(queue, since, today).select_for_update(of=("self",), no_key=True, skip_locked=True)
    items = sorted(rows.values_list("pk", flat=True))
    words = "1 business day" if days == 1 else f"{days} business days"
    plan = Plan(How.QUEUE, [Share.of(None, items)], [])
    act = reassigning.carry_out(plan, None, f"Put back: nobody touched it for {words}.", BulkAct.Kind.AUTO_RELEASED)
    return act.done if act else 0


def _untouched(queue: Queue, since: date, today: date) -> WorkItemQuerySet:
    """Whose last touch lies before `since`: then that many whole business days have passed since that day."""
    start = timezone.make_aware(datetime.combine(since, time.min))
    by_people_or_news = Q(actor__isnull=False) | Q(kind__in=NEWS)
    touched = Activity.objects.filter(not_undone(), by_people_or_news, item=OuterRef("pk"), at__gte=start)
    was_away = Q(ended_at=None) | Q(ended_at__gte=start)  # who came back early is there from then on
    away = Absence.objects.filter(was_away, first_day__lte=today, last_day__gte=since, is_cancelled=False)
    rows: WorkItemQuerySet = WorkItem.objects.filter(
        queue=queue,
        is_open=True,
        assignee__isnull=False,
        status__in=[WorkItem.Status.NEW, WorkItem.Status.TAKEN],
        created_at__lt=start,
    )
    return rows.exclude(assignee__in=away.values("person")).exclude(Exists(touched))


def put_back_lately(today: date) -> WorkItemQuerySet:
    """Items that went back because nobody touched them, and that nobody has taken since."""
    rows: WorkItemQuerySet = WorkItem.objects.filter(is_open=True, assignee=None)
    return rows.filter(pk__in=_lately(today).values("item"))


def put_back_from(user: User, today: date) -> WorkItemQuerySet:
    """The same, of what `user` had."""
    mine = _lately(today).filter(owner_before=user).values("item")
    rows: WorkItemQuerySet = WorkItem.objects.visible_to(user).filter(is_open=True, assignee=None, pk__in=mine)
    return rows


def _lately(today: date) -> QuerySet[BulkActRow]:
    since = midnight(today - LATELY)
    return BulkActRow.objects.filter(act__kind=BulkAct.Kind.AUTO_RELEASED, act__at__gte=since, is_undone=False)
