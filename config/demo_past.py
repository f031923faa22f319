"""The past of the made-up practice: its work came and went on the days of its files, not all in the hour of loading."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import DateTimeField, ExpressionWrapper, F, OuterRef, Subquery
from django.db.models.functions import Least
from django.utils import timezone

from worklists.models import WorkItem

BROUGHT_IN_AFTER = timedelta(days=2, hours=15)
"""Two days after the payment, during the working day of the United States."""


def begin(today: date) -> None:
    """As if somebody had brought every file in two days after its payment. Before anybody has worked an item."""
    now = timezone.make_aware(datetime.combine(today, time.min))
    rows = WorkItem.objects.filter(pk=OuterRef("pk"))
    WorkItem.objects.filter(denial__remitted_claim__remittance__payment_date__isnull=False).update(
        created_at=Subquery(rows.values(at=_brought_in("denial__remitted_claim", now)))
    )
    closed = WorkItem.objects.filter(status=WorkItem.Status.RESOLVED)
    closed.filter(settled_by__remittance__payment_date__isnull=False).update(
        resolved_at=Subquery(rows.values(at=_brought_in("settled_by", now)))
    )


def _brought_in(claim: str, now: datetime) -> Least:
    paid = F(f"{claim}__remittance__payment_date")
    return Least(ExpressionWrapper(paid + BROUGHT_IN_AFTER, output_field=DateTimeField()), now)
