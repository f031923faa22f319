"""What is done about an item starts and ends its clocks, and the item follows the one that binds it.

Each verb expects the caller's transaction and a locked item.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from accounts.models import User
from denials import clock_events, clocks
from denials.models import ClockEvent, Denial
from worklists.changes import write
from worklists.models import Activity, WorkItem
from worklists.ranking import RANKED, Ranker
from worklists.routing.router import freeze
from worklists.wording import day

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


def _keep_facts(redated: Iterable[clocks.Redated]) -> None:
    """The item stays where it was routed, while its last day becomes another: what the rules were asked is kept."""
    moved = {each.denial.pk: each.before for each in redated if each.denial.deadline != each.before}
    for item in WorkItem.objects.filter(denial__in=moved).select_related("denial__payer", "denial__facility"):
        item.denial.deadline = moved[item.denial_id]
        freeze(item, item.denial)
        item.save(update_fields=["routed_facts"])


def _follow(item: WorkItem, denial: Denial, user: User | None) -> None:
    """Counts the clocks again. An open item that kept the old last day of this denial takes over the new one."""
    [redated] = clocks.redate([denial.pk])
    _keep_facts([redated])
    now = redated.denial
    if item.denial_id != denial.pk or item.deadline != redated.before or now.deadline == redated.before:
        return
    if not WorkItem.objects.open().filter(pk=item.pk).exists():
        return
    before = f"{day(redated.before)}" if redated.before else "none"
    text = f"Last day {day(now.deadline)}, before {before}." if now.deadline else "No last day is known any more."
    item.deadline, item.last_safe_on = now.deadline, now.last_safe_on
    Ranker.of([now]).rank(item, now)
    values = {name: getattr(item, name) for name in ("deadline", "last_safe_on", *RANKED)}
    write([item], "note", Activity.Kind.NOTED, user, text=text, **values)
