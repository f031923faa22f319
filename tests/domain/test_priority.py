"""The order of work is that of value and urgency on every day, so that no day has to rewrite it."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worklists.domain.priority import HIGHEST, LOWEST, Weights, Worth, in_lane, is_thin_turn, rank_key

TODAY = date(2026, 11, 23)
DAYS_AHEAD = (0, 46, 185)
WEIGHTS = Weights()
worths = st.builds(
    Worth,
    chance=st.floats(min_value=0.01, max_value=1),
    expected=st.decimals(min_value="0.00", max_value="2000000", places=2),
    minutes=st.floats(min_value=0.5, max_value=240),
)
days = st.dates(min_value=TODAY - timedelta(days=30), max_value=TODAY + timedelta(days=400))
cases = st.tuples(days, worths)


def key(last_safe_on: date | None, worth: Worth) -> float:
    return rank_key(last_safe_on, worth, decided_on=TODAY, weights=WEIGHTS)


def log_score(last_safe_on: date, worth: Worth, today: date) -> float:
    """The logarithm of dollars a minute * exp(-days left / tau), which depends on today."""
    value = min(max(worth.a_minute, LOWEST), HIGHEST)
    return math.log(value) - (last_safe_on - today).days / WEIGHTS.tau_days


@given(st.lists(cases, min_size=2, max_size=12))
def test_the_order_equals_that_of_the_score_of_any_day(items: list[tuple[date, Worth]]) -> None:
    for ahead in DAYS_AHEAD:
        today = TODAY + timedelta(days=ahead)
        for one, other in combinations(items, 2):
            difference = log_score(*one, today) - log_score(*other, today)
            if abs(difference) > 1e-9:
                assert (key(*one) < key(*other)) == (difference > 0)


@given(cases, st.integers(min_value=1, max_value=100))
def test_an_earlier_last_safe_day_never_comes_later(case: tuple[date, Worth], earlier: int) -> None:
    last_safe_on, worth = case

    assert key(last_safe_on - timedelta(days=earlier), worth) < key(last_safe_on, worth)


@given(days, worths, st.floats(min_value=1, max_value=1000))
def test_more_money_a_minute_never_comes_later(day: date, worth: Worth, times: float) -> None:
    quicker = Worth(worth.chance, worth.expected, worth.minutes / times)
    likelier = Worth(min(1.0, worth.chance * times), worth.expected, worth.minutes)
    richer = Worth(worth.chance, worth.expected * Decimal(times), worth.minutes)

    assert max(key(day, quicker), key(day, likelier), key(day, richer)) <= key(day, worth)


def test_ten_times_the_value_counts_as_due_23_days_earlier() -> None:
    one, ten = (Worth(0.5, Decimal(amount), 10) for amount in (500, 5000))

    assert key(TODAY, one) - key(TODAY, ten) == pytest.approx(23.03, abs=0.01)


def test_what_brings_the_reference_value_is_due_on_its_day() -> None:
    assert key(TODAY, Worth(0.5, Decimal(200), 10)) == TODAY.toordinal()


def test_without_a_deadline_an_item_counts_from_the_decision() -> None:
    worth = Worth(0.5, Decimal(900), 12)

    assert key(None, worth) == key(TODAY + timedelta(days=WEIGHTS.no_deadline_days), worth)


def test_nothing_to_expect_is_still_ranked() -> None:
    assert key(TODAY, Worth(0.5, Decimal(0), 10)) > key(TODAY, Worth(0.5, Decimal(100), 10))


@pytest.mark.parametrize(
    ("safe", "deadline", "is_in"),
    [(5, 20, True), (6, 20, False), (-3, 0, True), (-3, -1, False), (0, 0, True), (None, None, False)],
)
def test_the_lane_holds_what_hurry_can_still_save(safe: int | None, deadline: int | None, is_in: bool) -> None:
    def day(ahead: int | None) -> date | None:
        return None if ahead is None else TODAY + timedelta(days=ahead)

    assert in_lane(day(safe), day(deadline), TODAY, WEIGHTS) is is_in


@given(st.integers(min_value=0, max_value=50), st.integers(min_value=0, max_value=10_000))
def test_turns_for_thin_data_are_evenly_spread(share: int, start: int) -> None:
    turns = sum(is_thin_turn(count, share) for count in range(start + 1, start + 201))

    assert abs(turns - 2 * share) <= 1


POOR = Worth(0.05, Decimal(20), 60)
BOUND = WEIGHTS.no_deadline_days + round(WEIGHTS.tau_days * math.log(10_000 / POOR.a_minute))
"""Days after which nothing that comes in can be ahead of a poor item: its own, and by how far value moves the best."""


def days_until_worked(seed: int, weights: Weights) -> list[int | None]:
    """Of poor items without a deadline, while as much comes in each day as is worked; None for one never worked."""
    chance = random.Random(seed)
    poor = rank_key(None, POOR, decided_on=TODAY, weights=weights)
    waiting: list[tuple[float, date | None, bool]] = [(poor, None, True)] * 5
    worked_on: list[int | None] = []
    for number in range(BOUND + 30):
        today = TODAY + timedelta(days=number)
        for _ in range(12):
            left = chance.choice((None, *range(10, 120)))
            worth = Worth(chance.uniform(0.2, 1), Decimal(chance.randrange(50, 10_000)), chance.uniform(2, 60))
            day = None if left is None else today + timedelta(days=left)
            waiting.append((rank_key(day, worth, decided_on=today, weights=weights), day, False))
        waiting.sort(key=lambda each: (not in_lane(each[1], each[1], today, weights), each[0]))
        worked_on += [number for _, _, is_poor in waiting[:12] if is_poor]
        waiting = waiting[12:]
    return worked_on + [None] * sum(is_poor for _, _, is_poor in waiting)


@settings(max_examples=20, deadline=None)
@given(st.integers(min_value=0, max_value=10_000))
def test_new_work_every_day_starves_no_item(seed: int) -> None:
    days = days_until_worked(seed, WEIGHTS)

    assert all(day is not None and day <= BOUND for day in days)


def test_an_order_by_value_alone_would_starve_the_poor_items() -> None:
    assert days_until_worked(1, Weights(tau_days=100_000)) == [None] * 5
