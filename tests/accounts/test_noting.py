"""The note that a patient is shown is written while the page is, and the page leaves only after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.urls import reverse

from accounts.access import access_note, note_access
from accounts.models import AccessEvent, User
from accounts.pipelined import Pipelined, rows_in
from tests.cast import Cast
from tests.worklists.pages import item_at, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Cast) -> Any:
    request = RequestFactory().get("/")
    request.user = cast.sam
    return request


def test_the_note_is_there_when_the_page_leaves(asked: Any) -> None:
    with Pipelined(access_note(asked, "work_item", 7)):
        pass
    [noted] = AccessEvent.objects.all()
    assert (noted.user_id, noted.what, noted.row, noted.address) == (asked.user.pk, "work_item", 7, "127.0.0.1")


def test_what_is_asked_meanwhile_waits_for_the_note(asked: Any) -> None:
    with Pipelined(access_note(asked, "work_item", 7)):
        assert AccessEvent.objects.filter(user=asked.user).count() == 1
        assert User.objects.filter(pk=asked.user.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_it_is_committed_by_itself(asked: Any) -> None:
    with Pipelined(access_note(asked, "work_item", 7)):
        pass
    connection.close()
    assert AccessEvent.objects.filter(row=7).exists()


@pytest.fixture
def commits_wait() -> Iterator[None]:
    """As a site's database is set, unlike that of tests."""
    _said("SET synchronous_commit = on")
    yield
    _said("RESET synchronous_commit")


def _said(text: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchone() if cursor.description else None


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("commits_wait")
def test_looking_alone_does_not_wait_for_the_disk(asked: Any) -> None:
    with Pipelined(access_note(asked, "work_item", 7), ("SHOW synchronous_commit", ())) as sent:
        sent.answer()
        assert rows_in(sent.answer()) == [("off",)]
    assert _said("SHOW synchronous_commit") == ("on",)
    assert AccessEvent.objects.filter(row=7).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("commits_wait")
def test_what_is_done_in_the_same_transaction_still_waits_for_the_disk(asked: Any) -> None:
    with transaction.atomic():
        note_access(asked, "work_item", 7)
        assert _said("SHOW synchronous_commit") == ("on",)
    assert AccessEvent.objects.filter(row=7).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("opened_from", ["", "?list=my_queues"])
def test_a_list_and_an_item_are_noted_outside_of_any_other_transaction(cast: Cast, opened_from: str) -> None:
    item = item_at(cast.here)
    pages = signed_in(cast.sam)
    assert pages.get(reverse("all_items")).status_code == 200
    assert pages.get(reverse("item", args=[item.pk]) + opened_from).status_code == 200
    assert list(AccessEvent.objects.order_by("pk").values_list("what", "row")) == [
        ("worklist", None), ("work_item", item.pk)
    ]  # fmt: skip


def test_a_page_whose_note_fails_is_not_shown(asked: Any) -> None:
    shown = []
    with pytest.raises(DatabaseError, match="too long"):  # noqa: SIM117
        with Pipelined(access_note(asked, "work_item" * 100, 7)):
            shown.append("the page was put into words")
    assert shown


def test_a_page_that_fails_has_still_been_noted(asked: Any) -> None:
    with pytest.raises(ZeroDivisionError), Pipelined(access_note(asked, "work_item", 7)):
        raise ZeroDivisionError
    assert AccessEvent.objects.filter(row=7).exists()
