"""What became of similar cases: counts that add up, chances drawn toward the wider level, and what worked best."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from worklists.domain.chances import Prior
from worklists.domain.similar import Counted, best, groups

PRIOR = Prior(strength=10.0, chance=0.5)


def row(
    level: str = "same", action: str = "appeal", cases: int = 4, won: int = 1, lost: int = 1, **more: Any
) -> Counted:
    usual = {"partly": 0, "recovered": Decimal(100 * won), "days": 20.0}
    return Counted(level, action, cases, won, lost=lost, **{**usual, **more})


def test_the_closest_level_stands_first_with_what_was_done_most_often_first() -> None:
    found = groups(
        [row("category", cases=90), row("same", "appeal", 3), row("same", "correction", 8), row("code", cases=40)],
        PRIOR,
    )
    assert [group.level for group in found] == ["same", "code", "category"]
    assert [each.action for each in found[0].actions] == ["correction", "appeal"]
    assert found[0].tally.cases == 11
    assert found[0].tally.undecided == 7


def test_a_level_without_cases_is_left_out() -> None:
    assert [group.level for group in groups([row("category")], PRIOR)] == ["category"]
    assert groups([], PRIOR) == []


def test_a_wider_level_that_adds_no_case_is_left_out() -> None:
    same, code = (row(level, cases=9, won=3, lost=2) for level in ("same", "code"))
    found = groups([same, code, row("category", cases=10, won=3, lost=3)], PRIOR)
    assert [group.level for group in found] == ["same", "category"]


def test_few_cases_are_drawn_toward_the_wider_level() -> None:
    wide = row("category", cases=300, won=90, lost=210)
    near = row("same", cases=2, won=2, lost=0)
    same, category = groups([wide, near], PRIOR)
    assert 0.29 < category.chance < 0.32
    assert category.chance < same.chance < 0.45


def test_what_worked_best_needs_cases_enough() -> None:
    lucky = row("same", "escalation", cases=1, won=1, lost=0, recovered=Decimal(9000))
    steady = row("same", "correction", cases=8, won=6, lost=2, recovered=Decimal(4000))
    [group] = groups([lucky, steady], PRIOR)
    found = best(group, least=3)
    assert found is not None
    assert found.action == "correction"
    assert best(group, least=9) is None


COUNTS = st.integers(0, 40)


@given(st.lists(st.tuples(st.sampled_from(["same", "code", "category"]), COUNTS, COUNTS, COUNTS, COUNTS), max_size=9))
def test_counts_add_up_and_a_chance_is_a_share(said: list[tuple[str, int, int, int, int]]) -> None:
    rows = [
        Counted(level, f"a{at}", won + partly + lost + rest, won, partly, lost, Decimal(won), None)
        for at, (level, won, partly, lost, rest) in enumerate(said)
    ]
    found = groups(rows, PRIOR)
    assert sum(group.tally.cases for group in found) == sum(each.cases for each in rows)
    for group in found:
        assert 0 <= group.chance <= 1
        assert sum(each.tally.cases for each in group.actions) == group.tally.cases
