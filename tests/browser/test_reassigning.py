"""A manager's morning in a real browser: work is shared out with a preview, undone, and somebody's absence entered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import SignIn
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.worklists.pages import item_at
from worklists import work
from worklists.models import BulkAct, WorkItem

pytestmark = pytest.mark.browser


def test_work_is_shared_out_looked_at_first_and_undone(sign_in: SignIn, staff: Cast) -> None:
    soon = timezone.localdate() + timedelta(days=3)
    for _ in range(4):
        item_at(staff.here, deadline=soon, amount_at_risk=20000)
    item_at(staff.there, deadline=soon, amount_at_risk=20000)
    manager = sign_in("mara")

    chooses(manager)
    sees_what_would_happen(manager)
    does_it(manager)
    assert owners(staff) == [2, 2]
    undoes_it(manager)
    assert owners(staff) == [0, 0]
    assert manager.trouble == []


def test_an_absence_moves_what_is_due_and_the_profile_limits_what_is_taken(sign_in: SignIn, staff: Cast) -> None:
    today = timezone.localdate()
    due = item_at(staff.here, deadline=today + timedelta(days=1))
    item_at(staff.here, deadline=today + timedelta(days=90))
    work.take(list(WorkItem.objects.values_list("pk", flat=True)), staff.sam)
    manager = sign_in("mara")

    sets_a_limit(manager)
    enters_an_absence(manager, today.isoformat(), (today + timedelta(days=2)).isoformat())
    due.refresh_from_db()
    assert due.assignee == staff.sue
    assert WorkItem.objects.filter(assignee=staff.sam).count() == 1
    brings_them_back(manager)
    due.refresh_from_db()
    assert due.assignee == staff.sam
    assert manager.trouble == []


def owners(staff: Cast) -> list[int]:
    return [WorkItem.objects.filter(assignee=person).count() for person in (staff.sam, staff.sue)]


def chooses(manager: Visitor) -> None:
    manager.go("/items/?value=over-10000")
    page = manager.page
    page.locator("[data-pick-page]").check()
    expect(page.locator(".dock [data-pick-count]")).to_have_text("5 selected · $100,000.00")
    manager.look_over()
    page.keyboard.press("r")
    expect(page.get_by_role("heading", name="Reassign")).to_be_visible()
    page.get_by_label("Split evenly").check()
    page.get_by_label("Sam Fictional").check()
    page.get_by_label("Sue Fictional").check()
    page.get_by_label("Why").fill("Even out the week")
    manager.look_over()
    manager.press("Preview")


def sees_what_would_happen(manager: Visitor) -> None:
    page = manager.page
    expect(page.get_by_role("heading", name="4 of 5 items would move")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Sam Fictional")).to_contain_text("$40,000")
    expect(page.get_by_text("None of those chosen works for this item's facility.")).to_be_visible()
    assert not BulkAct.objects.exists()
    manager.look_over()


def does_it(manager: Visitor) -> None:
    manager.press("Reassign 4 items")
    expect(manager.page.locator("#toasts")).to_contain_text("Reassigned: 4 items.")
    expect(manager.page.get_by_role("heading", name="By owner")).to_be_visible()
    manager.look_over()


def undoes_it(manager: Visitor) -> None:
    manager.page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(manager.page.get_by_text("Every item is as it was before.")).to_be_visible()
    manager.look_over()
    manager.go("/acts/")
    expect(manager.page.get_by_role("row").filter(has_text="Even out the week")).to_contain_text("Undone")
    manager.look_over()


def sets_a_limit(manager: Visitor) -> None:
    manager.go("/people/")
    manager.look_over()
    manager.page.get_by_role("link", name="Sam Fictional", exact=True).click()
    manager.page.get_by_label("Items taken at once, at most").fill("25")
    manager.page.get_by_label("Skills").fill("Medicare, oncology coding")
    manager.look_over()
    manager.press("Save")
    expect(manager.page.get_by_text("Work profile saved: Sam Fictional.")).to_be_visible()


def enters_an_absence(manager: Visitor, first: str, last: str) -> None:
    page = manager.page
    page.get_by_role("link", name="Enter an absence").click()
    expect(page.get_by_label("Who is away")).to_contain_text("Sam Fictional")
    page.get_by_label("First day away").fill(first)
    page.get_by_label("Last day away").fill(last)
    page.get_by_label("To one person").check()
    page.get_by_label("Cover").select_option(label="Sue Fictional")
    manager.look_over()
    manager.press("Preview")
    expect(page.get_by_role("heading", name="1 item would move to Sue Fictional, 1 stays")).to_be_visible()
    manager.look_over()
    manager.press("Save the absence")
    expect(page.locator("#toasts")).to_contain_text("Absence saved. 1 item moved.")
    manager.look_over()


def brings_them_back(manager: Visitor) -> None:
    manager.press("Is back")
    expect(manager.page.locator("#toasts")).to_contain_text("The absence is over. 1 item came back.")
