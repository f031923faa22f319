"""The day on which something comes back is a business day, before the last safe day where only that is safe."""

from __future__ import annotations

from datetime import date

import pytest

from worklists.domain.ticklers import closed_days, comes_back, farthest, moved_words, moved_words_of_many, too_far_words

MONDAY = date(2026, 11, 23)
WEDNESDAY, THANKSGIVING, FRIDAY = date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27)
SATURDAY, SUNDAY, NEXT_MONDAY = date(2026, 11, 28), date(2026, 11, 29), date(2026, 11, 30)


@pytest.mark.parametrize(
    ("day", "last_safe", "back"),
    [
        (WEDNESDAY, None, WEDNESDAY),
        (THANKSGIVING, None, FRIDAY),
        (SATURDAY, None, NEXT_MONDAY),
        (SATURDAY, date(2026, 12, 18), NEXT_MONDAY),
        (SATURDAY, SATURDAY, FRIDAY),
        (SATURDAY, SUNDAY, FRIDAY),
        (THANKSGIVING, THANKSGIVING, WEDNESDAY),
        (SATURDAY, WEDNESDAY, NEXT_MONDAY),
        (date(2026, 12, 26), None, date(2026, 12, 28)),
    ],
)
def test_it_is_the_next_business_day_but_never_past_the_last_safe_one(
    day: date, last_safe: date | None, back: date
) -> None:
    assert comes_back(day, last_safe, MONDAY) == back


def test_where_nothing_is_safe_any_more_it_is_not_put_off_to_today() -> None:
    assert comes_back(SATURDAY, SATURDAY, FRIDAY) == NEXT_MONDAY


def test_a_day_that_is_moved_is_said_with_the_day_instead() -> None:
    assert moved_words(WEDNESDAY, WEDNESDAY) == ""
    assert moved_words(SATURDAY, NEXT_MONDAY) == (
        "Saturday 28 November 2026 is no business day: it comes back on Monday 30 November 2026."
    )
    assert moved_words_of_many(WEDNESDAY) == ""
    assert moved_words_of_many(SATURDAY) == (
        "Saturday 28 November 2026 is no business day: they come back on Monday 30 November 2026, and on Friday 27"
        " November 2026 where the last safe day is in between."
    )


def test_nothing_is_put_off_for_more_than_two_years() -> None:
    assert farthest(MONDAY) == date(2028, 11, 23)
    assert too_far_words(date(9999, 12, 31), MONDAY) == (
        "Friday 31 December 9999 is more than two years ahead: choose a day up to Thursday 23 November 2028."
    )


def test_the_page_knows_every_federal_holiday_up_to_then() -> None:
    closed = closed_days(MONDAY)
    assert closed[:3] == [THANKSGIVING, date(2026, 12, 25), date(2027, 1, 1)]
    assert closed[-1] == date(2028, 11, 23)
