"""A day in one session: a note through a lost connection, twelve items by keys, a call, thirty by a sweep with undo."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from denials import payer_contacts
from denials.models import Denial
from tests.browser.conftest import SignIn
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.factories import PayerFactory, QueueFactory
from tests.worklists.pages import item_at
from worklists.models import Activity, Contact, NoteDraft, WorkItem

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FAULT = {"fault_codes": "CO-197 N54", "fault_procedures": "71260-26", "fault_provider": "1999999999"}
OF_A_CALL = 2


def test_a_day_goes_by_in_one_session(sign_in: SignIn, staff: Cast) -> None:
    twelve, called, thirty = to_be_worked_by_keys(staff), to_be_called_about(staff), with_the_same_fault(staff)
    sam = sign_in("sam")

    opens_the_first_of_the_list(sam, twelve[0])
    writes_a_note_through_a_lost_connection(sam)
    for done, item in enumerate(twelve):
        resolves_by_keys(sam, item, looks_over=done in (0, 11))
    assert resolved(twelve) == 12

    calls_about(sam, called)
    assert Contact.objects.filter(reference="C-9").count() == OF_A_CALL

    sweeps_from(sam, thirty[0])
    assert resolved(thirty) == 30
    undoes_the_sweep(sam)
    assert resolved(thirty) == 1
    assert (resolved(twelve), resolved(called)) == (12, 0)
    assert sam.trouble == []


def to_be_worked_by_keys(staff: Cast) -> list[WorkItem]:
    """Twelve that are due, and one that is left."""
    queue, today = QueueFactory.create(key="coding", name="Coding"), timezone.localdate()
    queue.teams.set(staff.sam.teams.all())
    days = range(1, 14)
    made = [
        item_at(staff.here, queue=queue, deadline=today + timedelta(days=40 + each), rank_key=each) for each in days
    ]
    return made[:12]


def to_be_called_about(staff: Cast) -> list[WorkItem]:
    payer, far = PayerFactory.create(name="Payer To Call"), timezone.localdate() + timedelta(days=60)
    payer_contacts.keep(payer, "phone", "800-555-0188", note="Press 2, then 4.")
    made = [item_at(staff.here, claim__payer=payer, deadline=far, last_safe_on=far) for _ in range(OF_A_CALL)]
    WorkItem.objects.filter(pk__in=[item.pk for item in made]).update(payer=payer)
    return made


def with_the_same_fault(staff: Cast) -> list[WorkItem]:
    payer, deadline = PayerFactory.create(), timezone.localdate() + timedelta(days=20)
    made = [item_at(staff.here, claim__payer=payer, deadline=deadline) for _ in range(30)]
    Denial.objects.filter(pk__in=[item.denial_id for item in made]).update(**FAULT)
    return made


def resolved(items: list[WorkItem]) -> int:
    return WorkItem.objects.filter(pk__in=[item.pk for item in items], status="resolved").count()


def opens_the_first_of_the_list(sam: Visitor, first: WorkItem) -> None:
    sam.go("/queues/coding/")
    sam.look_over()
    sam.page.keyboard.press("j")
    sam.page.keyboard.press("Enter")
    sam.page.wait_for_url(f"**/items/{first.pk}/*")


def writes_a_note_through_a_lost_connection(sam: Visitor) -> None:
    page = sam.page
    page.keyboard.press("n")
    page.keyboard.type("The approval is on file, ")
    expect(page.get_by_text("Kept at")).to_be_visible()
    page.context.set_offline(True)
    page.keyboard.type("number 5512.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("No connection. What you wrote stays here")).to_be_visible()
    assert not Activity.objects.filter(kind="note").exists()
    sam.trouble.clear()  # the browser says of itself that it had no connection
    page.context.set_offline(False)
    expect(page.locator("#toasts")).to_contain_text("Note added", timeout=20_000)
    assert Activity.objects.get(kind="note").text == "The approval is on file, number 5512."
    assert not NoteDraft.objects.exists()
    sam.look_over()


def resolves_by_keys(sam: Visitor, item: WorkItem, *, looks_over: bool) -> None:
    page, press = sam.page, sam.page.keyboard.press
    page.wait_for_url(f"**/items/{item.pk}/*")
    press("e")
    page.wait_for_selector("dialog#resolve[open]")
    if looks_over:
        sam.look_over()
    press("c")  # chooses "Corrected claim" in the focused list
    for _ in range(8):
        press("Tab")
        if page.evaluate("document.activeElement.type === 'radio'"):
            break
    press("Space")
    press("Control+Enter")
    page.wait_for_url(lambda address: f"/items/{item.pk}/" not in address)


def calls_about(sam: Visitor, items: list[WorkItem]) -> None:
    page, press = sam.page, sam.page.keyboard.press
    press("g")
    press("p")
    expect(page.get_by_role("heading", name="Calls", exact=True)).to_be_visible()
    sam.look_over()
    page.get_by_role("link", name=str(items[0].payer)).first.focus()
    press("Enter")
    expect(page.get_by_text("Press 2, then 4.")).to_be_visible()
    sam.look_over()
    press("c")
    page.get_by_label("Spoke to or").fill("Pat")
    page.wait_for_load_state()
    page.get_by_label("Reference of the call").fill("C-9")
    press("Escape")
    for said in range(OF_A_CALL):
        press("1")
        expect(page.get_by_text(f"{said + 1} of {OF_A_CALL} said")).to_be_visible()
    sam.look_over()
    press("e")
    expect(page.get_by_text("The call is finished: 2 claims have their note.")).to_be_visible()


def sweeps_from(sam: Visitor, first: WorkItem) -> None:
    page, press = sam.page, sam.page.keyboard.press
    sam.go(f"/items/{first.pk}/")
    resolves_by_keys(sam, first, looks_over=False)
    expect(page.locator("#toasts")).to_contain_text("29 more like this")
    press("y")
    expect(page.locator("[data-pick]:checked")).to_have_count(29)
    sam.look_over()
    press("e")
    expect(page.locator("#toasts")).to_contain_text("Resolved: 29 items.")
    sam.look_over()


def undoes_the_sweep(sam: Visitor) -> None:
    sam.page.keyboard.press("z")
    expect(sam.page.get_by_text("Every item is as it was before.")).to_be_visible()
    sam.look_over()
