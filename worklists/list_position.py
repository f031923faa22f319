"""Where an item stands in the list that it was opened from: "7 of 42", what comes next, and the way back to its row.

The list is kept as it stood when an item was opened from it (`ListSnapshot`). What no longer belongs to it is passed
over when it is read, and so is what a person finished: each keeps its place, for who goes back to it or undoes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, Exists, F, Func, Q, QuerySet, Value
from django.db.models.functions import Now
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from accounts.one_statement import read_in_one
from worklists import choices, lists, paging
from worklists.counts import DUE_THIS_WEEK
from worklists.domain.transitions import Status
from worklists.filters import ANY_STATE, WorkItemFilter, usual_sort
from worklists.models import ListSnapshot, WorkItem
from worklists.searching import Found

MOST = 500
KEPT = timedelta(days=14)
UNDER_WAY = timedelta(hours=12)
"""So long somebody is still on the way through a list that they opened."""
IN_PAGE = ("after", "before")
UNCHANGING = (*ANY_STATE, "watch", "news", "tab")
"""Fields by which what a list shows does not rest on an item being workable: only what is finished leaves it."""
There = tuple[int, str, bool, date | None, date | None, date | None, int | None]
Id = BigIntegerField


class Unnest(Func):
    function = "unnest"
    set_returning = True
    output_field = BigIntegerField()


class With(Func):
    function = "array_append"


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
    by_follow_up: bool
    before: int | None
    following: int | None
    free: int | None
    """The next one that is this person's or nobody's: where "Resolve and next" goes."""

    @property
    def query(self) -> str:
        """What links among the items of the list carry."""
        return f"?in={self.pk}"

    @property
    def words(self) -> str:
        counted = f"{self.count}{'' if self.is_whole else '+'}"
        place = f"{self.number} of {counted}" if self.number else f"{counted} in this list"
        asked = "to ask about" if self.by_follow_up else "due"
        return f"{place}, {self.due} {asked} this week or late" if self.due else place


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
    now, kept_as = timezone.now(), (user.pk, worklist.key, asked.urlencode())
    own: list[Any] = [*kept_as, worklist.title, worklist.url]
    with connection.cursor() as cursor:
        text = KEEP.format(note=note, listed=listed)
        since = now - UNDER_WAY
        cursor.execute(text, [*note_values, *own, MOST, MOST, now, *values, since, item, item, since, item])
        row = cursor.fetchone()
    if row is not None and row[1]:
        return int(row[0])
    return _beside_the_list(user, kept_as, chosen, item, today, is_walked=row is None)


KEEP = """
WITH noted AS ({note})
INSERT INTO worklists_listsnapshot AS kept
    (person_id, list_key, query, title, address, items, finished, is_whole, taken_at)
SELECT %s, %s, %s, %s, %s, found.items[:%s], '{{}}', cardinality(found.items) <= %s, %s
FROM (SELECT coalesce(array_agg(pk), '{{}}')::bigint[] AS items FROM ({listed}) AS listed) AS found
ON CONFLICT (person_id, list_key, query) DO UPDATE SET title = excluded.title, address = excluded.address,
    items = excluded.items, is_whole = excluded.is_whole, taken_at = excluded.taken_at,
    finished = CASE WHEN kept.taken_at >= %s
        THEN ARRAY(SELECT unnest(kept.finished) EXCEPT SELECT unnest(excluded.items)) ELSE '{{}}' END
WHERE %s = ANY(excluded.items) OR %s <> ALL(kept.items) OR kept.taken_at < %s
RETURNING id, %s = ANY(items)
"""
"""Opened anew, a list replaces how it stood before: but not by an item that has left it since somebody began to walk
through it, as when they go back to what they have done. What they finished on the way stays known, for an undo.
"""


def _beside_the_list(
    user: User, kept_as: tuple[int, str, str], chosen: WorkItemFilter, item: int, today: date, *, is_walked: bool
) -> int:
    """For an item that is not among the first of its list: it stands far down, or has left the list meanwhile."""
    person, list_key, query = kept_as
    own = ListSnapshot.objects.filter(person=person, list_key=list_key, query=query)
    kept = own.annotate(has=Exists(chosen.matching.filter(pk=item))).get()
    if is_walked and not kept.has:
        return int(kept.pk)
    rest = paging.in_order(
        chosen.matching, chosen.order, today, MOST, after=item, has_left=not kept.has, told=chosen.told
    )
    after = [row["pk"] for row in rest]
    before = [pk for pk in kept.items if pk not in set(after)]
    if kept.has or not (kept.is_whole or len(before) < len(kept.items)):
        before, kept.is_whole = [], False
    kept.items = [*before, item, *after][: MOST + 1]
    kept.finished = [pk for pk in kept.finished if pk not in kept.items] + ([] if kept.has else [item])
    kept.save()
    return int(kept.pk)


THERE = ("status", "is_open", "postponed_until", "deadline", "follow_up_on", "assignee_id")


def rows_for(user: User, snapshot: int | None) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """What `from_rows` is made of: the snapshot of this person, and its items as they stand now."""
    own = ListSnapshot.objects.filter(pk=snapshot, person=user) if snapshot else ListSnapshot.objects.none()
    rows = WorkItem.objects.visible_to(user).filter(pk__in=own.values(item=Unnest(F("items"))))
    there = rows if snapshot else rows.none()
    return own, there.values_list("pk", *THERE)


def from_rows(
    item: int, user: User, today: date, snapshots: Sequence[ListSnapshot], there: Sequence[There]
) -> Place | None:
    """None where the address named no list of this person."""
    if not snapshots or item not in snapshots[0].items:
        return None
    kept = snapshots[0]
    belongs, finished = _belonging(kept, today), set(kept.finished)
    now = {row[0]: row for row in there if row[0] not in finished and belongs(row)}
    left = [pk for pk in kept.items if pk in now]
    at = kept.items.index(item)
    later = [pk for pk in kept.items[at + 1 :] if pk in now]
    earlier = [pk for pk in kept.items[:at] if pk in now]
    runs_out, soon = _running_out(kept), today + timedelta(days=DUE_THIS_WEEK)
    return Place(
        pk=kept.pk,
        title=kept.title,
        back=_back(kept, left, item if item in now else next(iter(later), None)),
        number=len(earlier) + 1 if item in now and (kept.is_whole or kept.items[0] != item) else None,
        count=len(left),
        is_whole=kept.is_whole,
        due=sum(runs_out(row, soon) for row in now.values()),
        by_follow_up=lists.goes_by_follow_up(kept.list_key),
        before=earlier[-1] if earlier else None,
        following=later[0] if later else None,
        free=next((pk for pk in later if user.may_manage or now[pk][6] in (None, user.pk)), None),
    )


def read(item: int, user: User, today: date, snapshot: int | None) -> Place | None:
    return from_rows(item, user, today, *read_in_one(*rows_for(user, snapshot))) if snapshot else None


def finish(place: Place, item: int) -> None:
    """What a person finished leaves the list."""
    ListSnapshot.objects.filter(pk=place.pk).update(finished=With(F("finished"), Value(item, output_field=Id())))


def put_back(item: int, user: User, today: date) -> None:
    """What this person finished and then took back stands where it stood, also in a list opened anew since."""
    for kept in ListSnapshot.objects.filter(person=user, finished__contains=[item]):
        ListSnapshot.objects.filter(pk=kept.pk).update(finished=Without(F("finished"), Value(item, output_field=Id())))
        if item not in kept.items:
            asked = QueryDict(kept.query)
            sort = paging.SORTS[asked.get("sort") or usual_sort(asked, lists.list_named(kept.list_key, user, today))]
            rows = WorkItem.objects.visible_to(user).filter(pk__in=kept.items)
            after = {row["pk"] for row in paging.in_order(rows, sort, today, MOST, after=item)}
            at = next((at for at, pk in enumerate(kept.items) if pk in after), len(kept.items))
            kept.items.insert(at, item)
            ListSnapshot.objects.filter(pk=kept.pk).update(items=kept.items)


def holding(item: int, user: User, asked: int | None) -> int | None:
    """The list in which this person has the item: the one that was asked for, else the newest of those under way."""
    own = ListSnapshot.objects.filter(person=user, items__contains=[item])
    rows = own.filter(Q(pk=asked) | Q(taken_at__gte=timezone.now() - UNDER_WAY)).order_by("-taken_at", "-pk")
    found = list(rows.values_list("pk", flat=True))
    return asked if asked in found else next(iter(found), None)


def forget_old() -> int:
    return ListSnapshot.objects.filter(taken_at__lt=Now() - KEPT).delete()[0]


def _belonging(kept: ListSnapshot, today: date) -> Callable[[There], bool]:
    """Which rows still belong to the list. It is asked for some hundred rows on each page of an item."""
    asked = QueryDict(kept.query)
    if any(asked.get(name) for name in UNCHANGING):
        return lambda row: True
    if state := lists.OF_ONE_STATE.get(kept.list_key):
        return lambda row: row[2] and row[1] == state
    if kept.list_key in ("all_items", "escalated"):
        return lambda row: row[2]
    return lambda row: _is_workable(row, today)


def _is_workable(row: There, today: date) -> bool:
    _, status, is_open, postponed_until, *_ = row
    is_awake = postponed_until is None or postponed_until <= today
    return is_open and is_awake and status not in (Status.WAITING, Status.ASKING)


def _running_out(kept: ListSnapshot) -> Callable[[There, date], bool]:
    """Whose day comes by then, as the numbers over the list count it (`filter_fields.runs_out`)."""
    if lists.goes_by_follow_up(kept.list_key):
        return lambda row, by: row[5] is not None and row[5] <= by
    return lambda row, by: row[4] is not None and row[4] <= by and row[2] and row[1] != Status.WAITING


def _back(kept: ListSnapshot, left: Sequence[int], item: int | None) -> str:
    """The page of the list that holds the row, at the row."""
    query = QueryDict(kept.query, mutable=True)
    if item is not None:
        page = left.index(item) // paging.PAGE_SIZE * paging.PAGE_SIZE
        if page or not (kept.is_whole or kept.items[0] != item):
            query["after"] = str(left[page - 1] if page else item)
    address = f"{kept.address}?{query.urlencode()}" if query else kept.address
    return f"{address}#item-{item}" if item is not None else address
