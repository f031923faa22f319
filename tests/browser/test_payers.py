"""An administrator meets a payer that nobody knows: addresses and lines, who it is, and that it was wrong."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from denials.models import Claim, Payer
from tests.browser.conftest import SignIn
from tests.browser.visitor import Visitor
from tests.denials.merging import paid_by, payer_named, taken_in
from tests.remittance_text import Claim as Said

pytestmark = pytest.mark.browser
ONE, OTHER = "FICTIONAL HEALTH", "FICTIONAL HEALTH OF TEXAS"


def test_one_payer_under_two_names(sign_in: SignIn) -> None:
    taken_in(paid_by(OTHER, "60002", Said("RC-1", paid="40.00"), trace="T2"), interchange=2)
    taken_in(paid_by(ONE, "60001", Said("RC-1", paid="0"), Said("RC-2", paid="0"), trace="T1"), interchange=1)
    gone, stays = payer_named(ONE), payer_named(OTHER)
    administrator = sign_in("ada")

    gives_it_an_address_and_a_line(administrator, stays)
    says_who_it_is(administrator, gone)
    assert set(Claim.objects.values_list("payer", flat=True)) == {stays.pk}
    takes_it_back(administrator)
    assert Claim.objects.filter(payer=gone).count() == 2
    assert administrator.trouble == []


def gives_it_an_address_and_a_line(administrator: Visitor, payer: Payer) -> None:
    page = administrator.page
    administrator.go(f"/settings/payers/{payer.pk}/")
    expect(page.get_by_text("No address for appeals")).to_be_visible()
    administrator.look_over()

    page.get_by_role("link", name="Add a product line").click()
    page.get_by_label("Name").fill("Medicare Advantage")
    page.get_by_label("Filing indicators").fill("16, MA")
    administrator.look_over()
    administrator.press("Save")

    page.get_by_role("link", name="Add a contact").click()
    page.get_by_label("Address, number or page").fill("Appeals\nPO Box 1\nAnytown TX 75001")
    administrator.look_over()
    administrator.press("Save")
    expect(page.get_by_text("never verified")).to_be_visible()
    administrator.press("Address for appeals: checked today")
    expect(page.get_by_text("verified today")).to_be_visible()
    administrator.look_over()


def says_who_it_is(administrator: Visitor, payer: Payer) -> None:
    page = administrator.page
    administrator.go("/settings/payers/")
    page.get_by_role("link", name=ONE, exact=True).click()
    administrator.look_over()
    page.get_by_role("link", name="Say who it is").click()
    administrator.look_over()
    page.get_by_role("link", name=f"It is {OTHER}").click()
    expect(page.get_by_text("Nothing is changed yet")).to_be_visible()
    expect(page.get_by_text("1 claim of the same number and day")).to_be_visible()
    administrator.look_over()
    page.get_by_label("How you know").fill("Same tax ID on the check")
    administrator.press(f"Merge into {OTHER}")
    expect(page.get_by_role("heading", name="Merged into it")).to_be_visible()
    administrator.go(f"/settings/payers/{payer.pk}/")
    expect(page.get_by_role("heading", name=OTHER, exact=True)).to_be_visible()
    administrator.look_over()


def takes_it_back(administrator: Visitor) -> None:
    page = administrator.page
    page.get_by_role("link", name=ONE, exact=True).click()
    administrator.look_over()
    page.get_by_label("Why").fill("Two plans after all")
    administrator.press("Take the merge back")
    expect(page.get_by_role("heading", name=ONE, exact=True)).to_be_visible()
