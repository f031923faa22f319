"""What people finished in the last weeks: the forecast tells its pace by it, and the list behind it shows it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from accounts.models import User
from worklists.arrivals_and_closings import midnight
from worklists.models import Activity
from worklists.not_undone import not_undone

PACE_DAYS = 28
FINISHED = (Activity.Kind.SENT, Activity.Kind.RESOLVED)


def finished(today: date) -> QuerySet[Activity]:
    """Each time that a person sent or closed an item in the four weeks before `today`, and nobody took it back."""
    first, last = midnight(today - timedelta(days=PACE_DAYS)), midnight(today)
    rows = Activity.objects.filter(kind__in=FINISHED, actor__in=User.objects.values("pk"), at__gte=first, at__lt=last)
    return rows.filter(not_undone())


def was_finished(today: date) -> Q:
    """The items of these."""
    return Q(pk__in=finished(today).values("item"))
