"""The numbers of a list: of few rows told in one pass, of many each looked for by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.cast import Cast
from tests.worklists.pages import item_at, signed_in
from worklists import capped, counts, pooled

pytestmark = pytest.mark.django_db


@pytest.fixture
def items(cast: Cast) -> None:
    """Three with time left, and one that is overdue."""
    today = timezone.localdate()
    for number in range(3):
        item_at(cast.here, deadline=today + timedelta(days=90), rank_key=number, amount_at_risk=100)
    item_at(cast.here, deadline=today - timedelta(days=1), rank_key=9, amount_at_risk=30)


def numbers(cast: Cast, query: str = "") -> Any:
    return signed_in(cast.sam).get(f"/items/{query}").context["counts"]


@pytest.mark.usefixtures("items")
def test_few_rows_are_counted_whole(cast: Cast) -> None:
    found = numbers(cast)
    assert (found.shown, found.at_risk, found.due_this_week, found.tabs["overdue"]) == (4, 330, 1, 1)
    assert found.tabs["due"] == found.tabs["repeat"] == found.tabs["postponed"] == 0


@pytest.mark.usefixtures("items")
def test_of_many_rows_a_part_is_found_beyond_those_that_were_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (capped, counts, pooled):
        monkeypatch.setattr(module, "CAP", 2)
    found = numbers(cast)
    assert found.is_capped
    assert (found.tabs[""], found.at_risk, found.due_this_week, found.tabs["overdue"]) == (3, 230, 1, 1)


def test_a_part_that_goes_on_is_counted_on_from_the_day_at_which_the_rows_end(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five rows are read: three that were sent, which are not near though their day is, and two that are."""
    for module in (capped, counts, pooled):
        monkeypatch.setattr(module, "CAP", 4)
    today = timezone.localdate()
    for _ in range(3):
        item_at(cast.here, deadline=today, status="waiting", follow_up_on=today + timedelta(days=9))
    for days in (1, 2, 2, 20):
        item_at(cast.here, deadline=today + timedelta(days=days))
    found = numbers(cast)
    assert (found.tabs[""], found.due_this_week, found.tabs["due"], found.tabs["overdue"]) == (5, 3, 3, 0)
    for _ in range(3):
        item_at(cast.here, deadline=today + timedelta(days=7))
    found = numbers(cast)
    assert (found.due_this_week, found.tabs["due"]) == (5, 5), "No number goes beyond the cap and one."


@pytest.mark.parametrize("asked", ["", "?age_from=0", "?arrived=30", "?status=any", "?value=under-500", "?left_to=60"])
def test_each_part_is_counted_up_to_the_cap_in_whatever_order_the_rows_are_read(
    cast: Cast, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (capped, counts, pooled):
        monkeypatch.setattr(module, "CAP", 3)
    today = timezone.localdate()
    for days in (-3, -2, 1, 5, 12, 30, 40, 50):
        item_at(cast.here, deadline=today + timedelta(days=days), denied_on=today, amount_at_risk=100)
    item_at(cast.here, deadline=today, status="waiting", follow_up_on=today, denied_on=today, amount_at_risk=100)
    found = numbers(cast, asked)
    assert (found.shown, found.at_risk) == (4, 400)
    assert (found.tabs["overdue"], found.due_this_week, found.tabs["due"]) == (2, 4, 3)


@pytest.mark.usefixtures("items")
def test_a_tab_is_summed_by_itself_and_the_others_stay(cast: Cast) -> None:
    found = numbers(cast, "?tab=overdue")
    assert (found.shown, found.at_risk, found.due_this_week, found.tabs[""]) == (1, 30, 1, 4)


@pytest.mark.usefixtures("items")
def test_what_nothing_can_match_counts_nothing(cast: Cast) -> None:
    found = numbers(cast, "?code=CO&tab=overdue")
    assert (found.shown, found.at_risk, set(found.tabs.values())) == (0, 0, {0})


def test_items_are_vacuumed_after_some_thousand_changes_whatever_their_number() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'worklists_workitem'")
        [told] = cursor.fetchone()
    assert {"autovacuum_vacuum_scale_factor=0", "autovacuum_vacuum_threshold=10000"} <= set(told)
