"""What came back: resolved items that the payer paid after all, and how much of it in the last weeks."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from worklists.arrivals_and_closings import midnight
from worklists.models import WorkItem

RECENT_DAYS = 30


def recovered_within(days: int, today: date) -> Q:
    """Items that were resolved with money recovered in the last `days`, today included."""
    since = midnight(today - timedelta(days=days - 1))
    return Q(is_open=False, status=WorkItem.Status.RESOLVED, resolved_at__gte=since, recovered_amount__gt=0)
