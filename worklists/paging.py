"""Pages of a list by key: the next page starts after a row, not at a number, so nothing jumps when rows leave.

In the usual order the deadline lane comes first. Which rows are in it is asked when the list is read, as two searches
of an index each, so that no night has to write it down.

The address names only the row's id; what the row is sorted by is looked up, so no amount or date stands in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.ranking import in_lane, not_in_lane

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
RANK = SORTS["rank"]


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page and one more, in the order in which they are read: backwards from the row before."""

    rows: WorkItemQuerySet
    is_backwards: bool


def page_of(
    rows: WorkItemQuerySet, sort: Sort, today: date, *, after: int | None = None, before: int | None = None
) -> Page:
    """One page, its ids chosen from the index alone."""
    is_backwards = before is not None and after is None
    anchor = after if after is not None else before
    if sort.column == "rank_key":
        return Page(first_by_rank(rows, today, PAGE_SIZE + 1, anchor, is_backwards=is_backwards), is_backwards)
    if anchor is not None:
        rows = rows.filter(_beyond(sort, anchor, is_backwards=is_backwards))
    order = _order(sort, is_backwards=is_backwards)
    ids = rows.order_by(*order).values("pk")[: PAGE_SIZE + 1]
    return Page(_whole(ids).order_by(*order), is_backwards)


def first_by_rank(
    rows: WorkItemQuerySet, today: date, limit: int, anchor: int | None = None, *, is_backwards: bool = False
) -> WorkItemQuerySet:
    """The first rows of the usual order: the deadline lane, then the rest, each by rank."""
    lane, rest = rows.filter(in_lane(today)), rows.filter(not_in_lane(today))
    if anchor is not None:
        beyond = _beyond(RANK, anchor, is_backwards=is_backwards)
        if WorkItem.objects.filter(in_lane(today), pk=anchor).exists():
            lane, rest = lane.filter(beyond), rest.none() if is_backwards else rest
        else:
            lane, rest = lane if is_backwards else lane.none(), rest.filter(beyond)
    order = _order(RANK, is_backwards=is_backwards)
    parts = [part.order_by(*order).values("pk")[:limit] for part in (lane, rest)]
    band = Case(When(in_lane(today), then=Value(0)), default=Value(1))
    ids = parts[0].union(parts[1], all=True)
    return _whole(ids).order_by(band.desc() if is_backwards else band.asc(), *order)[:limit]


def ids_in_order(rows: WorkItemQuerySet, sort: Sort, today: date, limit: int, *, after: int | None = None) -> list[int]:
    """The first ids of a list, as its pages would show them one after the other."""
    if sort.column == "rank_key":
        return list(first_by_rank(rows, today, limit, after).values_list("pk", flat=True))
    if after is not None:
        rows = rows.filter(_beyond(sort, after, is_backwards=False))
    return list(rows.order_by(*_order(sort, is_backwards=False)).values_list("pk", flat=True)[:limit])


def _whole(ids: QuerySet[WorkItem, Any]) -> WorkItemQuerySet:
    """Rows that were chosen already, by id: the gate to rows was passed when they were."""
    rows: WorkItemQuerySet = WorkItem.objects.filter(pk__in=ids)
    return rows


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
