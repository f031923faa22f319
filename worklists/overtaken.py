"""Questions about an item that nobody had answered when it was resolved: they end with it."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from worklists.models import Activity, Clarification

BECAUSE = "The item was resolved before the answer came."


def close_questions(items: Collection[int]) -> int:
    """Closes the open questions of locked items that were resolved, each with a note. Returns how many there were."""
    if not items:
        return 0
    State = Clarification.State
    rows = Clarification.objects.filter(item__in=items, state=State.OPEN)
    found = list(rows.select_related("team").select_for_update(of=("self",)).order_by("pk"))
    if not found:
        return 0
    ids = [row.pk for row in found]
    Clarification.objects.filter(pk__in=ids).update(state=State.OVERTAKEN, why=BECAUSE, ended_at=timezone.now())
    Activity.objects.bulk_create(
        Activity(
            item_id=row.item_id,
            kind=Activity.Kind.WITHDRAWN,
            text=f"The question to {row.team} needs no answer any more: the item was resolved.",
            facts={"question": row.pk},
        )
        for row in found
    )
    return len(found)
