"""The course of a claim: in order of time, with the working days in between, newest or oldest first."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from denials.domain.days import business_days_between, is_business_day
from worklists.domain.timeline import Entry, Source, Step, assemble

FRIDAY = date(2026, 10, 2)


def entry(day: date, step: Step = Step.WORKED, at: time | None = None, what: str = "") -> Entry:
    return Entry(day, step, what, Source("here"), at=at)


def test_what_happened_on_one_day_stands_in_its_natural_order() -> None:
    noted, denied, cared, called = (
        entry(FRIDAY, Step.WORKED, time(9), "noted"),
        entry(FRIDAY, Step.DECIDED, None, "denied"),
        entry(FRIDAY, Step.CARE, None, "cared"),
        entry(FRIDAY, Step.WORKED, time(8), "called"),
    )
    told = assemble([noted, denied, cared, called], business_days_between)
    assert [each.entry.what for each in told] == ["noted", "called", "denied", "cared"]


def test_the_days_between_are_working_days_and_none_within_a_day() -> None:
    monday, thanksgiving_week = date(2026, 10, 5), date(2026, 11, 30)
    told = assemble(
        [entry(FRIDAY), entry(monday), entry(monday), entry(date(2026, 11, 25)), entry(thanksgiving_week)],
        business_days_between,
    )
    assert [each.gap for each in told] == [2, 35, None, 1, None]


DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(st.lists(st.tuples(DAYS, st.sampled_from(Step)), max_size=12))
def test_all_entries_stand_newest_first(said: list[tuple[date, Step]]) -> None:
    told = assemble([entry(*each) for each in said], business_days_between)
    assert [each.entry.day for each in told] == sorted((day for day, _ in said), reverse=True)


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_working_days_between_add_up_and_never_count_the_first_day(first: date, one: int, two: int) -> None:
    middle, last = first + timedelta(one), first + timedelta(one + two)
    whole = business_days_between(first, last)
    assert whole == business_days_between(first, middle) + business_days_between(middle, last)
    assert business_days_between(first, first) == 0
    assert business_days_between(first, first + timedelta(1)) == is_business_day(first + timedelta(1))
