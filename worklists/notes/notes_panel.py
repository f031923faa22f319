"""The panel with all notes of an item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet

from accounts.models import User
from worklists.models import Activity, WorkItem
from worklists.panels import Panel

MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One note as it is read."""

    id: int
    at: datetime
    by: str
    headline: str
    text: str
    contact: str
    call: int | None
    is_pinned: bool


def read(item: WorkItem, user: User) -> dict[str, Any]:
    rows = list(_notes(item.activities.all()).select_related("actor", "pin")[: MOST + 1])
    lines = sorted((_line(row) for row in rows[:MOST]), key=lambda line: not line.is_pinned)
    return {"notes": lines, "is_cut": len(rows) > MOST}


def _notes(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    return rows.filter(kind=Activity.Kind.NOTED)


def _line(row: Activity) -> Line:
    return Line(
        id=row.pk,
        at=row.at,
        by=str(row.actor or "Overturn"),
        headline=row.headline,
        text=row.text,
        contact=row.contact_words,
        call=row.facts.get("call"),
        is_pinned=hasattr(row, "pin"),
    )


NOTES = Panel(
    "notes",
    "Notes",
    "worklists/panels/_notes.html",
    read,
    place=15,
    rows=lambda user: _notes(Activity.objects.filter(item=OuterRef("pk"))),
)
