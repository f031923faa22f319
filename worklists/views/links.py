"""Addresses of a list with one thing changed; a new filter always starts at the first page."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from worklists.capped import in_words
from worklists.counts import Counts
from worklists.filters import TABS, WorkItemFilter, active_beside
from worklists.lists import WorkList

PLACE = ("after", "before")
FILTERS_IN_MENU = (
    "queue", "facility", "status", "due", "watch",
    "escalated", "news", "recovered", "arrived", "cleared", "arrived_on", "cleared_on", "closed_by",
    "denied_on", "code", "at_least", "sort",
)  # fmt: skip


def address(worklist: WorkList, query: QueryDict, **changes: str | int) -> str:
    """The list's own URL with `changes`; an empty value takes a field off."""
    changed = query.copy()
    for name in PLACE:
        changed.pop(name, None)
    for name, value in changes.items():
        changed[name] = str(value)
    for name in [name for name, value in changed.items() if value == ""]:
        del changed[name]
    return f"{worklist.url}?{changed.urlencode()}" if changed else worklist.url


def tabs(worklist: WorkList, query: QueryDict, chosen: WorkItemFilter, counts: Counts) -> list[dict[str, Any]]:
    return [
        {
            "url": address(worklist, query, tab=tab),
            "label": label,
            "count": in_words(counts.tabs[tab]),
            "is_current": tab == chosen.chosen("tab"),
        }
        for tab, label in TABS.items()
    ]


def chips(worklist: WorkList, query: QueryDict, chosen: WorkItemFilter) -> list[dict[str, Any]]:
    """What is set in the menu of filters, each with the address that takes it off."""
    return [
        chip | {"clear_url": address(worklist, query, **{chip["name"]: ""})}
        for chip in active_beside(chosen, FILTERS_IN_MENU)
    ]
