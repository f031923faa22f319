"""The item's page prints the parts of its place in the order, each with its source and its number of cases."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.factories import PayerFactory
from tests.worklists.pages import item_at, panel_of
from worklists import why
from worklists.experience import recount
from worklists.item_order import group_in_words
from worklists.models import WorkItem, WorkTime

pytestmark = pytest.mark.django_db


def words_of(cast: Cast, item: WorkItem) -> str:
    page = panel_of(item, cast.sam, "why")
    found = re.search(r"<h2>Place in the order.*?</section>", page, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def known(cast: Cast, payer: Any, *, paid: int, unpaid: int) -> None:
    for number in range(paid + unpaid):
        done = item_at(
            cast.here,
            denial__payer=payer,
            status="resolved",
            resolution="appeal",
            settlement="overturned" if number < paid else "upheld",
            recovered_amount=Decimal("1450.00") if number < paid else None,
            resolved_at=timezone.now(),
        )
        WorkTime.objects.create(item=done, person=cast.sam, act="resolve", seconds=600, is_measured=True)


def test_every_part_says_where_it_comes_from(cast: Cast) -> None:
    payer = PayerFactory.create(name="Blue Example")
    known(cast, payer, paid=9, unpaid=3)
    today = timezone.localdate()
    item = item_at(
        cast.here, denial__payer=payer, deadline=today + timedelta(days=9), last_safe_on=today + timedelta(days=3)
    )
    recount(today)

    words = words_of(cast, WorkItem.objects.get(pk=item.pk))

    assert "9 of 12 decided: Blue Example, CO-197 with N54, appealed" in words
    assert "from 12 timed: Blue Example, CO-197 with N54, appealed" in words
    assert "of $1,450.00 at risk" in words
    assert "Deadline lane" in words
    assert "because its last safe day is in 3 days." in words
    assert "Little is known" not in words
    assert "all denials 12 75% 12" in words


def test_the_product_of_the_parts_is_what_is_shown(cast: Cast) -> None:
    item = item_at(cast.here, chance=0.62, expected_amount=Decimal("1240.00"), expected_minutes=14.0)

    order = why.read(item, cast.sam, timezone.localdate())["order"]

    assert order is not None
    assert order.a_minute == pytest.approx(0.62 * 1240 / 14)
    assert "$54.91 a minute" in words_of(cast, item)


def test_where_nothing_is_known_the_page_says_that_it_is_assumed(cast: Cast) -> None:
    item = item_at(cast.here, is_thin=True)

    words = words_of(cast, item)

    assert "assumed: nothing is decided yet" in words
    assert "assumed: no work is timed yet" in words
    assert "Fewer than 3 outcomes of this payer with these codes are decided" in words


def test_an_item_past_its_deadline_is_not_in_the_lane(cast: Cast) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)

    assert "lane" not in words_of(cast, item_at(cast.here, deadline=yesterday, last_safe_on=yesterday))


@pytest.mark.parametrize("status", ["waiting", "resolved"])
def test_what_asks_for_no_work_has_no_place(cast: Cast, status: str) -> None:
    values: dict[str, Any] = {"resolution": "appeal", "resolved_at": timezone.now()} if status == "resolved" else {}

    assert words_of(cast, item_at(cast.here, status=status, **values)) == ""


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("all", "all denials"),
        ("all|prior_auth", "prior auth"),
        ("all|prior_auth|CO-197", "CO-197"),
        ("all|prior_auth|CO-197|", "CO-197 without a remark"),
        ("all|prior_auth||N54|7", "Blue, no reason code with N54"),
        ("all|a|CO-197||7|correction|old", "Blue, CO-197 without a remark, corrected claim, denied after 120 days"),
    ],
)
def test_groups_are_named_as_people_speak_of_them(key: str, words: str) -> None:
    assert group_in_words(key.split("|"), "Blue") == words
