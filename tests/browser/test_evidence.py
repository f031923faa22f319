"""A document is dropped onto an item's evidence, verified there, and found again in the archive."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import SignIn
from tests.cast import Cast
from tests.pdfs import pdf
from tests.worklists.pages import item_at
from worklists import work
from worklists.behavioral import answering
from worklists.domain.behavioral import Given, Question
from worklists.evidence.checklist import checklist_of
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db(transaction=True)

DROP = """(zone, text) => {
    const file = new File([Uint8Array.fromBase64(text)], "approval.pdf", { type: "application/pdf" });
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(file);
    for (const type of ["dragover", "drop"]) {
        zone.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
    }
}"""
"""What a browser does when somebody lets go of a file over an element."""


@pytest.fixture
def item(staff: Cast) -> WorkItem:
    far = timezone.localdate() + timedelta(days=60)
    made = item_at(staff.here, last="Prooftest", deadline=far, last_safe_on=far, claim__number="RC-9001")
    work.take([made.pk], staff.sam)
    return made


def test_a_dropped_document_is_kept_verified_and_found(sign_in: SignIn, staff: Cast, item: WorkItem) -> None:
    first = checklist_of(item).to_gather[0].label
    sam = sign_in("sam")
    sam.go(f"/items/{item.pk}/")
    sam.page.get_by_role("link", name="Gather").click()
    card = sam.page.get_by_role("region", name="Bring a document")
    expect(card).to_be_visible()
    sam.look_over()
    card.evaluate(DROP, base64.b64encode(pdf()).decode())
    card.get_by_label("What it is").select_option(label="Authorization")
    card.get_by_label(first, exact=True).check()
    card.get_by_role("button", name="Keep it").click()
    expect(sam.page.get_by_role("link", name="approval.pdf").first).to_be_visible()
    sam.press("Verified")
    expect(sam.page.get_by_text("verified by Sam Fictional")).to_be_visible()
    sam.look_over()
    sam.page.get_by_role("link", name="Ask for records").click()
    sam.page.get_by_role("checkbox").first.check()
    sam.press("Ask for records")
    expect(sam.page.get_by_role("region", name="Asked for")).to_contain_text("Health information (HIM)")
    for address in ("/record-requests/?part=open", "/imaging/"):
        sam.go(address)
        sam.look_over(on_a_phone=False)
    sam.go("/archive/")
    box = sam.page.get_by_label("Claim, account or payer claim number")
    box.fill("RC-9001")
    box.press("Enter")
    expect(sam.page.get_by_role("link", name="approval.pdf")).to_be_visible()
    with sam.page.expect_download() as download:
        sam.page.get_by_role("link", name="approval.pdf").click()
    assert download.value.suggested_filename.startswith("evidence-")
    assert not any("RC-9001" in address for address in sam.addresses)
    assert sam.trouble == []


def test_a_step_of_an_imaging_study_is_noted_where_its_way_stands(sign_in: SignIn, staff: Cast, item: WorkItem) -> None:
    type(staff.here).objects.filter(pk=staff.here.pk).update(service_line="radiology")
    sam = sign_in("sam")
    sam.go(f"/items/{item.pk}/")
    sam.page.get_by_role("link", name="Gather").click()
    way = sam.page.get_by_role("region", name="Imaging status")
    way.locator("summary").click()
    sam.look_over()
    way.get_by_role("radio", name="Failed").check()
    way.get_by_role("button", name="Note it").click()
    expect(way.get_by_label("What went wrong")).to_be_focused()
    expect(way.get_by_text("Say what went wrong.")).to_be_in_viewport()
    sam.look_over()
    way.get_by_label("What went wrong").fill("PACS was down")
    way.get_by_role("button", name="Note it").click()
    expect(sam.page.get_by_text("Noted: Image link confirmed, failed.")).to_be_visible()
    expect(way.locator("li", has_text="Image link confirmed")).to_contain_text("PACS was down")
    assert [each for each in sam.trouble if "422" not in each] == []


def test_an_answer_that_came_too_late_is_shown_where_it_was_typed_and_the_keys_go_on_there(
    sign_in: SignIn, staff: Cast, item: WorkItem
) -> None:
    type(staff.here).objects.filter(pk=staff.here.pk).update(service_line="behavioral_health")
    sam = sign_in("sam")
    sam.go(f"/items/{item.pk}/")
    sam.page.get_by_role("link", name="Gather").click()
    question = sam.page.get_by_role("region", name="Behavioral health checklist").get_by_role("listitem").first
    question.locator("summary").click()
    question.get_by_label("No", exact=True).check()
    question.get_by_label("Pages of the record").fill("p. 9")
    answering.answer(item.pk, staff.mara, Question.TIME, Given(answer="yes", minutes=45, where="p. 12"))
    question.get_by_role("button", name="Keep the answer").click()
    expect(question.get_by_text("Mara Fictional answered this after you opened it: yes (p. 12).")).to_be_in_viewport()
    expect(question.get_by_label("Pages of the record")).to_have_value("p. 9")
    expect(question.get_by_label("No", exact=True)).to_be_focused()
    sam.page.keyboard.press("Control+Enter")
    expect(question.get_by_text("The record shows that it is not so. P. 9.")).to_be_in_viewport()
    expect(question.locator("summary")).to_be_focused()
    assert [each for each in sam.trouble if "409" not in each] == []
