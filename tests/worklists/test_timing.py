"""The time behind each act: as the browser measured it, or from opening to acting; bounded, never trusted."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.worklists.pages import item_at, signed_in
from worklists.models import WorkItem, WorkTime

pytestmark = pytest.mark.django_db
KEY = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    return item_at(cast.here)


def noted(cast: Cast, item: WorkItem, **sent: Any) -> Any:
    address = reverse("item_action", args=[item.pk, "note"])
    return signed_in(cast.sam).post(address, {"text": "Called.", "version": item.version, **sent})


def kept() -> list[tuple[int, bool, str]]:
    return list(WorkTime.objects.values_list("seconds", "is_measured", "act"))


def test_what_the_browser_measured_is_kept_with_the_act(cast: Cast, item: WorkItem) -> None:
    noted(cast, item, spent="185", opened_at=str(int(time.time()) - 900))

    assert kept() == [(185, True, "note")]
    assert WorkTime.objects.get().person == cast.sam


def test_without_a_script_the_time_from_opening_to_acting_counts_and_not_more_than_half_an_hour(
    cast: Cast, item: WorkItem
) -> None:
    noted(cast, item, opened_at=str(int(time.time()) - 120))
    noted(cast, item, opened_at=str(int(time.time()) - 9000))

    (later, *_), (earlier, is_measured, _) = kept()
    assert 119 <= earlier <= 125
    assert (later, is_measured) == (1800, False)


@pytest.mark.parametrize(
    "sent", [{"spent": "-5"}, {"spent": "0"}, {"opened_at": "x" * 40}, {"opened_at": "9" * 15}, {}]
)
def test_nonsense_about_time_is_left_out_and_the_act_is_done(cast: Cast, item: WorkItem, sent: dict[str, str]) -> None:
    assert noted(cast, item, **sent).status_code == 302
    assert kept() == []


def test_no_page_is_open_for_longer_than_a_shift(cast: Cast, item: WorkItem) -> None:
    noted(cast, item, spent="999999999")

    assert kept()[0][0] == 4 * 3600


def test_a_form_sent_twice_counts_its_time_once(cast: Cast, item: WorkItem) -> None:
    first = noted(cast, item, spent="20", form_key=KEY)
    again = noted(cast, item, spent="25", form_key=KEY)

    assert (first.status_code, again.status_code) == (302, 302)
    assert kept() == [(20, True, "note")]


def test_a_form_with_faults_brings_its_time_along(cast: Cast, item: WorkItem) -> None:
    opened = str(int(time.time()) - 60)
    answer = noted(cast, item, text="", spent="40", opened_at=opened)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert kept() == []
    assert re.search(rf'name="opened_at" value="{opened}"', page)
    assert 'name="spent" value="40"' in page


def test_the_pages_of_an_item_say_whose_time_it_is(cast: Cast, item: WorkItem) -> None:
    page = signed_in(cast.sam).get(reverse("item", args=[item.pk])).content.decode()

    assert f'data-work="{item.pk}"' in page
    assert 'name="opened_at"' in page


def test_ones_own_minutes_are_shown_to_oneself_and_put_right_by_oneself(cast: Cast, item: WorkItem) -> None:
    noted(cast, item, spent="185")
    row = WorkTime.objects.get()
    sam, mara = signed_in(cast.sam), signed_in(cast.mara)
    page = sam.get("/my-minutes/").content.decode()
    assert "3 minutes on items today" in page
    assert "Only you see these lines" in page
    assert sam.post(f"/my-minutes/{row.pk}/", {"minutes": "12"}).headers["Location"] == "/my-minutes/"
    row.refresh_from_db()
    assert (row.seconds, row.corrected_seconds) == (185, 720)
    page = sam.get("/my-minutes/").content.decode()
    assert "By you; counted were 3" in page
    assert f"12 min now count on item {item.pk}; 3 min were counted." in page
    assert 'data-label="Ended with">Note added<' in page
    assert sam.post(f"/my-minutes/{row.pk}/", {"minutes": "900"}).status_code == 422
    assert f"Item {item.pk}" not in mara.get("/my-minutes/").content.decode()
    assert mara.post(f"/my-minutes/{row.pk}/", {"minutes": "1"}).status_code == 404
