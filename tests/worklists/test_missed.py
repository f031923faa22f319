"""A clock that runs out on open work leaves one record, and somebody says why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from accounts.refusal import Refused
from tests.cast import Cast
from tests.factories import DEADLINE, ClockFactory
from tests.worklists.pages import item_at, signed_in
from worklists.models import Activity, MissedClock, WorkItem
from worklists.watch import missed

AFTER = DEADLINE + timedelta(days=1)


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    """Due on DEADLINE and held by Sam."""
    made = item_at(cast.here, assignee=cast.sam, status="taken")
    ClockFactory.create(denial=made.denial)
    return opened(made)


def opened(item: WorkItem, on: datetime = datetime(2026, 11, 3, 12, tzinfo=UTC)) -> WorkItem:
    """The item as if it had come in on that day."""
    WorkItem.objects.filter(pk=item.pk).update(created_at=on)
    return WorkItem.objects.get(pk=item.pk)


def test_what_ran_out_last_stands_first_on_every_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worklists.watch.missed.PAGE_SIZE", 2)
    days = [date(2026, 11, 3), date(2026, 11, 9), date(2026, 10, 20), date(2026, 11, 9), date(2026, 11, 5)]
    for day in days:
        made = item_at(cast.here)
        MissedClock.objects.create(
            item=made, facility=made.facility, kind="appeal", name="Reconsideration", last_day=day, queue=made.queue,
            amount_at_risk=made.amount_at_risk,
        )  # fmt: skip
    client = signed_in(cast.mara)
    shown: list[date] = []
    after: int | str | None = ""
    while after is not None:
        page = client.get(reverse("missed_clocks"), {"after": after}).context
        shown += [each.last_day for each in page["records"]]
        after = page["older"]
    assert shown == sorted(days, reverse=True)


def test_the_day_after_says_what_ran_out_when_and_who_held_it_where(cast: Cast, item: WorkItem) -> None:
    assert missed.note_missed(AFTER) == 1

    row = MissedClock.objects.get()
    assert (row.item, row.name, row.rule_id, row.last_day) == (item, "Reconsideration", "AET-L1", DEADLINE)
    assert (row.holder, row.queue, row.amount_at_risk) == (cast.sam, item.queue, Decimal("1450.00"))
    assert item.activities.get(kind=Activity.Kind.MISSED).text == "Reconsideration ran out on 15 Dec 2026."


def test_on_the_last_day_itself_nothing_is_missed(item: WorkItem) -> None:
    assert missed.note_missed(DEADLINE) == 0


def test_it_is_written_down_once_however_often_it_is_looked_for(item: WorkItem) -> None:
    missed.note_missed(AFTER)
    WorkItem.objects.filter(pk=item.pk).update(assignee=None, status="new", taken_at=None)

    assert missed.note_missed(AFTER + timedelta(days=3)) == 0

    assert MissedClock.objects.get().holder is not None
    assert item.activities.filter(kind=Activity.Kind.MISSED).count() == 1


@pytest.mark.parametrize(
    "state",
    [
        {"status": "waiting", "follow_up_on": date(2027, 1, 4)},
        {"status": "resolved", "resolution": "no_action", "resolved_at": "2026-12-01T10:00:00Z"},
    ],
)
def test_what_was_sent_or_resolved_misses_nothing(cast: Cast, state: dict[str, Any]) -> None:
    made = opened(item_at(cast.here, assignee=cast.sam, **state))
    ClockFactory.create(denial=made.denial)
    assert missed.note_missed(AFTER) == 0


def test_a_clock_that_does_not_bind_or_was_met_misses_nothing(cast: Cast) -> None:
    made = opened(item_at(cast.here))
    ClockFactory.create(denial=made.denial, is_binding=False)
    ClockFactory.create(denial=made.denial, kind="corrected_claim", level=0, state="met", ended_on=DEADLINE)
    assert missed.note_missed(AFTER) == 0


def test_what_was_sent_late_is_missed_too(cast: Cast) -> None:
    made = opened(item_at(cast.here, assignee=cast.sam, status="waiting", follow_up_on=date(2027, 1, 4)))
    ClockFactory.create(denial=made.denial, state="missed", ended_on=AFTER)
    assert missed.note_missed(AFTER) == 1


def test_what_ran_out_before_it_came_in_was_nobodys_to_keep(item: WorkItem) -> None:
    opened(item, datetime(2026, 12, 20, 12, tzinfo=UTC))
    assert missed.note_missed(date(2026, 12, 24)) == 0


def test_the_holder_and_managers_say_why_and_nobody_else(cast: Cast, item: WorkItem) -> None:
    missed.note_missed(AFTER)
    row = MissedClock.objects.get()

    with pytest.raises(Refused, match="whoever held"):
        missed.explain(row, cast.sue, why="not_seen", explanation="")
    with pytest.raises(Refused, match="choose why"):
        missed.explain(row, cast.sam, why="laziness", explanation="")
    with pytest.raises(Refused, match="in words"):
        missed.explain(row, cast.sam, why="other", explanation=" ")
    missed.explain(row, cast.sam, why="documents", explanation="The scan came on Friday.")

    row.refresh_from_db()
    assert (row.why, row.explanation, row.explained_by) == ("documents", "The scan came on Friday.", cast.sam)
    missed.explain(row, cast.mara, why="limit", explanation="The contract says 90 days.")
    row.refresh_from_db()
    assert row.explained_by == cast.mara


def test_the_page_lists_them_with_their_money_and_narrows(cast: Cast, item: WorkItem) -> None:
    missed.note_missed(AFTER)
    client, address = signed_in(cast.mara), reverse("missed_clocks")

    page = client.get(address).content.decode()
    assert "1 record · $1,450 at risk · 1 without a reason" in page
    assert reverse("item", args=[item.pk]) in page
    assert "Nothing matches" in client.get(address, {"state": "explained"}).content.decode()
    assert reverse("item", args=[item.pk]) in client.get(address, {"queue": item.queue.key}).content.decode()


def test_the_form_keeps_the_reason_and_shows_it_on_the_item(cast: Cast, item: WorkItem) -> None:
    missed.note_missed(AFTER)
    address = reverse("missed_clock", args=[MissedClock.objects.get().pk])
    client = signed_in(cast.sam)
    assert "Say why" in client.get(reverse("item", args=[item.pk])).content.decode()

    assert client.post(address, {"why": ""}).status_code == 422
    assert client.post(address, {"why": "colleague", "explanation": "The chart"}).status_code == 302

    assert "Waited for another team" in client.get(reverse("item", args=[item.pk])).content.decode()
    assert signed_in(cast.sue).get(address).status_code == 404
    assert signed_in(cast.otto).get(address).status_code == 404


def test_an_empty_page_says_what_will_stand_there(cast: Cast) -> None:
    assert "No clock was missed" in signed_in(cast.mara).get(reverse("missed_clocks")).content.decode()
