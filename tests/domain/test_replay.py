"""Two lists of rules asked about the same denials, and on which day a queue comes to an item."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from worklists.domain.queue_days import Waiting, compare, day_of
from worklists.domain.replay import Case, Replay
from worklists.domain.routing import UNROUTED, Facts, Rule

TODAY = date(2026, 11, 21)
CODING = Rule(1, "Coding", 1, {"owner_team": ["coding"]}, "coding")
BILLING = Rule(2, "Billing", 1, {"owner_team": ["billing"]}, "billing")
LARGE = Rule(-3, "Large", 0, {"amount_at_risk": {"min": "1000"}}, "billing")
NEVER = Rule(4, "Never", 1, {"owner_team": ["nobody"]}, "coding")


def case(item: int, team: str, amount: str, *, is_recent: bool = True, is_open: bool = True) -> Case:
    dollars = Decimal(amount)
    return Case(item, Facts(owner_team=team, amount_at_risk=dollars), dollars, 15.0, is_recent, is_open)


def test_each_scope_counts_what_stays_and_what_moves() -> None:
    replay = Replay([CODING, BILLING], [LARGE, CODING, BILLING])

    for each in (case(1, "coding", "10"), case(2, "coding", "5000"), case(3, "billing", "5000", is_open=False)):
        replay.take(each)

    moved = replay.recent.pairs["coding", "billing"]
    assert (replay.recent.items, replay.recent.moved, replay.recent.other_rule) == (3, 1, 1)
    assert (moved.items, moved.amount, moved.minutes) == (1, Decimal(5000), 15.0)
    assert (replay.open.items, replay.open.moved, replay.open.other_rule) == (2, 1, 0)


def test_what_no_rule_takes_goes_unrouted() -> None:
    answer = Replay([CODING], []).take(case(1, "coding", "10"))

    assert (answer.now, answer.then, answer.rule_then) == ("coding", UNROUTED, None)


def test_the_largest_items_stand_as_examples_largest_first() -> None:
    replay = Replay([CODING], [])
    for item in range(20):
        replay.take(case(item, "coding", str(item)))

    assert replay.examples() == {("coding", UNROUTED): [19, 18, 17, 16, 15]}


def test_a_rule_without_work_says_who_takes_what_fits_it() -> None:
    replay = Replay([CODING], [LARGE, CODING, BILLING, NEVER])
    for item in range(3):
        replay.take(case(item, "billing", "2000"))
    replay.take(case(9, "coding", "1"))

    assert [rule.id for rule in replay.idle] == [BILLING.id, NEVER.id]
    assert replay.taken_before[BILLING.id] == {LARGE.id: 3}
    assert not replay.taken_before[NEVER.id]


def waiting(item: int, rank: float, now: str, then: str, days: int | None = 10) -> Waiting:
    last = None if days is None else TODAY + timedelta(days=days)
    return Waiting(item, rank, last, None, Decimal(100), now, then)


@pytest.mark.parametrize(
    ("place", "pace", "day"), [(1, 7.0, 0), (8, 7.0, 7), (2, 3.5, 3), (1, 0.0, None), (10**9, 0.001, None)]
)
def test_a_queue_comes_to_an_item_by_its_place_and_its_pace(place: int, pace: float, day: int | None) -> None:
    assert day_of(place, pace, TODAY) == (None if day is None else TODAY + timedelta(days=day))


def test_what_moves_to_a_slower_queue_is_late_and_what_it_leaves_behind_gains() -> None:
    rows = [waiting(1, 1.0, "fast", "slow"), waiting(2, 2.0, "fast", "fast", 0), waiting(3, 3.0, "fast", "fast", None)]

    found = compare(rows, {"fast": 7.0, "slow": 0.5}, TODAY, 5)

    assert (found.worse, found.better) == ({"slow": (1, Decimal(100))}, {"fast": (1, Decimal(100))})
    assert [(late.item, late.day_now, late.day_then) for late in found.worst] == [
        (1, TODAY, TODAY + timedelta(days=13))
    ]


def test_what_is_late_either_way_or_past_its_day_is_neither_worse_nor_better() -> None:
    rows = [waiting(1, 1.0, "a", "b", 1), waiting(2, 2.0, "a", "b", -1)]

    found = compare(rows, {}, TODAY, 5)

    assert (found.worse, found.better, found.late_either_way) == ({}, {}, 1)


def test_the_deadline_lane_of_each_day_comes_before_rank() -> None:
    """At one item a day: what is due in nine days enters a lane of five days on the fourth day, and is in time."""
    many = [waiting(item, float(item), "a", "b", None) for item in range(20)]
    due = waiting(99, 100.0, "a", "b", 9)._replace(deadline=TODAY + timedelta(days=9))
    expired = waiting(98, 101.0, "a", "b", 1)._replace(deadline=TODAY - timedelta(days=1))

    found = compare([*many, due, expired], {"a": 7.0}, TODAY, 5)

    assert [(late.item, late.day_now, late.day_then) for late in found.worst] == [(99, TODAY + timedelta(days=4), None)]
    assert found.late_either_way == 1
