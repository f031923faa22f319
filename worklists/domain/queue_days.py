"""On which day a queue comes to an item, and which items that makes too late. Pure.

An item's place in its queue, divided by what the queue has finished in a week lately, is the day on which somebody
comes to it; its place is the one that Next gives it, with the deadline lane of each day first. That supposes that
people work in order and as fast as lately: it compares two ways of dealing out the same work, and promises nothing
about either.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from heapq import heapify, heappop, heappush
from typing import NamedTuple

WEEK = 7
SHOWN = 20
LAST = date.max


class Waiting(NamedTuple):
    """One item that somebody has to come to, where it is and where it would be."""

    item: int
    rank_key: float
    last_safe: date | None
    deadline: date | None
    amount: Decimal
    now: str
    then: str


class Late(NamedTuple):
    """One item with the days on which its queue would come to it; None where it never would."""

    item: int
    amount: Decimal
    last_safe: date
    queue: str
    day_now: date | None
    day_then: date | None


@dataclass(slots=True)
class Compared:
    """What is too late then and was not now, and the other way round; by queue then, and the largest of them."""

    worse: dict[str, tuple[int, Decimal]] = field(default_factory=dict)
    better: dict[str, tuple[int, Decimal]] = field(default_factory=dict)
    worst: list[Late] = field(default_factory=list)
    late_either_way: int = 0


def compare(waiting: Iterable[Waiting], pace: Mapping[str, float], today: date, lane_days: int) -> Compared:
    """`pace` is how many items each queue finishes in a week; a queue without one is never come to."""
    rows = list(waiting)
    now = _days([(each.now, each) for each in rows], pace, today, lane_days)
    then = _days([(each.then, each) for each in rows], pace, today, lane_days)
    found = Compared()
    for each in rows:
        if each.last_safe is not None and each.last_safe >= today:
            _note(found, each, now.get(each.item), then.get(each.item))
    found.worst = sorted(found.worst, key=lambda late: (-late.amount, late.item))[:SHOWN]
    return found


def _days(
    placed: Iterable[tuple[str, Waiting]], pace: Mapping[str, float], today: date, lane_days: int
) -> dict[int, date]:
    """By item the day on which its queue comes to it; none where it never does."""
    by_queue: dict[str, list[Waiting]] = defaultdict(list)
    for queue, each in placed:
        by_queue[queue].append(each)
    return {
        item: day
        for queue, rows in by_queue.items()
        for item, day in _in_order(rows, pace.get(queue, 0.0), today, timedelta(days=lane_days))
    }


def _in_order(rows: list[Waiting], pace: float, today: date, lane: timedelta) -> Iterator[tuple[int, date]]:
    """One queue's items as Next would give them out: on each day the deadline lane first, then by rank."""
    by_rank = [(each.rank_key, each.item, each.deadline or LAST) for each in rows]
    heapify(by_rank)
    to_enter = sorted(
        (each.last_safe - lane, each.rank_key, each.item, each.deadline)
        for each in rows
        if each.last_safe is not None and each.deadline is not None
    )
    entered: list[tuple[float, int, date]] = []
    gone: set[int] = set()
    to_enter.reverse()
    for place in range(1, len(rows) + 1):
        day = day_of(place, pace, today)
        if day is None:
            return
        while to_enter and to_enter[-1][0] <= day:
            heappush(entered, to_enter.pop()[1:])
        item = _first(entered, gone, day)
        if item is None:
            item = _first(by_rank, gone, date.min)
        assert item is not None
        gone.add(item)
        yield item, day


def _first(heap: list[tuple[float, int, date]], gone: set[int], day: date) -> int | None:
    """Takes the best one that is still there and whose deadline has not passed on that day."""
    while heap:
        _, item, deadline = heappop(heap)
        if item not in gone and deadline >= day:
            return item
    return None


def day_of(place: int, pace: float, today: date) -> date | None:
    """The day on which a queue comes to the item at this place, counted from 1."""
    if pace <= 0:
        return None
    days = math.ceil(place / pace * WEEK) - 1
    return today + timedelta(days=days) if days < (LAST - today).days else None


def _note(found: Compared, each: Waiting, now: date | None, then: date | None) -> None:
    assert each.last_safe is not None
    is_late_now, is_late_then = (now or LAST) > each.last_safe, (then or LAST) > each.last_safe
    if is_late_now and is_late_then:
        found.late_either_way += 1
    elif is_late_then:
        _add(found.worse, each.then, each.amount)
        found.worst.append(Late(each.item, each.amount, each.last_safe, each.then, now, then))
    elif is_late_now:
        _add(found.better, each.then, each.amount)


def _add(sums: dict[str, tuple[int, Decimal]], queue: str, amount: Decimal) -> None:
    items, dollars = sums.get(queue, (0, Decimal("0.00")))
    sums[queue] = items + 1, dollars + amount
