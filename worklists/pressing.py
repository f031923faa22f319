"""The open work of the site in the order of urgency, for whoever ranks something among it."""

from __future__ import annotations

from denials.domain.urgency import Pressing
from worklists.models import WorkItem


def pressing_now() -> list[Pressing]:
    """Every open item that has a last day."""
    rows = WorkItem.objects.open().filter(deadline__isnull=False)
    found = rows.values_list("claim__number", "pk", "queue__key", "deadline", "amount_at_risk")
    return [Pressing(f"{number}\0{pk}", queue, day, amount) for number, pk, queue, day, amount in found]
