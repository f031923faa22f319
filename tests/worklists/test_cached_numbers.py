"""Numbers that are kept: one's own work shows at once, others' soon, and nothing is asked twice."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.factories import PayerFactory, QueueFactory
from tests.worklists.pages import item_at, shown_items, signed_in
from worklists import cached_numbers, work
from worklists.models import Queue, WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(cast: Cast, settings: Any) -> Queue:
    settings.COUNTS_SECONDS = 20
    queue: Queue = QueueFactory.create(key="prior_auth", name="Authorization")
    queue.teams.set(cast.sam.teams.all())
    return queue


def counted(client: Client) -> tuple[int, str]:
    """What the list and the rail say of all open items and of the queue."""
    page = client.get("/items/")
    links = {link["label"]: link["count"] for section in page.context["nav"] for link in section["links"]}
    return page.context["counts"].shown, links["Waiting for payers"]


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + seconds)


def test_ones_own_work_shows_at_once_and_that_of_others_soon(
    cast: Cast, queue: Queue, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    mine, theirs = item_at(cast.here, queue=queue), item_at(cast.here, queue=queue)
    client = signed_in(cast.sam)
    assert counted(client) == (2, "0")
    # who asks; how far the work has come and which rows; these rows; the note of who looked
    with django_assert_num_queries(4):
        assert counted(client) == (2, "0")
    work.resolve([mine.pk], cast.sam, resolution="correction")
    assert counted(client)[0] == 1
    work.resolve([theirs.pk], cast.sue, resolution="correction")
    assert counted(client)[0] == 1
    later(monkeypatch, 21)
    assert counted(client)[0] == 0


def test_a_stale_page_asks_once_more(cast: Cast, queue: Queue, django_assert_num_queries: Any) -> None:
    item = item_at(cast.here, queue=queue)
    client = signed_in(cast.sam)
    counted(client)
    work.take([item.pk], cast.sam)
    with django_assert_num_queries(5):
        counted(client)


def test_a_payer_that_was_added_is_offered_and_found_at_once(cast: Cast, queue: Queue) -> None:
    client = signed_in(cast.sam)
    assert not client.get("/items/?payer=1").context["filter"].is_understood
    payer = PayerFactory.create(name="Acme Health")
    item = item_at(cast.here, queue=queue, payer=payer)
    page = client.get(f"/items/?payer={payer.pk}")
    assert shown_items(page) == [item.pk]


def test_what_people_set_shows_at_once(cast: Cast, queue: Queue) -> None:
    client = signed_in(cast.sam)
    assert "Renamed" not in client.get("/items/").content.decode()
    Queue.objects.filter(pk=queue.pk).update(name="Renamed")
    assert "Renamed" in client.get("/items/").content.decode()


def test_two_people_never_share_an_answer(cast: Cast, queue: Queue) -> None:
    item_at(cast.here, queue=queue)
    assert counted(signed_in(cast.sam))[0] == 1
    assert counted(signed_in(cast.otto))[0] == 0
    cast.sam.facilities.set([cast.there])
    assert counted(signed_in(cast.sam))[0] == 0


def test_what_leaves_no_trace_shows_after_a_while(cast: Cast, queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    item = item_at(cast.here, queue=queue)
    client = signed_in(cast.sam)
    assert counted(client)[0] == 1
    WorkItem.objects.filter(pk=item.pk).update(facility=cast.there)
    assert counted(client)[0] == 1
    later(monkeypatch, cached_numbers.RENEWED_SECONDS)
    assert counted(client)[0] == 0
