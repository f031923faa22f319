"""The past of the made-up practice: its work came and went on the days of its files, not all in the hour of loading."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from denials.domain.days import next_business_day, previous_business_day
from worklists.models import WorkItem

MORNING = time(15)
"""In UTC: the working day of the United States."""
CAME = "denial__remitted_claim__remittance__payment_date"
SETTLED = "settled_by__remittance__payment_date"


def begin(today: date) -> None:
    """As if every file had been brought in on the working day after its payment. Before anybody has worked an item."""
    _date_back(WorkItem.objects.all(), CAME, "created_at", today)
    _date_back(WorkItem.objects.filter(status=WorkItem.Status.RESOLVED), SETTLED, "resolved_at", today)


def _date_back(items: QuerySet[WorkItem], paid: str, column: str, today: date) -> None:
    days = items.filter(**{f"{paid}__isnull": False}).order_by().values_list(paid, flat=True).distinct()
    for paid_on in list(days):
        items.filter(**{paid: paid_on}).update(**{column: _brought_in(paid_on, today)})


def _brought_in(paid_on: date, today: date) -> datetime:
    """Never in an hour that is still to come."""
    day = next_business_day(paid_on + timedelta(days=1))
    if day < today:
        return datetime.combine(day, MORNING, tzinfo=UTC)
    return timezone.make_aware(datetime.combine(previous_business_day(today), time.min))
