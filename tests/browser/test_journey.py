"""The whole way of one denial through a real browser, server, worker and broker: from upload to the money credited."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from appeals.models import Appeal
from tests.browser.conftest import SignIn
from tests.browser.visitor import Visitor
from tests.faults.real_processes import running
from tests.faults.test_worker import WORKER
from tests.security.payer_says import Paid, Said, file_of
from worklists.models import Settlement, WorkItem

pytestmark = pytest.mark.browser
TODAY = timezone.localdate()
SERVED, DENIED = TODAY - timedelta(days=45), TODAY - timedelta(days=9)
OURS = Said("RC-1001", last="FICTIONAL", first="ADA", member="W000000001", payer_number="PCN1001", served=SERVED)
PAID_AT_ONCE = Said("RC-1002", last="SPECIMEN", member="W000000002", payer_number="PCN1002", paid="1450", served=SERVED)
BACK = Said("RC-1001", "FICTIONAL", "ADA", "W000000001", "PCN1001", status="22", served=SERVED)
PAID = Said("RC-1001", "FICTIONAL", "ADA", "W000000001", "PCN1001", paid="1450", served=SERVED)


def upload(manager: Visitor, name: str, content: bytes) -> None:
    manager.go("/remittances/")
    manager.look_over()
    sent = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    manager.page.get_by_label("Remittance file").set_input_files(sent)  # type: ignore[arg-type]
    manager.press("Upload and preview")


def record(manager: Visitor) -> None:
    """Confirms, and watches the bar until the worker is done and the page has come anew."""
    manager.press("Record this file")
    expect(manager.page.locator("#file-progress")).to_have_count(0, timeout=60_000)
    expect(manager.page.get_by_text("Recorded", exact=True).first).to_be_visible(timeout=60_000)


def test_a_denial_from_upload_to_the_money_credited(sign_in: SignIn) -> None:
    with running(*WORKER):
        manager = sign_in("mara")
        sees_what_a_file_would_do(manager)
        record(manager)
        manager.look_over()

        specialist = sign_in("sam")
        works_the_item(specialist)
        appeals_it(specialist)

        upload(manager, "later.835", file_of(Paid((BACK, PAID), trace="TRACE2", day=TODAY), interchange=2))
        record(manager)
        manager.look_over()
    money_is_credited()
    sees_it_closed(specialist)
    manager_sees_it(manager)
    assert manager.trouble + specialist.trouble == []


def sees_what_a_file_would_do(manager: Visitor) -> None:
    upload(manager, "first.835", file_of(Paid((OURS, PAID_AT_ONCE), trace="TRACE1", day=DENIED)))
    page = manager.page
    expect(page.get_by_text("Nothing is recorded yet")).to_be_visible()
    said = page.locator(".tiles").inner_text()
    assert "$2,900.00 charged" in said
    assert "$1,450.00 denied" in said
    manager.look_over()
    assert not WorkItem.objects.exists()


def works_the_item(specialist: Visitor) -> None:
    specialist.go("/")
    specialist.look_over()
    page = specialist.page
    item = WorkItem.objects.get()
    specialist.go(f"/queues/{item.queue.key}/")
    assert item.queue.key == "prior_auth"
    specialist.look_over()
    page.locator("[data-open]").first.click()
    expect(page.get_by_text("RC-1001").first).to_be_visible()
    specialist.look_over()
    specialist.press("Take")
    expect(page.get_by_role("button", name="Put back")).to_be_attached()
    page.locator("#note").get_by_label("Note", exact=True).fill("Called the payer: no approval on their side.")
    page.get_by_role("button", name="Add note").click()
    expect(page.locator("#toasts")).to_contain_text("Note added")


def appeals_it(specialist: Visitor) -> None:
    """From the item to what is sent, by keys alone."""
    page, keys = specialist.page, specialist.page.keyboard
    page.wait_for_load_state()
    keys.press("p")
    expect(page.get_by_role("heading", name="Still open", exact=True)).to_be_visible()
    specialist.look_over()
    open_places = page.locator("[name^='fill-']").count()
    keys.press("f")
    for _ in range(open_places):
        keys.type("Typed by Sam")
        keys.press("Tab")
    keys.press("Control+Enter")
    expect(page.get_by_role("heading", name="Ready to send")).to_be_visible()
    specialist.look_over()
    keys.press("e")
    dialog = page.locator("dialog[open]")
    expect(dialog.get_by_label("Sent by", exact=True)).to_be_focused()
    specialist.look_over()
    keys.type("Fax")
    keys.press("Tab")
    keys.type("FAX-0042")
    keys.press("Enter")
    expect(page.get_by_text("FAX-0042").first).to_be_visible()
    specialist.look_over()
    assert WorkItem.objects.get().status == WorkItem.Status.WAITING
    specialist.go("/waiting/")
    expect(page.locator("[data-open]")).to_have_count(1)
    specialist.look_over()


def money_is_credited() -> None:
    item, appeal = WorkItem.objects.get(), Appeal.objects.get()
    assert (item.status, item.settlement) == (WorkItem.Status.RESOLVED, Settlement.OVERTURNED)
    assert item.recovered_amount == Decimal("1450.00")
    assert (appeal.status, appeal.outcome) == (Appeal.Status.DECIDED, Settlement.OVERTURNED)
    assert appeal.recovered_amount == Decimal("1450.00")


def sees_it_closed(specialist: Visitor) -> None:
    page = specialist.page
    specialist.go(f"/items/{WorkItem.objects.get().pk}/")
    expect(page.get_by_text("Overturned").first).to_be_visible()
    expect(page.get_by_text("$1,450.00").first).to_be_visible()
    specialist.look_over()
    specialist.go(f"/appeals/{Appeal.objects.get().pk}/")
    expect(page.get_by_text("Overturned").first).to_be_visible()
    specialist.look_over()


def manager_sees_it(manager: Visitor) -> None:
    page = manager.page
    manager.go("/board/")
    manager.look_over()
    manager.go("/items/?status=resolved")
    row = page.locator("tr", has=page.locator("[data-open]"))
    expect(row).to_have_count(1)
    expect(row).to_contain_text("FICTIONAL")
    manager.look_over()
    manager.go("/appeals/?part=decided")
    expect(page.get_by_role("cell", name="Overturned")).to_be_visible()
    manager.look_over()
