"""What is done about an item starts and ends its clocks, and the item follows the one that binds it.

Each verb expects the caller's transaction and a locked item.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from accounts.models import User
from denials import clock_events, clocks
from denials.models import ClockEvent, Denial
from worklists import last_days, split
from worklists.models import WorkItem
from worklists.routing.router import freeze

Kind = ClockEvent.Kind


def letter_sent(item: WorkItem, denial: Denial, level: int, on: date) -> None:
    """The clock of this level is met; the payer's time to answer and the days to ask again begin."""
    parts = _answered_with(item, denial)
    clock_events.note(parts, Kind.APPEAL_SENT, on, level=level)
    _follow(item, parts, None)


def letter_withdrawn(item: WorkItem, denial: Denial, level: int, user: User) -> None:
    """What was sent counts no longer: the clock of this level runs again."""
    parts = _answered_with(item, denial)
    for part in parts:
        clock_events.forget(part, Kind.APPEAL_SENT, level=level)
    _follow(item, parts, user)


def level_decided(item: WorkItem, denial: Denial, level: int, on: date, user: User | None) -> None:
    """The payer answered on this level: the next one begins with that decision."""
    parts = _answered_with(item, denial)
    clock_events.note(parts, Kind.DECIDED, on, level=level)
    _follow(item, parts, user)


def level_not_decided(item: WorkItem, denial: Denial, level: int, user: User | None) -> None:
    """The answer on this level counts no longer: it is waited for again."""
    parts = _answered_with(item, denial)
    for part in parts:
        clock_events.forget(part, Kind.DECIDED, level=level)
    _follow(item, parts, user)


def _answered_with(item: WorkItem, denial: Denial) -> list[Denial]:
    """A letter about a claim that the payer split is about every part that waits for one."""
    if item.denial_id != denial.pk:
        return [denial]
    others = split.to_answer(split.parts_of([item])[item.pk])
    return [denial, *(part for part in others if part.pk != denial.pk)]


def claims_sent(items: Iterable[int], on: date) -> None:
    """Corrected or new claims went out for these items, with all that they hold."""
    parts = split.parts_of(WorkItem.objects.filter(pk__in=list(items)))
    parts_sent([part for each in parts.values() for part in each], on)


def parts_sent(parts: Sequence[Denial], on: date) -> None:
    """The same for some parts of a claim that the payer split; the days of the others run on."""
    clock_events.note(parts, Kind.CLAIM_SENT, on)
    _keep_facts(clocks.redate(part.pk for part in parts))


def parts_not_sent(parts: Sequence[Denial]) -> None:
    """Takes that back."""
    for part in parts:
        clock_events.forget(part, Kind.CLAIM_SENT)
    _keep_facts(clocks.redate(part.pk for part in parts))


def count_again(items: Sequence[WorkItem]) -> dict[int, str]:
    """For locked items that were closed and are open again, not saved: limits and letters may have moved their clocks.

    Returns by item what became of its last day, in words.
    """
    more = split.other_parts(items)
    parts = {part.pk for item in items for part in more.get(item.pk, ())}
    _keep_facts(clocks.redate({item.denial_id for item in items} | parts))
    return last_days.catch_up(items)


def _keep_facts(redated: Iterable[clocks.Redated]) -> None:
    """The item stays where it was routed, while its last day becomes another: what the rules were asked is kept."""
    moved = {each.denial.pk: each.before for each in redated if each.denial.deadline != each.before}
    for item in WorkItem.objects.filter(denial__in=moved).select_related("denial__payer", "denial__facility"):
        item.denial.deadline = moved[item.denial_id]
        freeze(item, item.denial)
        item.save(update_fields=["routed_facts"])


def _follow(item: WorkItem, parts: Sequence[Denial], user: User | None) -> None:
    """Counts the clocks again. An item that is open takes over the last day; a closed one does when it is reopened."""
    _keep_facts(clocks.redate(part.pk for part in parts))
    is_about_it = item.denial_id in {part.pk for part in parts}
    if is_about_it and WorkItem.objects.open().filter(pk=item.pk).exists():
        last_days.save([item], last_days.catch_up([item]), user)
