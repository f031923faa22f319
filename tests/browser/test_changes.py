"""A change of a rule through a real browser: an administrator drafts it, a manager approves it, and takes it back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SignIn
from tests.browser.visitor import Visitor
from worklists.models import RoutingRule

pytestmark = pytest.mark.browser


def test_a_rule_is_drafted_by_one_approved_by_another_and_rolled_back(sign_in: SignIn) -> None:
    rule = RoutingRule.objects.order_by("position")[0]
    old = rule.name
    administrator, manager = sign_in("ada"), sign_in("mara")

    drafts_a_change(administrator, old)
    approves_it(manager, old)
    assert RoutingRule.objects.get(pk=rule.pk).name == f"{old}, urgent"
    sees_it_in_the_history(administrator, old)
    rolls_it_back(manager)

    assert RoutingRule.objects.get(pk=rule.pk).name == old
    keeps_the_calendar(manager)
    assert administrator.trouble + manager.trouble == []


def drafts_a_change(administrator: Visitor, old: str) -> None:
    administrator.go("/settings/rules/")
    page = administrator.page
    page.get_by_role("link", name=old).first.click()
    page.get_by_label("Name", exact=True).fill(f"{old}, urgent")
    page.get_by_label("Why", exact=True).first.fill("The team asked for it")
    administrator.look_over()
    administrator.press("Send for approval")
    expect(page.get_by_text("Somebody else has to look at it")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    administrator.look_over()
    administrator.go("/settings/rules/")
    expect(page.get_by_role("heading", name="Not in force yet")).to_be_visible()
    administrator.look_over()


def approves_it(manager: Visitor, old: str) -> None:
    manager.go("/board/")
    page = manager.page
    page.get_by_role("link", name="Changes 1").click()
    manager.look_over()
    page.get_by_role("link", name=old).first.click()
    expect(page.locator("ins")).to_contain_text("urgent")
    manager.look_over()
    manager.press("Approve")
    expect(page.get_by_text("Approved, and in force.")).to_be_visible()
    manager.look_over()


def sees_it_in_the_history(administrator: Visitor, old: str) -> None:
    administrator.go("/settings/rules/")
    page = administrator.page
    page.get_by_role("link", name=f"{old}, urgent").click()
    history = page.locator("section", has=page.get_by_role("heading", name="History"))
    expect(history.get_by_text("The team asked for it")).to_be_visible()
    expect(history.get_by_text("approved by Mara Fictional")).to_be_visible()
    administrator.look_over()


def rolls_it_back(manager: Visitor) -> None:
    manager.press("Roll back")
    expect(manager.page.get_by_text("Rolled back: what stood there before is in force again.")).to_be_visible()
    manager.look_over()


def keeps_the_calendar(manager: Visitor) -> None:
    manager.go("/governance/")
    manager.look_over()
    row = manager.page.get_by_role("row").filter(has=manager.page.get_by_role("link", name="Routing rules"))
    row.get_by_label("What you looked at").fill("All of them, with the team")
    row.get_by_role("button").click()
    expect(manager.page.get_by_text("Routing rules: reviewed.")).to_be_visible()
