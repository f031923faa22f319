"""Forms: none is taken from a stranger's page, none counts twice, and reading a page changes nothing."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import once
from accounts.models import FormSubmission, User
from accounts.once import new_form_key
from tests.security.addresses import address_of, our_patterns
from tests.security.site import Site
from tests.security.test_access_matrix import checked_in
from tests.worklists.pages import signed_in
from worklists.models import Activity

WRITTEN_BY_READING = {
    *("accounts_accessevent", "django_session", "cache"),
    *("worklists_boardcell", "worklists_boardstate", "worklists_daycount"),
}
"""Who looked at what, who is here, and what was worked out before."""
PASSWORD = "only-for-tests-2026"
CHANGES_NO_ROW = {
    "theme": "a cookie of the browser",
    "begun": "what stands in a form before it is sent: kept again, it is the same row",
    "live": "whether a form would arrive",
    "item_here": "who has an item open, in Redis for a minute",
    "contacts_search": "words kept in the person's own session",
    "search": "words kept in the person's own session",
    "evidence_search": "words kept in the person's own session",
    "rules_count": "counts what a rule would take, while it is filled in",
}


def forms() -> list[str]:
    """What takes a POST, as the table of access says; `test_access_matrix` holds the table to the pages."""
    return [name for (name, method), statuses in checked_in().items() if method == "POST" and statuses[-1] != 405]


def test_no_form_is_taken_without_its_token(site: Site) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(site.al)
    names = forms()
    assert len(names) > 20
    for name in names:
        assert client.post(address_of(name, site), {"form_key": new_form_key()}).status_code == 403, name
    for name in ("account_login", "account_logout", "account_change_password", "account_reset_password"):
        stranger = Client(enforce_csrf_checks=True)
        stranger.force_login(site.cast.sam)
        assert stranger.post(reverse(name), {"login": "sam"}).status_code == 403, name


def test_the_cookie_for_forms_is_sent_once_and_anew_with_each_sign_in(site: Site) -> None:
    User.objects.filter(pk=site.cast.sam.pk).update(password=make_password(PASSWORD))
    client = Client(enforce_csrf_checks=True)
    first, second = (client.get(reverse("account_login")) for _ in range(2))
    assert "csrftoken" in first.cookies
    assert "csrftoken" not in second.cookies
    token = {"csrfmiddlewaretoken": str(second.context["csrf_token"])}
    before = client.cookies["csrftoken"].value
    client.post(reverse("account_login"), {"login": site.cast.sam.username, "password": PASSWORD, **token})
    page = client.get(reverse("my_queues"))
    assert client.cookies["csrftoken"].value != before
    assert "csrftoken" not in page.cookies
    assert client.post(reverse("theme"), {"csrfmiddlewaretoken": str(page.context["csrf_token"])}).status_code == 302


def test_no_view_is_exempt_from_the_token() -> None:
    assert [name for name, view in our_patterns().items() if getattr(view, "csrf_exempt", False)] == []


def is_counted_once(view: Callable[..., Any]) -> bool:
    """Whether one of the decorators around the view is `once`."""
    while True:
        if inspect.getsourcefile(view.__code__) == once.__file__:
            return True
        if not hasattr(view, "__wrapped__"):
            return False
        view = view.__wrapped__


def test_every_form_that_changes_a_row_counts_once() -> None:
    views = our_patterns()
    not_counted = {name for name in forms() if not is_counted_once(views[name])}
    assert not_counted == set(CHANGES_NO_ROW)


def test_a_note_sent_twice_stands_once(site: Site) -> None:
    client = signed_in(site.cast.sam)
    sent = {"text": "sent twice", "form_key": new_form_key()}
    address = address_of("item_note", site)
    answers = [client.post(address, sent).headers["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Activity.objects.filter(text="sent twice").count() == 1
    assert client.post(address, {**sent, "text": "something else"}).status_code == 409


def test_forms_remember_where_a_long_filter_led(site: Site) -> None:
    query = "&".join(f"code={number:0100}" for number in range(20))
    sent = {"list": "all_items", "query": query, "action": "note:now", "note-text": "said", "form_key": new_form_key()}
    client = signed_in(site.mo)
    for _ in range(2):
        assert client.post("/items/many/", {**sent, "pick": [site.here.free_item.pk]}).status_code == 302
    assert FormSubmission.objects.filter(user=site.mo).count() == 1


CONTENTS = (
    """SELECT count(*), md5(coalesce(string_agg(whole::text, ' ' ORDER BY whole::text), '')) FROM "{table}" AS whole"""
)


def contents() -> dict[str, tuple[int, str]]:
    """Each table with the number of its rows and a sum over them."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names()) - WRITTEN_BY_READING):
            cursor.execute(CONTENTS.format(table=table))
            found[table] = cursor.fetchone()
    return found


def test_reading_every_page_changes_nothing(site: Site) -> None:
    clients = [signed_in(user) for user in (site.cast.sam, site.cast.ada)]
    addresses = [address_of(name, site) for name in our_patterns()]
    before = contents()
    assert before["worklists_workitem"][0] == 12
    for client in clients:
        for address in addresses:
            client.get(address)
    after = contents()
    assert {table for table in before if before[table] != after[table]} == set()
