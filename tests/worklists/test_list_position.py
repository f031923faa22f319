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
from worklists.models import BulkAct, ListSnapshot, WorkItem

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
RESOLVED = {"resolution": "correction", "preventable": "no"}


@pytest.fixture
def items(cast: Cast) -> list[WorkItem]:
    """Four free items; two are due this week."""
    queue = QueueFactory.create(key="prior_auth", name="Authorization")
    days = (2, 5, 40, 60)
    made = [
        item_at(cast.here, queue=queue, denial__deadline=TODAY + timedelta(days=each), rank_key=each) for each in days
    ]
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
    assert said(first) == "1 of 4, 2 due this week or late"
    assert way(first, "prev") == ""
    second = client.get(way(first, "next"))
    assert said(second) == "2 of 4, 2 due this week or late"
    assert second.context["item"] == items[1]
    assert client.get(way(second, "prev")).context["item"] == items[0]
    assert back(second) == f"/queues/prior_auth/#item-{items[1].pk}"


def test_filters_and_order_of_the_list_are_kept(client: Client, items: list[WorkItem]) -> None:
    listed = client.get("/queues/prior_auth/?due=7&sort=newest")
    page = client.get(links(listed)[0])
    assert said(page) == "1 of 2, 2 due this week or late"
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
    assert said(page) == "2 of 3, 1 due this week or late"


def test_what_colleagues_finished_or_took_meanwhile_is_passed_over(
    cast: Cast, client: Client, items: list[WorkItem]
) -> None:
    page = client.get(links(client.get("/queues/prior_auth/"))[0])
    work.resolve([items[1].pk], cast.sue, resolution="correction")
    work.take([items[2].pk], cast.sue)
    page = client.get(f"/items/{items[0].pk}/?in={page.context['place_id']}")
    assert said(page) == "1 of 3, 1 due this week or late"
    assert way(page, "next").startswith(f"/items/{items[2].pk}/")
    sent = {"until": TODAY + timedelta(days=1), "because": "Record", "then": "next", "in": page.context["place_id"]}
    answer = client.post(reverse("item_action", args=[items[0].pk, "postpone"]), sent)
    assert answer.headers["Location"].startswith(f"/items/{items[3].pk}/")


def test_what_waits_is_counted_by_its_day_to_ask_and_leaves_its_list_when_answered(
    cast: Cast, client: Client, items: list[WorkItem]
) -> None:
    WorkItem.objects.filter(pk__in=[each.pk for each in items[1:]]).update(status="waiting")
    WorkItem.objects.filter(pk=items[3].pk).update(follow_up_on=TODAY)
    page = client.get(links(client.get("/waiting/"))[0])
    assert said(page) == "1 of 3, 1 to ask about this week or late"
    WorkItem.objects.filter(pk=items[3].pk).update(status="new")
    assert said(client.get(f"/items/{items[3].pk}/?in={page.context['place_id']}")) == "2 in this list"


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
    assert said(page) == "3 of 4, 2 due this week or late"
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


def resolve_and_next(client: Client, page: Any) -> Any:
    sent = RESOLVED | {"then": "next", "in": page.context["place_id"] or ""}
    return client.post(reverse("item_action", args=[page.context["item"].pk, "resolve"]), sent, follow=True)


@pytest.mark.parametrize("way_back", ["by key", "by toast", "by list of acts"])
def test_an_undo_puts_the_item_back_in_its_place_and_the_walk_goes_on(
    client: Client, items: list[WorkItem], way_back: str
) -> None:
    page = resolve_and_next(client, client.get(links(client.get("/queues/prior_auth/"))[1]))
    place = page.context["place_id"]
    act = BulkAct.objects.get()
    undo, sent = {
        "by key": (reverse("act_undo_last"), {"in": place}),
        "by toast": (reverse("act_undo", args=[act.pk]), {"in": place}),
        "by list of acts": (reverse("act_undo", args=[act.pk]), {}),
    }[way_back]
    page = client.post(undo, sent, follow=True)
    assert page.context["item"] == items[1]
    assert said(page).startswith("2 of 4")
    page = resolve_and_next(client, page)
    assert (page.context["item"], said(page)) == (items[2], "2 of 3, 1 due this week or late")
    assert not WorkItem.objects.filter(assignee__isnull=False).exclude(pk=items[1].pk).exists()


def test_an_undo_puts_back_what_stays_in_sight_though_it_is_done(
    cast: Cast, client: Client, items: list[WorkItem]
) -> None:
    """All items shows what is handed over still: only the walk knows that it was finished."""
    page = client.get(links(client.get("/items/"))[1])
    sent = {"to": f"person:{cast.sue.pk}", "reason": "Hers", "then": "next", "in": page.context["place_id"]}
    page = client.post(reverse("item_action", args=[items[1].pk, "hand_over"]), sent, follow=True)
    assert said(page) == "2 of 3, 1 due this week or late"
    done = client.get(f"/items/{items[1].pk}/?in={page.context['place_id']}")
    assert said(done) == "3 in this list, 1 due this week or late"
    assert (way(done, "prev"), way(done, "next")) == tuple(
        f"/items/{items[at].pk}/?in={page.context['place_id']}" for at in (0, 2)
    )
    page = client.post(reverse("act_undo_last"), {"in": page.context["place_id"]}, follow=True)
    assert page.context["item"] == items[1]
    assert said(page).startswith("2 of 4")


def test_going_back_to_what_is_done_keeps_the_walk(
    client: Client, items: list[WorkItem], django_assert_max_num_queries: Any
) -> None:
    """The address with which the first item was opened is asked again, and the item is no longer in that list."""
    address = links(client.get("/queues/prior_auth/"))[1]
    page = client.get(address)
    place = page.context["place_id"]
    page = resolve_and_next(client, page)
    following = page.wsgi_request.get_full_path()
    with django_assert_max_num_queries(8):  # one more than to open it from its list
        back_again = client.get(address)
    assert said(back_again) == "3 in this list, 1 due this week or late"
    assert way(back_again, "prev") == f"/items/{items[0].pk}/?in={place}"
    assert way(back_again, "next") == f"/items/{items[2].pk}/?in={place}"
    page = client.get(following)
    assert (page.context["item"], said(page)) == (items[2], "2 of 3, 1 due this week or late")
    assert client.get(way(page, "prev")).context["item"] == items[0]


@pytest.mark.parametrize("which", [0, 1, 3])
def test_a_row_that_left_its_list_before_it_was_clicked_stands_at_its_place(
    cast: Cast, client: Client, items: list[WorkItem], which: int
) -> None:
    """The numbers are those of the list, and the neighbours those it would have there."""
    addresses = links(client.get("/queues/prior_auth/"))
    work.resolve([items[which].pk], cast.sue, resolution="correction")
    page = client.get(addresses[which])
    assert said(page).startswith("3 in this list")
    before, after = (items[at].pk if 0 <= at < 4 else None for at in (which - 1, which + 1))
    assert way(page, "prev") == (f"/items/{before}/?in={page.context['place_id']}" if before else "")
    assert way(page, "next") == (f"/items/{after}/?in={page.context['place_id']}" if after else "")


def test_a_walk_of_another_day_does_not_come_back(cast: Cast, client: Client, items: list[WorkItem]) -> None:
    client.get(links(client.get("/queues/prior_auth/"))[0])
    ListSnapshot.objects.update(taken_at=timezone.now() - timedelta(days=1))
    addresses = links(client.get("/queues/prior_auth/"))
    work.resolve([items[1].pk], cast.sue, resolution="correction")
    added = item_at(cast.here, queue=items[0].queue, denial__deadline=TODAY + timedelta(days=50), rank_key=50)
    page = client.get(addresses[1])
    assert said(page) == "4 in this list, 1 due this week or late"
    assert ListSnapshot.objects.get().items == [items[at].pk for at in (0, 1, 2)] + [added.pk, items[3].pk]


def test_an_undo_finds_its_place_in_a_list_that_was_opened_anew_since(client: Client, items: list[WorkItem]) -> None:
    resolve_and_next(client, client.get(links(client.get("/queues/prior_auth/"))[1]))
    page = client.get(links(client.get("/queues/prior_auth/"))[1])
    assert (page.context["item"], said(page)) == (items[2], "2 of 3, 1 due this week or late")
    page = client.post(reverse("act_undo_last"), {"in": page.context["place_id"]}, follow=True)
    assert page.context["item"] == items[1]
    assert said(page).startswith("2 of 4")
    assert resolve_and_next(client, page).context["item"] == items[2]


def test_what_is_opened_again_is_in_the_walk_again(client: Client, items: list[WorkItem]) -> None:
    page = resolve_and_next(client, client.get(links(client.get("/queues/prior_auth/"))[1]))
    sent = {"reason": "Too early", "in": page.context["place_id"]}
    page = client.post(reverse("item_action", args=[items[1].pk, "reopen"]), sent, follow=True)
    assert page.context["item"] == items[1]
    assert said(page).startswith("2 of 4")
