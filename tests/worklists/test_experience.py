"""Own outcomes decide what comes first: what counts, what is left out, and which open items follow."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.factories import ClaimFactory, PayerFactory
from tests.worklists.pages import item_at
from tests.worklists.remitted import DENIED_ON, deny
from worklists import ranking
from worklists.domain.priority import Weights
from worklists.experience import Recounted, recount
from worklists.models import Activity, Experience, OrderWeights, WorkItem, WorkTime
from worklists.opening import open_items

pytestmark = pytest.mark.django_db
PRIOR = {"prior_strength": 10, "default_chance": 50, "default_minutes": 15}


@pytest.fixture(autouse=True)
def weights() -> OrderWeights:
    row: OrderWeights = OrderWeights.objects.create(**PRIOR)
    return row


def today() -> Any:
    return timezone.localdate()


def closed(facility: Any, settlement: str, recovered: str | None = None, **values: Any) -> WorkItem:
    values = {"resolution": "appeal"} | values
    return item_at(
        facility,
        status="resolved",
        settlement=settlement,
        recovered_amount=None if recovered is None else Decimal(recovered),
        resolved_at=timezone.now(),
        **values,
    )


def group(item: WorkItem, level: str = "payer") -> Experience:
    """The group of an item at one level."""
    keys = ranking.Ranker.of([item.denial]).keys_of(item.denial)
    row: Experience = Experience.objects.get(key=keys[experience_level(level)])
    return row


def experience_level(level: str) -> int:
    from worklists.domain.chances import LEVELS

    return LEVELS.index(level)


def test_decided_outcomes_count_and_unknown_ones_do_not(cast: Cast) -> None:
    payer = PayerFactory.create()
    paid = closed(cast.here, "overturned", "1450.00", denial__payer=payer)
    closed(cast.here, "partial", "725.00", denial__payer=payer)
    closed(cast.here, "overturned", None, denial__payer=payer)
    closed(cast.here, "upheld", None, denial__payer=payer)
    closed(cast.here, "not_contested", denial__payer=payer)
    closed(cast.here, "", denial__payer=payer)
    item_at(cast.here, denial__payer=payer)

    recount(today())

    row = group(paid)
    assert (row.decided, row.paid, row.amounts) == (4, 3, 2)
    widest = Experience.objects.get(key="all")
    assert widest.mean == pytest.approx((3 + 10 * 0.5) / 14)
    assert widest.share == pytest.approx((1.0 + 0.5 + 10) / 12)


def test_a_denial_that_the_payer_answered_by_another_one_was_not_paid(cast: Cast) -> None:
    claim = ClaimFactory.create(facility=cast.here)
    first = deny(claim, on=DENIED_ON, trace="T-1", primary_code="197", remarks=[])
    open_items(first.remitted_claim.remittance)
    WorkItem.objects.update(resolution="appeal")
    second = deny(claim, trace="T-2", primary_code="193", remarks=[])
    open_items(second.remitted_claim.remittance)

    recount(today())

    item = WorkItem.objects.get()
    assert item.denial == second
    lost = Experience.objects.get(key=f"all|authorization|CO-197||{first.payer_id}|appeal")
    assert (lost.decided, lost.paid) == (1, 0)
    assert not Experience.objects.filter(key__contains="CO-193").exists()


def test_what_an_earlier_round_brought_is_not_counted_for_the_last_one(cast: Cast) -> None:
    item = closed(cast.here, "partial", "700.00", denial__amount_at_risk=Decimal("1000.00"))
    facts = {"answered": item.denial_id, "action": "appeal", "recovered": "600.00", "round": 2}
    Activity.objects.create(item=item, kind="denied_again", facts=facts)

    recount(today())

    row = group(item)
    assert (row.decided, row.paid, row.amounts) == (2, 2, 2)
    assert row.share == pytest.approx((0.6 + 0.1 + 10 * Experience.objects.get(level=3).share) / 12)


def test_what_the_payer_did_by_itself_says_nothing_about_an_action_of_ours(cast: Cast) -> None:
    item = closed(cast.here, "overturned", "10.00", resolution="payer_reprocessed")

    recount(today())

    assert group(item).decided == 1
    assert not Experience.objects.filter(level__gt=experience_level("payer")).exists()


def test_minutes_come_from_timed_work_that_led_somewhere(cast: Cast) -> None:
    done = closed(cast.here, "upheld")
    unfinished = item_at(cast.here, status="taken", assignee=cast.sam)
    for item, seconds in ((done, 300), (done, 900), (unfinished, 9000)):
        WorkTime.objects.create(item=item, person=cast.sam, act="note", seconds=seconds, is_measured=True)

    recount(today())

    widest = Experience.objects.get(key="all")
    assert widest.timed == 1
    assert widest.minutes == pytest.approx((20 + 10 * 15) / 11)


def test_open_items_follow_and_a_second_count_changes_nothing(cast: Cast) -> None:
    payer = PayerFactory.create()
    item = item_at(cast.here, denial__payer=payer)
    for _ in range(12):
        closed(cast.here, "overturned", "1450.00", denial__payer=payer)

    first = recount(today())
    moved = WorkItem.objects.get(pk=item.pk)

    assert first.items == 1
    assert moved.chance > 0.6
    assert not moved.is_thin
    assert moved.expected_amount == Decimal("1450.00")
    assert recount(today()) == Recounted(0, 0)


def test_only_items_of_changed_groups_are_written(cast: Cast) -> None:
    ours, other = PayerFactory.create(), PayerFactory.create()
    for _ in range(30):
        closed(cast.here, "overturned", "1450.00", denial__payer=other)
        closed(cast.here, "upheld", denial__payer=other)
    near = item_at(cast.here, denial__payer=ours)
    far = item_at(cast.here, denial__payer=other)
    recount(today())
    before = WorkItem.objects.get(pk=far.pk).rank_key
    for _ in range(2):
        closed(cast.here, "upheld", denial__payer=ours)

    assert recount(today()).items == 1

    assert WorkItem.objects.get(pk=far.pk).rank_key == before
    assert WorkItem.objects.get(pk=near.pk).chance < WorkItem.objects.get(pk=far.pk).chance


def test_outcomes_of_long_ago_count_no_more(cast: Cast) -> None:
    old = closed(cast.here, "overturned", "10.00")
    WorkItem.objects.filter(pk=old.pk).update(resolved_at=timezone.now() - timedelta(days=735))

    recount(today())

    assert Experience.objects.get().decided == 0


def test_keys_rewritten_in_the_database_equal_those_counted_in_python(cast: Cast) -> None:
    for number in range(12):
        undated: dict[str, Any] = {"deadline": None, "denied_on": None, "rank_key": 0} if number % 4 == 0 else {}
        item = item_at(
            cast.here,
            chance=0.05 + number / 13,
            expected_amount=Decimal(number * 371),
            expected_minutes=0.1 + number * 9,
            **undated,
        )
        ranking.Ranker.of([]).rank(item, item.denial)
        item.save()
    stored = dict(WorkItem.objects.values_list("pk", "rank_key"))

    assert ranking.rewrite_keys(Weights()) == 0

    slower = Weights(tau_days=30, reference=3)
    earlier, later = ranking.moves(slower)
    assert ranking.rewrite_keys(slower) == 12
    changes = [row.rank_key - stored[row.pk] for row in WorkItem.objects.all()]
    assert (earlier, later) == (sum(each <= -1 for each in changes), sum(each >= 1 for each in changes))
    assert ranking.rewrite_keys(Weights()) == 12
    for pk, key in WorkItem.objects.values_list("pk", "rank_key"):
        assert key == pytest.approx(stored[pk])
