"""Asking somebody outside this desk for records: asked, reminded, received with the document, or ended without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from accounts.refusal import Conflict, Refused
from worklists.domain.evidence import State
from worklists.evidence import gathering
from worklists.models import RecordRequest, WorkItem
from worklists.wording import day, must_be_ahead, reason_for

LONGEST = 500
NAMED = (RecordRequest.To.PROVIDER, RecordRequest.To.FACILITY)
"""Of whom there are many: the request says which one."""


@dataclass(frozen=True, slots=True)
class Asking:
    """To whom, what for, and by when. `to` is a `RecordRequest.To`."""

    to: str
    due_on: date
    to_name: str = ""
    text: str = ""


@transaction.atomic
def ask(item_id: int, user: User, slugs: Iterable[str], asking: Asking, *, today: date) -> RecordRequest:
    """Asks for pieces that are needed. The answer has to be due before the item's last day to act, where it has one."""
    if asking.due_on <= today:
        raise Refused("Nothing was asked: give them at least until tomorrow.")
    if asking.to in NAMED and not asking.to_name.strip():
        raise Refused("Nothing was asked: say which provider or facility it goes to.")
    if len(asking.text) > LONGEST:
        raise Refused(f"Nothing was asked: shorten the text to {LONGEST} characters.")
    must_be_ahead(asking.due_on, today)
    item, listed = gathering.hold(item_id, user)
    last = item.last_safe_on or item.deadline
    if last is not None and today < last < asking.due_on:
        raise Refused(
            f"Nothing was asked: the last safe day of this item is {day(last)}. Ask for it by an earlier day."
        )
    pieces = [gathering.piece_of(item, line, user) for line in gathering.chosen(listed, slugs)]
    moves = [gathering.move(piece, "request", user) for piece in pieces]
    request = RecordRequest.objects.create(
        item=item,
        facility_id=item.facility_id,
        to=asking.to,
        to_name=asking.to_name.strip(),
        text=asking.text.strip(),
        due_on=asking.due_on,
        asked_by=user,
        asked_on=today,
    )
    request.pieces.set(pieces)
    gathering.tell(item, user, "request", pieces, moves, f"{who(request)}, by {day(asking.due_on)}", request=request.pk)
    return request


@transaction.atomic
def remind(
    request: RecordRequest, user: User, *, today: date, how: str, due_on: date | None = None, seen: int | None = None
) -> RecordRequest:
    """Writes down that they were reminded, and the new day that was promised, where there is one.

    Raises Conflict when there are more reminders than the `seen` ones.
    """
    how = reason_for("write it down: how they were reminded", how)
    row, item = _open(request, user)
    if seen not in (None, row.reminders):
        raise Conflict(
            f"Somebody noted a reminder after you opened this: it is now due on {day(row.due_on)}, with {row.reminders}"
            f" {'reminder' if row.reminders == 1 else 'reminders'} so far. Nothing was overwritten: look again, then"
            " repeat."
        )
    if due_on is not None:
        must_be_ahead(due_on, today)
    row.reminders += 1
    row.reminded_on = today
    row.due_on = due_on or row.due_on
    row.save(update_fields=["reminders", "reminded_on", "due_on"])
    promised = f", now promised by {day(due_on)}" if due_on else ""
    gathering.say(item, user, f"Reminded {who(row)}: {how}{promised}", request=row.pk)
    return row


@transaction.atomic
def withdraw(request: RecordRequest, user: User, *, because: str, today: date) -> RecordRequest:
    """Ends a request without its answer; what nobody else is asked for is needed again."""
    because = reason_for("withdraw the request", because)
    row, item = _open(request, user)
    row.state, row.ended_on, row.ended_by, row.because = RecordRequest.State.ENDED, today, user, because
    row.save(update_fields=["state", "ended_on", "ended_by", "because"])
    others = RecordRequest.objects.filter(item=item, state=RecordRequest.State.OPEN)
    awaited = row.pieces.filter(state=State.REQUESTED).exclude(requests__in=others)
    pieces = list(awaited.order_by("pk"))
    moves = [gathering.move(piece, "withdraw", user, because=because) for piece in pieces]
    gathering.tell(item, user, "withdraw", pieces, moves, f"{who(row)}: {because}", request=row.pk)
    return row


def who(request: RecordRequest) -> str:
    """In words: "Provider Dr. Example"."""
    return f"{request.get_to_display()} {request.to_name}".strip()


def _open(request: RecordRequest, user: User) -> tuple[RecordRequest, WorkItem]:
    item, _ = gathering.hold(request.item_id, user)
    row = RecordRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.state != RecordRequest.State.OPEN:
        raise Conflict(f"This request has ended already ({row.get_state_display().lower()}). Nothing was changed.")
    return row, item
