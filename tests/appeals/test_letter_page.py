import uuid
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import AccessEvent, User
from appeals import documents, drafting
from appeals.models import Appeal, LetterTemplate
from denials import payer_merging, payer_unmerging, playbooks
from denials.models import Playbook
from tests.appeals.letters import TODAY, as_written, item_at, ready, sent, signing
from tests.cast import Cast
from tests.factories import PayerFactory
from tests.worklists.pages import signed_in
from worklists import work
from worklists.models import Resolution, WorkItem

NOON = "2026-11-20T17:00:00Z"


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    signing(cast.sam)
    return item_at(cast.here)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(appeal: Appeal, **changes: Any) -> dict[str, Any]:
    return {
        "subject": appeal.subject,
        "body": appeal.body,
        "enclosures": "\n".join(appeal.enclosures),
        "signer": appeal.signer_id,
        "letter_date": appeal.letter_date.isoformat(),
        "version": appeal.version,
        **changes,
    }


def test_drafting_from_an_item_opens_the_letter_and_twice_opens_the_same(cast: Cast, item: WorkItem) -> None:
    client = client_of(cast.sam)
    form = {"form_key": str(uuid.uuid4())}

    first = client.post(f"/items/{item.pk}/appeal/", form)
    second = client.post(f"/items/{item.pk}/appeal/", form)

    appeal = Appeal.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == f"/appeals/{appeal.pk}/"


def test_the_page_of_an_item_offers_a_letter_then_opens_it(cast: Cast, item: WorkItem) -> None:
    client = client_of(cast.sam)
    assert "Draft an appeal" in client.get(f"/items/{item.pk}/").content.decode()

    appeal = drafting.draft(item, cast.sam, today=TODAY)

    page = client.get(f"/items/{item.pk}/").content.decode()
    assert f"/appeals/{appeal.pk}/" in page
    assert "Draft an appeal" not in page


def test_the_page_of_an_item_without_a_right_of_appeal_says_what_to_do(cast: Cast) -> None:
    item = item_at(cast.here, appeal_allowed=False, resolution="resubmission")

    page = client_of(cast.sam).get(f"/items/{item.pk}/").content.decode()

    assert "Send the claim again as a new claim" in page
    assert "Draft an appeal" not in page


def test_open_places_are_fields_and_what_is_typed_fills_the_letter(cast: Cast, item: WorkItem) -> None:
    appeal = drafting.draft(item, cast.sam, today=TODAY)
    client = client_of(cast.sam)
    page = client.get(f"/appeals/{appeal.pk}/").content.decode()
    assert 'href="#LetterForm-fill-approval_number"' in page
    assert 'id="LetterForm-fill-approval_number"' in page

    filled = {"fill-approval_number": "A-77", "fill-approval_date": "May 1"}
    answer = client.post(f"/appeals/{appeal.pk}/edit/", typed(appeal, **filled))

    assert answer.headers["Location"] == f"/appeals/{appeal.pk}/"
    appeal.refresh_from_db()
    assert "Your approval A-77 of May 1 covers it" in appeal.body
    assert documents.final(appeal).open_places == ()


def test_a_conflict_keeps_what_was_typed_and_shows_what_is_saved(cast: Cast, item: WorkItem) -> None:
    appeal = drafting.draft(item, cast.sam, today=TODAY)
    drafting.edit(appeal, cast.mara, drafting.Letter("S", "Mara's words", [], cast.sam, TODAY))

    answer = client_of(cast.sam).post(f"/appeals/{appeal.pk}/edit/", typed(appeal, body="Sam's words"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Sam&#x27;s words" in page
    assert "Mara&#x27;s words" in page
    assert 'name="version" value="2"' in page


def test_sending_with_open_places_answers_with_their_names(cast: Cast, item: WorkItem) -> None:
    appeal = drafting.draft(item, cast.sam, today=TODAY)

    answer = client_of(cast.sam).post(
        f"/appeals/{appeal.pk}/send/", {"channel": "fax", "sent_on": "2026-11-20", "proof": "F", "version": 1}
    )

    assert answer.status_code == 422
    assert "Number of the authorization, Date of the authorization" in answer.content.decode()


def test_the_proof_is_called_optional_nowhere_on_the_form_of_sending(cast: Cast, item: WorkItem) -> None:
    page = client_of(cast.sam).get(f"/appeals/{ready(item, cast.sam).pk}/send/").content.decode()
    proof = page.split('for="SendForm-proof"')[1].split("</div>")[0]
    assert "needed unless sent by plain mail" in proof
    assert "optional" not in proof.replace('class="optional"', "")


def test_what_can_be_done_no_more_is_not_offered_again_and_what_was_typed_can_be_copied(
    cast: Cast, item: WorkItem
) -> None:
    appeal = ready(item, cast.sam)
    form = {"channel": "fax", "sent_on": "2026-11-20", "proof": "F-1", "version": appeal.version}
    assert client_of(cast.sam).post(f"/appeals/{appeal.pk}/send/", form).status_code == 302

    late = client_of(cast.mara).post(f"/appeals/{appeal.pk}/send/", form | {"proof": "F-2"})

    page = late.content.decode()
    assert late.status_code == 409
    assert "This letter is sent already, so nothing was changed." in page
    assert ("F-2" in page, "F-1" in page) == (True, True)
    assert "<dt>Sent by</dt><dd>Fax</dd>" in page
    assert "<dd>20 Nov 2026</dd>" in page
    assert "Reload the page" not in page
    assert f'action="/appeals/{appeal.pk}/send/"' not in page


def test_sent_twice_by_the_same_form_it_is_sent_once(cast: Cast, item: WorkItem) -> None:
    appeal = ready(item, cast.sam)
    client = client_of(cast.sam)
    key = str(uuid.uuid4())

    for _ in range(2):
        scan = SimpleUploadedFile("patient name.png", b"\x89PNG\r\n\x1a\nscan")
        form = {"channel": "fax", "sent_on": "2026-11-20", "proof": "F-1", "proof_file": scan}
        answer = client.post(f"/appeals/{appeal.pk}/send/", {**form, "version": appeal.version, "form_key": key})
        assert answer.status_code == 302

    item.refresh_from_db()
    assert (item.status, item.activities.filter(kind="send").count()) == (WorkItem.Status.WAITING, 1)
    page = client.get(f"/appeals/{appeal.pk}/").content.decode()
    assert "Waiting for an answer" in page
    assert "F-1" in page
    assert "<textarea" not in page.split("<dialog")[0]


def test_the_answer_closes_the_item_with_the_money(cast: Cast, item: WorkItem) -> None:
    appeal = sent(item, cast.sam)

    answer = client_of(cast.sam).post(
        f"/appeals/{appeal.pk}/answer/",
        {
            "outcome": "overturned", "decided_on": "2026-11-20", "recovered_amount": "900", "version": appeal.version,
            "note": "Ms. Rivera, ref 99",
        },
    )  # fmt: skip

    assert answer.status_code == 302
    item.refresh_from_db()
    assert (item.status, item.recovered_amount) == ("resolved", 900)
    assert "<p>Ms. Rivera, ref 99</p>" in client_of(cast.sam).get(f"/appeals/{appeal.pk}/").content.decode()


@pytest.mark.parametrize("action", ["send", "answer", "ask-again", "template", "withdraw"])
def test_each_action_has_a_page_of_its_own(cast: Cast, item: WorkItem, action: str) -> None:
    appeal = ready(item, cast.sam)

    assert client_of(cast.sam).get(f"/appeals/{appeal.pk}/{action}/").status_code == 200
    assert client_of(cast.sam).get(f"/appeals/{appeal.pk}/{action}x/").status_code == 404


def test_the_rest_of_the_actions_do_what_they_say(cast: Cast, item: WorkItem) -> None:
    client = client_of(cast.sam)
    draft = ready(item, cast.sam)
    general = LetterTemplate.objects.get(key="general")
    client.post(f"/appeals/{draft.pk}/template/", {"template": general.pk, "version": draft.version})
    draft.refresh_from_db()
    assert draft.template == general

    client.post(f"/appeals/{draft.pk}/withdraw/", {"because": "Not needed", "version": draft.version})
    draft.refresh_from_db()
    assert draft.status == Appeal.Status.WITHDRAWN

    appeal = sent(item, cast.sam)
    work.resolve([item.pk], cast.sam, resolution=Resolution.ADJUSTED).or_refuse()
    address, late = f"/appeals/{appeal.pk}/withdraw/", {"because": "Paid before", "version": appeal.version}
    assert "The item is closed and stays so." in client.post(address, late, follow=True).content.decode()
    work.reopen([item.pk], cast.sam, reason="Looked at again").or_refuse()

    appeal = sent(item, cast.sam)
    said = {"said": "In review", "on": "2026-12-24", "version": appeal.version}
    client.post(f"/appeals/{appeal.pk}/ask-again/", said)
    appeal.refresh_from_db()
    assert appeal.follow_up_on == date(2026, 12, 24)
    asked = client.get(f"/appeals/{appeal.pk}/ask-again/").content.decode()
    assert 'min="2026-11-21" max="2028-11-20" data-closed="2026-11-26 2026-12-25' in asked
    told = client.post(
        f"/appeals/{appeal.pk}/ask-again/", said | {"on": "2026-12-25", "version": appeal.version}, follow=True
    )
    assert (
        "The new day to ask stands in the list. Friday 25 December 2026 is no business day: it comes back on Monday 28"
        in told.content.decode()
    )


PAGES = ("", "edit/", "send/", "letter.pdf", "letter.docx", "proof")


def test_another_facilitys_letter_does_not_exist(cast: Cast, item: WorkItem) -> None:
    appeal = ready(item, cast.sam)
    client = client_of(cast.otto)

    for page in PAGES:
        method = client.post if page == "edit/" else client.get
        assert method(f"/appeals/{appeal.pk}/{page}").status_code == 404
    assert client.post(f"/items/{item.pk}/appeal/").status_code == 404


def test_readers_read_the_letter_and_change_nothing(cast: Cast, item: WorkItem) -> None:
    appeal = ready(item, cast.sam)
    client = client_of(cast.remy)

    page = client.get(f"/appeals/{appeal.pk}/")
    assert page.status_code == 200
    assert b'name="body"' not in page.content
    assert client.post(f"/items/{item.pk}/appeal/").status_code == 403
    for action in ("edit", "send", "answer", "withdraw", "template", "ask-again"):
        assert client.post(f"/appeals/{appeal.pk}/{action}/").status_code == 403


def test_downloads_are_attachments_without_patient_data_in_their_names(cast: Cast, item: WorkItem) -> None:
    appeal = sent(item, cast.sam)
    client = client_of(cast.sam)

    pdf = client.get(f"/appeals/{appeal.pk}/letter.pdf")
    word = client.get(f"/appeals/{appeal.pk}/letter.docx")

    assert pdf.headers["Content-Disposition"] == f'attachment; filename="appeal-{appeal.pk}.pdf"'
    assert word.headers["Content-Disposition"] == f'attachment; filename="appeal-{appeal.pk}.docx"'
    assert "no-store" in pdf.headers["Cache-Control"]
    assert pdf.content.startswith(b"%PDF-")
    assert client.get(f"/appeals/{appeal.pk}/proof").status_code == 404
    assert AccessEvent.objects.filter(user=cast.sam, what="appeal_pdf", row=appeal.pk).count() == 1


def test_a_kept_letter_that_was_tampered_with_is_not_handed_out(cast: Cast, item: WorkItem) -> None:
    appeal = sent(item, cast.sam)
    with appeal.letter_pdf.open("wb") as kept:
        kept.write(b"%PDF-1.7 other")

    assert client_of(cast.sam).get(f"/appeals/{appeal.pk}/letter.pdf").status_code == 422


def test_titles_and_addresses_hold_no_patient_data(cast: Cast, item: WorkItem) -> None:
    appeal = drafting.draft(item, cast.sam, today=TODAY)

    page = client_of(cast.sam).get(f"/appeals/{appeal.pk}/").content.decode()

    assert f"<title>Appeal {appeal.pk} " in page


def test_the_answer_to_a_sent_letter_is_recorded_with_the_letter(cast: Cast, item: WorkItem) -> None:
    client = client_of(cast.sam)
    appeal = sent(item, cast.sam)
    page = client.get(f"/items/{item.pk}/").content.decode()
    assert f'href="/appeals/{appeal.pk}/answer/" data-key="r"' in page
    assert f'href="/items/{item.pk}/return/"' not in page


def test_a_read_only_person_is_told_nothing_about_handing_over(cast: Cast, item: WorkItem) -> None:
    item.assignee = cast.sue
    item.save()
    page = client_of(cast.remy).get(f"/items/{item.pk}/").content.decode()
    assert "hand it over" not in page
    assert "Nothing was sent yet." in page


def test_the_points_of_the_playbook_stand_beside_a_draft_and_never_in_it(cast: Cast, item: WorkItem) -> None:
    playbooks.load()
    letter = drafting.draft(item, cast.sam, today=TODAY)
    page = client_of(cast.sam).get(f"/appeals/{letter.pk}/").content.decode()
    assert "What it should say" in page
    assert "Give the approval number, date and what it covers" in page
    assert "Give the approval number, date and what it covers" not in letter.body


def test_without_a_playbook_nothing_is_advised(cast: Cast, item: WorkItem) -> None:
    letter = drafting.draft(item, cast.sam, today=TODAY)
    assert "What it should say" not in client_of(cast.sam).get(f"/appeals/{letter.pk}/").content.decode()


def test_what_nobody_knows_yet_is_said_in_words_and_keeps_a_letter_from_being_sent(cast: Cast, item: WorkItem) -> None:
    playbooks.load()
    Playbook.objects.update(
        letter=["Cover was active by response {{eligibility_trace}}, {{group_code}} {{carc_code}}."]
    )
    letter, client = ready(item, cast.sam), client_of(cast.sam)
    advised = "[missing: trace number of the eligibility response]"
    page = client.get(f"/appeals/{letter.pk}/").content.decode()
    assert f"Cover was active by response <mark>{advised}</mark>, CO 197." in page
    assert "eligibility_trace" not in page

    letter = drafting.edit(letter, cast.sam, as_written(letter, body=f"{letter.body} {advised}"))
    form = {"channel": "fax", "sent_on": TODAY.isoformat(), "proof": "F", "version": letter.version}
    answer = client.post(f"/appeals/{letter.pk}/send/", form)
    assert answer.status_code == 422
    assert "Still open: Trace number of the eligibility response." in answer.content.decode()
    assert "Trace number of the eligibility response</label>" in client.get(f"/appeals/{letter.pk}/").content.decode()


def test_a_missing_proof_is_said_at_its_field(cast: Cast, item: WorkItem) -> None:
    letter = ready(item, cast.sam)
    form = {"channel": "fax", "sent_on": TODAY.isoformat(), "proof": " ", "version": letter.version}
    answer = client_of(cast.sam).post(f"/appeals/{letter.pk}/send/", form)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode().split('name="proof"')[1].split(">")[0]
    form["channel"] = "mail"
    assert client_of(cast.sam).post(f"/appeals/{letter.pk}/send/", form).status_code == 302


def test_a_draft_to_a_payer_that_was_merged_says_so_until_it_is_begun_again(cast: Cast) -> None:
    item = item_at(cast.here)
    letter, gone, stays = drafting.draft(item, cast.sam, today=TODAY), item.payer, PayerFactory.create(name="Stays Inc")
    address, said = f"/appeals/{letter.pk}/", f"This letter names {gone.name}, which was found to be Stays Inc."
    assert said not in signed_in(cast.sam).get(address).content.decode()
    payer_merging.merge(gone, stays, cast.ada)
    assert said in signed_in(cast.sam).get(address).content.decode()
    drafting.change_template(Appeal.objects.get(), cast.sam, drafting.ranked(item)[0])
    assert said not in signed_in(cast.sam).get(address).content.decode()


def test_a_draft_from_while_two_payers_were_one_says_that_it_names_the_other(cast: Cast) -> None:
    item = item_at(cast.here)
    merge = payer_merging.merge(item.payer, PayerFactory.create(name="Stays Inc"), cast.ada)
    letter = drafting.draft(WorkItem.objects.get(), cast.sam, today=TODAY)
    address = f"/appeals/{letter.pk}/"
    assert "names another payer" not in signed_in(cast.sam).get(address).content.decode()
    payer_unmerging.unmerge(merge, cast.ada)
    page = signed_in(cast.sam).get(address).content.decode()
    assert f"This letter names Stays Inc, which was merged with {item.payer} for a while" in page
    drafting.change_template(Appeal.objects.get(), cast.sam, drafting.ranked(WorkItem.objects.get())[0])
    assert "names another payer" not in signed_in(cast.sam).get(address).content.decode()
