"""Notes, contacts and calls of the made-up practice, written through the same verbs as everybody's."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from denials.domain.days import add_business_days
from worklists.calls import calling, sheets
from worklists.calls.calling import Said, Told
from worklists.models import Activity, CallOutcome, PayerCall, SmartPhrase, WorkItem
from worklists.notes import writing
from worklists.notes.writing import Note

NOTES = (
    Note("In review by a nurse since Monday.", "call", "Pat Placeholder", "SAMPLE-5512", "in review", None, 14),
    Note("Portal shows the appeal as received; the letter is not linked to it.", "portal", "", "PORTAL-0098"),
    Note("Faxed the report again, all 6 pages.", "fax", "", "FAX-0042-SAMPLE"),
    Note("The surgeon's office sends the corrected op note by the end of the week."),
)
PINNED = "Only the provider line can see this claim: ask for the second level at once."


def begin(today: date) -> None:
    """What the specialists wrote and said this morning, and a colleague's call that is still in hand."""
    sam, ines = (User.objects.get(username=name) for name in ("specialist", "imaging"))
    mine = WorkItem.objects.filter(assignee=sam, status=WorkItem.Status.TAKEN).order_by("pk")
    for item, note in zip(mine[: len(NOTES)], NOTES, strict=False):
        writing.write_down(item.pk, sam, note, today=today)
    if first := mine.first():
        writing.write_down(first.pk, sam, Note(PINNED), today=today)
        pinned = Activity.objects.filter(item=first, kind=Activity.Kind.NOTED).latest("pk")
        writing.pin(first.pk, sam, note=pinned.pk, is_pinned=True)
    SmartPhrase.objects.get_or_create(
        owner=sam,
        key="peer",
        defaults={
            "name": "Peer call arranged",
            "text": "Peer call about {claim} with {physician} on {day}, ref {ref}. They call {number}.",
        },
    )
    _finish_one(sam, today)
    _begin_one(ines, today)


def _begin_one(user: User, today: date) -> PayerCall | None:
    """A call to the payer with the most to ask, of those that know how many claims they discuss."""
    worth = [pick for pick in sheets.picks(user, today) if pick.limit and pick.claims > 1]
    return calling.start(user, worth[0].line, today=today) if worth else None


def _finish_one(user: User, today: date) -> None:
    call = _begin_one(user, today)
    if call is None:
        return
    outcomes = list(CallOutcome.objects.filter(is_active=True))
    said = {}
    for count, claim in enumerate(call.claims.all()):
        outcome = outcomes[count % len(outcomes)]
        day = add_business_days(today, outcome.days) if outcome.days else None
        said[claim.pk] = Said(outcome, day, late_because="They cannot look at it earlier." if day else "")
    told = Told("Robin Representative", "CALL-SAMPLE-0077", "Friendly; wants the member ID first.", said)
    calling.finish(calling.keep(call, user, told, expected_version=call.version), user, today=today)
