"""What was done to items and stands: what somebody took back by undo is as if it had never been done."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from worklists.models import Activity, BulkActRow


def stands() -> Q:
    """Activities that nobody took back, for a filter of `Activity`. Undoing is none of them; a note always stands.

    An act is undone only while nothing else changed its item: what its actor wrote there between act and undo is it.
    """
    undone = BulkActRow.objects.filter(
        item=OuterRef("item"), is_undone=True,
        act__actor=OuterRef("actor"), act__at__lte=OuterRef("at"), act__undone_at__gte=OuterRef("at"),
    )  # fmt: skip
    return ~Q(kind=Activity.Kind.UNDONE) & (Q(kind=Activity.Kind.NOTED) | ~Q(Exists(undone)))
