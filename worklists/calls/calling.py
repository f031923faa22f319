"""Calls to payers about many claims: begun, kept while they go on, finished with one log. One in hand a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.access import WORKERS
from accounts.models import User
from accounts.refusal import Conflict, Refused
from worklists import acts, work
from worklists.assignment.absent import away_on
from worklists.calls import sheets
from worklists.calls.sheets import Line
from worklists.changes import Done, lock
from worklists.models import BulkAct, CallClaim, CallOutcome, Channel, PayerCall, WorkItem
from worklists.notes import writing
from worklists.notes.writing import Note
from worklists.permission import must_work

State = PayerCall.State


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one claim so far."""

    outcome: CallOutcome | None = None
    promised_on: date | None = None
    text: str = ""
    late_because: str = ""
    """Why the promised day may be after the last safe one."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was entered for the call so far: once for all claims, and of each claim by its id."""

    spoke_to: str = ""
    reference: str = ""
    text: str = ""
    claims: Mapping[int, Said] = field(default_factory=dict)


@transaction.atomic
def start(user: User, line: Line, *, today: date) -> PayerCall:
    """Puts the claims of the sheet into a call of this person, so that nobody else calls about them meanwhile."""
    must_work(user)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if in_hand_of(user):
        raise Refused("You have a call in hand. Finish or drop it before you begin another one.")
    sheet = sheets.sheet(user, line, today)
    if sheet is None:
        raise Refused("Nothing is left to ask there: somebody else took these claims, or they are worked.")
    free = _free([claim.item for claim in sheet.claims], user)
    claims = [claim for claim in sheet.claims if claim.item.pk in free]
    if not claims:
        raise Refused("Somebody else began to call about these claims a moment ago. Look at the list again.")
    call = PayerCall.objects.create(
        payer_id=line.payer, product_id=line.product, biller_id=sheet.pick.biller.pk, caller=user
    )
    CallClaim.objects.bulk_create(
        CallClaim(call=call, item=claim.item, position=position, asks=claim.asks)
        for position, claim in enumerate(claims, start=1)
    )
    return call


def _free(items: Sequence[WorkItem], user: User) -> set[int]:
    """Those of the items, locked now, that are in no call."""
    rows, _ = lock([item.pk for item in items], user)
    taken = CallClaim.objects.filter(item__in=rows, is_in_hand=True).values_list("item", flat=True)
    return {row.pk for row in rows} - set(taken)


def in_hand_of(user: User) -> PayerCall | None:
    """The call that this person did not finish, also when the browser or the line broke off."""
    return PayerCall.objects.filter(caller=user, state=State.IN_HAND).select_related("payer").first()


@transaction.atomic
def keep(call: PayerCall, user: User, told: Told, *, expected_version: int) -> PayerCall:
    """Keeps what was entered so far. Raises Conflict where another window of the same call kept something else.

    What is kept already may be sent again: its answer was lost on the way.
    """
    call = _lock(call, user)
    claims = list(call.claims.filter(pk__in=told.claims).select_related("outcome"))
    if call.version != expected_version:
        if told == _kept(call, claims):
            return call
        raise Conflict(
            "This call was changed in another window. Nothing was overwritten, and what you typed stays here, not kept"
            " yet: press “Keep what is entered” to see both."
        )
    call.spoke_to, call.reference, call.text = told.spoke_to, told.reference, told.text
    call.version += 1
    call.save(update_fields=["spoke_to", "reference", "text", "version"])
    for claim in claims:
        said = told.claims[claim.pk]
        claim.outcome, claim.promised_on, claim.text = said.outcome, said.promised_on, said.text
        claim.late_because = said.late_because
    CallClaim.objects.bulk_update(claims, ["outcome", "promised_on", "text", "late_because"])
    return call


def _kept(call: PayerCall, claims: Sequence[CallClaim]) -> Told:
    return Told(call.spoke_to, call.reference, call.text, {claim.pk: said_of(claim) for claim in claims})


def said_of(claim: CallClaim) -> Said:
    """What is kept of one claim."""
    return Said(claim.outcome, claim.promised_on, claim.text, claim.late_because)


@transaction.atomic
def hold(call: PayerCall, user: User, *, is_on: bool) -> PayerCall:
    """Starts or stops the clock of waiting on hold. The server keeps it, so a closed page loses no minute."""
    call = _lock(call, user)
    if is_on and call.hold_since is None:
        call.hold_since = timezone.now()
    elif not is_on:
        _stop_holding(call)
    call.save(update_fields=["hold_since", "hold_seconds"])
    return call


@transaction.atomic
def finish(call: PayerCall, user: User, *, today: date) -> tuple[BulkAct | None, Done]:
    """Writes a note and a contact on each claim that something was said of, and sets its day to come back.

    Claims of which nothing was said are let go as they were. The whole can be undone like other acts.
    """
    must_work(user)
    call = _lock(call, user)
    said = {claim.item_id: claim for claim in call.claims.select_related("outcome") if claim.outcome is not None}
    if not said:
        raise Refused("Nothing was finished: say of at least one claim what came of it, or drop the call.")
    if not (call.spoke_to or call.reference):
        raise Refused("Nothing was finished: say who you spoke to, or the reference of the call.")
    _end(call, State.FINISHED)

    def verb(ids: list[int]) -> Done:
        done = Done()
        for pk in sorted(ids):
            _write(call, said[pk], user, today, done)
        return done

    reason = f"Call to {call.payer}"
    call.act, done = acts.remember(BulkAct.Kind.CALLED, list(said), user, verb, reason=reason)
    call.save(update_fields=["act"])
    return call.act, done


@transaction.atomic
def drop(call: PayerCall, user: User) -> None:
    """Lets the claims of a call go without writing anything about them. What was entered stays in its log."""
    _end(_lock(call, user), State.DROPPED)


@transaction.atomic
def let_go(today: date) -> int:
    """Drops the calls in hand of people who no longer work here or are away, so that others can ask about their claims.

    What was entered stays in the log. Harmless to run again; returns how many there were.
    """
    gone = Q(caller__is_active=False) | ~Q(caller__role__in=WORKERS) | Q(caller__in=away_on(today))
    calls = PayerCall.objects.filter(gone, state=State.IN_HAND).select_for_update(of=("self",)).order_by("pk")
    dropped = list(calls)
    for call in dropped:
        _end(call, State.DROPPED)
    return len(dropped)


def _lock(call: PayerCall, user: User) -> PayerCall:
    locked: PayerCall = PayerCall.objects.select_for_update(of=("self",)).select_related("payer").get(pk=call.pk)
    if locked.caller_id != user.pk:
        raise Refused("Nothing was changed: this is somebody else's call.")
    if locked.state != State.IN_HAND:
        raise Refused("Nothing was changed: this call has ended already.")
    return locked


def _end(call: PayerCall, state: PayerCall.State) -> None:
    _stop_holding(call)
    call.state, call.ended_at = state, timezone.now()
    call.save(update_fields=["state", "ended_at", "hold_since", "hold_seconds"])
    call.claims.update(is_in_hand=False)


def _stop_holding(call: PayerCall) -> None:
    if call.hold_since is not None:
        call.hold_seconds += int((timezone.now() - call.hold_since).total_seconds())
        call.hold_since = None


def _write(call: PayerCall, claim: CallClaim, user: User, today: date, done: Done) -> None:
    """The note with what was promised in any case; a day that cannot be set is told at the claim."""
    outcome = claim.outcome.name if claim.outcome else ""
    note = Note(
        text=f"{outcome}. {claim.text}".strip(),
        channel=Channel.CALL,
        spoke_to=call.spoke_to,
        reference=call.reference,
        outcome=outcome,
        promised_on=claim.promised_on,
        late_because=claim.late_because,
    )
    written = writing.add(claim.item_id, user, note, call=call)
    done.done.extend(written.done)
    done.refused.extend(written.refused)
    if why := _why_no_day(written, note, user, today):
        CallClaim.objects.filter(pk=claim.pk).update(kept_because=why[:300])
    if claim.promised_on is None and not user.may_manage:
        work.take(WorkItem.objects.filter(pk=claim.item_id, assignee=None), user)


def _why_no_day(written: Done, note: Note, user: User, today: date) -> str:
    """Sets the promised day; empty where that was done, or none was promised."""
    if written.refused:
        return written.refused[0].sentence
    if note.promised_on and note.promised_on <= today:
        return "The promised day was not after the day of the call."
    refused = writing.come_back(written.done[0], user, note, today=today).refused
    return refused[0].sentence if refused else ""


def held_seconds(call: PayerCall) -> int:
    """How long the caller has been on hold up to now."""
    running = (timezone.now() - call.hold_since).total_seconds() if call.hold_since else 0
    return call.hold_seconds + int(running)


def calls_of(user: User, most: int = 20) -> list[PayerCall]:
    """The latest calls that this person made, managers those of everybody, of facilities that they see."""
    rows = PayerCall.objects.visible_to(user).exclude(state=State.IN_HAND).select_related("payer", "product", "caller")
    mine = rows if user.may_manage else rows.filter(caller=user)
    return list(mine.order_by("-pk")[:most])
