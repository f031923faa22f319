"""Every address answers every role as the table beside this test says; an address without a line fails."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.security.addresses import address_of, our_patterns
from tests.security.site import Site
from tests.worklists.pages import signed_in

TABLE = Path(__file__).with_name("access.txt")
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


def answered(site: Site, client: Client, name: str, method: str) -> int:
    """The status of one request, which leaves nothing behind."""
    with transaction.atomic():
        sent = {"action": "note"} if name == "bulk" else {"nothing": "filled in"}
        status: int = getattr(client, method.lower())(address_of(name, site), sent).status_code
        transaction.set_rollback(True)
    return status


def test_every_address_is_in_the_table_and_nothing_else_is() -> None:
    assert {name for name, _ in checked_in()} == set(our_patterns())


def test_every_role_gets_what_the_table_says(site: Site) -> None:
    table, clients = checked_in(), browsers(site)
    found = {
        (name, method): [answered(site, client, name, method) for client in clients]
        for name in our_patterns()
        for method in METHODS
    }
    assert found == {key: table[key] for key in found}


def test_no_address_takes_a_method_that_no_form_sends(site: Site) -> None:
    client = signed_in(site.al)
    answers = {
        (name, method): answered(site, client, name, method) for name in our_patterns() for method in OTHER_METHODS
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
