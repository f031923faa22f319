"""What a tickler brought back to the person who had postponed it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from accounts.models import User
from worklists.models import Activity, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.not_undone import not_undone


def back_to(user: User) -> WorkItemQuerySet:
    """Items of `user` that came back on their day, and with which they have done nothing since."""
    later = Activity.objects.filter(not_undone(), item=OuterRef("item"), actor=user, at__gt=OuterRef("at"))
    returns = Activity.objects.filter(item=OuterRef("pk"), kind=Activity.Kind.WOKEN).filter(~Exists(later))
    own: WorkItemQuerySet = WorkItem.objects.visible_to(user).open().filter(assignee=user)
    return own.filter(Exists(returns)).exclude(status=WorkItem.Status.POSTPONED)
