"""What an eligibility check says about the day of service."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from denials.domain.cover import Check, on_day, on_days

DAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("check", "is_covered", "words"),
    [
        (Check("active", DAY, date(2026, 1, 1), date(2026, 12, 31)), True, "Covered on the day of service"),
        (Check("active", DAY), True, "Covered on the day of service"),
        (
            Check("active", DAY - timedelta(40)),
            None,
            "Active 40 days before the service, but no days of cover are on record",
        ),
        (
            Check("inactive", DAY, date(2026, 1, 1), DAY - timedelta(5)),
            False,
            "Cover ended five days before the service",
        ),
        (Check("active", DAY, DAY + timedelta(1)), False, "Cover began one day after the service"),
        (Check("inactive", DAY - timedelta(3)), False, "Not active three days before the service"),
        (Check("not_found", DAY), False, "The payer did not find the member"),
        (Check("other_plan", DAY), None, "Covered by another plan: settle which one pays first"),
    ],
)
def test_a_check_says_whether_the_service_was_covered(check: Check, is_covered: bool | None, words: str) -> None:
    found = on_day(check, DAY)
    assert (found.is_covered, found.words) == (is_covered, words)


def test_without_a_day_of_service_nothing_is_settled() -> None:
    assert on_day(Check("active", DAY), None).is_covered is None


@pytest.mark.parametrize(
    ("check", "is_covered", "words"),
    [
        (Check("active", DAY, date(2026, 1, 1), DAY + timedelta(4)), True, "Covered on every day of service"),
        (
            Check("active", DAY, date(2026, 1, 1), DAY + timedelta(2)),
            False,
            "Cover ended two days before the last day of service",
        ),
        (Check("active", DAY, DAY + timedelta(1)), False, "Cover began one day after the service"),
        (Check("active", DAY), None, "Active on the first day of service, but no days of cover are on record"),
    ],
)
def test_each_day_of_a_longer_service_has_to_be_covered(check: Check, is_covered: bool | None, words: str) -> None:
    found = on_days(check, DAY, DAY + timedelta(4))
    assert (found.is_covered, found.words) == (is_covered, words)
