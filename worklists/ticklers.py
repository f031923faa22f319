"""The day on which an item comes back to the person who set it, whatever the item waits for meanwhile."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.models import User
from accounts.refusal import Refused
from worklists import repairing, work
from worklists.changes import Done, Items, Refusal, lock
from worklists.domain.transitions import WORDS, WORKABLE, Status
from worklists.wording import LONGEST


@transaction.atomic
def set_for(items: Items, user: User, *, on: date, because: str, today: date, late_because: str = "") -> Done:
    """What can be worked is postponed to `on`; what waits for the payer asks for attention again on that day.

    `late_because`: why the day may be after the last safe one. Raises Refused for a day that has passed.
    """
    if on <= today:
        raise Refused("Nothing was saved: the promised day must be after today.")
    because = because.strip()[:LONGEST]
    rows, missing = lock(items, user)
    workable = [row.pk for row in rows if row.status in WORKABLE]
    waiting = [row.pk for row in rows if row.status == Status.WAITING]
    others = [
        Refusal(row.pk, f"It is {WORDS[Status(row.status)]}, so no day to come back was set.")
        for row in rows
        if row.pk not in {*workable, *waiting}
    ]
    put_off = work.postpone(workable, user, until=on, because=because, today=today, late_because=late_because)
    asked = repairing.ask_again(waiting, user, on=on, text=because, today=today)
    return Done(sorted(put_off.done + asked.done), missing + others + put_off.refused + asked.refused)
