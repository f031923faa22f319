"""A real browser on a real server, and a site with people who can sign in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from time import monotonic, sleep

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from accounts.models import Facility, User
from tests.browser.visitor import PASSWORD, Visitor
from tests.cast import Cast, make_cast
from tests.security.site import prepare

SignIn = Callable[[str], Visitor]


@pytest.fixture
def staff(transactional_db: None) -> Cast:
    """The cast on a new site, with passwords; Sam may sign letters."""
    prepare()
    cast = make_cast()
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.title, user.phone = "Denial specialist", "555-0100"
        user.save()
    Facility.objects.update(address="1 Example Street, Anytown TX 75001", tax_id="000000101")
    return cast


@pytest.fixture
def sign_in(browser: Browser, live_server: LiveServer, staff: Cast) -> Iterator[SignIn]:
    """Opens a browser of their own for each person, and ends all of them after the test."""
    with ExitStack() as opened:

        def enter(username: str) -> Visitor:
            context: BrowserContext = opened.enter_context(browser.new_context(base_url=live_server.url))
            visitor = Visitor(context.new_page())
            visitor.sign_in(username)
            return visitor

        yield enter
    _let_requests_end()


def _let_requests_end() -> None:
    """A page that is closed leaves its last requests behind, and tables cannot be emptied beneath them."""
    end = monotonic() + 10
    while _is_asked() and monotonic() < end:
        sleep(0.05)


def _is_asked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'
                AND pid <> pg_backend_pid() AND backend_type = 'client backend')
        """)
        return bool(cursor.fetchone()[0])
