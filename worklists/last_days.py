"""The last day of an item: the first among those of every part of its claim that it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from accounts.models import User
from denials.models import Denial
from worklists.changes import write
from worklists.models import Activity, WorkItem
from worklists.ranking import RANKED, Ranker
from worklists.split import first_of, parts_of
from worklists.wording import day

DATED = ("deadline", "last_safe_on", *RANKED)
"""What of an item follows its last day."""


def catch_up(items: Sequence[WorkItem]) -> dict[int, str]:
    """Gives locked items the last day that their denials have by now, and their place by it; nothing is saved.

    Returns by item what changed, in words. Closed work keeps the day that it was closed with, so whatever opens it
    again calls this.
    """
    parts = parts_of(items)
    changed = {}
    for item in items:
        found = first_of(parts[item.pk])
        if (item.deadline, item.last_safe_on) == found:
            continue
        changed[item.pk] = _in_words(item.deadline, found.deadline)
        item.deadline, item.last_safe_on = found
    moved = [item for item in items if item.pk in changed]
    if moved:
        denials = Denial.objects.in_bulk([item.denial_id for item in moved])
        ranker = Ranker.of(list(denials.values()))
        for item in moved:
            ranker.rank(item, denials[item.denial_id])
    return changed


def save(items: Sequence[WorkItem], changed: Mapping[int, str], user: User | None) -> None:
    """Saves the last days of open items that `catch_up` changed, with its words in their history."""
    for item in items:
        if item.pk in changed:
            values = {name: getattr(item, name) for name in DATED}
            write([item], "note", Activity.Kind.NOTED, user, text=changed[item.pk], **values)


def _in_words(before: date | None, now: date | None) -> str:
    if before == now:
        return "The last safe day is another one now."
    if now is None:
        return "No last day is known any more."
    return f"Last day {day(now)}, before {day(before) if before else 'none'}."
