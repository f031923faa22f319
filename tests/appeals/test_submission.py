from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction

from accounts.refusal import Conflict, Refused
from appeals import documents, drafting, submission
from appeals.levels import last_day_of
from appeals.models import Appeal
from config import pipeline
from denials import clocks
from denials.domain.days import next_business_day
from denials.models import Payer
from tests.appeals.letters import FAXED, TODAY, as_written, item_at, ready, sent, signing
from tests.cast import Cast
from tests.factories import DEADLINE, DenialFactory, RemittanceFactory, RemittedClaimFactory
from tests.pdfs import pdf
from tests.worklists.pages import signed_in
from tests.worklists.remitted import remit
from worklists import rereading
from worklists.models import Activity, WorkItem


def test_sending_freezes_the_letter_and_lets_the_item_wait(cast: Cast) -> None:
    item = item_at(cast.here)
    draft = ready(item, signing(cast.sam))
    printed = documents.pdf(draft)

    appeal = submission.mark_sent(draft, cast.sam, FAXED, today=TODAY)

    item.refresh_from_db()
    follow_up = next_business_day(TODAY + timedelta(days=item.payer.response_days))
    assert (item.status, item.follow_up_on, item.resolution) == (WorkItem.Status.WAITING, follow_up, "appeal")
    assert (appeal.status, appeal.sent_by, appeal.follow_up_on) == (Appeal.Status.SENT, cast.sam, follow_up)
    assert appeal.letter_pdf.open().read() == printed
    assert "{{" not in appeal.body
    activity = item.activities.get(kind=Activity.Kind.SENT)
    assert activity.text == "First-level appeal sent on 20 Nov 2026 by fax. Proof: FAX-0042."
    assert activity.facts["appeal"] == appeal.pk


def test_open_places_block_sending_and_are_named(cast: Cast) -> None:
    item = item_at(cast.here)
    appeal = drafting.draft(item, signing(cast.sam), today=TODAY)

    with pytest.raises(Refused, match="Still open: Number of the authorization, Date of the authorization"):
        submission.mark_sent(appeal, cast.sam, FAXED, today=TODAY)
    item.refresh_from_db()
    assert item.status == WorkItem.Status.TAKEN


def test_a_misspelled_place_blocks_sending_too(cast: Cast) -> None:
    appeal = ready(item_at(cast.here), signing(cast.sam))
    drafting.edit(appeal, cast.sam, as_written(appeal, body=appeal.body + " {{ the record }}"))

    with pytest.raises(Refused, match="the record"):
        submission.mark_sent(appeal, cast.sam, FAXED, today=TODAY)


def test_what_stands_beside_the_letter_can_be_open_as_well(cast: Cast) -> None:
    appeal = drafting.draft(item_at(cast.here), cast.sam, today=TODAY)

    assert {"signer_title", "signer_phone"} <= set(documents.final(appeal).open_places)


def test_a_letter_is_sent_once(cast: Cast) -> None:
    appeal = sent(item_at(cast.here), cast.sam)

    with pytest.raises(Conflict, match="sent already"):
        submission.mark_sent(appeal, cast.sam, FAXED, today=TODAY)
    assert appeal.item.activities.filter(kind=Activity.Kind.SENT).count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"channel": "pigeon"}, "choose how"),
        ({"sent_on": TODAY + timedelta(days=1)}, "in the future"),
        ({"sent_on": TODAY - timedelta(days=1)}, "dated 20 Nov 2026"),
        ({"follow_up_on": TODAY}, "after the day of sending"),
        ({"follow_up_on": TODAY + timedelta(days=900)}, "more than two years ahead"),
        ({"proof": " "}, "fax confirmation"),
        ({"proof": "x" * 201}, "shorten the proof"),
        ({"proof_file": ContentFile(b"<html>not a proof")}, "PDF, PNG, JPEG or TIFF"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_sent(cast: Cast, change: dict[str, Any], words: str) -> None:
    appeal = ready(item_at(cast.here), cast.sam)

    with pytest.raises(Refused, match=words):
        submission.mark_sent(appeal, cast.sam, replace(FAXED, **change), today=TODAY)
    appeal.refresh_from_db()
    assert (appeal.status, appeal.letter_pdf.name) == (Appeal.Status.DRAFT, "")


def test_plain_mail_needs_no_proof_and_a_file_proves_enough(cast: Cast) -> None:
    by_mail = submission.mark_sent(
        ready(item_at(cast.here), cast.sam), cast.sam, replace(FAXED, channel="mail", proof=""), today=TODAY
    )
    scan = ContentFile(pdf(pages=1))
    by_portal = submission.mark_sent(
        ready(item_at(cast.here), cast.sam),
        cast.sam,
        replace(FAXED, channel="portal", proof="", proof_file=scan),
        today=TODAY,
    )

    assert not by_mail.proof_file
    assert by_portal.proof_file.open().read() == pdf(pages=1)


def test_a_proof_beyond_the_limit_is_refused(cast: Cast, settings: Any) -> None:
    settings.PROOF_LIMIT_BYTES = 100
    appeal = ready(item_at(cast.here), cast.sam)

    large = ContentFile(b"%PDF-" + b"x" * 100)
    with pytest.raises(Refused, match="larger than"):
        submission.mark_sent(appeal, cast.sam, replace(FAXED, proof_file=large), today=TODAY)


def test_past_the_deadline_sending_asks_for_confirmation(cast: Cast) -> None:
    late = DEADLINE + timedelta(days=1)
    appeal = ready(item_at(cast.here), cast.sam)
    sending = replace(FAXED, sent_on=late)

    with pytest.raises(Refused, match="the deadline was 15 Dec 2026"):
        submission.mark_sent(appeal, cast.sam, sending, today=late)
    confirmed = replace(sending, past_deadline_confirmed=True)
    assert submission.mark_sent(appeal, cast.sam, confirmed, today=late).status == Appeal.Status.SENT


def test_a_letter_about_an_earlier_decision_is_not_sent(cast: Cast) -> None:
    item = item_at(cast.here)
    appeal = ready(item, cast.sam)
    later = RemittedClaimFactory.create(
        claim=item.claim, remittance=RemittanceFactory.create(payer=item.payer, facility=item.facility)
    )
    WorkItem.objects.filter(pk=item.pk).update(denial=DenialFactory.create(remitted_claim=later))

    with pytest.raises(Conflict, match="denied this claim again"):
        submission.mark_sent(appeal, cast.sam, FAXED, today=TODAY)


def test_the_database_refuses_to_change_what_was_sent(cast: Cast) -> None:
    appeal = sent(item_at(cast.here), cast.sam)

    for change in ({"body": "Other words"}, {"sent_on": date(2026, 1, 1)}, {"letter_sha256": ""}, {"status": "draft"}):
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            Appeal.objects.filter(pk=appeal.pk).update(**change)
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        appeal.delete()


def test_asking_again_moves_the_day_of_item_and_letter(cast: Cast) -> None:
    item = item_at(cast.here)
    appeal = sent(item, cast.sam)
    later = TODAY + timedelta(days=45)

    submission.ask_again(appeal, cast.sam, on=later, said="In review", today=TODAY)

    item.refresh_from_db()
    appeal.refresh_from_db()
    assert (item.follow_up_on, appeal.follow_up_on) == (later, later)
    assert item.status == WorkItem.Status.WAITING
    assert item.activities.filter(kind=Activity.Kind.NOTED, text__contains="In review").count() == 1


def test_a_letter_is_asked_about_when_its_follow_up_clocks_say_and_then_when_the_payer_should_have_answered(
    cast: Cast,
) -> None:
    item = item_at(cast.here)
    Payer.objects.filter(pk=item.payer_id).update(response_days=60)
    clocks.redate([item.denial_id])
    appeal = sent(item, cast.sam)
    asked_on = [appeal.follow_up_on]
    for _ in range(3):
        asked_on.append(submission.usual_follow_up(appeal, TODAY, after=asked_on[-1]))

    assert asked_on == [TODAY + timedelta(days=days) for days in (14, 21, 60, 74)]


def test_a_letter_is_asked_about_on_a_business_day(cast: Cast) -> None:
    appeal = sent(item_at(cast.here), cast.sam)
    saturday = TODAY + timedelta(days=1)

    first = submission.usual_follow_up(appeal, saturday)
    again = submission.usual_follow_up(appeal, saturday, after=date(2027, 7, 4))

    assert (first, again) == (date(2026, 12, 7), date(2027, 7, 19))


SATURDAY = date(2026, 12, 19)
MOVED = "Saturday 19 December 2026 is no business day: it comes back on"


@pytest.mark.parametrize(
    ("last_safe", "asked_on", "words"),
    [
        (None, date(2026, 12, 21), f"{MOVED} Monday 21 December 2026."),
        (date(2026, 12, 20), date(2026, 12, 18), f"{MOVED} Friday 18 December 2026."),
        (date(2026, 12, 10), date(2026, 12, 21), f"{MOVED} Monday 21 December 2026."),
    ],
)
def test_a_day_to_ask_that_is_no_business_day_is_moved_but_not_past_the_last_safe_one(
    cast: Cast, last_safe: date | None, asked_on: date, words: str
) -> None:
    item = item_at(cast.here)
    days = {"last_safe_on": last_safe, "deadline": TODAY + timedelta(days=90)}
    WorkItem.objects.filter(pk=item.pk).update(**days)
    sending = replace(FAXED, follow_up_on=SATURDAY)
    appeal = submission.mark_sent(ready(item, cast.sam), cast.sam, sending, today=TODAY)
    item.refresh_from_db()
    assert (appeal.follow_up_on, item.follow_up_on) == (asked_on, asked_on)
    assert item.activities.get(kind=Activity.Kind.SENT).text.endswith(words)

    WorkItem.objects.filter(pk=item.pk).update(**days)  # the letter moved them
    appeal = submission.ask_again(appeal, cast.sam, on=SATURDAY, said="In review", today=TODAY)
    item.refresh_from_db()
    assert (appeal.follow_up_on, item.follow_up_on) == (asked_on, asked_on)
    assert item.activities.latest("pk").text.endswith(words)


def test_the_usual_day_to_ask_is_moved_before_a_last_safe_day_too(cast: Cast) -> None:
    appeal = sent(item_at(cast.here), cast.sam)
    saturday = TODAY + timedelta(days=1)
    appeal.item.last_safe_on = saturday + timedelta(days=14)
    assert submission.usual_follow_up(appeal, saturday) == date(2026, 12, 4)


def test_asking_again_today_or_without_an_answer_is_refused(cast: Cast) -> None:
    appeal = sent(item_at(cast.here), cast.sam)

    with pytest.raises(Refused, match="after today"):
        submission.ask_again(appeal, cast.sam, on=TODAY, said="In review", today=TODAY)
    with pytest.raises(Refused, match="more than two years ahead"):
        submission.ask_again(appeal, cast.sam, on=TODAY + timedelta(days=900), said="In review", today=TODAY)
    with pytest.raises(Refused, match="what the payer said"):
        submission.ask_again(appeal, cast.sam, on=TODAY + timedelta(days=1), said=" ", today=TODAY)


def test_a_draft_is_late_by_the_last_day_of_now(cast: Cast) -> None:
    appeal = ready(item_at(cast.here), signing(cast.sam))
    earlier = TODAY - timedelta(days=1)
    WorkItem.objects.filter(pk=appeal.item_id).update(deadline=earlier)
    page = signed_in(cast.sam).get(f"/appeals/{appeal.pk}/send/").content.decode()
    assert "It is late and is sent all the same" in page
    with pytest.raises(Refused, match="the deadline was 19 Nov 2026"):
        submission.mark_sent(appeal, cast.sam, FAXED, today=TODAY)
    letter = submission.mark_sent(appeal, cast.sam, replace(FAXED, past_deadline_confirmed=True), today=TODAY)
    assert letter.deadline == earlier
    WorkItem.objects.filter(pk=appeal.item_id).update(deadline=TODAY)
    assert last_day_of(letter) == earlier


def test_a_draft_follows_the_last_day_that_a_payment_moved(cast: Cast) -> None:
    appeal = drafting.draft(item_at(cast.here), cast.sam, today=TODAY)
    WorkItem.objects.update(deadline=TODAY)
    pipeline.settle(remit(appeal.item.claim, paid=0).remittance)
    drafted = Appeal.objects.get()
    assert (drafted.deadline, drafted.version) == (TODAY, appeal.version)


def test_a_draft_follows_the_last_day_that_a_limit_moved(cast: Cast) -> None:
    appeal = drafting.draft(item_at(cast.here), cast.sam, today=TODAY)
    asked = rereading.ask(because="There is no limit any more.", payers=[appeal.item.payer_id])
    pipeline.reread(asked.pk, lambda *_: None)
    assert WorkItem.objects.get().deadline is None
    assert Appeal.objects.get().deadline is None
