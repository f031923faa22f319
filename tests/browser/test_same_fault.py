"""Thirty items of one fault: one is resolved by hand, the others get the same in one act, and undo brings all back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from denials.models import Denial
from tests.browser.conftest import SignIn
from tests.browser.visitor import DESK, PHONE, Visitor
from tests.cast import Cast
from tests.factories import PayerFactory
from tests.worklists.pages import item_at
from worklists import notifying, work
from worklists.models import WorkItem

pytestmark = pytest.mark.browser
EDGES = """e => [e, ...e.querySelectorAll("*")].flatMap(each => {
    const { left, right } = each.getBoundingClientRect(); return [left, right] })"""
FAULT = {"fault_codes": "CO-197 N54", "fault_procedures": "71260-26", "fault_provider": "1999999999"}


def test_thirty_items_by_same_fault_sweep_with_undo(sign_in: SignIn, staff: Cast) -> None:
    thirty = same_fault(staff, 30)
    held = thirty[-1]
    work.take([held], staff.sue)
    work.take([thirty[0]], staff.sam)
    work.note([thirty[0]], staff.mara, text="@sam please begin with this one.")
    notifying.tell()
    sam = sign_in("sam")

    is_led_to_the_item_by_the_bell(sam, thirty[0])
    resolves_it_and_goes_on(sam)
    reads_the_whole_toast(sam)
    sweeps_the_others(sam)
    assert WorkItem.objects.filter(status="resolved").count() == 29
    assert WorkItem.objects.get(pk=held).status == "taken"
    undoes_the_sweep(sam)
    assert WorkItem.objects.filter(status="resolved").count() == 1
    assert sam.trouble == []


def same_fault(staff: Cast, number: int) -> list[int]:
    payer, deadline = PayerFactory.create(), timezone.localdate() + timedelta(days=20)
    items = [item_at(staff.here, claim__payer=payer, deadline=deadline) for _ in range(number)]
    items[0].queue.teams.add(*staff.sam.teams.all())
    Denial.objects.update(**FAULT)
    return [item.pk for item in items]


def is_led_to_the_item_by_the_bell(sam: Visitor, item: int) -> None:
    sam.page.keyboard.press("g")
    sam.page.keyboard.press("n")
    expect(sam.page.get_by_role("heading", name="Notifications")).to_be_visible()
    sam.look_over()
    told = sam.page.get_by_role("row").filter(has_text=f"Mara Fictional mentioned you in a note on item {item}.")
    told.get_by_role("button").click()
    expect(sam.page).to_have_title(f"Work item {item} · Overturn")
    clock = sam.page.locator("[data-work-clock]")
    clock.click()
    expect(clock).to_have_attribute("aria-pressed", "true")
    sam.look_over()


def resolves_it_and_goes_on(sam: Visitor) -> None:
    page = sam.page
    page.keyboard.press("e")
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("What was done").select_option(label="Adjusted off")
    dialog.get_by_label("Yes", exact=True).check()
    dialog.get_by_role("button", name="Resolve and next").click()
    expect(page.locator("#toasts")).to_contain_text("29 more like this")


def reads_the_whole_toast(sam: Visitor) -> None:
    """It offers two ways on: both stand in it, and it stands on the screen, on a desk and on a phone."""
    toast = sam.page.locator(".toast").filter(has_text="29 more like this")
    for size in (PHONE, DESK):
        sam.page.set_viewport_size(size)  # type: ignore[arg-type]
        edges = toast.evaluate(EDGES)
        assert min(edges) >= 0, edges
        assert max(edges) <= size["width"], edges


def sweeps_the_others(sam: Visitor) -> None:
    page = sam.page
    page.keyboard.press("y")
    expect(page.get_by_role("heading", name="29 with the same fault")).to_be_visible()
    expect(page.locator("[data-pick]:checked")).to_have_count(28)
    expect(page.get_by_text("Ask Sue Fictional or a manager to hand it over.")).to_be_visible()
    sam.look_over()
    page.keyboard.press("e")
    expect(page.locator("#toasts")).to_contain_text("Resolved: 28 items.")
    sam.look_over()


def undoes_the_sweep(sam: Visitor) -> None:
    sam.page.keyboard.press("z")
    expect(sam.page.get_by_text("Every item is as it was before.")).to_be_visible()
    sam.look_over()
