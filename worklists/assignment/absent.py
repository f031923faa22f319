"""Who is away, for every place that gives somebody work."""

from __future__ import annotations

from datetime import date

from worklists.models import Absence


def away_on(day: date) -> dict[int, date]:
    """By person who is away on `day`: the last day of it."""
    return away_between(day, day)


def away_between(first: date, last: date) -> dict[int, date]:
    """By person who is away on any of these days: the last day of it."""
    rows = Absence.objects.filter(first_day__lte=last, last_day__gte=first, is_cancelled=False, ended_at=None)
    return dict(rows.order_by("last_day").values_list("person", "last_day"))
