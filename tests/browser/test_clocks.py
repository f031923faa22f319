"""Clocks through a real browser: the panel of an item, a time limit with what it moves, and a clock that ran out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SignIn
from tests.cast import Cast
from tests.security.site import HERE, Owned, own
from worklists.models import WorkItem
from worklists.watch import missed

pytestmark = pytest.mark.browser


@pytest.fixture
def owned(staff: Cast) -> Owned:
    return own(HERE, staff.here, staff.sam, 1)


def test_each_day_of_an_item_can_be_opened_to_its_rule(sign_in: SignIn, owned: Owned) -> None:
    specialist = sign_in("sam")
    specialist.go(f"/items/{owned.item.pk}/")
    specialist.page.get_by_role("link", name="Where these days come from").click()
    panel = specialist.page.locator("#panels")
    expect(panel.get_by_text("confidence:").first).to_be_visible()
    expect(panel.get_by_text("Starts with").first).to_be_visible()
    specialist.look_over()
    assert specialist.trouble == []


def test_a_shorter_limit_shows_what_it_moves_before_it_is_approved(sign_in: SignIn, owned: Owned) -> None:
    rule = WorkItem.objects.get(pk=owned.item.pk).denial.deadline_rule
    administrator, manager = sign_in("ada"), sign_in("mara")
    administrator.go(f"/settings/time-limits/?q={rule}")
    page = administrator.page
    page.get_by_role("link", name=rule).first.click()
    page.get_by_label("How many").fill("3")
    page.get_by_label("Why", exact=True).first.fill("The new manual says so")
    administrator.look_over()
    administrator.press("Send for approval")
    expect(page.get_by_text("Sent for approval.")).to_be_visible()
    manager.go("/changes/")
    manager.page.get_by_role("link", name=rule).first.click()
    manager.look_over()
    manager.page.get_by_role("link", name="Open items with another last day").click()
    expect(manager.page.get_by_role("heading", name="What it moves")).to_be_visible()
    manager.look_over()
    assert administrator.trouble + manager.trouble == []


def test_a_clock_that_ran_out_is_listed_and_explained(sign_in: SignIn, owned: Owned) -> None:
    WorkItem.objects.filter(pk=owned.item.pk).update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert missed.note_missed(date(2035, 1, 1)) >= 1
    manager = sign_in("mara")
    manager.go("/missed/")
    manager.look_over()
    manager.page.get_by_role("link", name="Say why").first.click()
    manager.page.get_by_label("Why it was missed").select_option("documents")
    manager.page.get_by_label("In words").fill("The scan came too late.")
    manager.look_over()
    manager.press("Save")
    expect(manager.page.get_by_text("Documents came too late").first).to_be_visible()
    assert manager.trouble == []
