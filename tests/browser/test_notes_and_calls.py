"""A note through a crash, a lost connection and a second window; and a batch call worked by keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from denials import payer_contacts
from denials.domain.days import add_business_days, next_business_day
from tests.browser.conftest import SignIn
from tests.browser.visitor import DESK
from tests.cast import Cast
from tests.worklists.pages import item_at
from worklists.domain.ticklers import comes_back, moved_words
from worklists.models import Activity, Contact, NoteDraft, PayerCall, WorkItem

pytestmark = pytest.mark.django_db(transaction=True)
STATUS = ".status"


@pytest.fixture
def items(staff: Cast) -> list[WorkItem]:
    """Three claims of one payer that discusses two in a call."""
    far = timezone.localdate() + timedelta(days=60)
    made = [item_at(staff.here, last=name, deadline=far, last_safe_on=far) for name in ("Noted", "Second", "Third")]
    payer = made[0].payer
    payer.claims_per_call = 2
    payer.save()
    payer_contacts.keep(payer, "phone", "800-555-0188", note="Press 2, then 4.")
    WorkItem.objects.update(payer=payer)
    return made


def test_a_note_is_lost_by_nothing(sign_in: SignIn, items: list[WorkItem]) -> None:
    sam = sign_in("sam")
    page, item = sam.page, items[0]
    sam.go(f"/items/{item.pk}/")
    page.keyboard.press("n")
    expect(page.locator("#panels [aria-current=page]")).to_be_visible()  # the first panel has taken its place
    beneath = page.locator("#panels").bounding_box()
    page.keyboard.type("C")
    expect(page.get_by_text("Kept at")).to_be_visible()
    assert page.locator("#panels").bounding_box() == beneath, "The page jumped while somebody wrote."
    page.keyboard.press("Backspace")
    page.keyboard.type(f"{STATUS} ")
    expect(page.get_by_label("Spoke to")).to_be_focused()
    assert (
        f"Called {item.payer} 800-555-0188, spoke to {{rep}}"
        in page.get_by_role("textbox", name="Note", exact=True).input_value()
    )
    page.get_by_label("Spoke to").fill("Pat")
    page.get_by_label("State").fill("in review")
    expect(page.get_by_text("spoke to Pat, ref {ref}. Claim in review.")).to_be_visible()
    expect(page.get_by_text("Kept at")).to_be_visible()
    sam.look_over()

    page.reload()  # as after a crash
    expect(page.get_by_label("Spoke to")).to_have_value("Pat")
    assert NoteDraft.objects.get().body["blank-state"] == "in review"

    sam.trouble.clear()
    page.context.set_offline(True)
    page.get_by_label("Reference").fill("R-77")
    day = add_business_days(timezone.localdate(), 5)
    page.get_by_label("Promised by").fill(day.isoformat())
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_text("No connection. What you wrote stays here")).to_be_visible()
    assert Activity.objects.filter(kind="note").count() == 0
    sam.trouble.clear()  # the browser says of itself that it had no connection
    page.context.set_offline(False)
    expect(page.get_by_text(f"Note added to item {item.pk}")).to_be_visible(timeout=20_000)
    assert Contact.objects.get().reference == "R-77"
    assert NoteDraft.objects.count() == 0
    item.refresh_from_db()
    assert item.postponed_until == day

    page.get_by_role("textbox", name="Note", exact=True).fill("Typed as the session ended")
    expect(page.get_by_text("Kept at")).to_be_visible()
    Session.objects.all().delete()
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_text("You are signed out. What you wrote stays here")).to_be_visible()
    sam.go(f"/items/{item.pk}/")
    sam.sign_in_here("sam")
    expect(page.get_by_role("textbox", name="Note", exact=True)).to_have_value("Typed as the session ended")
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_text(f"Note added to item {item.pk}")).to_be_visible()
    sam.trouble.clear()

    page.get_by_role("textbox", name="Note", exact=True).fill("One")
    expect(page.get_by_text("Kept at")).to_be_visible()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("textbox", name="Note", exact=True).fill("One and two")
    expect(other.get_by_text("Kept at")).to_be_visible()
    page.get_by_role("textbox", name="Note", exact=True).fill("One and three")
    expect(page.get_by_text("This draft was changed in another window too")).to_contain_text("One and two")
    assert {draft.body["text"] for draft in NoteDraft.objects.all()} == {"One and two", "One and three"}
    sam.look_over()
    assert sam.trouble == []


def test_a_batch_call_is_worked_by_keys(sign_in: SignIn, items: list[WorkItem]) -> None:
    sam = sign_in("sam")
    page = sam.page
    sam.go("/calls/")
    sam.look_over()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 left for the next call")).to_be_visible()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 900})  # a sheet of paper within its margins: room to write by hand
    answer = page.get_by_role("cell").nth(2).bounding_box()
    assert answer is not None
    assert answer["width"] > 200
    assert answer["height"] > 80
    page.emulate_media(media="screen")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    expect(page.get_by_text("Press 2, then 4.")).to_be_visible()
    sam.look_over()
    page.keyboard.press("c")
    page.get_by_label("Spoke to or").fill("Pat")
    page.get_by_label("Reference of the call").fill("C-9")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    fills, first, second = (
        page.get_by_text("its day,"),
        page.locator("tr[data-claim]").nth(0),
        page.locator("tr[data-claim]").nth(1),
    )
    expect(second.get_by_role("link")).to_be_focused()
    expect(fills.nth(0)).to_be_visible()
    expect(fills.nth(1)).to_be_hidden()
    page.keyboard.press("n")
    expect(first.get_by_placeholder("Note")).to_be_focused()
    page.keyboard.type("Call back at 3")
    page.keyboard.press("Enter")
    expect(second.get_by_role("link")).to_be_focused()
    expect(page.get_by_role("button", name="On hold")).to_be_visible()
    expect(fills.nth(0)).to_be_visible()
    page.keyboard.press("j")  # the last claim: the keys are at it already, now its day and note are too
    expect(second.get_by_role("link")).to_be_focused()
    expect(fills.nth(0)).to_be_hidden()
    expect(fills.nth(1)).to_be_visible()
    page.keyboard.press("k")
    expect(fills.nth(0)).to_be_visible()
    page.keyboard.press("j")
    expect(fills.nth(1)).to_be_visible()
    page.keyboard.press("n")
    expect(second.get_by_placeholder("Note")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    expect(page.get_by_text("2 of 2 said")).to_be_visible()
    expect(page.get_by_text("Kept at")).to_be_visible()
    sam.look_over()

    page.reload()  # the call goes on where it was
    expect(page.get_by_text("2 of 2 said")).to_be_visible()
    expect(page.get_by_label("Spoke to or")).to_have_value("Pat")
    page.keyboard.press("e")
    expect(page.get_by_text("The call is finished: 2 claims have their note.")).to_be_visible()
    sam.look_over()
    assert Contact.objects.filter(reference="C-9").count() == 2
    assert sorted(WorkItem.objects.values_list("status", flat=True)) == ["new", "postponed", "taken"]

    page.keyboard.press("z")
    expect(page.get_by_text("Undone: 2 items are as before.")).to_be_visible()
    assert set(WorkItem.objects.values_list("status", flat=True)) == {"new"}
    assert PayerCall.objects.get().state == "finished"
    assert sam.trouble == []


def test_a_call_that_is_refused_goes_on_and_two_windows_lose_nothing(sign_in: SignIn, items: list[WorkItem]) -> None:
    sam = sign_in("sam")
    page, late = sam.page, timezone.localdate() + timedelta(days=70)
    sam.go(f"/calls/sheet/?payer={items[0].payer_id}&biller={items[0].facility_id}")
    page.get_by_role("button", name="Begin the call").click()
    first, second = (page.locator("tr[data-claim]").nth(place) for place in (0, 1))
    first.get_by_label("Outcome of claim 1").select_option(label="1 Sent back for reprocessing")
    expect(first.get_by_role("option", name="1 Sent back for reprocessing")).to_be_attached()
    expect(first.get_by_label("Why so late")).to_be_hidden()
    saturday = next(late + timedelta(days=n) for n in range(7) if (late + timedelta(days=n)).weekday() == 5)
    first.get_by_label("Comes back").fill(saturday.isoformat())
    expect(first.get_by_text(moved_words(saturday, next_business_day(saturday)))).to_be_visible()
    sam.look_over()
    first.get_by_label("Comes back").fill(late.isoformat())
    expect(first.get_by_label("Why so late")).to_be_visible()
    expect(first.get_by_text("say why it may wait")).to_be_visible()
    second.get_by_label("Note of claim 2").fill("x" * 2001)
    expect(second.get_by_text("2,001 characters, 1 more than there is room for")).to_be_visible()
    expect(page.get_by_text("but not all of it. Note of claim 2: Shorten it")).to_be_visible()
    page.get_by_role("button", name="Finish the call").click()
    expect(second.get_by_label("Note of claim 2")).to_be_focused()
    expect(page.get_by_text("Nothing was finished yet")).to_be_hidden()  # not sent: nothing to come back
    sam.look_over()
    second.get_by_label("Note of claim 2").fill("")
    expect(second.get_by_text("than there is room for")).to_be_hidden()
    expect(page.get_by_text("Kept at")).not_to_contain_text("not all")

    page.get_by_role("button", name="Finish the call").click()
    expect(page.get_by_text("Nothing was finished yet")).to_be_visible()
    expect(first.get_by_label("Why so late")).to_be_focused()
    sam.look_over()
    page.keyboard.type("They extended it in writing")
    page.get_by_label("Spoke to or").fill("Pat")
    expect(page.get_by_text("Kept at")).to_be_visible()

    other = page.context.new_page()
    other.goto(page.url)  # of a form that was refused: leads to the call
    other.get_by_label("Reference of the call").fill("C-9")
    expect(other.get_by_text("Kept at")).to_be_visible()
    page.get_by_label("Spoke to or").fill("Pat Placeholder")
    expect(page.get_by_text("This call was changed in another window")).to_be_visible()
    page.get_by_role("button", name="Keep what is entered").click()
    expect(page.get_by_text("In the other window: “C-9”")).to_be_visible()
    expect(page.get_by_label("Spoke to or")).to_have_value("Pat Placeholder")
    sam.look_over()
    page.get_by_label("Reference of the call").fill("C-9")
    page.get_by_role("button", name="Finish the call").click()
    expect(page.get_by_text("The call is finished: 1 claim has its note.")).to_be_visible()
    contact = Contact.objects.get()
    assert (contact.spoke_to, contact.reference, contact.promised_on) == ("Pat Placeholder", "C-9", late)
    item = WorkItem.objects.get(status="postponed")
    assert item.postponed_until == comes_back(late, item.last_safe_on, timezone.localdate())
    assert all("status of 4" in each for each in sam.trouble), sam.trouble
