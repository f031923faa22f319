"""The six weeks ahead: nothing counted twice, more time never loses more, the same seed gives the same weeks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklists.domain.forecast import HORIZON, Cell, Load, Profile, Run, draw, schedule
from worklists.domain.forecast_plan import (
    endangered,
    give_hours,
    loss_by_queue,
    loss_by_week,
    move,
    set_aside,
    set_aside_below,
    total_loss,
)

SEED = "six weeks"
WORKING = [day % 7 < 5 for day in range(HORIZON)]
AMOUNTS = st.lists(st.integers(0, 5000).map(float), max_size=5).map(lambda found: tuple(sorted(found, reverse=True)))
CELLS = st.builds(
    lambda slack, **values: Cell(**values, ends=max(0, values["expires"]) + slack),
    slack=st.integers(0, 10),
    expires=st.integers(-5, HORIZON - 1),
    dollars=AMOUNTS,
    minutes=st.integers(5, 60).map(float),
    ready=st.integers(0, HORIZON),
)
PROFILES = st.lists(
    st.builds(Profile, st.integers(-3, 60), st.integers(60, 70), st.integers(1, 4000).map(float), st.just(12.0)),
    max_size=4,
)
MINUTES = st.lists(st.integers(0, 90).map(float), min_size=HORIZON, max_size=HORIZON).map(tuple)


@st.composite
def loads(draw_value: st.DrawFn, queue: int = 1) -> Load:
    cells = tuple(draw_value(st.lists(CELLS, max_size=12)))
    numbered, first = [], 1000 * queue
    for cell in cells:
        numbered.append(replace(cell, ids=tuple(range(first, first + cell.number))))
        first += cell.number
    came = tuple(tuple(draw_value(st.lists(st.integers(0, 4), max_size=3))) for _ in range(7))
    return Load(
        queue=queue,
        cells=tuple(numbered),
        minutes=draw_value(MINUTES),
        came=came,
        profiles=tuple(draw_value(PROFILES)),
        paces=tuple(draw_value(st.lists(st.sampled_from([0.5, 1.0, 1.5]), min_size=1, max_size=3))),
        weekday=draw_value(st.integers(0, 6)),
    )


def lost(load: Load, run: Run) -> set[int]:
    return {each for cell, worked in zip(load.cells, run.worked, strict=True) for each in cell.ids[worked:]}


@given(loads(), MINUTES)
def test_more_time_never_loses_what_was_not_lost_before(load: Load, more: tuple[float, ...]) -> None:
    richer = replace(load, minutes=tuple(one + other for one, other in zip(load.minutes, more, strict=True)))
    before, after = schedule(load), schedule(richer)
    assert lost(richer, after) <= lost(load, before)
    assert sum(after.items) <= sum(before.items) + 1e-6
    assert sum(after.dollars) <= sum(before.dollars) + 1e-3


@given(loads())
def test_each_open_item_is_worked_or_lost_once_or_neither(load: Load) -> None:
    run = schedule(replace(load, profiles=()))
    counted = [cell for cell in load.cells if not cell.is_late]
    assert sum(run.items) == sum(cell.number for cell in counted) - sum(
        worked for cell, worked in zip(load.cells, run.worked, strict=True) if not cell.is_late
    )
    assert all(0 <= worked <= cell.number for cell, worked in zip(load.cells, run.worked, strict=True))


@given(loads())
def test_nobody_works_longer_than_there_is_time(load: Load) -> None:
    run = schedule(replace(load, profiles=()))
    used = sum(cell.minutes * worked for cell, worked in zip(load.cells, run.worked, strict=True))
    assert used <= sum(load.minutes) + 1e-3


@given(loads())
def test_the_same_seed_gives_the_same_weeks(load: Load) -> None:
    first, again = draw(load, SEED, runs=3), draw(load, SEED, runs=3)
    assert [run.dollars for run in first] == [run.dollars for run in again]
    assert [run.worked for run in first] == [run.worked for run in again]


@given(loads(), st.integers(1, 20))
def test_more_hours_never_cost_in_any_run(load: Load, hours: int) -> None:
    before = draw(load, SEED, runs=5)
    after = draw(give_hours({1: load}, 1, hours, WORKING)[1], SEED, runs=5)
    for one, other in zip(before, after, strict=True):
        assert sum(other.dollars) <= sum(one.dollars) + 1e-3


@given(loads(1), loads(2), st.data())
def test_a_moved_item_is_in_one_queue_and_counted_once(first: Load, second: Load, data: st.DataObject) -> None:
    both = {1: first, 2: second}
    ids = sorted(each for cell in first.cells for each in cell.ids)
    chosen = data.draw(st.sets(st.sampled_from(ids))) if ids else set()
    moved = move(both, 1, 2, chosen)
    after = sorted(each for load in moved.values() for cell in load.cells for each in cell.ids)
    assert after == sorted(each for load in both.values() for cell in load.cells for each in cell.ids)
    assert {each for cell in moved[2].cells for each in cell.ids} >= chosen


@given(loads(1), loads(2))
def test_weeks_and_queues_add_up_to_the_same(first: Load, second: Load) -> None:
    runs = {1: draw(first, SEED, runs=4), 2: draw(second, SEED, runs=4)}
    total = total_loss(runs)
    by_week = sum(week.dollars.expected for week in loss_by_week(runs))
    by_queue = sum(queue.dollars.expected for queue in loss_by_queue(runs).values())
    assert by_week == pytest.approx(total.dollars.expected, abs=1e-3)
    assert by_queue == pytest.approx(total.dollars.expected, abs=1e-3)
    assert total.items.low <= total.items.high


def three_items(**values: Any) -> Load:
    """30 minutes of work due today, and 30 minutes a day."""
    cell = Cell(expires=0, ends=0, dollars=(900.0, 500.0, 100.0), minutes=15.0, ids=(1, 2, 3))
    return replace(Load(queue=1, cells=(cell,), minutes=(30.0,) * HORIZON), **values)


def test_two_of_three_are_worked_and_the_smallest_is_lost() -> None:
    run = schedule(three_items())
    assert (run.worked, run.items[0], run.dollars[0]) == ([2], 1, 100.0)


def test_what_is_set_aside_gives_its_time_and_is_lost_itself() -> None:
    load = three_items(least=600.0)
    run = schedule(load)
    assert (run.worked, run.dollars[0]) == ([1], 600.0)
    plans = set_aside_below({1: three_items()}, 600.0)
    assert schedule(plans[1]).dollars == run.dollars


def test_a_queue_that_nobody_works_gives_its_time_to_another() -> None:
    full, other = three_items(minutes=(15.0,) * HORIZON), three_items(queue=2, minutes=(15.0,) * HORIZON)
    plan = set_aside({1: full, 2: other}, 1, 2)
    assert schedule(plan[1]).items[0] == 3
    assert schedule(plan[2]).items[0] == 1


def test_what_is_late_already_takes_work_first_and_is_not_counted_again() -> None:
    late = Cell(expires=-1, ends=3, dollars=(50.0,), minutes=30.0, ids=(9,))
    run = schedule(three_items(cells=(*three_items().cells, late)))
    assert (run.worked[0], sum(run.items)) == (0, 3)


def test_the_endangered_are_listed_by_what_they_cost_on_average() -> None:
    load = three_items(paces=(0.5, 1.0))
    runs = {1: draw(load, SEED)}
    found = endangered({1: load}, runs)
    assert [each.item for each in found] == [2, 3]
    assert found[1].probability == 1.0
    assert 0.3 < found[0].probability < 0.7


def test_what_comes_in_takes_time_from_what_is_due_later() -> None:
    later = Cell(expires=10, ends=10, dollars=(100.0,) * 20, minutes=15.0, ids=tuple(range(20)))
    quiet = three_items(cells=(later,))
    busy = replace(quiet, came=((2,),) * 7, profiles=(Profile(0, 0, 300.0, 15.0),))
    assert sum(schedule(quiet).items) == 0
    assert schedule(busy).worked[0] < 20


def test_what_is_lost_is_tried_until_its_deadline_and_makes_others_late() -> None:
    first = Cell(expires=0, ends=1, dollars=(100.0,), minutes=60.0, ids=(1,))
    second = Cell(expires=1, ends=1, dollars=(100.0,), minutes=15.0, ids=(2,))
    run = schedule(three_items(cells=(first, second)))
    assert run.items[:2] == [1, 1]
    given_up = schedule(three_items(cells=(replace(first, ends=0), second)))
    assert given_up.items[:2] == [1, 0]
