"""The open items that one routing rule would take now, by the queue that they are in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.models import User
from worklists.domain.routing import Rule
from worklists.models import Queue, WorkItem
from worklists.routing import in_sql

SHOWN, SHOWN_BESIDE = 100, 10
"""Items of each queue on a page of their own, and beside a rule that somebody fills in."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Items of one queue that the rule would take."""

    queue: Queue
    items: int
    amount: Decimal
    first: list[WorkItem]
    """The most pressing of them."""

    @property
    def is_cut(self) -> bool:
        return self.items > len(self.first)


def taken_by(rule: Rule, asked: Sequence[Rule], user: User, today: date, most: int) -> list[Taken]:
    """What `rule`, one of the rules that are `asked` in this order, would take; the fullest queue first."""
    items = WorkItem.objects.visible_to(user).open()
    found = [row for row in in_sql.standing(asked, items, today, most) if row.rule is rule]
    queues = Queue.objects.in_bulk([row.queue_id for row in found])
    known = WorkItem.objects.select_related("payer").in_bulk([pk for row in found for pk in row.first])
    taken = [
        Taken(queues[row.queue_id], row.items, row.amount, [known[pk] for pk in row.first if pk in known])
        for row in found
    ]
    return sorted(taken, key=lambda each: (-each.items, each.queue.name))
