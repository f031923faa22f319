"""Work that is open again has the last day of now; of a claim that the payer split, the first one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from denials import clock_events, clocks
from denials.models import ClockEvent, Denial
from tests.cast import Cast
from tests.factories import DEADLINE, ClaimFactory
from tests.worklists.remitted import deny, remit, reverse
from worklists import acts, clock_steps, last_days, work
from worklists.models import BulkAct, WorkItem
from worklists.opening import open_items
from worklists.settlement import settle

pytestmark = pytest.mark.django_db
FIRST = date(2026, 12, 1)
COUNTED = date(2027, 1, 15)
"""What the shipped limits give for the denial of `item`, which was made with the day `DEADLINE`."""
MOVED = "Last day 15 Jan 2027, before 15 Dec 2026."


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    claim = ClaimFactory.create(facility=cast.here, charge=Decimal(520))
    denied = deny(claim, charge=520, denied_amount=520, amount_at_risk=520)
    open_items(denied.remitted_claim.remittance)
    return WorkItem.objects.get()


@pytest.fixture
def parts(item: WorkItem) -> tuple[Denial, Denial]:
    """The denial of the item, and one of another part of its claim with an earlier last day."""
    said: dict[str, Any] = {"payer_control_number": "PART2", "denied_amount": 100, "amount_at_risk": 100}
    other = deny(item.claim, beside=item.denial.remitted_claim, charge=100, deadline=FIRST, **said)
    open_items(other.remitted_claim.remittance)
    return item.denial, other


def resolve(item: WorkItem, cast: Cast) -> BulkAct:
    act, _ = acts.remember(
        BulkAct.Kind.RESOLVED, [item.pk], cast.mara, lambda ids: work.resolve(ids, cast.mara, resolution="no_action")
    )
    assert act is not None
    return act


def reopen(item: WorkItem, cast: Cast) -> None:
    work.reopen([item.pk], cast.mara, reason="They will pay").or_refuse()
    item.refresh_from_db()


def test_closed_work_keeps_its_day_and_has_that_of_now_when_it_is_reopened(item: WorkItem, cast: Cast) -> None:
    resolve(item, cast)
    clock_steps.letter_sent(item, item.denial, 1, date(2026, 11, 20))
    item.refresh_from_db()
    before = item.rank_key
    assert item.deadline == DEADLINE

    reopen(item, cast)

    counted = Denial.objects.get()
    assert (item.deadline, item.last_safe_on) == (counted.deadline, counted.last_safe_on)
    assert item.deadline != DEADLINE
    assert item.rank_key != before
    told = [activity.text for activity in item.activities.all()[:2]]
    assert (told[0].startswith("Last day "), told[1]) == (True, "They will pay")


def test_nothing_is_said_where_the_day_is_still_the_same(item: WorkItem, cast: Cast) -> None:
    for _ in range(2):
        resolve(item, cast)
        reopen(item, cast)

    assert item.activities.filter(text__startswith="Last day ").count() == 1


def test_a_closing_that_is_undone_brings_back_the_day_of_now(item: WorkItem, cast: Cast) -> None:
    act = resolve(item, cast)
    clock_steps.letter_sent(item, item.denial, 1, date(2026, 11, 20))

    acts.undo(act, cast.mara)

    item.refresh_from_db()
    counted = Denial.objects.get()
    assert (item.is_open, item.deadline) == (True, counted.deadline)
    assert item.deadline != DEADLINE
    assert item.activities.latest("pk").text.startswith("Last day ")


def test_work_whose_money_is_taken_back_has_the_day_of_now(item: WorkItem) -> None:
    corrected = reverse(item.denial.remitted_claim, trace="T-CORRECTED")
    paid = remit(item.claim, beside=corrected, charge=520, paid=Decimal(520))
    settle(paid.remittance)

    settle(reverse(paid, on=date(2026, 12, 3), trace="T-BACK").remittance)

    item.refresh_from_db()
    assert (item.status, item.deadline) == ("new", COUNTED)
    assert item.activities.get(kind="take_back").text == f"Remittance T-BACK took back $520.00. {MOVED}"


@pytest.mark.usefixtures("parts")
def test_another_part_with_an_earlier_day_still_binds_when_the_first_one_moves(item: WorkItem) -> None:
    clock_events.note([item.denial], ClockEvent.Kind.APPEAL_SENT, date(2026, 11, 20), level=1)
    clocks.redate([item.denial_id])

    last_days.catch_up([item])

    item.denial.refresh_from_db()
    assert item.deadline == FIRST
    assert item.denial.deadline not in (None, DEADLINE)


def test_the_clocks_of_each_part_are_counted_when_it_is_reopened(
    item: WorkItem, parts: tuple[Denial, Denial], cast: Cast
) -> None:
    resolve(item, cast)

    reopen(item, cast)

    assert item.deadline == COUNTED
    assert [part.deadline for part in Denial.objects.filter(pk__in=[part.pk for part in parts])] == [COUNTED] * 2


def test_a_denial_that_was_answered_binds_no_longer(item: WorkItem, cast: Cast) -> None:
    Denial.objects.update(deadline=FIRST, last_safe_on=FIRST)
    again = deny(item.claim, on=date(2026, 12, 3), trace="T-AGAIN", charge=520, denied_amount=520, amount_at_risk=520)
    open_items(again.remitted_claim.remittance)
    resolve(item, cast)

    reopen(item, cast)

    again.refresh_from_db()
    assert (item.round, item.deadline) == (2, again.deadline)
    assert again.deadline is not None
    assert again.deadline > FIRST
