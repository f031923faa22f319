"""An item opened from a list knows its list: its place, what comes next, what has left, and the way back to its row."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.factories import QueueFactory
from tests.worklists.pages import item_at, signed_in
from worklists import list_position, work
from worklists.models import ListSnapshot, WorkItem

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
RESOLVED = {"resolution": "correction", "preventable": "no"}


@pytest.fixture
def items(cast: Cast) -> list[WorkItem]:
    """Four free items; two are due this week."""
    queue = QueueFactory.create(key="prior_auth", name="Authorization")
    days = (2, 5, 40, 60)
    made = [item_at(cast.here, queue=queue, deadline=TODAY + timedelta(days=each), rank_key=each) for each in days]
    return made


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.sam)


def links(response: Any) -> list[str]:
    """The rows of a list as a person clicks them."""
    found = re.findall(r'<a id="item-\d+" href="([^"]+)" data-open', response.content.decode())
    return [each.replace("&amp;", "&") for each in found]


def said(response: Any) -> str:
    assert response.status_code == 200
    found = re.search(r'<span class="sub" aria-current="page">(.*?)</span>', response.content.decode())
    return found[1] if found else ""


def way(response: Any, rel: str) -> str:
    found = re.search(rf'href="([^"]+)" rel="{rel}"', response.content.decode())
    return found[1] if found else ""


def back(response: Any) -> str:
    found = re.search(r'href="([^"]+)" data-key="b"', response.content.decode())
    assert found is not None
    return found[1].replace("&amp;", "&")


def test_an_item_says_its_place_and_walks_the_list_both_ways(client: Client, items: list[WorkItem]) -> None:
    listed = client.get("/queues/prior_auth/")
    first = client.get(links(listed)[0])
    assert said(first) == "1 of 4, 2 due this week"
    assert way(first, "prev") == ""
    second = client.get(way(first, "next"))
    assert said(second) == "2 of 4, 2 due this week"
    assert second.context["item"] == items[1]
    assert client.get(way(second, "prev")).context["item"] == items[0]
    assert back(second) == f"/queues/prior_auth/#item-{items[1].pk}"


def test_filters_and_order_of_the_list_are_kept(client: Client, items: list[WorkItem]) -> None:
    listed = client.get("/queues/prior_auth/?due=7&sort=newest")
    page = client.get(links(listed)[0])
    assert said(page) == "1 of 2, 2 due this week"
    assert page.context["item"] == items[1]
    assert client.get(way(page, "next")).context["item"] == items[0]
    assert back(page) == f"/queues/prior_auth/?due=7&sort=newest#item-{items[1].pk}"
    assert client.get(back(page)).status_code == 200


def test_done_and_next_goes_through_the_list_and_what_is_done_leaves_it(client: Client, items: list[WorkItem]) -> None:
    page = client.get(links(client.get("/queues/prior_auth/"))[1])
    assert page.context["item"] == items[1]
    sent = RESOLVED | {"then": "next", "in": page.context["place_id"]}
    answer = client.post(reverse("item_action", args=[items[1].pk, "resolve"]), sent)
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"])
    assert page.context["item"] == items[2]
    assert WorkItem.objects.get(pk=items[2].pk).assignee is None
    assert said(page) == "2 of 3, 1 due this week"


def test_what_colleagues_finished_or_took_meanwhile_is_passed_over(
    cast: Cast, client: Client, items: list[WorkItem]
) -> None:
    page = client.get(links(client.get("/queues/prior_auth/"))[0])
    work.resolve([items[1].pk], cast.sue, resolution="correction")
    work.take([items[2].pk], cast.sue)
    page = client.get(f"/items/{items[0].pk}/?in={page.context['place_id']}")
    assert said(page) == "1 of 3, 1 due this week"
    assert way(page, "next").startswith(f"/items/{items[2].pk}/")
    sent = {"until": TODAY + timedelta(days=1), "because": "Record", "then": "next", "in": page.context["place_id"]}
    answer = client.post(reverse("item_action", args=[items[0].pk, "postpone"]), sent)
    assert answer.headers["Location"].startswith(f"/items/{items[3].pk}/")


def test_after_the_last_one_the_list_comes_back_and_says_so(client: Client, items: list[WorkItem]) -> None:
    page = client.get(links(client.get("/queues/prior_auth/"))[3])
    sent = RESOLVED | {"then": "next", "in": page.context["place_id"]}
    answer = client.post(reverse("item_action", args=[items[3].pk, "resolve"]), sent, follow=True)
    assert answer.redirect_chain == [("/queues/prior_auth/", 302)]
    assert "That was the last one of Authorization" in answer.content.decode()


def test_other_acts_stay_on_the_item_in_its_list(client: Client, items: list[WorkItem]) -> None:
    page = client.get(links(client.get("/queues/prior_auth/"))[0])
    place = page.context["place_id"]
    assert f'name="in" value="{place}"' in page.content.decode()
    answer = client.post(reverse("item_action", args=[items[0].pk, "take"]), {"in": place, "version": items[0].version})
    assert answer.headers["Location"] == f"/items/{items[0].pk}/?in={place}"
    assert f'value="{place}"' in client.get(f"/items/{items[0].pk}/hand_over/?in={place}").content.decode()
    noted = client.post(
        reverse("item_note", args=[items[0].pk]), {"in": place, "text": "Called", "channel": "internal"}
    )
    assert noted.headers["Location"] == f"/items/{items[0].pk}/?in={place}"


def test_without_a_list_next_takes_the_most_pressing_item(cast: Cast, client: Client, items: list[WorkItem]) -> None:
    items[0].queue.teams.set(cast.sam.teams.all())
    answer = client.post(reverse("item_action", args=[items[3].pk, "resolve"]), RESOLVED | {"then": "next"})
    assert answer.headers["Location"] == f"/items/{items[0].pk}/"
    assert WorkItem.objects.get(pk=items[0].pk).assignee == cast.sam


def test_a_row_far_down_leads_back_to_its_own_page(
    client: Client, cast: Cast, items: list[WorkItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worklists.paging.PAGE_SIZE", 2)
    page = client.get(links(client.get(f"/queues/prior_auth/?after={items[1].pk}"))[0])
    assert said(page) == "3 of 4, 2 due this week"
    assert back(page) == f"/queues/prior_auth/?after={items[1].pk}#item-{items[2].pk}"
    monkeypatch.setattr(list_position, "MOST", 2)
    page = client.get(links(client.get(f"/queues/prior_auth/?after={items[1].pk}"))[1])
    assert said(page) == "1+ in this list"


def test_a_list_that_is_no_longer_kept_or_is_somebody_elses_is_left_out(
    cast: Cast, client: Client, items: list[WorkItem]
) -> None:
    place = client.get(links(client.get("/queues/prior_auth/"))[0]).context["place_id"]
    for address in (f"?in={place + 999}", "?in=nonsense", "?in="):
        assert said(client.get(f"/items/{items[0].pk}/{address}")) == ""
    assert said(signed_in(cast.sue).get(f"/items/{items[0].pk}/?in={place}")) == ""
    ListSnapshot.objects.update(taken_at=timezone.now() - timedelta(days=15))
    assert list_position.forget_old() == 1


def test_opening_from_the_same_list_again_keeps_one_row_and_costs_no_more_than_six_queries(
    client: Client, items: list[WorkItem], django_assert_max_num_queries: Any
) -> None:
    for _ in range(2):
        page = client.get(links(client.get("/queues/prior_auth/"))[0])
    assert ListSnapshot.objects.count() == 1
    with django_assert_max_num_queries(6):
        client.get(way(page, "next"))
