"""A letter goes out: its text and its PDF are frozen, the item waits for the payer, and asks again on a day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from accounts.models import User
from accounts.refusal import Conflict, Refused
from appeals import documents, drafting, enclosed, proofs, supported, unsaved
from appeals.domain.places import words_of
from appeals.from_record import level_words
from appeals.holding import hold, keep, tell
from appeals.levels import last_day_of
from appeals.models import Appeal
from appeals.proofs import Upload
from denials import clocks, payer_products
from worklists import clock_steps, split, work
from worklists.changes import write
from worklists.domain import ticklers
from worklists.models import Activity, Resolution
from worklists.wording import day, must_be_ahead, not_too_long

FORTNIGHT = timedelta(days=14)
LONGEST_PROOF = 200
WITHOUT_PROOF = (Appeal.Channel.MAIL,)
"""Ways of sending that leave nothing to show."""
NOT_PROVED = "Enter the fax confirmation, tracking or portal number, or add a file."


@dataclass(frozen=True, slots=True)
class Sending:
    """How a letter was sent. It is asked about on `follow_up_on`, or when `usual_follow_up` says: a business day."""

    channel: str
    sent_on: date
    proof: str = ""
    proof_file: Upload | None = None
    follow_up_on: date | None = None
    past_deadline_confirmed: bool = False
    reading_confirmed: bool = False
    enclosures_confirmed: bool = False
    unsaved_confirmed: bool = False


@transaction.atomic
def mark_sent(
    appeal: Appeal, user: User, sending: Sending, *, today: date, expected_version: int | None = None
) -> Appeal:
    """Freezes the letter as it was sent; its item waits for the payer. A second call is refused."""
    row = hold(appeal, user, "send", expected_version)
    row.deadline = last_day_of(row)
    letter = documents.final(row)
    _must_be_complete(row, letter.open_places)
    _must_be_about_every_part(row, f"{letter.subject} {letter.body}")
    wanted = sending.follow_up_on or usual_follow_up(row, sending.sent_on)
    _must_make_sense(row, sending, wanted, today)
    follow_up_on = day_to_ask(row, wanted, today)
    _must_be_meant(row, sending)
    _must_be_saved(row, user, sending)
    supported.must_hold(row, letter.body)
    enclosed.must_hold(row, is_confirmed=sending.enclosures_confirmed)
    proof = proofs.read(sending.proof_file) if sending.proof_file else None
    _must_be_proved(sending)
    printed = documents.pdf(row)
    row.subject, row.body, row.enclosures = letter.subject, letter.body, letter.enclosures
    keep(
        row,
        subject=letter.subject,
        body=letter.body,
        enclosures=letter.enclosures,
        status=Appeal.Status.SENT,
        deadline=row.deadline,
        sent_on=sending.sent_on,
        sent_by=user,
        channel=sending.channel,
        proof=sending.proof.strip(),
        proof_file=proofs.keep(row.pk, "proof", *proof) if proof else "",
        letter_pdf=proofs.keep(row.pk, "letter", printed, "pdf"),
        letter_sha256=hashlib.sha256(printed).hexdigest(),
        follow_up_on=follow_up_on,
    )
    _let_wait(row, user, follow_up_on, ticklers.moved_words(wanted, follow_up_on))
    clock_steps.letter_sent(row.item, row.denial, row.level, sending.sent_on)
    return row


@transaction.atomic
def ask_again(
    appeal: Appeal, user: User, *, on: date, said: str, today: date, expected_version: int | None = None
) -> Appeal:
    """The payer was asked and has not decided: what it said is noted, and it is asked again on a business day."""
    row = hold(appeal, user, "ask_again", expected_version)
    if not said.strip():
        raise Refused("Nothing was saved: write down what the payer said.")
    must_be_ahead(on, today)
    wanted, on = on, day_to_ask(row, on, today)
    keep(row, follow_up_on=on)
    moved = ticklers.moved_words(wanted, on)
    text = f"Asked the payer, to ask again on {day(on)}. {said.strip()} {moved}".strip()
    if row.item.follow_up_on is None:
        tell(row, Activity.Kind.NOTED, user, text)
    else:
        facts = {"appeal": row.pk, "follow_up_on": on.isoformat()}
        write([row.item], "note", Activity.Kind.NOTED, user, text=text, facts=facts, follow_up_on=on)
    return row


def usual_follow_up(appeal: Appeal, sent_on: date, *, after: date | None = None) -> date:
    """The next day, after `after` or the day of sending, on which to ask about a letter.

    The follow-up clocks come first (after 14 and 21 days where nobody set others), then the end of the days in which
    the payer's product line, else the payer, usually answers, and from then on once every fortnight. One that falls on
    a weekend or holiday is moved as `day_to_ask` says.
    """
    line = payer_products.product_for(appeal.item.payer, appeal.denial.remitted_claim)
    usual = [*clocks.follow_ups(appeal.denial, sent_on), sent_on + timedelta(days=max(1, line.response_days))]
    asked = after or sent_on
    working = (day_to_ask(appeal, each, asked) for each in usual)
    return min((due for due in working if due > asked), default=day_to_ask(appeal, asked + FORTNIGHT, asked))


def day_to_ask(appeal: Appeal, wanted: date, today: date) -> date:
    """The business day for what was to be asked on `wanted`, as for whatever comes back."""
    return ticklers.comes_back(wanted, appeal.item.can_wait_until(today), today)


def _must_be_complete(row: Appeal, open_places: tuple[str, ...]) -> None:
    if not drafting.may_sign(row.signer, row):
        raise Refused(
            f"The letter was not marked as sent: {row.signer}, who signs it, no longer works for this facility. Choose"
            " somebody else under Signed by and save it."
        )
    if row.denial_id != row.item.denial_id:
        raise Conflict(
            "The payer denied this claim again after the letter was drafted. Begin the letter again from the latest"
            " decision, or withdraw it. Nothing was changed."
        )
    if open_places:
        named = ", ".join(words_of(place) for place in open_places)
        raise Refused(f"The letter was not marked as sent. Still open: {named}.")


def _must_be_about_every_part(row: Appeal, text: str) -> None:
    """The item waits for the payer with all that it holds: a part that the letter leaves out would be missed."""
    for part in split.to_answer(split.parts_of([row.item])[row.item_id]):
        if part.pk == row.denial_id:
            continue
        number = part.remitted_claim.payer_control_number
        if number and number not in text:
            until = f", to be answered by {day(part.deadline)}" if part.deadline else ""
            raise Refused(
                f"The letter was not marked as sent. The payer denied another part of this claim under its number"
                f" {number} (${part.denied_amount:,.2f}{until}), and the letter does not name it. Write that number"
                " into the letter, or begin the letter again."
            )


def _must_make_sense(row: Appeal, sending: Sending, follow_up_on: date, today: date) -> None:
    if sending.channel not in Appeal.Channel.values:
        raise Refused("Nothing was changed: choose how the letter was sent.")
    if sending.sent_on > today:
        raise Refused("Nothing was changed: the day of sending lies in the future.")
    if sending.sent_on < row.letter_date:
        raise Refused(
            f"Nothing was changed: the letter is dated {day(row.letter_date)}, after the day of sending."
            " Correct the date of the letter first."
        )
    if follow_up_on <= sending.sent_on:
        raise Refused("Nothing was changed: ask for an answer on a day after the day of sending.")
    if follow_up_on > ticklers.farthest(today):
        raise Refused(f"Nothing was changed: {ticklers.too_far_words(follow_up_on, today)}")
    if row.deadline and sending.sent_on > row.deadline and not sending.past_deadline_confirmed:
        raise Refused(
            f"Nothing was changed: the deadline was {day(row.deadline)}. Confirm that it is sent late all the same."
        )


def _must_be_meant(row: Appeal, sending: Sending) -> None:
    """A local reading is our own view of a code: what goes to the payer on its account, somebody confirms."""
    if row.denial.is_read_otherwise and not sending.reading_confirmed:
        raise Refused(
            "Nothing was changed: a local reading changed how this denial is worked. Check the letter against the"
            " payer's own codes, and confirm that it is right."
        )


def _must_be_saved(row: Appeal, user: User, sending: Sending) -> None:
    if not sending.unsaved_confirmed and unsaved.begun_at(row, user):
        raise Refused(
            "The letter was not marked as sent. You began to change it and did not save that, so that it would go out"
            " without those words. They are kept: save or discard them where the letter is written, or confirm that it"
            " goes without them."
        )


def _must_be_proved(sending: Sending) -> None:
    not_too_long(sending.proof)
    if len(sending.proof.strip()) > LONGEST_PROOF:
        raise Refused(f"Nothing was changed: shorten the proof to {LONGEST_PROOF} characters.")
    if not is_proved(sending):
        raise Refused(f"Nothing was changed. {NOT_PROVED}")


def is_proved(sending: Sending) -> bool:
    """Whether something shows that the letter left the house; plain mail leaves nothing that could."""
    return bool(sending.proof.strip() or sending.proof_file) or sending.channel in WITHOUT_PROOF


def _let_wait(row: Appeal, user: User, follow_up_on: date, moved: str) -> None:
    how = row.get_channel_display().lower()
    text = f"{level_words(row.level)} sent on {day(row.sent_on)} by {how}." if row.sent_on else ""
    work.wait_for_payer(
        [row.item_id],
        user,
        follow_up_on=follow_up_on,
        route=Resolution.APPEALED,
        text=" ".join(filter(None, [text, row.proof and f"Proof: {row.proof}.", moved])),
        facts={"appeal": row.pk, "channel": row.channel, "letter_sha256": row.letter_sha256},
    ).or_refuse()
