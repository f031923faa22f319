"""The one deadline of a denial, and the arithmetic behind it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from denials.codes import rows
from denials.domain.clock_facts import Facts
from denials.domain.clocks import ClockRule, Deadline, deadline
from denials.domain.days import (
    add_business_days,
    add_months,
    federal_holidays,
    is_business_day,
    next_business_day,
    previous_business_day,
)

RULES = [ClockRule.from_row(row) for row in rows("payer_rules")]
WEDNESDAY = date(2026, 6, 3)
dates = st.dates(date(2001, 1, 1), date(2090, 12, 31))


def rule(**columns: Any) -> ClockRule:
    usual = {
        "rule_id": "X-L1",
        "payer_key": "x",
        "rule_type": "appeal",
        "level_no": 1,
        "window_value": "30",
        "window_unit": "calendar_days",
        "counts_from": "remittance_date",
        "confidence": "high",
    }
    return ClockRule.from_row(usual | columns)


def facts(payer: str = "x", **more: Any) -> Facts:
    usual: dict[str, Any] = {
        "product": "commercial",
        "resolution": "appeal",
        "payment_date": WEDNESDAY,
        "service_date": date(2026, 5, 11),
    }
    return Facts(payer_key=payer, **(usual | more))


def found(rules: list[ClockRule], payer: str = "x", **more: Any) -> Deadline:
    result = deadline(rules, facts(payer, **more))
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 10, 30), 4, date(2027, 3, 1)),
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 12, 8), 12, date(2026, 12, 8)),
        (date(2026, 12, 31), 2, date(2027, 3, 1)),
    ],
)
def test_months_keep_the_day_or_move_to_the_first_of_the_next(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_a_holiday_on_a_weekend_is_kept_on_the_nearest_weekday() -> None:
    assert date(2026, 7, 3) in federal_holidays(2026)
    assert date(2027, 7, 5) in federal_holidays(2027)
    assert date(2021, 12, 31) in federal_holidays(2021)
    assert date(2022, 1, 1) not in federal_holidays(2022)


@settings(deadline=None)
@given(dates)
def test_a_year_has_nine_to_twelve_holidays_on_weekdays(day: date) -> None:
    holidays = federal_holidays(day.year)
    assert 9 <= len(holidays) <= 12
    assert all(holiday.weekday() < 5 for holiday in holidays)


@settings(deadline=None)
@given(dates)
def test_rolling_ends_on_a_working_day_and_stays_near(day: date) -> None:
    later, earlier = next_business_day(day), previous_business_day(day)
    assert is_business_day(later)
    assert is_business_day(earlier)
    assert earlier <= day <= later <= day + timedelta(days=5)


def test_business_days_skip_weekends_and_holidays() -> None:
    assert add_business_days(date(2026, 11, 25), 1) == date(2026, 11, 27)
    assert add_business_days(date(2026, 11, 27), 2) == date(2026, 12, 1)


@settings(deadline=None)
@given(dates, st.integers(1, 400), st.integers(0, 5))
def test_the_last_day_is_basis_plus_presumption_plus_window(start: date, window: int, presumed: int) -> None:
    result = found([rule(window_value=str(window), receipt_presumption_days=presumed)], payment_date=start)
    assert result.date == start + timedelta(days=window + presumed)
    assert (result.basis_date, result.presumption_days) == (start, presumed)


@settings(deadline=None)
@given(dates, st.integers(1, 400))
def test_a_deadline_rolls_only_where_the_rule_says_so(start: date, window: int) -> None:
    last = start + timedelta(days=window)
    for said, expected in (
        ("", last),
        ("do not roll forward", last),
        ("no extension stated; do not roll forward", last),
        ("next_business_day", next_business_day(last)),
        ("next_business_day (weekend or federal holiday)", next_business_day(last)),
        ("previous_business_day", previous_business_day(last)),
    ):
        limit = rule(window_value=str(window), non_business_day_rule=said)
        assert found([limit], payment_date=start).date == expected


@pytest.mark.parametrize(
    ("columns", "last_day"),
    [
        ({"window_unit": "months", "window_value": "12"}, date(2027, 6, 3)),
        ({"window_unit": "years", "window_value": "1"}, date(2027, 6, 3)),
        ({"window_unit": "calendar_years", "window_value": "1"}, date(2027, 6, 3)),
        ({"window_unit": "business_days", "window_value": "3"}, date(2026, 6, 8)),
        ({"window_unit": "end_of_next_calendar_year", "window_value": "12-31"}, date(2027, 12, 31)),
        ({"counts_from": "date_of_service"}, date(2026, 6, 10)),
        ({"counts_from": "end_of_month_of_service"}, date(2026, 6, 30)),
    ],
)
def test_every_kind_of_window_is_counted(columns: dict[str, str], last_day: date) -> None:
    assert found([rule(**columns)]).date == last_day


def test_the_earliest_of_several_rules_wins_and_the_others_are_named() -> None:
    result = found([rule(), rule(rule_id="X-OTHER", window_value="20")])
    assert result.rule_id == "X-OTHER"
    assert any("X-L1" in sentence and "3 Jul 2026" in sentence for sentence in result.because)


def test_a_doubtful_rule_may_shorten_a_deadline() -> None:
    result = found(RULES, "uhc")
    assert (result.rule_id, result.confidence) == ("UHC-CONFLICT", "low")
    assert any("UHC-L1" in sentence for sentence in result.because)


def test_a_doubtful_rule_alone_never_lengthens_the_default() -> None:
    result = found(RULES, "humana")
    assert (result.rule_id, result.is_default) == ("DEF-L1", True)
    assert any("HUM-L1" in sentence for sentence in result.because)


@pytest.mark.parametrize(
    ("resolution", "allowed", "rule_id"),
    [("appeal", True, "DEF-L1"), ("correction", True, "DEF-L1"), ("correction", False, "DEF-CORR")],
)
def test_a_payer_without_rules_gets_the_default_and_it_is_labelled(
    resolution: str, allowed: bool, rule_id: str
) -> None:
    result = found(RULES, "nobody", resolution=resolution, appeal_allowed=allowed)
    assert (result.rule_id, result.is_default) == (rule_id, True)
    assert result.because[0].startswith("Assumed")


def test_a_rule_that_only_points_to_the_contract_is_named_and_the_default_stands_in() -> None:
    result = found(RULES, "medicare_advantage", product="Part C", provider_status="contracted")
    assert result.is_default
    assert any("MA-C" in sentence and "cannot be counted" in sentence for sentence in result.because)


def test_the_state_chooses_among_rules_of_one_payer() -> None:
    assert found(RULES, "anthem", jurisdiction="GA").rule_id == "ANT-GA-L1"
    assert found(RULES, "anthem", jurisdiction="ME").rule_id == "ANT-ME-L1"
    assert found(RULES, "anthem", jurisdiction="OH").is_default
    assert found(RULES, "uhc", jurisdiction="OR", product="MA").is_default


def test_a_rule_for_the_very_state_beats_the_general_one() -> None:
    texas = found(RULES, "aetna", jurisdiction="TX", resolution="resubmission", needs_new_claim=True)
    ohio = found(RULES, "aetna", jurisdiction="OH", resolution="resubmission", needs_new_claim=True)
    assert (texas.rule_id, ohio.rule_id) == ("AET-TF-TX", "AET-TF")


def test_the_product_chooses_among_rules_of_one_payer() -> None:
    advantage = found(RULES, "humana", product="Medicare Advantage", provider_status="non_contracted")
    assert advantage.rule_id == "MA-HUMANA-NC"
    assert found(RULES, "medicare_ffs", product="Part B").rule_id == "MCR-L1"


def test_only_rules_in_force_on_the_payment_date_count() -> None:
    old, new = rule(effective_to="2026-01-31"), rule(rule_id="X-NEW", window_value="90", effective_from="2026-02-01")
    assert found([old, new]).rule_id == "X-NEW"
    assert found([old, new], payment_date=date(2026, 1, 31)).rule_id == "X-L1"


def test_a_claim_the_payer_never_took_in_is_bound_by_the_filing_limit() -> None:
    limits = [rule(window_value="180"), rule(rule_id="X-TF", rule_type="timely_filing", counts_from="date_of_service")]
    assert found(limits, resolution="correction").rule_id == "X-L1"
    assert found(limits, resolution="correction", needs_new_claim=True).rule_id == "X-TF"


def test_without_an_appeal_right_the_limit_of_the_claim_itself_counts() -> None:
    limits = [rule(), rule(rule_id="X-CORR", rule_type="corrected_claim", window_value="90")]
    assert found(limits, resolution="resubmission", appeal_allowed=False).rule_id == "X-CORR"
    assert found(limits, resolution="resubmission").rule_id == "X-L1"


def test_later_levels_are_no_first_deadline() -> None:
    assert found([rule(), rule(rule_id="X-L2", level_no=2, window_value="5")]).rule_id == "X-L1"


def test_proved_receipt_brings_the_day_forward_and_never_back() -> None:
    limits = [rule(receipt_presumption_days="5")]
    presumed = found(limits)
    early = found(limits, received_on=WEDNESDAY + timedelta(days=1))
    late = found(limits, received_on=WEDNESDAY + timedelta(days=40))
    before = found(limits, received_on=WEDNESDAY - timedelta(days=10))
    assert (presumed.date, presumed.basis) == (date(2026, 7, 8), "payment_date")
    assert (early.date, early.basis, early.presumption_days) == (date(2026, 7, 4), "receipt_date", 0)
    assert late.date == before.date == presumed.date


def test_without_a_date_to_count_from_there_is_no_deadline() -> None:
    assert deadline(RULES, facts("aetna", payment_date=None)) is None


def test_a_garbled_date_at_the_end_of_the_calendar_gives_no_deadline_and_no_crash() -> None:
    for window_unit in ("calendar_days", "months", "business_days", "end_of_next_calendar_year"):
        limits = [rule(window_unit=window_unit, window_value="400")]
        assert deadline(limits, facts(payment_date=date(9999, 12, 30))) is None


@pytest.mark.parametrize("payer", sorted({rule.payer_key for rule in RULES}))
@pytest.mark.parametrize("resolution", ["correction", "resubmission", "appeal", "adjustment", "patient_bill"])
def test_every_payer_and_resolution_has_a_deadline_with_its_source(payer: str, resolution: str) -> None:
    result = found(RULES, payer, product="", resolution=resolution)
    assert result.date > WEDNESDAY
    assert result.source
    assert result.because
