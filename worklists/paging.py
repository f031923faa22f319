"""Pages of a list by key: the next page starts after a row, not at a number, so nothing jumps when rows leave.

In the usual order the deadline lane comes first. Which rows are in it is asked when the list is read, as two searches
of an index each, so that no night has to write it down.

The address names only the row's id; what the row is sorted by is looked up, so no amount or date stands in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.ranking import by_days_in_lane, in_lane, in_small_lane, not_in_lane

PAGE_SIZE = 50
CLOSED = "closed"
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
        Sort(CLOSED, "Closed last, first", "resolved_at", is_descending=True),
    )
}
RANK = SORTS["rank"]


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of the rows of a list and PostgreSQL guesses wrong (docs/decisions/lists-by-index.md)."""

    lane_is_small: bool = False
    """The index by last safe day finds what of the lane matches."""
    is_sorted_when_found: bool = False
    """So few rows match that all are read and put in order; in the order of rank they would come last, or late."""


AS_USUAL = Told()


def page_of(
    rows: WorkItemQuerySet,
    sort: Sort,
    today: date,
    *,
    after: int | None = None,
    before: int | None = None,
    told: Told = AS_USUAL,
) -> QuerySet[WorkItem, Any]:
    """Which rows stand on one page, and one more: `pk` in the order in which they are read, from the index alone;
    backwards from the row before where only `before` is given.
    """
    is_backwards = before is not None and after is None
    anchor = after if after is not None else before
    if sort.column == "rank_key":
        return ids_by_rank(rows, today, PAGE_SIZE + 1, anchor, is_backwards=is_backwards, told=told)
    if anchor is not None:
        rows = rows.filter(_beyond(sort, anchor, is_backwards=is_backwards))
    return rows.order_by(*_order(sort, is_backwards=is_backwards)).values("pk")[: PAGE_SIZE + 1]


def ids_by_rank(
    rows: WorkItemQuerySet,
    today: date,
    limit: int,
    anchor: int | None = None,
    *,
    is_backwards: bool = False,
    has_left: bool = False,
    told: Told = AS_USUAL,
) -> QuerySet[WorkItem, Any]:
    """The first of the usual order: the deadline lane, then the rest, each by rank; `pk` and what orders them.

    `has_left`: the anchor is no longer one of these rows, and stands where it stood while it was.
    """
    lane = in_small_lane if told.lane_is_small else in_lane
    parts = {0: rows.filter(lane(today)), 1: rows.filter(not_in_lane(today))}
    if anchor is not None:
        stood = by_days_in_lane(today) if has_left else in_lane(today)
        band = 0 if WorkItem.objects.filter(stood, pk=anchor).exists() else 1
        parts = {key: part for key, part in parts.items() if (key <= band if is_backwards else key >= band)}
        parts[band] = parts[band].filter(_beyond(RANK, anchor, is_backwards=is_backwards))
    order = _order(RANK, is_backwards=is_backwards)
    if told.is_sorted_when_found:
        order[0].expression += Value(0.0)  # no index is in the order of a sum
    read = [
        part.annotate(band=Value(band, IntegerField())).order_by(*order).values("pk", "band", "rank_key")[:limit]
        for band, part in sorted(parts.items())
    ]
    ids: QuerySet[WorkItem, Any] = read[0]
    if len(read) == 1:
        return ids
    sign = "-" if is_backwards else ""
    return ids.union(read[1], all=True).order_by(f"{sign}band", f"{sign}rank_key", f"{sign}pk")[:limit]


def first_by_rank(rows: WorkItemQuerySet, today: date, limit: int) -> WorkItemQuerySet:
    """The items themselves of the beginning of that order, as one query."""
    lane, rest = (
        rows.filter(part).order_by("rank_key", "id").values("pk")[:limit]
        for part in (in_lane(today), not_in_lane(today))
    )
    # Chosen already: the gate to rows was passed when they were.
    chosen: WorkItemQuerySet = WorkItem.objects.filter(pk__in=lane.union(rest, all=True))
    band = Case(When(in_lane(today), then=Value(0)), default=Value(1))
    return chosen.order_by(band, "rank_key", "id")[:limit]


def in_order(
    rows: WorkItemQuerySet,
    sort: Sort,
    today: date,
    limit: int,
    *,
    after: int | None = None,
    has_left: bool = False,
    told: Told = AS_USUAL,
) -> QuerySet[WorkItem, Any]:
    """The first of a list as its pages would show them one after the other: `pk`, and what orders them. `after` an item
    that may have left them (`has_left`), where there is one.
    """
    if sort.column == "rank_key":
        return ids_by_rank(rows, today, limit, after, has_left=has_left, told=told)
    if after is not None:
        rows = rows.filter(_beyond(sort, after, is_backwards=False))
    return rows.order_by(*_order(sort, is_backwards=False)).values("pk")[:limit]


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


def newest_first(rows: QuerySet[Any], day: str, after: int | None) -> QuerySet[Any]:
    """By this day and by id, the newest first; of them those that follow the row with the id `after`."""
    last = None if after is None else rows.model._default_manager.filter(pk=after).values_list(day, flat=True).first()
    if last is not None:
        rows = rows.filter(Q(**{f"{day}__lt": last}) | Q(**{day: last, "pk__lt": after}))
    return rows.order_by(f"-{day}", "-pk")
