"""The four weeks before today in the made-up practice: what people finished on each working day, and what was lost.

Done through the same verbs as everybody's, then dated back: only a demo may do that.
"""

from __future__ import annotations

from collections import deque
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle

import pgtrigger
from django.db.models import Q
from django.utils import timezone

from accounts.access import WORKERS
from accounts.models import User
from denials.domain.days import is_business_day
from denials.models import Clock
from worklists import work
from worklists.models import Activity, Resolution, Settlement, WorkItem, WorkTime
from worklists.watch import missed

DAYS = 28
A_DAY = (9, 7, 11, 8, 10)
"""Items that are finished on one working day after the other."""
MINUTES = (12, 25, 17, 9, 31, 14, 22)
UNHURRIED = timedelta(days=42)
"""What is due sooner is left: the forecast warns of it."""
AFTERNOON = time(20)
"""In UTC: the working day of the United States."""
SMALL = 50
MENDED = (
    (Resolution.CORRECTED, "", "Corrected claim sent with the modifier that was missing"),
    (Resolution.RESUBMITTED, "", "Sent again with the member ID of the new card"),
    (Resolution.CORRECTED, "", "Authorization number added and the claim corrected"),
    (Resolution.RESUBMITTED, "", "Sent again with the records that the payer asked for"),
    (Resolution.DUPLICATE, "", "The first claim was paid; nothing is owed"),
    (Resolution.CORRECTED, "", "Diagnosis pointer corrected"),
)
GIVEN_UP = (Resolution.NO_ACTION, "", "Nobody found the referral")
"""While a way is open: the ledger asks for a second look."""
TOO_LATE = (Resolution.ADJUSTED, Settlement.NOT_CONTESTED, "Every last day had passed when somebody came to it")
ENDS = (*MENDED, GIVEN_UP, *MENDED, *MENDED)


def begin(today: date) -> None:
    """Before anybody has worked an item: not when work was begun."""
    if Activity.objects.filter(kind=Activity.Kind.TAKEN).exists():
        return
    _lose(today)
    missed.note_missed(today)
    _finish(today)


def _finish(today: date) -> None:
    days = [today - timedelta(days=back) for back in range(DAYS, 0, -1)]
    ends, minutes = cycle(ENDS), cycle(MINUTES)
    waiting = _for_these_weeks(today)
    for day, count in zip(filter(is_business_day, days), cycle(A_DAY), strict=False):
        while count and waiting and timezone.localdate(waiting[0].created_at) < day:
            item, count = waiting.popleft(), count - 1
            is_late = item.deadline is not None and item.deadline < day
            resolution, settlement, cause = TOO_LATE if is_late else next(ends)
            if item.amount_at_risk < SMALL:
                resolution, settlement = Resolution.ADJUSTED, Settlement.NOT_CONTESTED
                cause = "Less than the cost of a letter"
            person = _worker_of(item)
            work.take([item.pk], person)
            work.resolve([item.pk], person, resolution=resolution, settlement=settlement, root_cause=cause).or_refuse()
            WorkTime.objects.create(
                item=item, person=person, act="resolve", seconds=60 * next(minutes), is_measured=True
            )
            _date_back(item, day)


def _lose(today: date) -> None:
    """Of clocks that ran out: some in work, some postponed past their day with a reason, one taken only when it was too
    late; nobody had the others.
    """
    ran_out = Clock.objects.filter(is_binding=True, last_day__lt=today, denial__work_item__is_open=True)
    clocks = list(ran_out.select_related("denial__work_item").order_by("-last_day", "pk")[:5])
    for number, clock in enumerate(clocks):
        item = clock.denial.work_item
        assert clock.last_day is not None
        person = _worker_of(item)
        work.take([item.pk], person)
        if number == len(clocks) - 1:
            _date_back(item, clock.last_day + timedelta(days=1))
            continue
        in_time = clock.last_day - timedelta(days=3)
        if number % 2:
            until = today + timedelta(days=2)
            why = "Waiting for the operative note. The payer promised to take it late."
            work.postpone([item.pk], person, until=until, because=why, today=in_time, late_because=why)
        else:
            work.note([item.pk], person, text="Asked the department for the record. No answer yet.")
        _date_back(item, in_time)


def _for_these_weeks(today: date) -> deque[WorkItem]:
    """What nobody has taken, in the order in which it came: what was too late before, and what is not due soon."""
    is_chosen = Q(deadline__gt=today + UNHURRIED) | Q(deadline__lt=today - timedelta(days=DAYS))
    rows = WorkItem.objects.open().filter(is_chosen, assignee=None, status=WorkItem.Status.NEW)
    return deque(rows.order_by("created_at", "pk")[: DAYS * max(A_DAY)])


def _worker_of(item: WorkItem) -> User:
    members = User.objects.filter(teams__queues=item.queue_id, role__in=WORKERS).order_by("pk")
    specialist = User.objects.get(username="specialist")
    return next((person for person in members if person.may_see(item.facility_id)), specialist)


def _date_back(item: WorkItem, day: date) -> None:
    """As if all that a person did with the item had been done on that day."""
    at = datetime.combine(day, AFTERNOON, tzinfo=UTC)
    with pgtrigger.ignore("worklists.Activity:history_is_append_only"):
        Activity.objects.filter(item=item, actor__isnull=False).update(at=at)
    WorkTime.objects.filter(item=item).update(at=at)
    WorkItem.objects.filter(pk=item.pk, taken_at__isnull=False).update(taken_at=at)
    WorkItem.objects.filter(pk=item.pk, resolved_at__isnull=False).update(resolved_at=at)
