"""Every address answers every role as the table beside this test says; an address without a line fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.security.addresses import address_of, our_patterns
from tests.security.site import Site
from tests.worklists.pages import signed_in
from worklists import rollup

TABLE = Path(__file__).with_name("access.txt")
OFTEN = Path(__file__).with_name("often.txt")
MOST = 8
"""Statements that a page may send here, unless `OFTEN` says otherwise: its six, who else is there, and one to spare."""
METHODS = ("GET", "POST")
OTHER_METHODS = ("PUT", "PATCH", "DELETE")
Table = dict[tuple[str, str], list[int]]


def checked_in() -> Table:
    """Statuses by name and method, in the order of the people."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return {(name, method): [int(status) for status in statuses] for name, method, *statuses in lines}


def browsers(site: Site) -> list[Client]:
    """Of nobody, then of one person of each role, all of one facility."""
    return [Client(), *(signed_in(user) for user in (site.cast.remy, site.cast.sam, site.mo, site.al))]


def may_ask() -> dict[str, int]:
    """By name of a page how often it may ask the database, where that is more than `MOST`."""
    lines = [line.split() for line in OFTEN.read_text().splitlines() if line and not line.startswith("#")]
    return {name: int(most) for name, most in lines}


class Asked:
    """Counts the statements of a page; the savepoints are the tests' own."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        self.number += "SAVEPOINT" not in sql
        return execute(sql, *more)


def answered(site: Site, client: Client, name: str, method: str, asks: dict[str, int] | None = None) -> int:
    """The status of one request, which leaves nothing behind; `asks` is told how often a page asked the database."""
    asked = Asked()
    with transaction.atomic():
        sent = {"action": "note"} if name == "bulk" else {"nothing": "filled in"}
        address = address_of(name, site)
        with connection.execute_wrapper(asked):
            status: int = getattr(client, method.lower())(address, sent).status_code
        transaction.set_rollback(True)
    if asks is not None and method == "GET" and status == 200:
        asks[name] = asked.number
    return status


def test_every_address_is_in_the_table_and_nothing_else_is() -> None:
    assert {name for name, _ in checked_in()} == set(our_patterns())


def test_every_role_gets_what_the_table_says_and_no_page_asks_too_often(site: Site) -> None:
    table, clients = checked_in(), browsers(site)
    rollup.refresh(timezone.localdate(), must=True)  # as the clock does twice a minute
    asks: dict[str, int] = {}
    found = {
        (name, method): [answered(site, client, name, method, asks) for client in clients]
        for name in our_patterns()
        for method in METHODS
    }
    assert found == {key: table[key] for key in found}
    most = may_ask()
    for name in [name for name, number in asks.items() if number > most.get(name, MOST)]:
        answered(site, clients[-1], name, "GET", asks)  # what the first time had to find out is known now
    assert {name: number for name, number in asks.items() if number > most.get(name, MOST)} == {}
    assert set(most) <= set(asks), "a page is gone"


def test_no_address_takes_a_method_that_no_form_sends(rf: RequestFactory) -> None:
    """Asked of the views themselves, without arguments and a person: the method is looked at before anything else."""
    answers = {
        (name, method): view(rf.generic(method, "/")).status_code
        for name, view in our_patterns().items()
        for method in OTHER_METHODS
    }
    assert set(answers.values()) == {405}, {key for key, status in answers.items() if status != 405}


def test_the_pages_for_repairs_open_to_administrators_only(site: Site) -> None:
    for user in (site.cast.remy, site.cast.sam, site.mo):
        assert signed_in(user).get(reverse("admin:index")).status_code == 302
    assert Client().get(reverse("admin:index")).status_code == 302
    assert signed_in(site.al).get(reverse("admin:index")).status_code == 200


def test_nobody_signs_up_by_themselves(site: Site) -> None:
    before = User.objects.count()
    sent = {"username": "eve", "email": "eve@example.com", "password1": "long enough 1", "password2": "long enough 1"}
    Client().post(reverse("account_signup"), sent)
    assert User.objects.count() == before
