"""What was done to items and not undone: what somebody took back counts as if it had never been done."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from worklists.models import Activity, BulkActRow
from worklists.restored import ADDING


def not_undone() -> Q:
    """Activities that nobody took back, for a filter of `Activity`. An undo is none of them; what only adds, as a note
    does, always is one.

    No row says which activities an undone act wrote. But an act can be undone only while nothing else changed its item,
    so they are the changes that its actor made there between the act and its undo.
    """
    undone = BulkActRow.objects.filter(
        item=OuterRef("item"), is_undone=True,
        act__actor=OuterRef("actor"), act__at__lte=OuterRef("at"), act__undone_at__gte=OuterRef("at"),
    )  # fmt: skip
    return ~Q(kind=Activity.Kind.UNDONE) & (Q(kind__in=ADDING) | ~Q(Exists(undone)))
