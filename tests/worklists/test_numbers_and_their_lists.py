"""A number that counts items opens exactly those items."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.factories import QueueFactory
from tests.worklists.pages import item_at, shown_items, signed_in
from worklists.assignment import reassigning
from worklists.assignment.sharing import How
from worklists.filter_menus import CHIPS, HIDDEN, MENU, NAMED
from worklists.filters import EVERY_FILTER
from worklists.models import BulkAct, WorkItem

pytestmark = pytest.mark.django_db
COUNTED = re.compile(r'<a href="([^"]*/items/\?(?:act|queue)=[^"]*)">([\d,]+)<')


def counted(page: str) -> dict[str, int]:
    """By the address that a number leads to, the number."""
    return {url: int(number) for url, number in COUNTED.findall(page)}


def shared(cast: Cast) -> BulkAct:
    for place in (cast.here, cast.here, cast.here, cast.there):
        item_at(place)
    made = reassigning.reassign(
        WorkItem.objects.all(), cast.mara,
        how=How.EVENLY, receivers=[cast.sam, cast.mara], reason="Even out", today=timezone.localdate(),
    )  # fmt: skip
    assert made.act is not None
    return made.act


def test_each_number_of_who_got_what_opens_those_items_also_closed_ones(cast: Cast) -> None:
    act, mara = shared(cast), signed_in(cast.mara)
    item_at(cast.here, assignee=cast.sam)
    closed = WorkItem.objects.filter(bulk_rows__act=act, assignee=cast.sam)[0]
    WorkItem.objects.filter(pk=closed.pk).update(
        status="resolved", resolution="written_off", resolved_at=timezone.now(), resolved_by=cast.sam
    )

    numbers = counted(mara.get(reverse("act", args=[act.pk])).content.decode())

    assert sum(numbers.values()) == act.done == 4
    assert {url: len(shown_items(mara.get(url))) for url in numbers} == numbers
    assert any(closed.pk in shown_items(mara.get(url)) for url in numbers)


def test_who_got_what_counts_only_items_that_the_reader_may_see(cast: Cast) -> None:
    act = shared(cast)
    cast.mara.all_facilities = False
    cast.mara.save()
    cast.mara.facilities.add(cast.here)
    mara = signed_in(cast.mara)

    numbers = counted(mara.get(reverse("act", args=[act.pk])).content.decode())

    assert sum(numbers.values()) == 3
    assert {url: len(shown_items(mara.get(url))) for url in numbers} == numbers


def test_somebody_elses_act_opens_nothing(cast: Cast) -> None:
    act = shared(cast)
    mine = f"/items/?act={act.pk}-{cast.sam.pk}"
    assert shown_items(signed_in(cast.mara).get(mine))
    assert shown_items(signed_in(cast.sam).get(mine)) == []
    assert shown_items(signed_in(cast.mara).get("/items/?act=999999999-1")) == []


def test_the_open_items_of_each_queue_open_as_a_list(cast: Cast) -> None:
    QueueFactory.create(key="empty", name="Empty")
    coding = QueueFactory.create(key="coding", name="Coding")
    for place in (cast.here, cast.there):
        item_at(place, queue=coding)
    item_at(cast.here, queue=coding, status="resolved", resolution="written_off", resolved_at=timezone.now())
    item_at(cast.here)
    for everywhere, most in ((True, 2), (False, 1)):
        cast.ada.all_facilities = everywhere
        cast.ada.save()
        cast.ada.facilities.set([cast.here])
        ada = signed_in(cast.ada)
        numbers = counted(ada.get(reverse("queues_admin")).content.decode())
        assert sorted(numbers.values()) == [1, most]
        assert {url: len(shown_items(ada.get(url))) for url in numbers} == numbers


def test_what_narrows_a_list_is_named_on_it_and_stays_when_more_is_chosen() -> None:
    """A number may lead to a list by a field that no menu has: it has to be seen there, and to last."""
    unnamed = {"tab", "search", "columns", "view"}
    assert {*CHIPS, *MENU, *HIDDEN} == set(EVERY_FILTER)
    assert {*CHIPS, *NAMED} == set(EVERY_FILTER) - unnamed


def test_the_last_days_are_as_many_for_what_came_back_as_for_what_was_closed(cast: Cast) -> None:
    first = timezone.now() - timedelta(days=29)
    for moment in (first, first - timedelta(days=1)):
        item_at(
            cast.here, status="resolved", resolution="appeal", settlement="overturned", resolved_at=moment,
            recovered_amount=Decimal(50),
        )  # fmt: skip
    mara = signed_in(cast.mara)
    found = {asked: shown_items(mara.get(f"/items/?{asked}=30")) for asked in ("cleared", "recovered")}
    assert [len(each) for each in found.values()] == [1, 1]
