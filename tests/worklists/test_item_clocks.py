"""The clocks of an item as its page shows them."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from denials import time_limits
from tests.cast import Cast
from tests.factories import DENIED_ON, ClockFactory
from tests.worklists.pages import item_at, panel_of, signed_in
from worklists import why
from worklists.item_clocks import ItemClocks
from worklists.models import WorkItem


def item_with(cast: Cast, **clock: object) -> WorkItem:
    item: WorkItem = item_at(cast.here)
    ClockFactory.create(denial=item.denial, **clock)
    return WorkItem.objects.get(pk=item.pk)


def clocks_on(item: WorkItem, cast: Cast) -> ItemClocks:
    found: ItemClocks = why.read(item, cast.sam, DENIED_ON)["clocks"]
    return found


def test_the_binding_clock_says_its_day_its_count_and_where_the_rule_comes_from(cast: Cast) -> None:
    time_limits.load()
    item = item_with(cast, last_safe_day=date(2026, 12, 3))

    found = clocks_on(item, cast).binding

    assert found is not None
    assert (found.last_day, found.safe_day, found.is_running) == (item.deadline, date(2026, 12, 3), True)
    assert found.how == "180 calendar days from the payment date, 2 Nov 2026."
    assert (found.rule_id, found.confidence) == ("AET-L1", "high")
    assert "aetna.com" in found.source


def test_a_clock_that_has_not_started_says_what_it_waits_for(cast: Cast) -> None:
    item = item_with(
        cast, is_binding=False, state="waiting", level=2, last_day=None, basis="", waits_for="the decision on level 1"
    )

    [found] = clocks_on(item, cast).rest

    assert (found.state, found.how) == ("not started", "Starts with the decision on level 1.")


def test_what_runs_stands_in_the_order_of_its_days_and_what_ended_apart(cast: Cast) -> None:
    item = item_with(cast)
    days = {"timely_filing": date(2026, 12, 1), "corrected_claim": date(2026, 11, 25)}
    for kind, last_day in days.items():
        ClockFactory.create(denial=item.denial, kind=kind, level=0, last_day=last_day, is_binding=False, name=kind)
    ClockFactory.create(
        denial=item.denial, kind="internal_target", state="met", ended_on=DENIED_ON, is_binding=False, name="target"
    )

    found = clocks_on(item, cast)

    assert [clock.name for clock in found.running] == ["corrected_claim", "timely_filing"]
    assert [(clock.name, clock.state) for clock in found.rest] == [("target", "met on 2 Nov 2026")]
    assert found.others_count == 3


def test_nothing_runs_for_an_item_that_is_resolved(cast: Cast) -> None:
    item = item_with(cast)
    item.is_open = False

    found = clocks_on(item, cast).binding

    assert found is not None
    assert (found.is_running, found.state) == (False, "no longer runs")


def test_the_page_shows_disagreement_presumption_and_the_move_off_a_weekend(cast: Cast) -> None:
    item = item_with(
        cast,
        presumption_days=5,
        non_business_day_rule="next_business_day (weekend or federal holiday)",
        others=[["X-L9", "Another reading", "2027-02-01"]],
    )

    page = panel_of(item, cast.sam, "why")

    assert "Sources disagree: Another reading" in page
    assert "X-L9" in page
    assert "5 days presumed for receipt" in page
    assert "it moves to the next business day" in page


def test_an_item_without_clocks_still_shows_its_last_day(cast: Cast) -> None:
    page = signed_in(cast.sam).get(reverse("item", args=[item_at(cast.here).pk])).content.decode()
    assert "Last day to answer" in page
