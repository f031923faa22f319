"""Several drafts of rules through a real browser: replayed, approved as one, open work asked again, rolled back."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Locator, expect

from config import pipeline
from denials.models import Denial, Job
from tests.browser.conftest import SignIn
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.factories import ClaimFactory, DenialFactory, RemittedClaimFactory
from worklists.models import Queue, RoutingRule, WorkItem
from worklists.opening import open_denials
from worklists.routing.rule_sets import in_force

pytestmark = pytest.mark.browser

TODAY = timezone.localdate()


@pytest.fixture
def items(staff: Cast) -> list[WorkItem]:
    """Three denials that the shipped rules send to Authorization; Sam has one of them."""
    for amount in ("90.00", "4000.00", "7000.00"):
        claim = ClaimFactory.create(facility=staff.here)
        DenialFactory.create(remitted_claim=RemittedClaimFactory.create(claim=claim), amount_at_risk=amount)
    denials = list(Denial.objects.select_related("payer", "facility").order_by("pk"))
    with transaction.atomic():
        open_denials(denials, TODAY)
    WorkItem.objects.filter(amount_at_risk="7000.00").update(status="taken", assignee=staff.sam)
    return list(WorkItem.objects.order_by("pk"))


def test_a_set_of_rules_from_draft_to_rollback(sign_in: SignIn, staff: Cast, items: list[WorkItem]) -> None:
    before = in_force().rules
    administrator, manager = sign_in("ada"), sign_in("mara")

    moves_a_rule_by_keys(administrator)
    drags_a_rule(administrator)
    drafts_a_new_rule(administrator)
    drafts_another_name(administrator, before[1].name)
    gathers_and_replays(administrator)
    sends(administrator)
    approves(manager)
    assert [rule.name for rule in in_force().rules][:1] == ["Large amounts"]
    assert queues_of(items) == ["prior_auth"] * 3
    asks_the_rules_again(manager)
    assert queues_of(items) == ["prior_auth", "billing", "prior_auth"]
    rolls_back(manager)

    assert in_force().rules == [*before[:1], *in_force().rules[1:2], *before[2:]]
    assert in_force().rules[1].name == before[1].name
    assert administrator.trouble + manager.trouble == []


def queues_of(items: list[WorkItem]) -> list[str]:
    rows = WorkItem.objects.filter(pk__in=[item.pk for item in items]).order_by("pk")
    return list(rows.values_list("queue__key", flat=True))


def rules_in_order(administrator: Visitor) -> list[str]:
    administrator.go("/settings/rules/")
    found = administrator.page.locator("[data-order-row]").evaluate_all("rows => rows.map(row => row.dataset.orderRow)")
    return list(found)


def moves_a_rule_by_keys(administrator: Visitor) -> None:
    """Up and put back, then up and asked for: the form of the rule opens with its new place."""
    page, order = administrator.page, rules_in_order(administrator)
    said = page.locator("[data-order-said]")
    page.locator("[data-order-handle]").nth(2).focus()
    page.keyboard.press("ArrowUp")
    expect(said).to_contain_text(f"Place 2 of {len(order)}.")
    page.keyboard.press("Escape")
    expect(said).to_have_text(f"Put back. Place 3 of {len(order)}.")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/settings/rules/{order[2]}/**")
    expect(page.get_by_label("Asked before")).to_have_value(order[1])


def drags_a_rule(administrator: Visitor) -> None:
    page, order = administrator.page, rules_in_order(administrator)
    handle, target = page.locator("[data-order-handle]").nth(0), page.locator("[data-order-row]").nth(2)
    handle.hover()
    page.mouse.down()
    box = target.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] - 4, steps=8)
    expect(page.locator("[data-order-said]")).to_have_text(f"Place 3 of {len(order)}.")
    page.mouse.up()
    page.wait_for_url(f"**/settings/rules/{order[0]}/**")
    expect(page.get_by_label("Asked before")).to_have_value(order[3])


def drafts_a_new_rule(administrator: Visitor) -> None:
    administrator.go("/settings/rules/new/")
    page = administrator.page
    page.get_by_label("Name", exact=True).fill("Large amounts")
    page.get_by_label("Sends to").select_option(str(Queue.objects.get(key="billing").pk))
    page.locator("summary", has_text="Money").click()
    page.get_by_label("At risk, at least").fill("1000")
    first = RoutingRule.objects.order_by("position")[0]
    page.get_by_label("Asked before").select_option(str(first.pk))
    page.get_by_label("Why", exact=True).first.fill("Large amounts go to those who know the payer")
    administrator.press("Save as draft")
    expect(page.get_by_text("Kept as a draft")).to_be_visible()


def drafts_another_name(administrator: Visitor, old: str) -> None:
    page = administrator.page
    administrator.go("/settings/rules/")
    page.get_by_role("link", name=old).first.click()
    page.get_by_label("Name", exact=True).fill("Work of the approvals desk")
    page.get_by_label("Why", exact=True).first.fill("The team is called so now")
    administrator.press("Save as draft")
    expect(page.get_by_text("Kept as a draft")).to_be_visible()


def gathers_and_replays(administrator: Visitor) -> None:
    page = administrator.page
    administrator.go("/settings/rules/")
    page.get_by_role("link", name="Try several drafts together").click()
    administrator.look_over()
    administrator.press("Gather them")
    expect(page.get_by_role("heading", name="What differs in the list of rules")).to_be_visible()
    expect(row(page.locator("table").first, "Large amounts").get_by_text("New", exact=True)).to_be_visible()
    administrator.look_over()
    administrator.press("Replay")
    expect(page.get_by_text("Asking both lists of rules").first).to_be_attached()
    pipeline.run(Job.objects.latest("pk").pk)
    expect(page.get_by_text("2 would go to another queue")).to_be_visible()
    expect(row(page.locator("section", has_text="Who gains"), "Authorization").first).to_contain_text("$11,000")
    expect(page.get_by_role("heading", name="Some items, side by side")).to_be_visible()
    administrator.look_over()
    page.get_by_role("link", name="Back to the drafts").click()
    expect(page.get_by_text("Up to date")).to_be_visible()


def sends(administrator: Visitor) -> None:
    page = administrator.page
    page.get_by_role("textbox", name="Name").fill("Autumn rules")
    page.get_by_role("textbox", name="Why").fill("Two people know this payer well")
    administrator.press("Send for approval")
    expect(page.get_by_text("Somebody else has to look at it")).to_be_visible()
    expect(page.get_by_role("button", name="Approve all of it")).to_have_count(0)
    administrator.look_over()


def approves(manager: Visitor) -> None:
    page = manager.page
    manager.go("/changes/")
    manager.look_over()
    page.get_by_role("link", name="Autumn rules").click()
    expect(page.get_by_text("showed what these drafts do")).to_be_visible()
    manager.look_over()
    manager.press("Approve all of it")
    expect(page.get_by_text("Approved: all of it is in force.")).to_be_visible()
    manager.look_over()


def asks_the_rules_again(manager: Visitor) -> None:
    page = manager.page
    page.get_by_role("link", name="See which open items would move").click()
    expect(page.get_by_text("1 item that somebody has stays where it is")).to_be_visible()
    manager.look_over()
    manager.press("Send the ticked ones there")
    expect(page.get_by_text("Sent where the rules want them: 1 item.")).to_be_visible()
    expect(page.get_by_text("Every free item is where the rules want it")).to_be_visible()
    manager.look_over()


def rolls_back(manager: Visitor) -> None:
    page = manager.page
    manager.go("/changes/")
    page.get_by_role("link", name="Autumn rules").first.click()
    manager.press("Roll back all of it")
    expect(page.get_by_text("Rolled back: what stood there before all of it is in force again.")).to_be_visible()
    manager.look_over()
    manager.go("/settings/rules/sets/")
    expect(page.get_by_text("Rule set 3")).to_be_visible()
    manager.look_over()


def row(within: Locator, words: str) -> Locator:
    return within.get_by_role("row").filter(has_text=words)
