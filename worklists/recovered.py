"""What came back: resolved items that the payer paid after all, and how much of it in the last weeks."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from worklists.models import WorkItem

RECENT_DAYS = 30


def recovered_within(days: int, today: date) -> Q:
    """Items that were resolved with money recovered, today or in the `days` before."""
    since = timezone.make_aware(datetime.combine(today - timedelta(days=days), time.min))
    return Q(is_open=False, status=WorkItem.Status.RESOLVED, resolved_at__gte=since, recovered_amount__gt=0)
