"""Where an item stands in the list that it was opened from: "7 of 42", what comes next, and the way back to its row.

The list is kept as it stood when an item was opened from it (`ListSnapshot`). What no longer belongs to it falls out
when it is read; what a person finished is taken out at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, F, Func, QuerySet, Value
from django.db.models.functions import Now
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from accounts.one_statement import read_in_one
from worklists import choices, lists, paging
from worklists.counts import DUE_THIS_WEEK
from worklists.domain.transitions import Status
from worklists.filters import ANY_STATE, WorkItemFilter
from worklists.models import ListSnapshot, WorkItem
from worklists.searching import Found

MOST = 500
KEPT = timedelta(days=14)
IN_PAGE = ("after", "before")
UNCHANGING = (*ANY_STATE, "watch", "news", "tab")
"""Fields by which what a list shows does not rest on an item being workable: only what is finished leaves it."""
There = tuple[int, str, bool, date | None, date | None, int | None]


class Unnest(Func):
    function = "unnest"
    set_returning = True
    output_field = BigIntegerField()


class Without(Func):
    function = "array_remove"


@dataclass(frozen=True, slots=True)
class Place:
    """One item in a list. `number` is None when it has left the list, or the list goes on above."""

    pk: int
    title: str
    back: str
    """The list, at the row of this item, or of the one that comes next."""
    number: int | None
    count: int
    is_whole: bool
    due: int
    before: int | None
    following: int | None
    free: int | None
    """The next one that is this person's or nobody's: where "Done and next" goes."""

    @property
    def query(self) -> str:
        """What links among the items of the list carry."""
        return f"?in={self.pk}"

    @property
    def words(self) -> str:
        counted = f"{self.count}{'' if self.is_whole else '+'}"
        place = f"{self.number} of {counted}" if self.number else f"{counted} in this list"
        return f"{place}, {self.due} due this week" if self.due else place


def opened_by(worklist: lists.WorkList, query: QueryDict) -> str:
    """What the links of a list carry, so that the page of an item knows where it was opened."""
    carried = query.copy()
    carried["list"] = worklist.key
    return f"?{carried.urlencode()}"


def of_place(snapshot: int | None) -> dict[str, Any]:
    """What templates need so that their links and forms stay in a list."""
    return {"place_id": snapshot, "in_place": f"&in={snapshot}" if snapshot else ""}


def take(
    user: User,
    today: date,
    query: QueryDict,
    found: Found,
    item: int,
    offered: choices.Offered,
    noted: tuple[str, Sequence[Any]],
) -> int:
    """Keeps the list that `query` names as it stands now, with what its filters offer. Returns the snapshot's id.

    `noted` is the note that the item is looked at, written by the same statement.
    """
    worklist = lists.list_named(query.get("list", ""), user, today)
    asked = query.copy()
    for name in ("list", *IN_PAGE):
        asked.pop(name, None)
    chosen = WorkItemFilter(asked, worklist, user, today, offered, found)
    sort = chosen.order
    note, note_values = noted
    try:
        listed, values = paging.in_order(
            chosen.matching, sort, today, MOST + 1, told=chosen.told
        ).query.sql_with_params()
    except EmptyResultSet:
        listed, values = "SELECT NULL AS pk WHERE false", ()
    own: list[Any] = [user.pk, worklist.key, asked.urlencode(), worklist.title, worklist.url]
    with connection.cursor() as cursor:
        text = KEEP.format(note=note, listed=listed)
        cursor.execute(text, [*note_values, *own, MOST, MOST, timezone.now(), *values, item])
        pk, is_listed = cursor.fetchone()
    if not is_listed:  # far down, or gone from the list meanwhile
        rest = paging.in_order(chosen.matching, sort, today, MOST - 1, after=item, told=chosen.told)
        items = [item, *(row["pk"] for row in rest)]
        ListSnapshot.objects.filter(pk=pk).update(items=items, is_whole=False)
    return int(pk)


KEEP = """
WITH noted AS ({note})
INSERT INTO worklists_listsnapshot (person_id, list_key, query, title, address, items, is_whole, taken_at)
SELECT %s, %s, %s, %s, %s, found.items[:%s], cardinality(found.items) <= %s, %s
FROM (SELECT coalesce(array_agg(pk), '{{}}')::bigint[] AS items FROM ({listed}) AS listed) AS found
ON CONFLICT (person_id, list_key, query) DO UPDATE SET title = excluded.title, address = excluded.address,
    items = excluded.items, is_whole = excluded.is_whole, taken_at = excluded.taken_at
RETURNING id, %s = ANY(items)
"""
"""Opened anew, a list replaces how it stood before."""


def rows_for(user: User, snapshot: int | None) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """What `from_rows` is made of: the snapshot of this person, and its items as they stand now."""
    own = ListSnapshot.objects.filter(pk=snapshot, person=user) if snapshot else ListSnapshot.objects.none()
    rows = WorkItem.objects.visible_to(user).filter(pk__in=own.values(item=Unnest(F("items"))))
    there = rows if snapshot else rows.none()
    return own, there.values_list("pk", "status", "is_open", "postponed_until", "deadline", "assignee_id")


def from_rows(
    item: int, user: User, today: date, snapshots: Sequence[ListSnapshot], there: Sequence[There]
) -> Place | None:
    """None where the address named no list of this person."""
    if not snapshots or item not in snapshots[0].items:
        return None
    kept = snapshots[0]
    belongs = _belonging(kept, today)
    now = {row[0]: row for row in there if belongs(row)}
    left = [pk for pk in kept.items if pk in now]
    at = kept.items.index(item)
    later = [pk for pk in kept.items[at + 1 :] if pk in now]
    earlier = [pk for pk in kept.items[:at] if pk in now]
    soon = today + timedelta(days=DUE_THIS_WEEK)
    return Place(
        pk=kept.pk,
        title=kept.title,
        back=_back(kept, item if item in now else next(iter(later), None)),
        number=len(earlier) + 1 if item in now and (kept.is_whole or kept.items[0] != item) else None,
        count=len(left),
        is_whole=kept.is_whole,
        due=sum(deadline is not None and deadline <= soon for _, _, _, _, deadline, _ in now.values()),
        before=earlier[-1] if earlier else None,
        following=later[0] if later else None,
        free=next((pk for pk in later if user.may_manage or now[pk][5] in (None, user.pk)), None),
    )


def read(item: int, user: User, today: date, snapshot: int | None) -> Place | None:
    return from_rows(item, user, today, *read_in_one(*rows_for(user, snapshot))) if snapshot else None


def finish(place: Place, item: int) -> None:
    """What a person finished leaves the list."""
    rows = ListSnapshot.objects.filter(pk=place.pk)
    rows.update(items=Without(F("items"), Value(item, output_field=BigIntegerField())))


def forget_old() -> int:
    return ListSnapshot.objects.filter(taken_at__lt=Now() - KEPT).delete()[0]


def _belonging(kept: ListSnapshot, today: date) -> Callable[[There], bool]:
    """Which rows still belong to the list. It is asked for some hundred rows on each page of an item."""
    asked = QueryDict(kept.query)
    if any(asked.get(name) for name in UNCHANGING):
        return lambda row: True
    if kept.list_key in (Status.WAITING, Status.ASKING):
        return lambda row: row[2] and row[1] == kept.list_key
    if kept.list_key in ("all_items", "escalated"):
        return lambda row: row[2]
    return lambda row: _is_workable(row, today)


def _is_workable(row: There, today: date) -> bool:
    _, status, is_open, postponed_until, _, _ = row
    is_awake = postponed_until is None or postponed_until <= today
    return is_open and is_awake and status not in (Status.WAITING, Status.ASKING)


def _back(kept: ListSnapshot, item: int | None) -> str:
    """The page of the list that holds the row, at the row."""
    query = QueryDict(kept.query, mutable=True)
    if item is not None:
        page = kept.items.index(item) // paging.PAGE_SIZE * paging.PAGE_SIZE
        if page or not (kept.is_whole or kept.items[0] != item):
            query["after"] = str(kept.items[page - 1] if page else item)
    address = f"{kept.address}?{query.urlencode()}" if query else kept.address
    return f"{address}#item-{item}" if item is not None else address
