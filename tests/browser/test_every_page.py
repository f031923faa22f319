"""Every page, for everybody: no barrier that axe can find, in light and dark, and nothing over the edge of a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from appeals.models import LetterTemplate
from denials.models import Payer
from tests.browser.conftest import SignIn
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.security.site import HERE, Owned, own
from worklists.models import Queue, RoutingRule

pytestmark = pytest.mark.browser


@pytest.fixture
def owned(staff: Cast) -> Owned:
    return own(HERE, staff.here, staff.sam, 1)


def test_the_way_in(browser: Browser, live_server: LiveServer, staff: Cast) -> None:
    visitor = Visitor(browser.new_page(base_url=live_server.url))
    for address in ("/accounts/login/", "/accounts/password/reset/"):
        visitor.go(address)
        visitor.look_over()
    visitor.go("/accounts/login/")
    visitor.page.get_by_label("User name or email").fill("sam")
    visitor.page.get_by_label("Password").fill("not the password")
    visitor.press("Sign in")
    visitor.look_over()
    visitor.page.close()
    assert visitor.trouble == []


def test_the_pages_of_a_specialist(sign_in: SignIn, owned: Owned) -> None:
    specialist = sign_in("sam")
    for address in (
        *("/", "/my-day/", "/items/?status=any", "/items/?code=nothing", "/waiting/", "/appeals/", "/codes/"),
        f"/items/{owned.item.pk}/",
        f"/items/{owned.item.pk}/source/{owned.item.denial.remitted_claim_id}/",
        *(f"/items/{owned.item.pk}/{action}/" for action in ("postpone", "hand_over", "resolve")),
        *(f"/items/{owned.item.pk}/panel/{key}/" for key in ("timeline", "context", "similar")),
        f"/items/{owned.item.pk}/facts/authorizations/",
        *(f"/appeals/{owned.drafted.pk}/{part}" for part in ("", "?read", "send/", "template/", "withdraw/")),
        *(f"/appeals/{owned.sent.pk}/{part}" for part in ("", "answer/", "ask-again/")),
        *("/codes/carc/197/", "/accounts/2fa/", "/accounts/password/change/"),
    ):
        specialist.go(address)
        specialist.look_over()
    assert specialist.trouble == []


def test_the_pages_of_a_manager(sign_in: SignIn, owned: Owned) -> None:
    manager = sign_in("mara")
    for address in (
        *("/my-day/", "/board/", "/watch/", "/missed/", "/coverage/", "/drift/", "/changes/", "/governance/"),
        *("/remittances/", f"/remittances/{owned.held.file_id}/"),
    ):
        manager.go(address)
        manager.look_over()
    manager.go("/items/")
    manager.page.locator("[data-pick-page]").check()
    manager.look_over()
    assert manager.trouble == []


def test_the_pages_of_an_administrator(sign_in: SignIn, owned: Owned) -> None:
    administrator = sign_in("ada")
    rows = {
        "rules": RoutingRule.objects.order_by("pk")[0].pk,
        "queues": Queue.objects.order_by("pk")[0].pk,
        "payers": Payer.objects.order_by("pk")[0].pk,
        "people": owned.item.denial.facility.people.order_by("pk")[0].pk,
        "teams": owned.item.queue.teams.order_by("pk")[0].pk,
        "facilities": owned.item.facility_id,
        "letters": LetterTemplate.objects.order_by("pk")[0].pk,
    }
    for name, key in rows.items():
        for address in (f"/settings/{name}/", f"/settings/{name}/{key}/"):
            administrator.go(address)
            administrator.look_over()
    for address in (
        *("/settings/time-limits/?q=AET", "/settings/time-limits/new/", "/settings/sending-times/"),
        *("/my-day/", "/codes/carc/197/", "/settings/rules/new/", "/settings/letters/new/"),
        "/governance/rules/",
    ):
        administrator.go(address)
        administrator.look_over()
    assert administrator.trouble == []
