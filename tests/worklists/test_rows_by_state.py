"""What rows say of what is postponed or resolved, and the board's number of what came back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from tests.cast import Cast
from tests.worklists.pages import item_at, link_to, shown_items, signed_in
from worklists import paging, work
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db


def closed(cast: Cast, recovered: str | None, *, is_here: bool = True, days_ago: int = 0) -> WorkItem:
    item = item_at(cast.here if is_here else cast.there)
    amount = Decimal(recovered) if recovered else None
    settlement = "partial" if recovered else ""
    with time_machine.travel(timezone.now() - timedelta(days=days_ago), tick=False):
        work.resolve([item.pk], None, resolution="appeal", settlement=settlement, recovered_amount=amount).or_refuse()
    return item


def test_the_tile_counts_the_money_of_thirty_days_and_opens_exactly_these_items(cast: Cast) -> None:
    new, older = closed(cast, "100.25"), closed(cast, "50.00", days_ago=29)
    closed(cast, "900.00", days_ago=32)
    closed(cast, None)
    client = signed_in(cast.mara)
    back = client.get("/board/").context["board"].recovered
    assert (back.amount, back.items) == (Decimal("150.25"), 2)
    page = client.get(back.url)
    assert sorted(shown_items(page)) == sorted([new.pk, older.pk])
    assert "2 resolved · $150 recovered" in page.content.decode()


def test_money_of_another_facility_is_not_counted(cast: Cast) -> None:
    cast.mara.all_facilities = False
    cast.mara.save()
    cast.mara.facilities.add(cast.here)
    closed(cast, "10.00", is_here=False)
    assert signed_in(cast.mara).get("/board/").context["board"].recovered.items == 0


def test_a_resolved_row_says_when_it_closed_and_what_came_back_instead_of_being_late(cast: Cast) -> None:
    item = closed(cast, "25.00")
    WorkItem.objects.filter(pk=item.pk).update(deadline=timezone.localdate() - timedelta(days=5))
    page = signed_in(cast.mara).get("/items/?status=resolved").content.decode()
    assert "days late" not in page
    assert "closed" in page
    assert "$25.00 back" in page


@pytest.mark.parametrize("query", ["status=resolved", "cleared=30", "sort=closed&status=resolved"])
def test_what_was_closed_last_stands_first_and_pages_lose_nothing(
    cast: Cast, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    expected = [closed(cast, "1.00", days_ago=days).pk for days in (0, 3, 7)]
    client = signed_in(cast.mara)
    first = client.get(f"/items/?{query}")
    rest = client.get(link_to(first, "next"))
    assert shown_items(first) + shown_items(rest) == expected
    assert shown_items(client.get(link_to(rest, "prev"))) == expected[:2]
    orders = first.context["filter"].whole.form.fields["sort"].choices
    assert [words for _, words in orders][:2] == ["Closed last, first", "Most pressing first"]


def test_a_postponed_row_says_the_day_on_which_it_comes_back(cast: Cast) -> None:
    item, today = item_at(cast.here), timezone.localdate()
    work.postpone([item.pk], cast.sam, until=today + timedelta(days=1), because="Record", today=today).or_refuse()
    day = today + timedelta(days=1)
    assert f"Back {day.day} {day:%b}" in signed_in(cast.sam).get("/items/").content.decode()


def test_an_open_row_that_nobody_took_says_so_in_the_words_of_the_filter(cast: Cast) -> None:
    item_at(cast.here)
    assert (
        '<td class="c-owner"><span class="sub">nobody</span></td>'
        in signed_in(cast.mara).get("/items/").content.decode()
    )
