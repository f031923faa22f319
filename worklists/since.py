"""What others did to an item since somebody opened it, for a form that came too late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from worklists.domain.transitions import is_allowed
from worklists.models import Activity, WorkItem

MOST = 12


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that somebody did. `became`: the state that the item has since, where that changed."""

    at: datetime
    who: str
    what: str
    text: str
    became: str


@dataclass(frozen=True, slots=True)
class Since:
    """The item as it is now, what was done since, and whether one's own act is possible all the same."""

    version: int
    changes: list[Change]
    is_possible: bool


def since(item: WorkItem, seen: int | None, action: str) -> Since:
    """`seen` is the version that the person had before them. Each change of an item counts its version up by one."""
    now = WorkItem.objects.get(pk=item.pk)
    missed = min(MOST, max(1, now.version - seen)) if seen is not None else 1
    rows = Activity.objects.filter(item=item.pk).select_related("actor")[:missed]
    return Since(now.version, list(_changes(rows)), is_allowed(action, now.status))


def _changes(rows: object) -> Iterator[Change]:
    for row in rows:  # type: ignore[attr-defined]
        became = WorkItem.Status(row.status_to).label if row.status_to and row.status_to != row.status_from else ""
        yield Change(row.at, str(row.actor or "Overturn"), row.get_kind_display(), row.text, became)
