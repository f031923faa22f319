"""All clocks of a denial: which run, which wait, what ends them, and what holds of each whatever the facts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from denials.codes import rows
from denials.domain.clock_facts import ClockKind, ClockState, Facts, StatedLimit, Step
from denials.domain.clock_set import Clock, ClockSet, Times
from denials.domain.clocks import ClockRule, clocks_of
from denials.domain.days import add_months, is_business_day
from denials.domain.urgency import UrgencyBand, band_of
from denials.domain.windows import WorkTimes

RULES = [ClockRule.from_row(row) for row in rows("payer_rules")]
PAYERS = sorted({rule.payer_key for rule in RULES})
PAID = date(2026, 6, 3)
TIMES = Times(letter=WorkTimes(3, 5), claim=WorkTimes(1, 1))
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def facts(payer: str, **more: Any) -> Facts:
    usual: dict[str, Any] = {"payer_key": payer, "payment_date": PAID, "service_date": date(2026, 5, 11)}
    return Facts(**(usual | more))


def clocks(payer: str, **more: Any) -> ClockSet:
    return clocks_of(RULES, facts(payer, **more), TIMES)


def one(found: ClockSet, kind: str, level: int = 0) -> Clock:
    [clock] = [clock for clock in found.clocks if (clock.kind, clock.level) == (kind, level)]
    return clock


anything = st.builds(
    facts,
    payer=st.sampled_from([*PAYERS, "nobody"]),
    payment_date=days,
    service_date=st.none() | days,
    resolution=st.sampled_from(["appeal", "correction", "resubmission", "adjustment", "patient_bill"]),
    appeal_allowed=st.booleans(),
    needs_new_claim=st.booleans(),
    provider_status=st.sampled_from(["", "contracted", "non_contracted"]),
    jurisdiction=st.sampled_from(["", "TX", "GA", "ME", "NY", "OH"]),
    is_takeback=st.booleans(),
    level=st.integers(1, 3),
    claim_sent_on=st.none() | days,
    filed_on=st.none() | days,
)


@settings(deadline=None)
@given(anything)
def test_whatever_the_facts_each_clock_is_one_of_its_kind_and_can_be_explained(told: Facts) -> None:
    found = clocks_of(RULES, told, TIMES)
    names = [(clock.kind, clock.level) for clock in found.clocks]
    assert len(names) == len(set(names))
    for clock in found.clocks:
        assert clock.name
        assert clock.because
        assert clock.last_day or clock.state is not ClockState.RUNNING
        assert (clock.last_safe_day is None) == (clock.last_day is None)
        assert clock.state is not ClockState.WAITING or clock.waits_for


@settings(deadline=None)
@given(anything)
def test_the_last_safe_day_is_a_working_day_before_the_last_one(told: Facts) -> None:
    for clock in clocks_of(RULES, told, TIMES).clocks:
        if clock.last_day and clock.last_safe_day:
            assert clock.last_safe_day <= clock.last_day
            assert clock.last_safe_day == clock.last_day or is_business_day(clock.last_safe_day)


@settings(deadline=None)
@given(anything)
def test_the_binding_clock_is_never_later_than_the_second_and_stands_among_the_clocks(told: Facts) -> None:
    found = clocks_of(RULES, told, TIMES)
    if found.deadline is not None and not told.is_takeback:
        assert found.second is None or found.deadline.date <= found.second.date
        assert found.second is None or found.second.kind != found.deadline.kind
        binding = [clock for clock in found.clocks if clock.is_binding]
        assert not told.appeal_allowed or [clock.last_day for clock in binding] == [found.deadline.date]


def _rule(number: int, window: int, kind: str, confidence: str) -> ClockRule:
    return ClockRule.from_row(
        {"rule_id": f"X-{number}", "payer_key": "x", "rule_type": kind, "level_no": 1, "window_value": window,
         "window_unit": "calendar_days", "counts_from": "remittance_date", "confidence": confidence}
    )  # fmt: skip


limits = st.lists(
    st.tuples(st.integers(1, 400), st.sampled_from(["high", "low"])).map(lambda said: (said[0], "appeal", said[1])),
    min_size=1,
    max_size=6,
)


@settings(deadline=None)
@given(limits, st.tuples(st.integers(1, 400), st.sampled_from(["high", "low"])))
def test_one_more_rule_for_the_same_right_never_makes_a_known_day_later(
    known: list[tuple[int, str, str]], more: tuple[int, str]
) -> None:
    rules = [_rule(number, *said) for number, said in enumerate([*known, (30, "appeal", "high")])]
    added = _rule(99, more[0], "appeal", more[1])
    before, after = (clocks_of(each, facts("x")).deadline for each in (rules, [*rules, added]))
    assert before is not None
    assert after is not None
    assert after.date <= before.date


@settings(deadline=None)
@given(limits)
def test_the_earliest_wins_and_every_other_stands_beside_it_with_its_day(known: list[tuple[int, str, str]]) -> None:
    rules = [_rule(number, *said) for number, said in enumerate([*known, (401, "appeal", "high")])]
    clock = one(clocks_of(rules, facts("x")), "appeal", 1)
    lasts = {rule.rule_id: PAID + timedelta(days=int(rule.window_value)) for rule in rules}
    assert clock.last_day == min(lasts.values())
    assert {other.rule_id: other.last_day for other in clock.others} | {clock.rule_id: clock.last_day} == lasts


@settings(deadline=None)
@given(days, st.integers(0, 30))
def test_a_level_begins_with_the_decision_on_the_one_before(sent: date, answered_after: int) -> None:
    decided = sent + timedelta(days=answered_after)
    waiting = clocks("medicare_ffs", steps=(Step(1, sent),))
    started = clocks("medicare_ffs", steps=(Step(1, sent, decided),))
    assert one(waiting, "appeal", 2).state is ClockState.WAITING
    second = one(started, "appeal", 2)
    assert (second.state, second.basis_date) == (ClockState.RUNNING, decided)
    assert second.last_day == decided + timedelta(days=185)
    assert one(started, "appeal", 3).state is ClockState.WAITING


@settings(deadline=None)
@given(days)
def test_months_of_the_external_review_keep_the_day_number(decided: date) -> None:
    found = clocks("erisa_aca", steps=(Step(1, PAID, decided),))
    review = one(found, "external_review", 2)
    assert review.last_day is not None
    assert review.last_day >= add_months(decided, 4)
    assert (review.last_day - add_months(decided, 4)).days <= 4


def test_a_second_level_that_counts_from_the_first_notice_has_its_day_before_it_starts() -> None:
    second = one(clocks("uhc", product="commercial"), "appeal", 2)
    assert (second.state, second.last_day, second.waits_for) == (
        ClockState.WAITING, date(2027, 6, 3), "the decision on level 1",
    )  # fmt: skip


def test_a_denial_that_answers_an_appeal_opens_the_next_level_from_the_first_notice_where_the_rule_says_so() -> None:
    again = clocks("uhc", product="commercial", level=2, level_from=PAID, original_date=date(2026, 1, 15))
    assert again.deadline is not None
    assert (again.deadline.rule_id, again.deadline.date) == ("UHC-L2", date(2027, 1, 15))


def test_beyond_the_levels_that_are_known_a_cautious_day_is_assumed_and_says_so() -> None:
    found = clocks("erisa_aca", level=3, level_from=PAID, payer_name="Fictional Plan").deadline
    assert found is not None
    assert (found.rule_id, found.is_default, found.basis_date) == ("DEF-L1", True, PAID)
    assert found.because[0].startswith("Assumed: no sure limit for level 3 is known for Fictional Plan.")


def test_sending_ends_the_level_and_starts_the_answer_and_the_follow_ups() -> None:
    sent = date(2026, 6, 20)
    found = clocks("aetna", product="commercial", steps=(Step(1, sent),), response_days=45)
    assert (one(found, "appeal", 1).state, one(found, "appeal", 1).ended_on) == (ClockState.MET, sent)
    assert one(found, "payer_response", 1).last_day == sent + timedelta(days=45)
    assert [one(found, "follow_up", n).last_day for n in (1, 2)] == [date(2026, 7, 4), date(2026, 7, 11)]
    assert one(found, "internal_target").state is ClockState.MISSED


def test_the_internal_target_is_five_business_days_from_the_payment() -> None:
    assert one(clocks("aetna"), "internal_target").last_day == date(2026, 6, 10)


def test_acting_late_is_missed_and_says_by_how_much() -> None:
    late = one(clocks("bcbs_tx", product="commercial", steps=(Step(1, date(2026, 12, 2)),)), "appeal", 1)
    assert (late.state, late.because[0]) == (ClockState.MISSED, "Done on 2 Dec 2026, 2 days late.")


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({}, ClockState.MET),
        ({"filed_on": date(2026, 5, 20)}, ClockState.MET),
        ({"is_late_filing": True}, ClockState.STOPPED),
        ({"is_late_filing": True, "filed_on": date(2026, 5, 20)}, ClockState.MET),
        ({"needs_new_claim": True}, ClockState.RUNNING),
    ],
)
def test_the_limit_of_the_original_claim_runs_only_for_a_claim_that_was_never_taken_in(
    told: dict[str, Any], state: ClockState
) -> None:
    assert one(clocks("cigna", product="commercial", **told), "timely_filing").state is state


def test_a_takeback_has_a_clock_of_its_own_and_no_other() -> None:
    medicare = clocks("medicare_ffs", is_takeback=True)
    other = clocks("anthem", is_takeback=True)
    assert [(clock.kind, clock.rule_id) for clock in medicare.clocks] == [(ClockKind.RECOUPMENT_STOP, "MCR-RECOUP")]
    assert [(clock.rule_id, clock.is_default) for clock in other.clocks] == [("DEF-RECOUP", True)]


def test_a_limit_that_a_remark_states_counts_where_it_is_earlier() -> None:
    stated = (StatedLimit("MA01", 120),)
    medicare = clocks("medicare_ffs", product="Part B", stated=stated).deadline
    commercial = clocks("aetna", product="commercial", stated=stated).deadline
    assert medicare is not None
    assert commercial is not None
    assert medicare.rule_id == "MCR-L1"
    assert (commercial.rule_id, commercial.date) == ("REMARK-MA01", PAID + timedelta(days=120))


def test_where_only_the_claims_own_limit_is_known_the_appeal_is_assumed_beside_it() -> None:
    found = clocks("medicaid_ny", resolution="correction", service_date=date(2026, 6, 1))
    assert found.deadline is not None
    assert found.second is not None
    assert {found.deadline.rule_id, found.second.rule_id} == {"MCD-NY-CORR", "DEF-L1"}


def test_mail_takes_nothing_away_where_the_postmark_counts() -> None:
    posted = ClockRule.from_row(
        {"rule_id": "P", "payer_key": "x", "rule_type": "appeal", "level_no": 1, "window_value": 30,
         "window_unit": "calendar_days", "counts_from": "notice_date", "filed_when": "postmarked", "confidence": "high"}
    )  # fmt: skip
    clock = one(clocks_of([posted], facts("x"), TIMES), "appeal", 1)
    assert (clock.last_day, clock.last_safe_day) == (date(2026, 7, 3), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("left", "band"),
    [(-1, "missed"), (0, "critical"), (7, "critical"), (8, "high"), (14, "high"), (15, "medium"), (30, "medium"),
     (31, "low")],
)  # fmt: skip
def test_the_bands_of_urgency_are_those_of_the_scenarios(left: int, band: str) -> None:
    assert band_of(left) == UrgencyBand(band)
