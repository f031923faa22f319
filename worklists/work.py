"""What people do with work items. Each verb takes one or many alike and says what it did and what it refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from worklists import clock_steps
from worklists.assignment.absent import away_on
from worklists.assignment.allowance import to_take
from worklists.changes import Check, Done, Items, Refusal, lock, must_be_current, sort_out, write
from worklists.closing import reopen, resolve
from worklists.domain import ticklers
from worklists.models import CLAIM_AGAIN, Activity, Queue, Resolution, WorkItem
from worklists.notes import mentions
from worklists.permission import free_or_own, must_work, own, receiver_may_work, works_here
from worklists.taking import next_address, next_ids, next_item, next_items
from worklists.wording import day, must_be_ahead, not_too_long, reason_for, too_late

__all__ = [
    "Done",
    "Refusal",
    "hand_over",
    "move",
    "next_address",
    "next_ids",
    "next_item",
    "next_items",
    "note",
    "postpone",
    "release",
    "reopen",
    "resolve",
    "return_from_payer",
    "take",
    "wait_for_payer",
    "wake_postponed",
]


@transaction.atomic
def take(items: Items, user: User, *, expected_version: int | None = None) -> Done:
    """Gives items to `user`, who works them from now on."""
    must_work(user)
    within_allowance = to_take(user)
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    fit, refused = sort_out(rows, "take", free_or_own(user), within_allowance)
    done = write(fit, "take", Activity.Kind.TAKEN, user, assignee=user, taken_at=timezone.now())
    return Done(done, missing + _name_the_owner(rows, refused, user))


@transaction.atomic
def release(items: Items, user: User, *, expected_version: int | None = None) -> Done:
    """Puts taken, postponed and handed over items back into their queue, owned by nobody."""
    must_work(user)
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    handed = [row for row in rows if row.status == WorkItem.Status.NEW and row.assignee is not None]
    waiting, refused = sort_out(handed, "hand_over", own(user))
    fit, not_held = sort_out([row for row in rows if row not in handed], "release", own(user))
    done = write(fit, "release", Activity.Kind.RELEASED, user, assignee=None)
    done += write(waiting, "hand_over", Activity.Kind.RELEASED, user, assignee=None)
    return Done(sorted(done), missing + refused + not_held)


@transaction.atomic
def note(items: Items, user: User, *, text: str) -> Done:
    """Adds a note. Anybody who may work and sees the item may add one, also to somebody else's or a closed item."""
    must_work(user)
    if not text.strip():
        raise Refused("Nothing was saved: the note is empty.")
    rows, missing = lock(items, user)
    fit, refused = sort_out(rows, "note")
    facts = mentions.facts_in(text, fit)
    return Done(write(fit, "note", Activity.Kind.NOTED, user, text=text.strip(), facts=facts), missing + refused)


@transaction.atomic
def postpone(
    items: Items,
    user: User,
    *,
    until: date,
    because: str,
    today: date,
    late_because: str = "",
    expected_version: int | None = None,
) -> Done:
    """Hides items until a day after today. A day past the last safe one needs a reason of its own, `late_because`,
    while the deadline can still be met.

    They come back on a business day (`ticklers.comes_back`), to whoever has them. A free item becomes that of the
    specialist who postpones it; what a manager postpones stays free.
    """
    must_work(user)
    because = reason_for("postpone it", because)
    must_be_ahead(until, today)
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    late_because = not_too_long(late_because.strip())

    def back(row: WorkItem) -> date:
        return ticklers.comes_back(until, row.can_wait_until(today), today)

    fit, refused = sort_out(rows, "postpone", free_or_own(user), _while_it_is_safe(back, late_because, today))
    done: list[int] = []
    parts = _by(fit, lambda row: (row.assignee_id is None, row.endangered_by(back(row), today), back(row)))
    for (is_free, is_late, back_on), hidden in parts.items():
        facts: dict[str, Any] = {"until": back_on.isoformat()}
        if is_late:
            facts |= {"late_because": late_because}
        owner = {"assignee": user, "taken_at": timezone.now()} if is_free and not user.may_manage else {}
        text = f"{because} After the last safe day: {late_because}" if is_late else because
        text = f"{text} {ticklers.moved_words(until, back_on)}".strip()
        values: dict[str, Any] = {"postponed_until": back_on, "postponed_because": because, **owner}
        done += write(hidden, "postpone", Activity.Kind.POSTPONED, user, text=text, facts=facts, **values)
    return Done(sorted(done), missing + refused)


@transaction.atomic
def hand_over(
    items: Items,
    user: User,
    *,
    to: User,
    reason: str,
    away_confirmed: bool = False,
    expected_version: int | None = None,
) -> Done:
    """Gives items to another person; their state stays. Specialists hand over free items and their own.

    Somebody who is away today gets them only with `away_confirmed`.
    """
    must_work(user)
    reason = reason_for("hand it over", reason)
    back_on = away_on(timezone.localdate()).get(to.pk)
    if back_on is not None and not away_confirmed:
        raise Refused(f"Nothing was changed: {to} is away until {day(back_on)}. Choose somebody else, or confirm it.")
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    fit, refused = sort_out(rows, "hand_over", free_or_own(user), receiver_may_work(to))
    done: list[int] = []
    for owner_id, handed in _by(fit, lambda row: row.assignee_id).items():
        facts = {"from": owner_id, "to": to.pk}
        done += write(handed, "hand_over", Activity.Kind.HANDED_OVER, user, text=reason, facts=facts, assignee=to)
    return Done(sorted(done), missing + refused)


@transaction.atomic
def move(items: Items, user: User, *, queue: Queue, reason: str, expected_version: int | None = None) -> Done:
    """Sends items to another queue, where nobody owns them yet: taken and postponed ones are put back first.

    What waits for the payer goes on waiting; the answer then comes to the new queue.
    """
    must_work(user)
    reason = reason_for("move it", reason)
    if not queue.is_active:
        raise Refused(f"Nothing was changed: the queue {queue} is switched off. Choose another one.")
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    fit, refused = sort_out(rows, "move", free_or_own(user), _elsewhere(queue))
    held = [row for row in fit if row.status in (WorkItem.Status.TAKEN, WorkItem.Status.POSTPONED)]
    write(held, "release", Activity.Kind.RELEASED, user, text=reason, assignee=None)
    done: list[int] = []
    for old_id, moved in _by(fit, lambda row: row.queue_id).items():
        facts = {"from_queue": old_id, "to_queue": queue.pk}
        values: dict[str, Any] = {"queue": queue, "assignee": None, "rule": None, "rule_version": None}
        values |= {"rule_set": None, "routed_on": None, "routed_facts": None}
        values["routed_because"] = f"{user} moved it here: {reason}"[:300]
        done += write(moved, "move", Activity.Kind.MOVED, user, text=reason, facts=facts, **values)
    return Done(sorted(done), missing + refused)


@transaction.atomic
def wait_for_payer(
    items: Items,
    user: User | None,
    *,
    follow_up_on: date,
    route: str = Resolution.APPEALED,
    text: str = "",
    facts: dict[str, Any] | None = None,
    expected_version: int | None = None,
) -> Done:
    """Something was sent by `route` (a `Resolution`): the items wait, and ask for attention on `follow_up_on`.

    A free item becomes the sender's, so that the answer comes back to a person. The route is kept as the item's
    resolution, which is what a later payment closes it with.
    """
    if user is not None:
        must_work(user)
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    fit, refused = sort_out(rows, "send", *([free_or_own(user)] if user else []))
    facts = {**(facts or {}), "route": str(route), "follow_up_on": follow_up_on.isoformat()}
    done: list[int] = []
    for is_owned, sent in _by(fit, lambda row: row.assignee_id is not None).items():
        owner = {} if is_owned or user is None else {"assignee": user, "taken_at": timezone.now()}
        done += write(
            sent,
            "send",
            Activity.Kind.SENT,
            user,
            text=text,
            facts=facts,
            follow_up_on=follow_up_on,
            resolution=route,
            **owner,
        )
    if route in CLAIM_AGAIN:
        clock_steps.claims_sent(done, timezone.localdate())
    return Done(sorted(done), missing + refused)


@transaction.atomic
def return_from_payer(
    items: Items,
    user: User | None,
    *,
    text: str,
    facts: dict[str, Any] | None = None,
    expected_version: int | None = None,
) -> Done:
    """The payer answered and work goes on: items return to their owner, or to the queue when nobody owns them."""
    if user is not None:
        must_work(user)
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    fit, refused = sort_out(rows, "return", *([free_or_own(user)] if user else []))
    owned, free = _by_owner(fit)
    kind = Activity.Kind.RETURNED
    done = write(owned, "return", kind, user, text=text, facts=facts)
    done += write(free, "return_unowned", kind, user, text=text, facts=facts, assignee=None)
    return Done(sorted(done), missing + refused)


@transaction.atomic
def wake_postponed(today: date) -> Done:
    """Brings back what was postponed to today or earlier; harmless to run again."""
    due = WorkItem.objects.filter(status=WorkItem.Status.POSTPONED, postponed_until__lte=today)
    rows, _ = lock(due, None)
    still_due = [row for row in rows if row.postponed_until is not None and row.postponed_until <= today]
    fit, _ = sort_out(still_due, "wake")
    owned, free = _by_owner(fit)
    text = "Its day has come."
    done = write(owned, "wake", Activity.Kind.WOKEN, None, text=text)
    done += write(free, "wake_unowned", Activity.Kind.WOKEN, None, text=text, assignee=None)
    return Done(sorted(done))


def _by_owner(rows: list[WorkItem]) -> tuple[list[WorkItem], list[WorkItem]]:
    """Those whose owner still works here, and the rest."""
    parts = _by(rows, lambda row: works_here(row.assignee))
    return parts.get(True, []), parts.get(False, [])


def _by(rows: list[WorkItem], key: Callable[[WorkItem], Any]) -> dict[Any, list[WorkItem]]:
    parts: dict[Any, list[WorkItem]] = {}
    for row in rows:
        parts.setdefault(key(row), []).append(row)
    return parts


def _while_it_is_safe(back: Callable[[WorkItem], date], late_because: str, today: date) -> Check:
    def check(row: WorkItem) -> str:
        if late_because or not row.endangered_by(back(row), today):
            return ""
        return too_late(row.safe_until, today)

    return check


def _elsewhere(queue: Queue) -> Check:
    return lambda row: f"This item is in {queue} already." if row.queue_id == queue.pk else ""


def _name_the_owner(rows: list[WorkItem], refused: list[Refusal], user: User) -> list[Refusal]:
    """Who came second wants to know who was first."""
    owners = {row.pk: row.assignee for row in rows if row.status == WorkItem.Status.TAKEN}

    def worded(refusal: Refusal) -> Refusal:
        owner = owners.get(refusal.item_id)
        if owner is None:
            return refusal
        return Refusal(
            refusal.item_id, "You have this item already." if owner.pk == user.pk else f"{owner} took this item."
        )

    return [worded(refusal) for refusal in refused]
