"""A manager steers by the board and the forecast; what others do shows by itself and disturbs nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.factories import TeamFactory
from tests.worklists.pages import item_at
from worklists import rollup, work
from worklists.models import Queue, WorkItem

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[str], Visitor]
IDS = "nodes => nodes.map(node => node.getAttribute('href'))"


@pytest.fixture(autouse=True)
def _impatient(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LIVE_SECONDS = 1
    monkeypatch.setattr(rollup, "FRESH_SECONDS", 0)


@pytest.fixture
def queue(staff: Cast) -> Queue:
    """The queue of Sam's team, with nine items that are due soon and a day apart."""
    made = Queue.objects.get(key="prior_auth")
    made.teams.add(*staff.sam.teams.all())
    today = timezone.localdate()
    for number in range(9):
        day = today + timedelta(days=10 + number)
        item_at(staff.here, queue=made, deadline=day, last_safe_on=day, last=f"Made{number}", rank_key=float(number))
    return made


def rows_of(page: Page) -> list[str]:
    found: list[str] = page.locator("#list [data-open]").evaluate_all(IDS)
    return found


def test_a_number_of_the_board_opens_its_list_and_falls_by_itself(sign_in: SignIn, queue: Queue, staff: Cast) -> None:
    mara = sign_in("mara")
    mara.go("/board/")
    page = mara.page
    expect(page.locator("#summary")).to_contain_text("9 open")
    row = page.locator("#board tr", has=page.get_by_role("link", name=queue.name, exact=True)).first
    row.locator("[data-label=Open] a").click()
    expect(page.locator("#summary")).to_contain_text("9 open")
    page.go_back()
    sue = sign_in("sue")
    sue.go(f"/items/{WorkItem.objects.earliest('pk').pk}/")
    work.resolve([WorkItem.objects.earliest("pk").pk], staff.sue, resolution="no_action")
    expect(page.locator("#summary")).to_contain_text("8 open")
    mara.look_over()
    assert mara.trouble == []


def test_a_list_loses_what_was_finished_and_keeps_focus_ticks_and_place(
    sign_in: SignIn, queue: Queue, staff: Cast
) -> None:
    sam = sign_in("mara")
    sam.go("/items/")
    page = sam.page
    hrefs = rows_of(page)
    page.locator("[data-pick]").nth(4).check()
    page.locator("#list [data-open]").nth(4).focus()
    page.evaluate("() => { window.wasHere = true; }")
    work.resolve([int(hrefs[0].split("/")[2])], staff.sue, resolution="no_action")
    expect(page.locator("#summary")).to_contain_text("8 open")
    assert rows_of(page) == hrefs[1:]
    expect(page.locator("[data-pick]:checked")).to_have_count(1)
    expect(page.locator(".dock [data-pick-count]")).to_contain_text("1 selected")
    assert page.evaluate("document.activeElement.getAttribute('href')") == hrefs[4]
    work.resolve([int(hrefs[4].split("/")[2])], staff.sue, resolution="no_action")
    expect(page.locator("#summary")).to_contain_text("7 open")
    expect(page.locator(".dock [data-pick-count]")).to_contain_text("None selected")
    assert page.evaluate("document.activeElement.getAttribute('href')") == hrefs[5]
    assert page.evaluate("window.wasHere")
    assert sam.trouble == []


def test_what_is_being_typed_stays(sign_in: SignIn, queue: Queue, staff: Cast) -> None:
    mara = sign_in("mara")
    mara.go("/items/")
    page = mara.page
    page.locator("[data-pick]").first.check()
    page.locator(".dock [data-opens=bulk-note]").click()
    note = page.locator("dialog[open] textarea")
    note.fill("Half a sen")
    work.resolve([WorkItem.objects.latest("pk").pk], staff.sue, resolution="no_action")
    expect(page.locator("#summary")).to_contain_text("8 open")
    expect(note).to_have_value("Half a sen")
    expect(note).to_be_focused()
    assert len(rows_of(page)) == 9
    page.keyboard.press("Escape")
    expect(page.locator("#list [data-open]")).to_have_count(8)
    expect(page.locator("[data-pick]:checked")).to_have_count(1)
    assert mara.trouble == []


def test_the_count_is_said_only_when_it_changes(sign_in: SignIn, queue: Queue, staff: Cast) -> None:
    mara = sign_in("mara")
    mara.go("/items/")
    page = mara.page
    page.evaluate(
        "() => { window.said = 0; new MutationObserver(() => { window.said += 1; })"
        ".observe(document.querySelector('#summary'), { childList: true, characterData: true, subtree: true }); }"
    )
    with page.expect_response(lambda answer: answer.request.headers.get("hx-trigger-name") == "poll"):
        pass
    with page.expect_response(lambda answer: answer.status == 304):
        pass
    assert page.evaluate("window.said") == 0
    assert page.locator("#summary").evaluate("node => node.localName") == "output"
    work.resolve([WorkItem.objects.earliest("pk").pk], staff.sue, resolution="no_action")
    expect(page.locator("#summary")).to_contain_text("8 open")
    assert page.evaluate("window.said") == 1
    assert not any("Made" in address for address in mara.addresses)


def test_a_tab_that_nobody_looks_at_asks_for_nothing(sign_in: SignIn, queue: Queue) -> None:
    mara = sign_in("mara")
    mara.page.add_init_script("Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })")
    mara.go("/items/")
    asked: list[str] = []
    mara.page.on("request", lambda request: asked.append(request.headers.get("hx-trigger-name", "")))
    mara.page.wait_for_timeout(2500)
    assert "poll" not in asked


def test_a_lever_changes_the_sentence_and_the_address_and_nothing_else(
    sign_in: SignIn, queue: Queue, staff: Cast
) -> None:
    alone = Queue.objects.create(key="alone", name="Alone")
    alone.teams.add(TeamFactory.create(key="empty", name="Empty"))
    WorkItem.objects.update(queue=alone, denied_on=None)
    mara = sign_in("mara")
    mara.go("/forecast/")
    page = mara.page
    expect(page.locator("#said")).to_contain_text("about 9 items worth $13,050")
    mara.look_over()
    page.get_by_label("Hours each week").fill("40")
    page.get_by_label("For the queue").focus()
    page.get_by_label("For the queue").select_option("Alone")
    expect(page.locator("#said")).to_contain_text("With this change it is none: saves $13,050.")
    assert "hours=40" in page.url
    expect(page.get_by_label("For the queue")).to_be_focused()
    mara.look_over()
    page.get_by_role("link", name="Clear").click()
    page.get_by_role("link", name="Try it here").click()
    expect(page.locator("#said")).to_contain_text("saves")
    assert WorkItem.objects.filter(queue=alone).count() == 9
    assert mara.trouble == []
