"""Pages that refresh themselves: next to nothing while nothing changes, everything once it does, nothing used up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import AccessEvent
from tests.cast import Cast
from tests.factories import QueueFactory
from tests.worklists.pages import item_at, shown_items, signed_in
from worklists import work
from worklists.live import RENEWED_SECONDS
from worklists.models import BoardState, Queue

pytestmark = pytest.mark.django_db
PAGES = ("/", "/items/", "/waiting/", "/my-day/", "/queues/", "/live/")


@pytest.fixture
def queue(cast: Cast) -> Queue:
    made: Queue = QueueFactory.create(key="prior_auth", name="Authorization")
    made.teams.set(cast.sam.teams.all())
    return made


@pytest.fixture(autouse=True)
def still() -> Any:
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def poll(client: Client, address: str, tag: str = "") -> Any:
    headers = {"HX-Trigger-Name": "poll"} | ({"If-None-Match": tag} if tag else {})
    return client.get(address, headers=headers)


@pytest.mark.parametrize("address", PAGES)
def test_an_idle_tab_gets_nothing_and_costs_next_to_nothing(
    cast: Cast, queue: Queue, address: str, django_assert_max_num_queries: Any
) -> None:
    item_at(cast.here, queue=queue)
    client = signed_in(cast.sam)
    client.get(address)
    first = poll(client, address)
    assert (first.status_code, bool(first.content)) == (200, True)
    with django_assert_max_num_queries(3):  # the session, the person, the version of the work
        again = poll(client, address, first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", PAGES)
def test_once_work_changes_the_page_comes_again(cast: Cast, queue: Queue, address: str) -> None:
    item = item_at(cast.here, queue=queue)
    client = signed_in(cast.sam)
    tag = poll(client, address).headers["ETag"]
    work.take([item.pk], cast.sue)
    assert poll(client, address, tag).status_code == 200


def test_what_was_finished_is_gone_from_the_list_and_from_its_count(cast: Cast, queue: Queue) -> None:
    item, other = item_at(cast.here, queue=queue), item_at(cast.here, queue=queue)
    client = signed_in(cast.sam)
    tag = poll(client, "/").headers["ETag"]
    work.resolve([item.pk], cast.sue, resolution="no_action")
    answer = poll(client, "/", tag)
    assert shown_items(answer) == [other.pk]
    assert "1 open" in answer.content.decode()


def test_rows_that_are_shown_again_are_noted_and_an_idle_poll_is_not(cast: Cast, queue: Queue) -> None:
    client = signed_in(cast.sam)
    tag = poll(client, "/items/").headers["ETag"]
    noted = AccessEvent.objects.filter(user=cast.sam, what="worklist").count()
    poll(client, "/items/", tag)
    assert AccessEvent.objects.filter(user=cast.sam, what="worklist").count() == noted == 1


def test_what_leaves_no_trace_in_the_work_is_shown_after_a_while(
    cast: Cast, queue: Queue, still: time_machine.Traveller
) -> None:
    client = signed_in(cast.sam)
    tag = poll(client, "/live/").headers["ETag"]
    queue.name = "Another name"
    queue.save()
    still.shift(timedelta(seconds=RENEWED_SECONDS))
    assert "Another name" in poll(client, "/live/", tag).content.decode()


def test_a_poll_uses_up_no_message_for_the_page_that_follows(cast: Cast, queue: Queue) -> None:
    """The redirect after an action and the poll of another tab may cross."""
    item = item_at(cast.here, queue=queue)
    client = signed_in(cast.mara)
    key = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"
    client.post("/items/many/", {"form_key": key, "action": "note:now", "note-text": "Seen.", "pick": [item.pk]})
    poll(client, "/items/")
    page = client.get("/items/")
    assert "1 item." in page.content.decode()


def test_the_board_comes_again_when_it_was_counted_again(cast: Cast, queue: Queue) -> None:
    item = item_at(cast.here, queue=queue)
    client = signed_in(cast.mara)
    tag = poll(client, "/board/").headers["ETag"]
    work.resolve([item.pk], cast.sam, resolution="no_action")
    assert poll(client, "/board/", tag).status_code == 304
    BoardState.objects.update(as_of=timezone.now() - timedelta(minutes=1))
    answer = poll(client, "/board/", tag)
    assert answer.status_code == 200
    assert answer.context["board"].total.numbers.open == 0


def test_each_page_says_how_often_it_asks(cast: Cast, settings: Any) -> None:
    settings.LIVE_SECONDS = 45
    page = signed_in(cast.sam).get("/items/").content.decode()
    assert 'data-live="" data-live-seconds="45"' in page
    assert 'data-live="/live/"' in signed_in(cast.sam).get("/codes/").content.decode()


def test_a_page_of_a_person_asks_as_before(cast: Cast) -> None:
    answer = signed_in(cast.sam).get("/items/")
    assert "ETag" not in answer.headers
