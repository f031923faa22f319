"""The rail: where each person may go, and how much waits there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone

from accounts.models import User
from config.navigation import sections_for
from tests.cast import Cast
from tests.factories import QueueFactory
from tests.worklists.pages import item_at, signed_in
from worklists import capped, work

pytestmark = pytest.mark.django_db


def rail(user: User, path: str = "/my-day/") -> dict[str, dict[str, Any]]:
    request = RequestFactory().get(path)
    request.user = user
    return {link["label"]: link for section in sections_for(request) for link in section["links"]}


def test_the_rail_costs_one_query(cast: Cast, django_assert_num_queries: Any) -> None:
    for number in range(5):
        item_at(cast.here, queue=QueueFactory.create(key=f"queue-{number}", name=f"Queue {number}"))
    with django_assert_num_queries(1):
        rail(cast.mara)


def test_people_see_their_teams_queues_and_managers_those_with_work(cast: Cast) -> None:
    ours = QueueFactory.create(key="prior_auth", name="Authorization")
    ours.teams.set(cast.sam.teams.all())
    item_at(cast.here, queue=QueueFactory.create(key="coding", name="Coding"))
    QueueFactory.create(key="billing", name="Billing")
    assert {"Authorization", "Coding", "Billing"} & rail(cast.sam).keys() == {"Authorization"}
    assert {"Authorization", "Coding", "Billing"} & rail(cast.mara).keys() == {"Authorization", "Coding"}


def test_counts_leave_out_other_facilities_and_what_is_not_to_be_worked_now(cast: Cast) -> None:
    today = timezone.localdate()
    ours = QueueFactory.create(key="prior_auth", name="Authorization")
    ours.teams.set(cast.sam.teams.all())
    item_at(cast.there, queue=ours)
    item_at(cast.here, queue=ours)
    later, waits = item_at(cast.here, queue=ours), item_at(cast.here, queue=ours)
    work.postpone([later.pk], cast.sam, until=today + timedelta(days=1), because="Record", today=today)
    work.wait_for_payer([waits.pk], cast.sam, follow_up_on=today + timedelta(days=9))
    links = rail(cast.sam)
    assert links["Authorization"]["count"] == "1"
    assert links["My queues"]["count"] == "1"
    assert links["Waiting for payers"]["count"] == "1"
    assert links["My day"]["count"] == "0"


def test_my_day_also_counts_what_nobody_has_taken_in_my_queues(cast: Cast) -> None:
    soon = timezone.localdate() + timedelta(days=2)
    ours = QueueFactory.create(key="prior_auth", name="Authorization")
    ours.teams.set(cast.sam.teams.all())
    own, sues, _ = (item_at(cast.here, queue=ours, deadline=soon) for _ in range(3))
    item_at(cast.here, queue=QueueFactory.create(key="coding", name="Coding"), deadline=soon)
    work.take([own.pk], cast.sam)
    work.take([sues.pk], cast.sue)
    assert rail(cast.sam)["My day"]["count"] == "2"


def test_a_queue_with_something_nearly_late_is_hot(cast: Cast) -> None:
    today = timezone.localdate()
    hot, calm = (QueueFactory.create(key=key, name=key) for key in ("hot", "calm"))
    item_at(cast.here, queue=hot, deadline=today + timedelta(days=5))
    item_at(cast.here, queue=calm, deadline=today + timedelta(days=6))
    links = rail(cast.mara)
    assert (links["hot"]["is_hot"], links["calm"]["is_hot"]) == (True, False)


def test_unrouted_work_is_hot_for_managers_and_unseen_by_others(cast: Cast) -> None:
    unrouted = QueueFactory.create(key="unrouted", name="Unrouted")
    unrouted.teams.set(cast.sam.teams.all())
    item_at(cast.here, queue=unrouted, deadline=None, rank_key=1.0)
    assert rail(cast.mara)["Unrouted"]["is_hot"]
    assert "Unrouted" not in rail(cast.sam)


def test_large_counts_stop_at_the_cap(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capped, "CAP", 2)
    queue = QueueFactory.create(key="prior_auth", name="Authorization")
    for _ in range(4):
        item_at(cast.here, queue=queue)
    assert rail(cast.mara)["Authorization"]["count"] == "2+"


def test_managers_keep_what_somebody_else_approves_and_admins_the_settings(cast: Cast) -> None:
    assert "Board" not in rail(cast.sam)
    assert "Board" in rail(cast.mara)
    everybody = (cast.sam, cast.mara, cast.ada)
    assert [bool(links_under(user, "Rules of work")) for user in everybody] == [False, True, True]
    assert [bool(links_under(user, "Settings")) for user in everybody] == [False, False, True]


def test_what_a_manager_seldom_asks_is_folded_unless_one_is_there(cast: Cast) -> None:
    def folded(path: str) -> dict[str, bool]:
        request = RequestFactory().get(path)
        request.user = cast.ada
        return {each["title"]: each["is_open"] for each in sections_for(request) if each["is_folded"]}

    closed = {"Records": False, "Rules of work": False, "Settings": False}
    assert folded("/board/") == closed
    assert folded("/settings/rules/") == closed | {"Rules of work": True}
    assert folded("/appeals/") == closed | {"Records": True}


def links_under(user: User, title: str) -> list[str]:
    request = RequestFactory().get("/")
    request.user = user
    found = (section for section in sections_for(request) if section["title"] == title)
    return [link["label"] for section in found for link in section["links"]]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/my-day/", "My day"),
        ("/", "My queues"),
        ("/items/", "All items"),
        ("/queues/prior_auth/", "Authorization"),
        ("/waiting/", "Waiting for payers"),
        ("/waiting/colleagues/", "Waiting for colleagues"),
    ],
)
def test_the_page_one_is_on_is_marked_and_no_other(cast: Cast, path: str, label: str) -> None:
    queue = QueueFactory.create(key="prior_auth", name="Authorization")
    queue.teams.set(cast.sam.teams.all())
    assert [name for name, link in rail(cast.sam, path).items() if link["is_current"]] == [label]


def test_somebody_without_any_queue_still_has_a_way(cast: Cast) -> None:
    cast.sam.teams.clear()
    assert {"My day", "My queues", "All items"} <= rail(cast.sam).keys()


def test_a_person_whose_facilities_or_role_change_is_counted_anew(cast: Cast) -> None:
    item_at(cast.here, queue=QueueFactory.create(key="prior_auth", name="Authorization"))
    sam = cast.sam
    assert rail(sam)["My queues"]["count"] == "0"
    assert "Authorization" not in rail(sam)
    sam.role = "manager"
    assert rail(sam)["Authorization"]["count"] == "1"
    sam.facilities.set([cast.there])
    assert "Authorization" not in rail(sam)
    sam.all_facilities = True
    assert rail(sam)["Authorization"]["count"] == "1"


def test_everybody_who_sees_items_searches_them_from_every_page(cast: Cast) -> None:
    assert (
        'href="/items/#search" data-opens="search" data-key="/"' in signed_in(cast.sam).get("/my-day/").content.decode()
    )
