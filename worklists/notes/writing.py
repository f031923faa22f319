"""Notes about items: written for good with their kind, their contact and the day that was promised; pinned or not."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.refusal import Refused
from worklists import ticklers
from worklists.changes import Done, lock, sort_out, write
from worklists.models import Activity, Channel, Contact, PayerCall, PinnedNote, WorkItem
from worklists.notes import mentions
from worklists.permission import must_work

NOTED = Activity.Kind.NOTED


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote. All but `text` and `channel` is about a contact, and empty for an internal note."""

    text: str
    channel: str = Channel.INTERNAL
    spoke_to: str = ""
    reference: str = ""
    outcome: str = ""
    promised_on: date | None = None
    """Sets the day on which the item comes back."""
    hold_minutes: int | None = None
    late_because: str = ""
    """Why that day may be after the last safe one."""

    @property
    def contact(self) -> dict[str, Any]:
        """Those parts of the contact that were given, as the history keeps them."""
        names = ("spoke_to", "reference", "outcome", "hold_minutes")
        given = {name: getattr(self, name) for name in names if getattr(self, name)}
        return given | ({"promised_on": self.promised_on.isoformat()} if self.promised_on else {})


@transaction.atomic
def write_down(item: int, user: User, note: Note, *, today: date) -> Done:
    """Adds the note, logs the contact, sets the tickler where a day was promised: all of it or, refused, nothing."""
    written = add(item, user, note)
    if written.done:
        come_back(item, user, note, today=today).or_refuse()
    return written


@transaction.atomic
def add(item: int, user: User, note: Note, *, call: PayerCall | None = None) -> Done:
    """Adds the note and logs the contact with what was promised. Sets no tickler."""
    must_work(user)
    if not note.text.strip() and not note.contact:
        raise Refused("Nothing was saved: the note is empty.")
    rows, missing = lock([item], user)
    fit, refused = sort_out(rows, "note")
    facts = _facts(note, call) | mentions.facts_in(note.text, fit)
    done = write(fit, "note", NOTED, user, text=note.text.strip(), facts=facts)
    if done and note.channel != Channel.INTERNAL:
        _log(item, user, note, call)
    return Done(done, missing + refused)


def come_back(item: int, user: User, note: Note, *, today: date) -> Done:
    """Sets the day that was promised, if one was. Raises Refused for one that has passed."""
    if note.promised_on is None:
        return Done()
    because, late = note.outcome or note.text or "The payer promised an answer.", note.late_because
    return ticklers.set_for([item], user, on=note.promised_on, because=because, today=today, late_because=late)


def _facts(note: Note, call: PayerCall | None) -> dict[str, Any]:
    facts: dict[str, Any] = {"channel": str(note.channel)}
    if contact := note.contact:
        facts["contact"] = contact
    if call is not None:
        facts["call"] = call.pk
    return facts


def _log(item: int, user: User, note: Note, call: PayerCall | None) -> None:
    given = {name: value for name, value in asdict(note).items() if name not in ("text", "late_because")}
    Contact.objects.create(item_id=item, by=user, call=call, **given)


@transaction.atomic
def pin(item: int, user: User, *, note: int, is_pinned: bool) -> Done:
    """Puts a note to the top of its item, or takes it down. Done twice it stays done once."""
    must_work(user)
    rows, missing = lock([item], user)
    fit, refused = sort_out(rows, "note")
    done: list[int] = []
    for row in fit:
        done += _pin(row, user, note, is_pinned)
    return Done(done, missing + refused)


def _pin(row: WorkItem, user: User, note: int, is_pinned: bool) -> list[int]:
    found = Activity.objects.filter(pk=note, item=row, kind=NOTED).first()
    if found is None:
        raise Refused("Nothing was changed: this note is not one of this item.")
    pins = PinnedNote.objects.filter(note=found)
    if pins.exists() == is_pinned:
        return [row.pk]
    if is_pinned:
        PinnedNote.objects.create(item=row, note=found, by=user)
    else:
        pins.delete()
    kind = Activity.Kind.PINNED if is_pinned else Activity.Kind.UNPINNED
    return write([row], "note", kind, user, text=found.text[:200], facts={"note": found.pk})
