"""From an amount to the element that it was read from, and down the steps of a playbook, with the keyboard too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from denials.models import Playbook
from tests.browser.conftest import SignIn
from tests.cast import Cast
from tests.security.site import HERE, Owned, own

pytestmark = pytest.mark.browser


@pytest.fixture
def owned(staff: Cast) -> Owned:
    return own(HERE, staff.here, staff.sam, 1)


def test_an_amount_leads_to_its_element_over_the_page_and_in_the_file(sign_in: SignIn, owned: Owned) -> None:
    visitor = sign_in("sam")
    page = visitor.page
    visitor.go(f"/items/{owned.item.pk}/")
    amount = page.get_by_role("link", name=re.compile("source of the amount charged")).first
    charge = owned.item.denial.remitted_claim.charge
    amount.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    marked = dialog.locator("mark")
    assert charge is not None
    expect(marked).to_have_text(f"here: {charge.normalize():f}")
    visitor.look_over()
    dialog.get_by_role("link", name="Open in the file").click()
    expect(page.locator("h1")).to_have_text("Source in the payer's file")
    visitor.look_over()
    page.keyboard.press("]")
    expect(page.locator("p.lead .code")).to_have_text("CLP04")
    page.keyboard.press("b")
    expect(page.locator("#playbook, h1").first).to_be_attached()
    assert visitor.trouble == []


def test_a_step_is_ticked_and_unticked_on_the_item(sign_in: SignIn, owned: Owned) -> None:
    visitor = sign_in("sam")
    page = visitor.page
    visitor.go(f"/items/{owned.item.pk}/")
    card = page.locator("#playbook")
    expect(card).to_contain_text("0 of")
    card.get_by_role("button", name=re.compile("^Done")).first.click()
    expect(card).to_contain_text("1 of")
    expect(card).to_contain_text("done by Sam Fictional")
    card.get_by_text("Check first").click()
    page.get_by_role("link", name="Rules and versions behind this").click()
    expect(page.locator("#panels")).to_contain_text("Code dictionary")
    visitor.look_over()
    card.get_by_role("button", name=re.compile("^Undo")).first.click()
    expect(card).to_contain_text("0 of")
    assert visitor.trouble == []


def test_a_playbook_is_read_and_changed(sign_in: SignIn, owned: Owned) -> None:
    visitor = sign_in("mara")
    page = visitor.page
    for address in ("/playbooks/", "/playbooks/?q=nothing", "/settings/playbooks/"):
        visitor.go(address)
        visitor.look_over()
    visitor.go("/playbooks/N40/")
    visitor.look_over()
    page.get_by_role("link", name="Change it").click()
    visitor.look_over()
    row = page.get_by_role("group", name="Step 7")
    row.get_by_label("What to do").fill("Tell radiology what was missing")
    row.get_by_label("Team").select_option(label="Radiology ops")
    row.get_by_label("By day").fill("22")
    page.get_by_role("textbox", name="Why", exact=True).first.fill("So that it does not happen again.")
    visitor.press("Send for approval")
    expect(page.get_by_text("Sent for approval.")).to_be_visible()
    visitor.look_over()
    assert len(Playbook.objects.get(key="N40").steps) == 6  # until somebody else approves it
    assert visitor.trouble == []
