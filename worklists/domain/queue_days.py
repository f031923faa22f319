"""On which day a queue comes to an item, and which items that makes too late. Pure.

An item's place in its queue, divided by what the queue has finished in a week lately, is the day on which somebody
comes to it. That supposes that people work in order and as fast as lately: it compares two ways of dealing out the same
work, and promises nothing about either.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

WEEK = 7
SHOWN = 20
LAST = date.max


class Waiting(NamedTuple):
    """One item that somebody has to come to, where it is and where it would be."""

    item: int
    rank_key: float
    last_safe: date | None
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


def compare(waiting: Iterable[Waiting], pace: Mapping[str, float], today: date) -> Compared:
    """`pace` is how many items each queue finishes in a week; a queue without one is never come to."""
    rows = sorted(waiting, key=lambda each: (each.rank_key, each.item))
    places_now: dict[str, int] = defaultdict(int)
    places_then: dict[str, int] = defaultdict(int)
    found = Compared()
    for each in rows:
        places_now[each.now] += 1
        places_then[each.then] += 1
        if each.last_safe is None or each.last_safe < today:
            continue
        now = day_of(places_now[each.now], pace.get(each.now, 0.0), today)
        then = day_of(places_then[each.then], pace.get(each.then, 0.0), today)
        _note(found, each, now, then)
    found.worst = sorted(found.worst, key=lambda late: (-late.amount, late.item))[:SHOWN]
    return found


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
