"""The pages of evidence: the list on an item, what is brought in, the archive, and the requests for records."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf.constants import UserAccessPermissions

from accounts.models import AccessEvent
from tests.cast import Cast
from tests.pdfs import locked
from tests.worklists.evidence import PDF, PNG, kept, needing, slugs, states, upload
from tests.worklists.pages import shown_items, signed_in
from worklists.evidence import documents, gathering, requesting
from worklists.evidence.requesting import Asking
from worklists.models import EvidenceDocument, RecordRequest, WorkItem
from worklists.wording import day

pytestmark = pytest.mark.django_db

ORDER, NUMBER = "order and notes", "authorization or reference number"


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    return needing(cast.here, claim__number="RC-41")


def panel(item: WorkItem, user: Any) -> str:
    return str(signed_in(user).get(reverse("item_panel", args=[item.pk, "evidence"])).content.decode())


def send(item: WorkItem, user: Any, page: str, step: str = "", /, **said: Any) -> Any:
    args = [item.pk, step] if step else [item.pk]
    return signed_in(user).post(reverse(page, args=args), said)


def brought(item: WorkItem, user: Any, *names: str, content: bytes = PDF, name: str = "scan.pdf", **said: Any) -> Any:
    said = {"kind": "order", "piece": slugs(item, *names), "file": upload(content, name), **said}
    return send(item, user, "item_upload", **said)


def asked(item: WorkItem, user: Any, *names: str, days: int = 3) -> RecordRequest:
    today = timezone.localdate()
    return requesting.ask(
        item.pk, user, slugs(item, *names), Asking("him", today + timedelta(days=days), text="All pages."), today=today
    )


def test_a_form_that_comes_back_says_which_file_to_choose_again(cast: Cast, item: WorkItem) -> None:
    page = brought(item, cast.sam, name="order.pdf", piece=[]).content.decode()
    assert "Tick at least one piece." in page
    assert "Choose order.pdf again" in page
    assert "Choose scan.pdf again" not in brought(item, cast.sam, content=b"", piece=[]).content.decode()


def test_a_document_that_asks_for_a_password_is_refused_in_the_form(cast: Cast, item: WorkItem) -> None:
    answer = brought(item, cast.sam, ORDER, content=locked("secret"))
    assert answer.status_code == 422
    assert "the document is locked with a password" in answer.content.decode()
    assert not EvidenceDocument.objects.exists()


def test_a_document_that_may_not_be_printed_is_kept_with_a_warning(cast: Cast, item: WorkItem) -> None:
    sam = signed_in(cast.sam)
    said = {"kind": "order", "piece": slugs(item, ORDER)}
    upload_to = reverse("item_upload", args=[item.pk])
    free = sam.post(upload_to, {**said, "file": upload(locked(""))}, follow=True).content.decode()
    restricted = locked("", may=UserAccessPermissions.EXTRACT)
    warned = sam.post(upload_to, {**said, "file": upload(restricted)}, follow=True).content.decode()
    assert "lets nobody print it" not in free
    assert "lets nobody print it" in warned
    assert EvidenceDocument.objects.count() == 2


def test_the_item_shows_where_each_piece_stands_for_one_query(
    cast: Cast, item: WorkItem, django_assert_max_num_queries: Any
) -> None:
    kept(item, cast.sam, ORDER)
    gathering.take_step(item.pk, cast.sam, "verify", slugs(item, ORDER))
    shown = signed_in(cast.sam).get(reverse("item", args=[item.pk])).content.decode()
    card = shown[shown.index('id="evidence"') :]
    assert "2 of 3 verified" in card[:400]
    assert "on record" in card


def test_a_document_is_brought_in_verified_and_opened_by_the_pages_alone(cast: Cast, item: WorkItem) -> None:
    answer = brought(item, cast.sam, ORDER, document_on="2026-10-05")
    assert (answer.status_code, answer.url) == (302, reverse("item_panel", args=[item.pk, "evidence"]))
    document = EvidenceDocument.objects.get()
    assert (document.kind, document.pages, str(document.document_on)) == ("order", 3, "2026-10-05")
    shown = panel(item, cast.sam)
    assert "scan.pdf" in shown
    assert "3 pages" in shown
    assert send(item, cast.sam, "item_verify", piece=slugs(item, ORDER)).status_code == 302
    assert states(item)[ORDER] == "verified"


def test_a_panel_within_the_item_leaves_the_address_of_the_page_as_it_is(cast: Cast, item: WorkItem) -> None:
    address = reverse("item_panel", args=[item.pk, "evidence"])
    assert signed_in(cast.sam).get(address, headers={"HX-Request": "true"}).headers["HX-Push-Url"] == "false"
    assert "HX-Push-Url" not in signed_in(cast.sam).get(address).headers


def test_within_the_item_a_refused_document_comes_back_in_the_panel(cast: Cast, item: WorkItem) -> None:
    said = {"kind": "order", "piece": slugs(item, ORDER), "file": upload(PNG, "scan.pdf")}
    address = reverse("item_upload", args=[item.pk])
    answer = signed_in(cast.sam).post(address, said, headers={"HX-Request": "true"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "the file is a PNG picture" in shown
    assert "<html" not in shown
    assert not EvidenceDocument.objects.exists()


@pytest.mark.parametrize(
    "said", [{"kind": "poem"}, {"piece": ["nonsense"]}, {"pages": "0"}, {"document_on": "2099-01-01"}]
)
def test_a_form_with_something_wrong_keeps_nothing(cast: Cast, item: WorkItem, said: dict[str, Any]) -> None:
    assert brought(item, cast.sam, ORDER, **said).status_code == 422
    assert not EvidenceDocument.objects.exists()


def test_steps_that_need_words_are_pages_with_the_piece_ticked(cast: Cast, item: WorkItem) -> None:
    (order,) = slugs(item, ORDER)
    page = signed_in(cast.sam).get(reverse("item_evidence_step", args=[item.pk, "give_up"]), {"piece": order})
    assert f'value="{order}.0" id="id_piece_0" checked' in page.content.decode().replace("\n", " ")
    assert send(item, cast.sam, "item_evidence_step", "give_up", piece=order).status_code == 422
    assert send(item, cast.sam, "item_evidence_step", "give_up", piece=order, because="Lost.").status_code == 302
    assert send(item, cast.sam, "item_evidence_step", "elsewhere", piece=order, held_at="Portal 7").status_code == 302
    assert states(item)[ORDER] == "received"
    assert "Portal 7" in panel(item, cast.sam)
    assert send(item, cast.sam, "item_evidence_step", "receive", piece=order).status_code == 404


def test_a_person_adds_a_piece_and_uses_a_kept_document_for_it(cast: Cast, item: WorkItem) -> None:
    document = kept(item, cast.sam, ORDER).document
    send(item, cast.sam, "item_piece_add", name="Invoice of the implant")
    answer = send(item, cast.sam, "item_use", document=document.pk, piece=slugs(item, "Invoice of the implant"))
    assert answer.status_code == 302
    assert states(item)["Invoice of the implant"] == "received"
    assert "is on the list already" in send(item, cast.sam, "item_piece_add", name="invoice: implant").content.decode()


def test_a_document_is_an_attachment_that_no_page_runs_and_every_look_is_noted(cast: Cast, item: WorkItem) -> None:
    document = kept(item, cast.sam, ORDER).document
    address = reverse("evidence_file", args=[document.pk])
    answer = signed_in(cast.remy).get(address)
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="evidence-{document.pk}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in [each.strip() for each in answer["Content-Security-Policy"].split(";")]
    assert answer["Cache-Control"] == "no-store"
    assert AccessEvent.objects.filter(user=cast.remy, what="evidence_file", row=document.pk).exists()
    assert signed_in(cast.otto).get(address).status_code == 404
    documents.withdraw(document, cast.sam, because="Another patient's.")
    assert signed_in(cast.sam).get(address).status_code == 404
    assert signed_in(cast.mara).get(address).status_code == 200


def test_a_wrong_document_is_withdrawn_with_the_reason(cast: Cast, item: WorkItem) -> None:
    document = kept(item, cast.sam, ORDER).document
    address = reverse("evidence_withdraw", args=[document.pk])
    assert signed_in(cast.sam).post(address, {}).status_code == 422
    assert signed_in(cast.sam).post(address, {"because": "Another patient's."}).status_code == 302
    assert states(item)[ORDER] == "needed"
    assert signed_in(cast.sam).post(address, {"because": "Again."}).status_code == 409


def test_the_archive_keeps_claim_numbers_out_of_the_address(cast: Cast, item: WorkItem) -> None:
    kept(item, cast.sam, ORDER)
    kept(needing(cast.there, claim__number="RC-42"), cast.otto, ORDER, content=PNG)
    sam = signed_in(cast.sam)
    answer: Any = sam.post(reverse("evidence_search"), {"q": "RC-41"})
    assert "RC-41" not in answer.url
    found = sam.get(answer.url).content.decode()
    assert "scan.pdf" in found
    assert "RC-42" not in sam.get(reverse("evidence_archive")).content.decode()
    assert "No document fits" in sam.get(reverse("evidence_archive"), {"kind": "contract"}).content.decode()
    assert sam.get(reverse("evidence_archive"), {"kind": "poem"}).status_code == 200


def test_requests_age_in_their_list_and_reminders_are_noted(cast: Cast, item: WorkItem) -> None:
    row = asked(item, cast.sam, ORDER)
    RecordRequest.objects.filter(pk=row.pk).update(due_on=timezone.localdate() - timedelta(days=7))
    shown = signed_in(cast.sam).get(reverse("record_requests")).content.decode()
    assert "5 days over" in shown
    assert "RC-41" in shown
    address = reverse("record_request_act", args=[row.pk, "remind"])
    form = signed_in(cast.sam).get(address).content.decode()
    assert "Nothing is sent from here" in form
    assert f"{item.claim.patient_last}, {item.claim.patient_first}" in form
    assert signed_in(cast.sam).post(address, {"how": ""}).status_code == 422
    assert signed_in(cast.sam).post(address, {"how": "Called; they look for it."}).status_code == 302
    assert "reminded 1 time" in panel(item, cast.sam)
    promised = timezone.localdate() + timedelta(days=3)
    answer = signed_in(cast.sam).post(address, {"how": "Called again.", "due_on": promised.isoformat()}, follow=True)
    assert f"The reminder is noted. It is due on {day(promised)}." in answer.content.decode()
    assert "That is after" not in answer.content.decode()
    last = timezone.localdate() + timedelta(days=5)
    WorkItem.objects.filter(pk=item.pk).update(deadline=last, last_safe_on=last)
    late = {"how": "Not before then.", "due_on": (last + timedelta(days=1)).isoformat(), "seen": 2}
    answer = signed_in(cast.sam).post(address, late, follow=True)
    assert f"That is after {day(last)}, the last safe day of item {item.pk}." in answer.content.decode()
    assert signed_in(cast.otto).get(address).status_code == 404
    withdraw = reverse("record_request_act", args=[row.pk, "withdraw"])
    assert signed_in(cast.sam).post(withdraw, {"because": "Found it."}).status_code == 302
    ended = signed_in(cast.sam).get(reverse("record_requests"), {"part": "ended"}).content.decode()
    assert "Ended without" in ended


def test_readers_see_the_list_and_no_form(cast: Cast, item: WorkItem) -> None:
    shown = panel(item, cast.remy)
    assert ORDER.capitalize() in shown
    assert reverse("item_upload", args=[item.pk]) not in shown
    assert send(item, cast.remy, "item_verify", piece=slugs(item, ORDER)).status_code == 403


@pytest.mark.parametrize(("asked", "found"), [("to_verify", [0]), ("nothing", [1]), ("complete", [])])
def test_a_list_is_narrowed_to_how_far_the_evidence_is(
    cast: Cast, item: WorkItem, asked: str, found: list[int]
) -> None:
    untouched = needing(cast.here)
    kept(item, cast.sam, ORDER)
    shown = shown_items(signed_in(cast.sam).get(reverse("all_items"), {"evidence": asked}))
    assert shown == [(item.pk, untouched.pk)[place] for place in found]


def test_what_is_done_in_the_panel_is_said_beside_it_too(cast: Cast, item: WorkItem) -> None:
    """On the item's own page alone; elsewhere there is nothing to bring up to date."""
    address, card = reverse("item_panel", args=[item.pk, "evidence"]), 'id="evidence" hx-swap-oob="true"'
    kept(item, cast.sam, ORDER)
    gathering.take_step(item.pk, cast.sam, "verify", slugs(item, ORDER))
    for shown_on, is_told in ((reverse("item", args=[item.pk]), True), (address, False)):
        headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{shown_on}?in=3"}
        panel = signed_in(cast.sam).get(address, headers=headers).content.decode()
        assert (card in panel) is is_told
        assert ("2 of 3 verified" in panel.split(card)[-1][:200]) is is_told


def test_what_stands_below_a_piece_says_where_it_came_from_and_what_was_done_last(cast: Cast, item: WorkItem) -> None:
    send(item, cast.sam, "item_piece_add", name="Invoice of the implant")
    shown = " ".join(panel(item, cast.sam).split())
    assert "Added here · Sam Fictional, today" in shown
    send(item, cast.sam, "item_evidence_step", "elsewhere", piece=slugs(item, ORDER), held_at="Shelf 4")
    shown = panel(item, cast.sam)
    assert "Asked for by the code · received by Sam Fictional, today" in shown
    assert "· Shelf 4" in shown
    send(item, cast.sam, "item_evidence_step", "reject", piece=slugs(item, ORDER), because="Another day")
    shown = panel(item, cast.sam)
    assert "· needed again, Sam Fictional, today" in shown
    assert "· Another day" in shown
    assert "Shelf 4" not in shown, "what lies there is not what is needed"
