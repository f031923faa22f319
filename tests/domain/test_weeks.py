"""Each day stands in exactly one span, whatever day it is today."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from worklists.domain import weeks

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(DAYS, st.integers(-400, 400))
def test_a_day_stands_in_exactly_one_span(today: date, days: int) -> None:
    day = today + timedelta(days=days)
    assert sum(span.holds(day) for span in weeks.spans(today)) == 1


@given(DAYS)
def test_spans_follow_each_other_and_this_week_begins_today(today: date) -> None:
    found = weeks.spans(today)
    assert tuple(span.key for span in found) == weeks.KEYS
    assert found[1].first == today
    for span, following in pairwise(found):
        assert span.last is not None
        assert span.last + timedelta(days=1) == following.first


def test_a_week_ends_on_sunday() -> None:
    this_week = weeks.span_of("week_0", date(2026, 11, 27))
    assert (this_week.first, this_week.last) == (date(2026, 11, 27), date(2026, 11, 29))
    assert weeks.span_of("week_1", date(2026, 11, 27)).first == date(2026, 11, 30)
