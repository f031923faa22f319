"""Pages of a list by key: the next page starts after a row, not at a number, so nothing jumps when rows leave.

The address names only the row's id; what the row is sorted by is looked up, so no amount or date stands in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet

PAGE_SIZE = 50
NEVER_EMPTY = ("rank_key", "amount_at_risk")


@dataclass(frozen=True, slots=True)
class Sort:
    """One order of the list, always made total by the id."""

    key: str
    label: str
    column: str
    is_descending: bool = False


SORTS = {
    sort.key: sort
    for sort in (
        Sort("rank", "Most pressing first", "rank_key"),
        Sort("deadline", "Deadline", "deadline"),
        Sort("amount", "At risk, largest first", "amount_at_risk", is_descending=True),
        Sort("newest", "Newest first", "id", is_descending=True),
        Sort("follow_up", "Follow-up date", "follow_up_on"),
    )
}


@dataclass(frozen=True, slots=True)
class Page:
    """Ids in order, and whether there are rows on either side."""

    ids: QuerySet[WorkItem, Any]
    sort: Sort
    is_backwards: bool


def page_ids(rows: WorkItemQuerySet, sort: Sort, *, after: int | None = None, before: int | None = None) -> Page:
    """The ids of one page and one more, chosen from the index alone; `before` gives them in reverse order."""
    is_backwards = before is not None and after is None
    anchor = after if after is not None else before
    if anchor is not None:
        rows = rows.filter(_beyond(sort, anchor, is_backwards=is_backwards))
    ids = rows.order_by(*_order(sort, is_backwards=is_backwards)).values("pk")[: PAGE_SIZE + 1]
    return Page(ids, sort, is_backwards)


def in_order(page: Page) -> list[Any]:
    """The ORDER BY of the page's rows, as shown."""
    return _order(page.sort, is_backwards=False)


def _order(sort: Sort, *, is_backwards: bool) -> list[Any]:
    """Rows without a value come last, as PostgreSQL sorts them by itself."""
    is_descending = sort.is_descending != is_backwards
    if sort.column == "id":
        return ["-id" if is_descending else "id"]
    return [F(name).desc() if is_descending else F(name).asc() for name in (sort.column, "id")]


def _beyond(sort: Sort, anchor: int, *, is_backwards: bool) -> Q:
    """The rows that come after the anchor in this order, or before it."""
    is_descending = sort.is_descending != is_backwards
    further = "lt" if is_descending else "gt"
    if sort.column == "id":
        return Q(**{f"id__{further}": anchor})
    found = WorkItem.objects.filter(pk=anchor).values_list(sort.column, flat=True).first()
    beyond_id = Q(**{f"id__{further}": anchor})
    if found is None:
        in_tail = Q(**{f"{sort.column}__isnull": True}) & beyond_id
        return in_tail | Q(**{f"{sort.column}__isnull": False}) if is_descending else in_tail
    at_or_beyond = Q(**{f"{sort.column}__{further}e": found})
    same_but_before = Q(**{sort.column: found}) & ~beyond_id
    beyond = at_or_beyond & ~same_but_before
    return beyond if is_descending or sort.column in NEVER_EMPTY else beyond | Q(**{f"{sort.column}__isnull": True})
