"""An unknown code from the list of exceptions to its end, in the browser: every page looked over on the way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from config import pipeline
from denials.domain.exception_kinds import Kind
from denials.models import ExceptionCase, Job
from tests.browser.conftest import SignIn
from tests.cast import Cast
from tests.worklists.exceptions import suspected, unknown_code

pytestmark = pytest.mark.browser


@pytest.fixture
def cases(staff: Cast) -> dict[str, ExceptionCase]:
    return {"code": unknown_code("RC-1", "RC-2"), "suspected": suspected("RC-3", "RC-4", trace="T2")}


def work_off() -> None:
    """What a worker would do now."""
    for job in Job.objects.filter(state=Job.State.WAITING).order_by("pk"):
        pipeline.run(job.pk)


def test_a_manager_who_never_saw_it_maps_an_unknown_code(sign_in: SignIn, cases: dict[str, ExceptionCase]) -> None:
    manager = sign_in("mara")
    page = manager.page
    page.get_by_role("link", name="Exceptions").click()
    manager.look_over()
    page.get_by_role("link", name="Unknown code").click()
    manager.look_over()
    page.get_by_role("link", name="Segments").first.click()
    expect(page.locator("mark").first).to_contain_text("999")
    manager.look_over()
    page.get_by_role("link", name="Back to the exception").click()
    page.get_by_role("link", name="Map this code").click()
    manager.look_over()
    page.get_by_label("What it means, in your own words").fill("The payer's own code for a missing approval")
    page.get_by_label("Category").select_option("authorization")
    page.get_by_label("How you know").fill("The payer's code list of this year")
    page.get_by_role("button", name="Map it").click()
    expect(page.locator("#toasts")).to_contain_text("mapped")
    expect(page).to_have_url(re.compile(f"/exceptions/{cases['code'].pk}/$"))
    work_off()
    page.reload()
    expect(page.get_by_role("heading", name="What became of it")).to_be_visible()
    manager.look_over()
    assert ExceptionCase.objects.get(pk=cases["code"].pk).state == "fixed"
    assert manager.trouble == []


def test_suspected_denials_are_decided_claim_by_claim(sign_in: SignIn, cases: dict[str, ExceptionCase]) -> None:
    manager = sign_in("mara")
    page = manager.page
    manager.go(f"/exceptions/{cases['suspected'].pk}/")
    page.get_by_role("checkbox", name="Claim RC-4").uncheck()
    page.get_by_label("Why", exact=True).fill("The representative confirmed it")
    page.get_by_role("button", name="It is a denial").click()
    expect(page.locator("#toasts")).to_contain_text("1 claim confirmed")
    manager.look_over()
    page.get_by_label("Why", exact=True).fill("Contract, section 4")
    page.get_by_role("button", name="It is a contract write-down").click()
    expect(page.get_by_text("Left as it is on")).to_be_visible()
    assert ExceptionCase.objects.get(kind=Kind.SUSPECTED_DENIAL).state == "accepted"
    assert manager.trouble == []


def test_many_are_left_as_they_are_on_a_phone_too(sign_in: SignIn, cases: dict[str, ExceptionCase]) -> None:
    manager = sign_in("mara")
    page = manager.page
    manager.go("/exceptions/")
    page.locator("[data-pick-page]").check()
    page.get_by_role("button", name="Leave as it is").click()
    manager.look_over()
    page.get_by_label("Why it may stay as it is").fill("Known and worked")
    page.get_by_role("button", name="Leave as it is").click()
    expect(page.get_by_role("heading", name="Everything could be read")).to_be_visible()
    manager.look_over()
    assert not ExceptionCase.objects.open().exists()
    assert manager.trouble == []
