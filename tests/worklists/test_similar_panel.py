"""What became of cases like this one: by payer and codes, code, category, with n, and only of one's own facilities."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Facility
from tests.cast import Cast
from tests.worklists.pages import item_at, signed_in
from worklists import similar
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 12, 16, tzinfo=UTC)


def closed(like: WorkItem, facility: Facility, settlement: str, recovered: int = 0, **values: Any) -> WorkItem:
    """A closed case, by default of the same payer and codes, ten days after the denial."""
    usual = {
        "resolution": "appeal",
        "payer": like.payer,
        "reason": like.reason,
        "category": like.category,
        "resolved_at": AT,
    }
    made = item_at(
        facility, status="resolved", settlement=settlement, recovered_amount=Decimal(recovered),
        **{**usual, **values},
    )  # fmt: skip
    return made


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    return item_at(cast.here)


def levels(item: WorkItem, user: Any) -> dict[str, Any]:
    return {shown.group.level: shown for shown in similar.similar_to(item, user)[0]}


def panel(item: WorkItem, user: Any) -> str:
    response = signed_in(user).get(reverse("item_panel", args=[item.pk, "similar"]))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_cases_are_counted_by_how_alike_they_are_with_what_was_done_and_what_came_of_it(
    cast: Cast, item: WorkItem
) -> None:
    other = item_at(cast.here).payer
    closed(item, cast.here, "overturned", 900)
    closed(item, cast.here, "partial", 100)
    closed(item, cast.here, "upheld", resolution="correction", resolved_at=AT + timedelta(days=20))
    closed(item, cast.here, "not_contested", resolution="adjustment")
    closed(item, cast.here, "upheld", payer=other)
    closed(item, cast.here, "overturned", 50, payer=other, reason="CO-15", category=item.category)

    found = levels(item, cast.sam)

    same = found["same"].group
    assert (same.tally.cases, same.tally.won, same.tally.partly, same.tally.lost) == (4, 1, 1, 1)
    assert same.tally.recovered == 1000
    by_action = {each.action: each for each in same.actions}
    assert (by_action["appeal"].tally.cases, by_action["appeal"].days) == (2, 10)
    assert by_action["correction"].days == 30
    assert found["code"].group.tally.cases == 5
    assert found["category"].group.tally.cases == 6
    assert found["same"].words == f"{item.payer}, CO-197 N54"


def test_the_page_says_n_and_what_worked(cast: Cast, item: WorkItem) -> None:
    for _ in range(3):
        closed(item, cast.here, "overturned", 900)
    closed(item, cast.here, "upheld", resolution="correction")
    page = panel(item, cast.sam)
    assert "4 cases" in page
    assert "<b>3 of 4</b> won" in page
    assert "Appealed brought the most for each decided case." in page
    assert "$2,700 recovered" in page


def test_a_few_decided_cases_can_be_opened_the_closest_first(cast: Cast, item: WorkItem) -> None:
    far = closed(item, cast.here, "overturned", 50, payer=item_at(cast.here).payer, reason="CO-15")
    near = closed(item, cast.here, "overturned", 900)
    undecided = closed(item, cast.here, "not_contested")
    found = [example.pk for example in similar.similar_to(item, cast.sam)[1]]
    assert found == [near.pk, far.pk]
    page = panel(item, cast.sam)
    assert reverse("item", args=[near.pk]) in page
    assert reverse("item", args=[undecided.pk]) not in page


def test_nothing_of_another_facility_is_counted_or_shown(cast: Cast, item: WorkItem) -> None:
    theirs = closed(item, cast.there, "overturned", 900)
    assert levels(item, cast.sam) == {}
    assert similar.similar_to(item, cast.sam)[1] == []
    assert "No case like this one is closed yet" in panel(item, cast.sam)
    assert [example.pk for example in similar.similar_to(item, cast.mara)[1]] == [theirs.pk]
    assert levels(item, cast.mara)["same"].group.tally.cases == 1


def test_only_the_latest_are_counted_and_it_says_so(
    cast: Cast, item: WorkItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(similar, "MOST", 2)
    for days in range(3):
        closed(item, cast.here, "upheld" if days else "overturned", resolved_at=AT + timedelta(days=days))
    same = levels(item, cast.sam)["same"]
    assert (same.group.tally.lost, same.group.tally.won, same.is_capped) == (2, 0, True)


def test_the_item_itself_is_no_case_like_it(cast: Cast, item: WorkItem) -> None:
    mine = closed(item, cast.here, "overturned", 900)
    assert levels(mine, cast.sam) == {}


def test_more_cases_cost_no_more_queries(cast: Cast, item: WorkItem) -> None:
    client, address = signed_in(cast.sam), reverse("item_panel", args=[item.pk, "similar"])
    closed(item, cast.here, "overturned", 900)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(4):
        closed(item, cast.here, "upheld", denied_on=date(2026, 10, 1))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
