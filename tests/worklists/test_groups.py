"""A list in groups of what is alike: each number opens exactly those items."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any, NamedTuple

import pgtrigger
import pytest
from django.test import Client
from django.utils import timezone

from denials.models import Payer, RemittedClaim
from tests.cast import Cast
from tests.factories import PayerFactory
from tests.worklists.pages import item_at, shown_items, signed_in
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<a href="([^"]+)" data-open>([^<]+)</a>(?:<span class="sub">([^<]*)</span>)?(.*?)</tr>', re.S)
CELL = re.compile(r'<td class="num"[^>]*>(?:<span class="money">)?([^<]*)')


class Row(NamedTuple):
    url: str
    name: str
    meaning: str
    cells: tuple[str, ...]


def groups(client: Client, address: str) -> list[Row]:
    response = client.get(address)
    assert response.status_code == 200
    rows = ROW.findall(response.content.decode())
    return [Row(unescape(url), unescape(name), meaning, tuple(CELL.findall(rest))) for url, name, meaning, rest in rows]


@pytest.fixture
def items(cast: Cast) -> list[WorkItem]:
    """Two payers; the first denies twice by 197, and once by 16 with the same remark."""
    today = timezone.localdate()
    one, other = PayerFactory.create(name="Example Plan"), PayerFactory.create(name="Other Plan")
    told: list[tuple[Payer, str, str, int]] = [
        (one, "CO-197 N54", "100.10", 3), (one, "CO-197 N54", "200.20", 40), (one, "CO-16 N54", "50.00", 50),
        (other, "PR-197", "900.00", 60),
    ]  # fmt: skip
    return [
        item_at(
            cast.here, payer=payer, reason=reason, amount_at_risk=Decimal(amount), deadline=today + timedelta(days=days)
        )
        for payer, reason, amount, days in told
    ]


def test_what_one_payer_denies_by_the_same_codes_is_one_batch_that_opens_as_a_list(
    cast: Cast, items: list[WorkItem]
) -> None:
    sam = signed_in(cast.sam)
    found = groups(sam, "/groups/?list=all_items")
    assert [(row.name, row.cells[:3]) for row in found] == [
        ("Other Plan · PR-197", ("1", "$900.00", "")),
        ("Example Plan · CO-197 N54", ("2", "$300.30", "1")),
        ("Example Plan · CO-16 N54", ("1", "$50.00", "")),
    ]
    assert found[0].meaning
    for row in found:
        assert len(shown_items(sam.get(row.url))) == int(row.cells[0]), row


@pytest.mark.parametrize("by", ["payer", "reason", "category", "facility", "queue", "owner", "provider"])
def test_each_way_to_group_leads_to_lists_with_as_many_items(cast: Cast, items: list[WorkItem], by: str) -> None:
    WorkItem.objects.filter(pk=items[0].pk).update(assignee=cast.sam)
    WorkItem.objects.filter(pk__in=[items[1].pk, items[3].pk]).update(provider="1999999984")
    sam = signed_in(cast.sam)
    found = groups(sam, f"/groups/?list=all_items&by={by}")
    assert found
    for row in found:
        assert len(shown_items(sam.get(row.url))) == int(row.cells[0]), row


def test_a_list_is_grouped_as_it_is_narrowed_and_by_nothing_that_narrows_it(cast: Cast, items: list[WorkItem]) -> None:
    sam, payer = signed_in(cast.sam), items[0].payer
    address = f"/groups/?list=all_items&query=payer%3D{payer.pk}%26tab%3Ddue"
    assert [(row.name, row.cells[0]) for row in groups(sam, address)] == [("CO-197 N54", "1")]
    page = sam.get(address).content.decode()
    assert "Narrowed as the list is: Due in 14 days · Payer Example Plan" in page
    assert ">Payer and codes<" not in page
    assert f"/items/?payer={payer.pk}&amp;tab=due&amp;reason=CO-197+N54" in page


def test_items_without_a_code_are_a_group_too(cast: Cast, items: list[WorkItem]) -> None:
    WorkItem.objects.filter(pk=items[3].pk).update(reason="denied")
    sam = signed_in(cast.sam)
    first = groups(sam, "/groups/?list=all_items")[0]
    assert first.name == "Other Plan · denied"
    assert shown_items(sam.get(first.url)) == [items[3].pk]


def test_items_without_a_category_are_counted_but_lead_to_no_list_of_more_than_them(
    cast: Cast, items: list[WorkItem]
) -> None:
    WorkItem.objects.filter(pk=items[3].pk).update(category="")
    sam = signed_in(cast.sam)
    page = sam.get("/groups/?list=all_items&by=category").content.decode()
    assert "No category<span" in page
    assert [row.cells[0] for row in groups(sam, "/groups/?list=all_items&by=category")] == ["3"]


def test_a_provider_is_known_by_number_and_named_as_the_payer_wrote_it(cast: Cast, items: list[WorkItem]) -> None:
    rendered: dict[str, Any] = {"denial__fault_provider": "1999999984", "amount_at_risk": Decimal("2000.00")}
    rows = [item_at(cast.here, **rendered) for _ in range(2)]
    with pgtrigger.ignore("denials.RemittedClaim:what_the_payer_said_of_a_claim"):
        claims = RemittedClaim.objects.filter(denial__work_item__in=rows)
        claims.update(rendering_npi="1999999984", rendering_name="Madeup, Rosalind")
    sam = signed_in(cast.sam)
    [found] = groups(sam, "/groups/?list=all_items&by=provider")
    assert (found.name, found.meaning, found.cells[0]) == ("1999999984", "Madeup, Rosalind", "2")
    assert sorted(shown_items(sam.get(found.url))) == [row.pk for row in rows]


def test_items_of_other_facilities_are_in_no_group(cast: Cast, items: list[WorkItem]) -> None:
    item_at(cast.there, payer=items[3].payer, reason="PR-197", amount_at_risk=Decimal("5000.00"))
    assert groups(signed_in(cast.sam), "/groups/?list=all_items")[0].cells[:2] == ("1", "$900.00")


def test_an_empty_list_says_what_to_do(cast: Cast) -> None:
    assert "Nothing to group" in signed_in(cast.sam).get("/groups/?list=my_queues").content.decode()


def test_a_filter_that_is_not_understood_is_said_so_and_not_taken_for_an_empty_list(
    cast: Cast, items: list[WorkItem]
) -> None:
    page = signed_in(cast.sam).get("/groups/?list=all_items&query=payer%3D0").content.decode()
    assert "A part of this filter is not understood, so nothing is shown." in page
    assert "The list is empty" not in page
    assert '<a class="button primary" href="/items/">Show the whole list</a>' in page


def test_a_list_that_is_narrowed_by_everything_has_no_groups_left(cast: Cast, items: list[WorkItem]) -> None:
    item = items[0]
    WorkItem.objects.filter(pk=item.pk).update(provider="1999999984")
    every = {
        "payer": item.payer_id, "reason": "CO-197 N54", "category": item.category, "facility": item.facility_id,
        "queue": item.queue_id, "owner": "nobody", "provider": "1999999984",
    }  # fmt: skip
    query = "%26".join(f"{name}%3D{value}" for name, value in every.items())
    page = signed_in(cast.sam).get(f"/groups/?list=all_items&query={query}").content.decode()
    assert "Narrowed to one group already" in page
