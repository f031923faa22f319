"""What counts as denied, pending, reduced or hidden, and how much of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from denials.domain.conclusion import ExceptionCode, Outcome
from tests.domain.claims import adjustments, claim, concluded, line, one_line


def test_the_denial_may_stand_in_the_fourth_of_six_triplets() -> None:
    result = concluded(
        one_line("CO-45 10", "CO-253 1", "PR-2 9", "CO-197 70", "OA-94 -5", "PR-3 5", charge="90", paid="0")
    )
    assert (result.outcome, result.denied_amount, result.primary_reason) == (Outcome.FULL_DENIAL, Decimal(70), "CO-197")


def test_opposite_amounts_of_one_code_on_a_line_are_netted() -> None:
    result = concluded(one_line("CO-97 100", "CO-97 -40", "CO-45 40"))
    assert result.denied_amount == Decimal(60)


def test_a_denial_taken_back_in_the_same_line_is_no_denial() -> None:
    result = concluded(one_line("CO-97 100", "CO-97 -100", "PR-1 100"))
    assert (result.outcome, result.denied_amount) == (Outcome.NOT_DENIAL, Decimal(0))


def test_a_negative_denial_adjustment_adds_money_and_denies_nothing() -> None:
    assert concluded(one_line("CO-50 -20", paid="120")).outcome is Outcome.NOT_DENIAL


def test_amounts_of_different_lines_are_not_netted() -> None:
    result = concluded(claim(line(1, "100", "0", "CO-97 100"), line(2, "100", "200", "CO-97 -100")))
    assert (result.outcome, result.denied_amount) == (Outcome.PARTIAL_DENIAL, Decimal(100))


def test_only_the_denied_part_of_a_line_is_at_risk() -> None:
    result = concluded(one_line("CO-45 30", "CO-197 70"))
    assert (result.denied_amount, result.amount_at_risk) == (Decimal(70), Decimal(70))


def test_a_denial_of_the_whole_claim_counts_once_when_the_lines_repeat_it() -> None:
    reported = claim(
        line(1, "60", "0", "CO-29 60"), line(2, "40", "0", "CO-29 40"), adjustments=adjustments("CO-29 100")
    )
    result = concluded(reported)
    assert result.denied_amount == Decimal(100)
    assert any("counted once" in sentence for sentence in result.because)


def test_a_part_denied_on_the_claim_adds_to_what_the_lines_deny() -> None:
    reported = claim(line(1, "60", "0", "CO-50 60"), line(2, "40", "20"), adjustments=adjustments("CO-29 20"))
    result = concluded(reported)
    assert (result.denied_amount, result.denied_lines, result.primary_reason) == (Decimal(80), (1,), "CO-50")


def test_an_inpatient_claim_without_lines_is_read_from_its_own_adjustments() -> None:
    reported = claim(charge=Decimal(5000), paid=Decimal(0), adjustments=adjustments("CO-50 3800", "PR-1 1200"))
    result = concluded(reported)
    assert (result.outcome, result.denied_amount, result.denied_lines) == (Outcome.FULL_DENIAL, Decimal(3800), ())


def test_a_deductible_on_the_whole_claim_is_no_denial() -> None:
    reported = claim(charge=Decimal(5000), paid=Decimal(3800), adjustments=adjustments("PR-1 1200"))
    assert concluded(reported).outcome is Outcome.NOT_DENIAL


def test_units_cut_inside_a_paid_line_are_a_partial_denial() -> None:
    result = concluded(one_line("CO-151 60 3", paid="40"))
    assert (result.outcome, result.denied_units) == (Outcome.PARTIAL_DENIAL, Decimal(3))


@pytest.mark.parametrize(
    ("triplets", "paid", "outcome"),
    [
        (("CO-59 100",), "0", Outcome.FULL_DENIAL),
        (("CO-59 50",), "50", Outcome.NOT_DENIAL),
        (("CO-59 50", "PR-1 50"), "0", Outcome.NOT_DENIAL),
    ],
    ids=["nothing paid", "something paid", "cost share explains the zero"],
)
def test_a_reduction_is_a_denial_only_when_nothing_else_explains_the_zero(
    triplets: tuple[str, ...], paid: str, outcome: Outcome
) -> None:
    assert concluded(one_line(*triplets, paid=paid)).outcome is outcome


def test_a_write_down_of_the_whole_unpaid_charge_is_a_suspected_denial() -> None:
    result = concluded(one_line("CO-45 100"))
    assert (result.outcome, result.amount_at_risk, result.resolution) == (
        Outcome.SUSPECTED_DENIAL,
        Decimal(100),
        "escalation",
    )
    assert result.exceptions == (ExceptionCode.SUSPECTED_DENIAL,)


@pytest.mark.parametrize("triplet", ["CO-303 100", "CO-24 100", "OA-23 100", "OA-B11 100", "PR-187 100", "OA-209 100"])
def test_other_codes_may_fill_an_unpaid_charge_without_suspicion(triplet: str) -> None:
    assert concluded(one_line(triplet)).outcome is Outcome.NOT_DENIAL


def test_a_line_without_charge_is_never_suspected() -> None:
    assert concluded(claim(line(1, "100", "100"), line(2, "0", "0", "CO-45 0"))).outcome is Outcome.NOT_DENIAL


def test_a_hidden_reason_beside_a_real_denial_is_flagged() -> None:
    result = concluded(claim(line(1, "100", "0", "CO-50 100"), line(2, "30", "0", "CO-45 30")))
    assert (result.outcome, result.denied_amount) == (Outcome.FULL_DENIAL, Decimal(100))
    assert ExceptionCode.SUSPECTED_DENIAL in result.exceptions


def test_an_unknown_code_is_a_denial_in_the_general_queue() -> None:
    result = concluded(one_line("CO-ZZ9 100"))
    assert (result.outcome, result.owner_team, result.appeal_allowed) == (Outcome.FULL_DENIAL, "denials_general", True)
    assert result.exceptions == (ExceptionCode.UNKNOWN_CODE,)


def test_a_retired_denial_code_is_still_a_denial_and_flagged() -> None:
    result = concluded(one_line("CO-15 100"))
    assert (result.outcome, result.category) == (Outcome.FULL_DENIAL, "authorization")
    assert result.exceptions == (ExceptionCode.RETIRED_CODE,)


def test_a_retired_write_down_stays_a_write_down() -> None:
    result = concluded(one_line("CO-42 40", paid="60"))
    assert (result.outcome, result.exceptions) == (Outcome.NOT_DENIAL, (ExceptionCode.RETIRED_CODE,))


def test_an_unknown_group_is_flagged_and_denies_all_the_same() -> None:
    result = concluded(one_line("XX-50 100"))
    assert (result.outcome, result.liability, result.exceptions) == (
        Outcome.FULL_DENIAL,
        "none",
        (ExceptionCode.UNKNOWN_GROUP,),
    )


def test_unreadable_amounts_are_flagged_and_the_rest_is_still_read() -> None:
    reported = one_line("CO-50 100", "CO-97 5")
    reported.lines[0].adjustments[1].amount = None
    reported.charge = reported.paid = reported.lines[0].paid = None
    result = concluded(reported)
    assert (result.outcome, result.denied_amount) == (Outcome.FULL_DENIAL, Decimal(100))
    assert ExceptionCode.UNREADABLE_AMOUNT in result.exceptions


def test_pending_money_is_tracked_and_not_denied() -> None:
    result = concluded(claim(line(1, "100", "80", "CO-45 20"), line(2, "50", "0", "OA-133 50")))
    assert (result.outcome, result.tracked_amount, result.pending_lines, result.watch) == (
        Outcome.PENDING,
        Decimal(50),
        (2,),
        "line_pending",
    )


def test_pending_money_beside_a_denial_is_not_lost() -> None:
    result = concluded(claim(line(1, "100", "0", "CO-50 100"), line(2, "50", "0", "OA-133 50")))
    assert (result.denied_amount, result.tracked_amount, result.pending_lines) == (Decimal(100), Decimal(50), (2,))


def test_codes_are_read_in_any_case_and_with_blanks() -> None:
    result = concluded(one_line("co-a1 100", remarks=[" n40"]))
    assert (result.primary_reason, result.category) == ("CO-A1", "documentation")
