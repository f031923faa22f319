"""Addresses of a list with one thing changed; a new filter always starts at the first page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from worklists.capped import in_words
from worklists.columns import Column
from worklists.counts import Counts
from worklists.filter_menus import NAMED
from worklists.filter_vocabulary import POSTPONED, TABS
from worklists.filters import WorkItemFilter, active_beside
from worklists.lists import WorkList
from worklists.models import SavedView
from worklists.paging import SORTS

PLACE = ("after", "before")


def address(worklist: WorkList, query: QueryDict, **changes: str | int) -> str:
    """The list's own URL with `changes`; an empty value takes a field off."""
    fields = {name: values for name, values in query.lists() if name not in PLACE}
    fields |= {name: [str(value)] for name, value in changes.items()}
    asked = urlencode({name: values for name, values in fields.items() if values and values[-1] != ""}, doseq=True)
    return f"{worklist.url}?{asked}" if asked else worklist.url


def tabs(worklist: WorkList, query: QueryDict, chosen: WorkItemFilter, counts: Counts) -> list[dict[str, Any]]:
    return [
        {
            "url": address(worklist, query, tab=tab),
            "label": label,
            "count": in_words(counts.tabs[tab]),
            "is_current": tab == chosen.chosen("tab"),
        }
        for tab, label in TABS.items()
        if not (tab == POSTPONED and worklist.is_of_one_state)
    ]


def chips(worklist: WorkList, query: QueryDict, chosen: WorkItemFilter) -> list[dict[str, Any]]:
    """What is set of the filters that nobody sees set, each with the address that takes it off."""
    return [
        chip | {"clear_url": address(worklist, query, **{chip["name"]: ""})} for chip in active_beside(chosen, NAMED)
    ]


def of_view(view: SavedView, worklist: WorkList) -> str:
    """The list as a kept view shows it; the address also says which view it is."""
    return address(worklist, QueryDict(view.query), view=view.pk)


def heads(
    worklist: WorkList, query: QueryDict, chosen: WorkItemFilter, shows: tuple[Column, ...]
) -> list[dict[str, Any]]:
    """The heads of the columns. One that the list can be sorted by leads to that order, or takes it off again."""
    by = chosen.order.key
    return [
        {
            "words": "Ask the payer" if column.key == "due" and worklist.by_follow_up else column.head,
            "css": column.css,
            "sorted": _direction(sort) if sort == by else "",
            "sort_url": address(worklist, query, sort="" if sort == by else sort) if sort else "",
        }
        for column in shows
        for sort in [_sort_of(column, worklist)]
    ]


def _sort_of(column: Column, worklist: WorkList) -> str:
    return "follow_up" if column.key == "due" and worklist.by_follow_up else column.sort


def _direction(sort: str) -> str:
    return "descending" if SORTS[sort].is_descending else "ascending"
