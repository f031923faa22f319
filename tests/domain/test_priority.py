"""The order of work is that of value and urgency on every day, so that no day has to rewrite it."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklists.domain.priority import HIGHEST, LOWEST, TAU, WITHOUT_DEADLINE, rank_key

TODAY = date(2026, 11, 23)
DAYS_AHEAD = (0, 46, 185)
amounts = st.decimals(min_value="0.01", max_value="2000000", places=2)
deadlines = st.dates(min_value=TODAY - timedelta(days=30), max_value=TODAY + timedelta(days=400))
chances = st.floats(min_value=0.01, max_value=1)
cases = st.tuples(deadlines, amounts, chances)


def key(case: tuple[date, Decimal, float]) -> float:
    deadline, amount, chance = case
    return rank_key(deadline, amount, decided_on=TODAY, chance=chance)


def log_score(case: tuple[date, Decimal, float], today: date) -> float:
    """The logarithm of value * exp(-days left / TAU), which depends on today."""
    deadline, amount, chance = case
    value = min(max(float(amount) * chance, LOWEST), HIGHEST)
    return math.log(value) - (deadline - today).days / TAU


@given(st.lists(cases, min_size=2, max_size=12))
def test_the_order_equals_that_of_the_score_of_any_day(items: list[tuple[date, Decimal, float]]) -> None:
    for days in DAYS_AHEAD:
        today = TODAY + timedelta(days=days)
        for one, other in combinations(items, 2):
            difference = log_score(one, today) - log_score(other, today)
            if abs(difference) > 1e-9:
                assert (key(one) < key(other)) == (difference > 0)


@given(cases, st.integers(min_value=1, max_value=100))
def test_an_earlier_deadline_never_comes_later(case: tuple[date, Decimal, float], days: int) -> None:
    deadline, amount, chance = case

    assert key((deadline - timedelta(days=days), amount, chance)) < key(case)


@given(deadlines, amounts, amounts)
def test_more_money_never_comes_later(deadline: date, one: Decimal, other: Decimal) -> None:
    less, more = sorted([one, other])

    assert key((deadline, more, 1.0)) <= key((deadline, less, 1.0))


def test_ten_times_the_money_counts_as_due_23_days_earlier() -> None:
    assert key((TODAY, Decimal(500), 1.0)) - key((TODAY, Decimal(5000), 1.0)) == pytest.approx(23.03, abs=0.01)


def test_without_a_deadline_an_item_counts_as_due_60_days_after_the_decision() -> None:
    unknown = rank_key(None, Decimal(900), decided_on=TODAY)

    assert unknown == rank_key(TODAY + timedelta(days=WITHOUT_DEADLINE), Decimal(900), decided_on=TODAY)


def test_nothing_at_risk_is_still_ranked() -> None:
    assert key((TODAY, Decimal(0), 1.0)) > key((TODAY, Decimal(100), 1.0))
