"""What undo puts back on an item, and what only adds to one: that stands, and keeps nobody from an undo of what was
done before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from worklists.models import Activity

RESTORED = (
    "status", "queue_id", "rule_id", "rule_version", "rule_set_id", "routed_on", "routed_facts", "routed_because",
    "assignee_id", "taken_at", "postponed_until", "postponed_because", "follow_up_on", "escalated_on",
    "resolution", "settlement", "root_cause", "recovered_amount", "preventable", "settled_by_id", "resolved_at",
    "resolved_by_id", "denial_id", "category", "reason", "modalities", "provider", "denied_on",
)  # fmt: skip
"""The columns that undo puts back: all that an action of `worklists.item_actions` or a reassignment changes."""
Kind = Activity.Kind
ADDING = (
    Kind.NOTED, Kind.PINNED, Kind.UNPINNED, Kind.STEP_DONE, Kind.STEP_UNDONE, Kind.EVIDENCE, Kind.DRAFTED, Kind.EDITED,
    Kind.WITHHELD,
)  # fmt: skip


def only_adds(kind: Activity.Kind, changed: Iterable[str]) -> bool:
    """Whether an activity that changes these fields of its item leaves alone all that undo puts back."""
    return kind in ADDING and not any(name in RESTORED or f"{name}_id" in RESTORED for name in changed)


def still_stand(items: Sequence[int]) -> None:
    """Something was only added to these locked items: what was done to them before may be undone as it could before."""
    with connection.cursor() as cursor:
        cursor.execute(CARRY_ALONG, [list(items)])


CARRY_ALONG = """
UPDATE worklists_bulkactrow r SET version_after = w.version
FROM worklists_workitem w
WHERE w.id = ANY(%s) AND r.item_id = w.id AND r.version_after = w.version - 1 AND NOT r.is_undone
"""
