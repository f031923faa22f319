"""How money, days and people are written."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.formatting import (
    as_words,
    days_left,
    days_since,
    days_tone,
    dollars,
    initials,
    moment,
    money,
    pct,
    short_date,
)

SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Decimal("1234.5"), "$1,234.50"),
        (Decimal("-5"), "−$5.00"),
        (Decimal("0"), "$0.00"),
        (Decimal("-0.00"), "$0.00"),
        (Decimal("18420.00"), "$18,420.00"),
        (7, "$7.00"),
        (None, "unknown"),
    ],
)
def test_money_has_cents_separators_and_a_real_minus(amount: Decimal | None, words: str) -> None:
    assert money(amount) == words


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_money_reads_back_to_the_same_cents(amount: Decimal) -> None:
    assert Decimal(money(amount).replace("−", "-").replace("$", "").replace(",", "")) == amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Decimal("96310.49"), "$96,310"),
        (Decimal("0.50"), "$1"),
        (Decimal("-1200.50"), "−$1,201"),
        (None, "unknown"),
    ],
)
def test_dollars_are_whole(amount: Decimal | None, words: str) -> None:
    assert dollars(amount) == words


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (-12, "12 days late", "over"),
        (-1, "1 day late", "over"),
        (0, "today", "late"),
        (1, "1 day", "late"),
        (5, "5 days", "late"),
        (6, "6 days", "soon"),
        (14, "14 days", "soon"),
        (15, "15 days", "ok"),
        (1200, "1,200 days", "ok"),
    ],
)
def test_days_left_say_it_in_words_and_tone(days: int, words: str, tone: str) -> None:
    due = SATURDAY + timedelta(days=days)
    assert (days_left(due, SATURDAY), days_tone(due, SATURDAY)) == (words, tone)


def test_no_deadline_is_said_and_has_no_tone() -> None:
    assert (days_left(None, SATURDAY), days_tone(None, SATURDAY)) == ("no deadline", "none")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "Mon 23 Nov"),
        (date(2026, 12, 4), "Fri 4 Dec"),
        (date(2027, 5, 10), "Mon 10 May 2027"),
        (date(2025, 11, 23), "Sun 23 Nov 2025"),
        (None, "unknown"),
    ],
)
def test_a_date_shows_its_year_only_when_it_is_another(day: date | None, words: str) -> None:
    assert short_date(day, SATURDAY) == words


def test_a_date_from_a_moment_is_the_local_day() -> None:
    late_evening_in_new_york = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
    assert short_date(late_evening_in_new_york, SATURDAY) == "Mon 23 Nov"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 21, 15, 42, tzinfo=UTC), "today 10:42"),
        (datetime(2026, 11, 21, 2, 5, tzinfo=UTC), "yesterday 21:05"),
        (datetime(2026, 11, 12, 15, 0, tzinfo=UTC), "12 Nov"),
        (datetime(2025, 11, 12, 15, 0, tzinfo=UTC), "12 Nov 2025"),
        (None, "unknown"),
    ],
)
def test_a_moment_is_as_exact_as_it_is_near(at: datetime | None, words: str) -> None:
    assert moment(at, SATURDAY) == words


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Demo Specialist", "DS"),
        ("Specialist, Demo", "DS"),
        ("Ana María de la Cruz", "AC"),
        ("specialist", "S"),
        ("(deleted) Person", "P"),
        ("", ""),
        (",", ""),
    ],
)
def test_initials_are_at_most_two_letters(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Decimal("0.4231"), "42%"),
        (Decimal("0.425"), "43%"),
        (Decimal(0), "0%"),
        (Decimal(1), "100%"),
        (Decimal("0.004"), "under 1%"),
        (Decimal("0.999"), "over 99%"),
        (Decimal("-0.12"), "−12%"),
        (0.29, "29%"),
        (None, "unknown"),
    ],
)
def test_a_share_never_rounds_to_all_or_nothing(share: Decimal | None, words: str) -> None:
    assert pct(share) == words


@pytest.mark.parametrize(
    ("key", "words"), [("missing_required_remark", "Missing required remark"), ("COB form", "COB form"), ("", "")]
)
def test_a_stable_name_is_written_as_words_and_what_is_written_already_stays(key: str, words: str) -> None:
    assert as_words(key) == words


def test_an_age_is_told_in_days() -> None:
    assert days_since(SATURDAY - timedelta(days=1), SATURDAY) == "1 day"
    assert days_since(SATURDAY, SATURDAY) == "today"
    assert days_since(None, SATURDAY) == "unknown"
