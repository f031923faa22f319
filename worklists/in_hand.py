"""What one person holds, by what it asks of them: nearly due, with time left, or sent and to be asked about."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from accounts.models import User
from worklists.filter_vocabulary import PRESSING_DAYS
from worklists.lists import workable
from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet

Status = WorkItem.Status


def own(user: User) -> WorkItemQuerySet:
    rows: WorkItemQuerySet = WorkItem.objects.visible_to(user).filter(is_open=True, assignee=user)
    return rows


def given(user: User, today: date) -> WorkItemQuerySet:
    """Given to them and not begun, with time left."""
    rows: WorkItemQuerySet = _with_time_left(user, today).filter(status=Status.NEW)
    return rows


def begun(user: User, today: date) -> WorkItemQuerySet:
    """Begun, with time left."""
    rows: WorkItemQuerySet = _with_time_left(user, today).exclude(status=Status.NEW)
    return rows


def sent(user: User, today: date) -> WorkItemQuerySet:
    """With the payer, and the day to ask is still to come."""
    rows: WorkItemQuerySet = own(user).filter(status=Status.WAITING).exclude(to_ask(today))
    return rows


def pressing(today: date) -> Q:
    return workable(today) & Q(deadline__lte=today + timedelta(days=PRESSING_DAYS))


def to_ask(today: date) -> Q:
    return Q(is_open=True, status=Status.WAITING, follow_up_on__lte=today)


def _with_time_left(user: User, today: date) -> WorkItemQuerySet:
    rows: WorkItemQuerySet = own(user).filter(workable(today)).exclude(pressing(today))
    return rows
