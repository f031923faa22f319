"""The code dictionary through a real browser: a code mapped, a reading written and approved, a list brought in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from denials.models import Code, CodeReading
from tests.browser.conftest import SignIn
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
LIST = b"Code,Description,Start,Stop\nZZ8,Licensed words,11/01/2026,\n50,Old,01/01/1995,07/01/2027\n"


def test_codes_are_mapped_read_and_brought_up_to_date(sign_in: SignIn) -> None:
    administrator, manager = sign_in("ada"), sign_in("mara")

    maps_an_unknown_code(administrator)
    writes_a_reading(administrator)
    approves_it(manager)
    brings_a_list_in(administrator)

    assert Code.objects.get(code="ZZ9").title == "Notice was late"
    assert CodeReading.objects.filter(code="197", is_active=True).exists()
    assert not Code.objects.get(system="CARC", code="50").is_active
    assert administrator.trouble + manager.trouble == []


def maps_an_unknown_code(administrator: Visitor) -> None:
    administrator.go("/codes/carc/ZZ9/")
    administrator.look_over()
    page = administrator.page
    page.get_by_role("link", name="Map this code").click()
    page.get_by_label("What it means, in your own words").fill("Notice was late")
    page.get_by_label("Category").select_option("authorization")
    page.get_by_label("How you know").fill("Their letter of 2 November")
    page.get_by_text("What follows from the category").click()
    expect(page.locator("#follows option").filter(has_text="As the category says: Authorization")).to_have_count(1)
    administrator.look_over()
    administrator.press("Map it")
    expect(page.get_by_role("heading", name="Notice was late")).to_be_visible()
    administrator.look_over()


def writes_a_reading(administrator: Visitor) -> None:
    administrator.go("/codes/carc/197/")
    administrator.look_over()
    page = administrator.page
    page.get_by_role("link", name="New reading").click()
    administrator.look_over()
    page.get_by_label("Our title for staff").fill("Radiology needs a call first")
    page.get_by_label("With this remark beside it").fill("N54")
    page.get_by_label("Next action").fill("Call the imaging desk.")
    page.get_by_label("Why it is read so").fill("Their bulletin says so")
    page.get_by_label("Why", exact=True).fill("It saves an appeal")
    administrator.press("Send for approval")
    expect(page.get_by_text("Somebody else has to look at it")).to_be_visible()
    administrator.go("/codes/rarc/N382/")
    expect(page.get_by_text("Suggestion, not in use")).to_be_visible()
    administrator.look_over()


def approves_it(manager: Visitor) -> None:
    manager.go("/board/")
    page = manager.page
    page.get_by_role("link", name="Changes").first.click()
    page.get_by_role("link", name="Radiology needs a call first").first.click()
    manager.press("Approve")
    manager.go("/codes/carc/197/#readings")
    expect(page.get_by_text("Radiology needs a call first")).to_be_visible()
    manager.look_over()
    page.get_by_role("link", name="Radiology needs a call first").click()
    manager.look_over()
    manager.go("/codes/readings/")
    manager.look_over()


def brings_a_list_in(administrator: Visitor) -> None:
    administrator.go("/codes/")
    administrator.look_over()
    page = administrator.page
    page.get_by_role("link", name="Bring in a list").click()
    administrator.look_over()
    file = {"name": "carc.csv", "mimeType": "text/csv", "buffer": LIST}
    page.get_by_label("List (CSV or XLSX)").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_label("Version").fill("2026-11")
    page.get_by_role("textbox", name="Licence").fill("X12 licence 1")
    administrator.press("Look at it")
    expect(page.get_by_role("heading", name="Added (1)")).to_be_visible()
    administrator.look_over()
    administrator.press("Apply it")
    expect(page.get_by_role("heading", name="What it changed")).to_be_visible()
    administrator.look_over()
    page.get_by_role("link", name="Give the new codes titles").click()
    expect(page.get_by_role("link", name="ZZ8")).to_be_visible()
    administrator.look_over()
