"""What is done about an item starts and ends its clocks, and the item follows the one that binds it.

Each verb expects the caller's transaction and a locked item.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from accounts.models import User
from denials import clock_events, clocks
from denials.models import ClockEvent, Denial
from worklists import last_days
from worklists.models import WorkItem
from worklists.routing.router import freeze

Kind = ClockEvent.Kind


def letter_sent(item: WorkItem, denial: Denial, level: int, on: date) -> None:
    """The clock of this level is met; the payer's time to answer and the days to ask again begin."""
    clock_events.note([denial], Kind.APPEAL_SENT, on, level=level)
    _follow(item, denial, None)


def letter_withdrawn(item: WorkItem, denial: Denial, level: int, user: User) -> None:
    """What was sent counts no longer: the clock of this level runs again."""
    clock_events.forget(denial, Kind.APPEAL_SENT, level=level)
    _follow(item, denial, user)


def level_decided(item: WorkItem, denial: Denial, level: int, on: date, user: User | None) -> None:
    """The payer answered on this level: the next one begins with that decision."""
    clock_events.note([denial], Kind.DECIDED, on, level=level)
    _follow(item, denial, user)


def claims_sent(items: Iterable[int], on: date) -> None:
    """Corrected or new claims went out for these items."""
    denials = list(Denial.objects.filter(work_item__in=list(items)))
    clock_events.note(denials, Kind.CLAIM_SENT, on)
    _keep_facts(clocks.redate(denial.pk for denial in denials))


def count_again(items: Sequence[WorkItem]) -> dict[int, str]:
    """For locked items that were closed and are open again, not saved: limits and letters may have moved their clocks.

    Returns by item what became of its last day, in words.
    """
    more = last_days.other_parts(items)
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


def _follow(item: WorkItem, denial: Denial, user: User | None) -> None:
    """Counts the clocks again. An item that is open takes over the last day; a closed one does when it is reopened."""
    _keep_facts(clocks.redate([denial.pk]))
    if item.denial_id == denial.pk and WorkItem.objects.open().filter(pk=item.pk).exists():
        last_days.save([item], last_days.catch_up([item]), user)
