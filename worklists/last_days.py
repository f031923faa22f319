"""The last day of an item: the first among those of every part of its claim that it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from accounts.models import User
from denials.models import Denial
from worklists.changes import write
from worklists.course import results_of
from worklists.models import Activity, WorkItem
from worklists.ranking import RANKED, Ranker
from worklists.wording import day

DATED = ("deadline", "last_safe_on", *RANKED)
"""What of an item follows its last day."""


class LastDays(NamedTuple):
    deadline: date | None
    last_safe_on: date | None


def first_of(parts: Iterable[Denial]) -> LastDays:
    known = list(parts)
    return LastDays(
        min(filter(None, (part.deadline for part in known)), default=None),
        min(filter(None, (part.last_safe_on for part in known)), default=None),
    )


def catch_up(items: Sequence[WorkItem]) -> dict[int, str]:
    """Gives locked items the last day that their denials have by now, and their place by it; nothing is saved.

    Returns by item what changed, in words. Closed work keeps the day that it was closed with, so whatever opens it
    again calls this.
    """
    denials = Denial.objects.in_bulk({item.denial_id for item in items})
    more = other_parts(items)
    changed = {}
    for item in items:
        found = first_of([denials[item.denial_id], *more.get(item.pk, ())])
        if (item.deadline, item.last_safe_on) == found:
            continue
        changed[item.pk] = _in_words(item.deadline, found.deadline)
        item.deadline, item.last_safe_on = found
    if changed:
        ranker = Ranker.of([denials[item.denial_id] for item in items if item.pk in changed])
        for item in items:
            if item.pk in changed:
                ranker.rank(item, denials[item.denial_id])
    return changed


def save(items: Sequence[WorkItem], changed: Mapping[int, str], user: User | None) -> None:
    """Saves the last days of open items that `catch_up` changed, with its words in their history."""
    for item in items:
        if item.pk in changed:
            values = {name: getattr(item, name) for name in DATED}
            write([item], "note", Activity.Kind.NOTED, user, text=changed[item.pk], **values)


def other_parts(items: Iterable[WorkItem]) -> Mapping[int, Sequence[Denial]]:
    """By item the denials of further parts of its claim, for payers that split a claim: all but the one it stands for.

    What answered the denial before began a round, and the item stands for it: what came later is another part.
    """
    by_id = {item.pk: item for item in items}
    came = Activity.objects.filter(item__in=by_id, kind=Activity.Kind.DENIED_AGAIN)
    joined = [
        (by_id[item], denial)
        for item, denial in came.values_list("item", "facts__denial")
        if denial != by_id[item].denial_id
    ]
    if not joined:
        return {}
    course = results_of({item.claim_id for item, _ in joined})
    results = {result.denial: result for each in course.values() for result in each if result.denial}
    denials = Denial.objects.in_bulk({denial for _, denial in joined})
    parts: dict[int, list[Denial]] = defaultdict(list)
    for item, denial in joined:
        current, other = results.get(item.denial_id), results.get(denial)
        if current and other and other.order > current.order:
            parts[item.pk].append(denials[denial])
    return parts


def _in_words(before: date | None, now: date | None) -> str:
    if before == now:
        return "The last safe day is another one now."
    if now is None:
        return "No last day is known any more."
    return f"Last day {day(now)}, before {day(before) if before else 'none'}."
