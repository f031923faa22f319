"""The pages of a specialist's day: light to load, and still while they load."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Request

from tests.browser.conftest import SignIn
from tests.cast import Cast
from tests.worklists.pages import item_at
from worklists.paging import PAGE_SIZE

pytestmark = pytest.mark.browser
MOST_BYTES = 100_000
WATCH = """
window.moved = 0;
new PerformanceObserver(list => list.getEntries().filter(each => !each.hadRecentInput).forEach(each => {
    moved += each.value;
})).observe({type: "layout-shift", buffered: true});
"""
"""How much of the page moved by itself."""


@pytest.fixture
def items(staff: Cast) -> list[int]:
    """A whole page of a list, and more."""
    soon = timezone.localdate() + timedelta(days=9)
    made = [item_at(staff.here, deadline=soon) for _ in range(PAGE_SIZE + 1)]
    made[0].queue.teams.add(*staff.sam.teams.all())
    return [item.pk for item in made]


def compressed(page: Page, address: str) -> int:
    """What a page and all that it asks for weigh when each answer is compressed, with nothing kept from before."""
    asked: list[Request] = []

    def keep(request: Request) -> None:
        asked.append(request)

    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.on("request", keep)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.remove_listener("request", keep)
    assert len(asked) > 1
    # Asked for again, since a browser lets go of what came for a page that it has left.
    again = [page.context.request.fetch(each) for each in asked if each.method == "GET"]
    assert all(each.ok for each in again)
    return sum(len(gzip.compress(each.body())) for each in again)


def test_the_pages_of_a_day_are_light_and_still(sign_in: SignIn, items: list[int]) -> None:
    page = sign_in("sam").page
    page.add_init_script(WATCH)
    for address in ("/queues/", "/my-day/", "/items/", f"/items/{items[0]}/", "/calls/", "/notifications/"):
        assert compressed(page, address) < MOST_BYTES, address
        assert page.evaluate("moved") == 0, address
