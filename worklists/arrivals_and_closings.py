"""Work that came in or was closed since a day of the practice's own calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from worklists.models import WorkItem

FIRST_YEAR, LAST_YEAR = 1990, 2200


def arrived_since(first: date) -> Q:
    return Q(created_at__gte=midnight(first))


def cleared_since(first: date) -> Q:
    """Closed since then, and closed still."""
    return Q(is_open=False, status=WorkItem.Status.RESOLVED, resolved_at__gte=midnight(first))


def on_day(column: str, day: date) -> Q:
    """Within one day. Nothing for a year that was typed by mistake."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Q(pk=None)
    return Q(**{f"{column}__gte": midnight(day), f"{column}__lt": midnight(day + timedelta(days=1))})


def midnight(day: date) -> datetime:
    """The moment at which a day of the practice begins."""
    return timezone.make_aware(datetime.combine(day, time.min))
