"""Whose a denial is, what it is called, and what the codes leave open to do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from denials.domain.conclusion import AppealResult, ExceptionCode, Liability, Outcome
from denials.domain.history import EarlierState, Prior
from tests.domain.claims import Known, adjustments, claim, concluded, line, one_line


@pytest.mark.parametrize(
    ("triplet", "remark", "category", "owner", "resolution"),
    [
        ("CO-16 100", "M127", "documentation", "him_records", "resubmission"),
        ("CO-16 100", "M51", "coding", "coding", "correction"),
        ("CO-A1 100", "N382", "registration", "eligibility_registration", "correction"),
        ("CO-96 100", "N115", "medical_necessity", "clinical_appeals", "appeal"),
        ("PR-96 100", "N130", "noncovered_benefit", "denials_general", "patient_bill"),
        ("CO-252 100", "N479", "coordination_of_benefits", "cob_tpl", "resubmission"),
        ("CO-50 100", "N40", "medical_necessity", "clinical_appeals", "appeal"),
    ],
)
def test_a_remark_decides_only_where_the_code_says_so(
    triplet: str, remark: str, category: str, owner: str, resolution: str
) -> None:
    result = concluded(one_line(triplet, remarks=[remark]))
    assert (result.category, result.owner_team, result.resolution) == (category, owner, resolution)


def test_the_first_remark_that_is_no_alert_decides() -> None:
    result = concluded(one_line("CO-A1 100", remarks=["N381", "N40", "N382"]))
    assert (result.category, result.exceptions) == ("documentation", ())


def test_a_line_remark_decides_before_the_remarks_of_the_claim() -> None:
    reported = one_line("CO-A1 100", remarks=["N40"])
    reported.remarks = ["N382"]
    result = concluded(reported)
    assert (result.category, result.remarks) == ("documentation", ("N382", "N40"))


def test_a_claim_remark_explains_a_line_that_has_none() -> None:
    reported = one_line("CO-A1 100")
    reported.remarks = ["N382"]
    assert concluded(reported).category == "registration"


@pytest.mark.parametrize(
    ("remarks", "owner"), [([], "denials_general"), (["N381"], "contracting"), (["MA18"], "denials_general")]
)
def test_an_alert_is_no_required_remark_but_may_choose_the_queue(remarks: list[str], owner: str) -> None:
    result = concluded(one_line("CO-A1 100", remarks=remarks))
    assert (result.outcome, result.owner_team, result.resolution) == (Outcome.FULL_DENIAL, owner, "escalation")
    assert result.exceptions == (ExceptionCode.MISSING_REQUIRED_REMARK,)


@pytest.mark.parametrize("remark", ["M137", "N17", "N135", "N740", "N881", "N83"])
def test_a_remark_that_names_no_work_leaves_the_codes_own_category(remark: str) -> None:
    result = concluded(one_line("PR-96 100", remarks=[remark]))
    assert (result.category, result.denial_type, result.exceptions) == ("noncovered_benefit", "administrative", ())


def test_a_pharmacy_reject_code_is_a_required_remark_too() -> None:
    result = concluded(one_line("CO-16 100", reject_codes=["75"]))
    assert (result.category, result.exceptions) == ("registration", ())


def test_a_remark_newer_than_our_list_is_flagged_and_read_by_the_general_team() -> None:
    result = concluded(one_line("CO-16 100", remarks=["N9999"]))
    assert (result.owner_team, result.exceptions) == ("denials_general", (ExceptionCode.UNKNOWN_REMARK,))


def test_the_largest_denied_amount_leads() -> None:
    result = concluded(one_line("CO-50 60", "CO-97 40"))
    assert (result.primary_reason, result.denied_amount) == ("CO-50", Decimal(100))


@pytest.mark.parametrize(
    ("one", "other", "leads"),
    [
        ("CO-50", "CO-197", "CO-197"),
        ("CO-97", "PR-27", "PR-27"),
        ("CO-29", "CO-22", "CO-22"),
        ("CO-50", "CO-29", "CO-29"),
        ("CO-4", "CO-50", "CO-50"),
        ("CO-B7", "CO-4", "CO-4"),
    ],
)
def test_equal_amounts_are_led_by_category_whatever_the_order(one: str, other: str, leads: str) -> None:
    forward = concluded(one_line(f"{one} 50", f"{other} 50"))
    backward = concluded(one_line(f"{other} 50", f"{one} 50"))
    assert (forward.primary_reason, backward.primary_reason) == (leads, leads)


def test_twelve_lines_with_one_reason_are_one_conclusion() -> None:
    result = concluded(claim(*(line(n, "10", "0", "CO-197 10") for n in range(1, 13))))
    assert (result.denied_amount, result.denied_lines) == (Decimal(120), tuple(range(1, 13)))


def test_remarks_of_paid_lines_do_not_explain_the_denied_one() -> None:
    reported = claim(line(1, "10", "10", remarks=["N381"]), line(2, "10", "0", "CO-252 10", remarks=["N40"]))
    assert concluded(reported).remarks == ("N40",)


@pytest.mark.parametrize(
    ("triplet", "liability"),
    [("CO-50 100", "provider"), ("PR-27 100", "patient"), ("PI-197 100", "provider"), ("OA-109 100", "none")],
)
def test_the_group_says_who_carries_a_denial(triplet: str, liability: str) -> None:
    assert concluded(one_line(triplet)).liability == liability


@pytest.mark.parametrize(
    ("remark", "allowed", "resolution"),
    [
        ("MA130", False, "resubmission"),
        ("MA113", False, "resubmission"),
        ("N704", False, "correction"),
        ("MA44", False, "escalation"),
        ("N211", False, "escalation"),
        ("N83", False, "escalation"),
        ("N921", False, "escalation"),
        ("N142", True, "resubmission"),
        ("N380", True, "correction"),
        ("N61", True, "resubmission"),
        ("MA01", True, "appeal"),
        ("N939", True, "appeal"),
        ("MA28", True, "appeal"),
    ],
)
def test_remarks_change_what_may_be_done(remark: str, allowed: bool, resolution: str) -> None:
    result = concluded(one_line("CO-50 100", remarks=[remark]))
    assert (result.appeal_allowed, result.resolution) == (allowed, resolution)
    assert (result.category, result.denied_amount) == ("medical_necessity", Decimal(100))


def test_a_remark_that_asks_for_a_new_claim_sets_the_original_filing_limit_running() -> None:
    assert concluded(one_line("CO-50 100", remarks=["N142"])).needs_new_claim
    assert not concluded(one_line("CO-50 100", remarks=["N366"])).needs_new_claim


def test_a_claim_the_payer_redoes_is_followed_up_and_not_sent_again() -> None:
    assert concluded(one_line("CO-97 100", remarks=["N185"])).resolution == "escalation"


def test_a_code_that_allows_no_appeal_takes_it_away() -> None:
    assert concluded(one_line("CO-16 100", remarks=["N382"])).appeal_allowed is False


@pytest.mark.parametrize(
    ("triplet", "more", "kind", "resolution"),
    [
        ("PR-204 100", {}, "commercial", "patient_bill"),
        ("CO-204 100", {}, "commercial", "appeal"),
        ("PR-204 100", {"remarks": ["N782"]}, "commercial", "appeal"),
        ("PR-204 100", {"remarks": ["N859"]}, "commercial", "appeal"),
        ("PR-204 100", {"remarks": ["N211", "N782"]}, "commercial", "adjustment"),
        ("PR-96 100", {"remarks": ["N130"]}, "medicare_ffs", "appeal"),
        ("PR-96 100", {"remarks": ["N130"], "modifiers": ("GA",)}, "medicare_ffs", "patient_bill"),
        ("PR-96 100", {"remarks": ["N130", "M38"]}, "medicare_ffs", "patient_bill"),
        ("PR-96 100", {"remarks": ["N425"]}, "medicare_ffs", "patient_bill"),
        ("PR-119 100", {}, "medicare_ffs", "patient_bill"),
    ],
)
def test_the_patient_is_billed_only_when_nothing_forbids_it(
    triplet: str, more: dict[str, Any], kind: str, resolution: str
) -> None:
    assert concluded(one_line(triplet, **more), kind=kind).resolution == resolution


def test_capitation_is_no_denial_but_medicare_and_medicaid_mean_the_wrong_payer() -> None:
    reported = one_line("CO-24 100")
    assert concluded(reported).outcome is Outcome.NOT_DENIAL
    for kind in ("medicare_ffs", "medicaid_ffs"):
        result = concluded(reported, payer="some_payer", kind=kind)
        assert (result.outcome, result.category, result.owner_team) == (
            Outcome.FULL_DENIAL,
            "eligibility",
            "eligibility_registration",
        )


def test_a_status_of_denied_without_any_reason_is_an_eligibility_denial() -> None:
    result = concluded(one_line(status="4"))
    assert (result.outcome, result.category, result.denied_amount, result.primary_reason) == (
        Outcome.FULL_DENIAL,
        "eligibility",
        Decimal(100),
        None,
    )
    assert (result.needs_new_claim, result.denied_lines) == (True, (1,))


def test_a_status_of_denied_leaves_out_what_adjustments_explain() -> None:
    assert concluded(one_line("CO-45 30", status="4")).denied_amount == Decimal(70)
    assert concluded(one_line("CO-45 100", status="4")).denied_amount == Decimal(100)


def test_a_status_of_denied_does_not_beat_the_reason_given() -> None:
    result = concluded(one_line("CO-50 100", status="4"))
    assert (result.category, result.needs_new_claim) == ("medical_necessity", False)


@pytest.mark.parametrize(
    ("status", "outcome", "tracked", "watch"),
    [
        ("22", Outcome.REVERSAL, 40, "takeback_no_correction"),
        ("23", Outcome.FORWARDED, 60, "forwarded_claim"),
        ("25", Outcome.ESTIMATE, 0, ""),
        ("5", Outcome.PENDING, 60, "claim_pending"),
        ("17", Outcome.PENDING, 60, "claim_pending"),
    ],
)
def test_some_statuses_decide_whatever_the_adjustments_say(
    status: str, outcome: Outcome, tracked: int, watch: str
) -> None:
    result = concluded(one_line("CO-50 60", paid="40", status=status))
    assert (result.outcome, result.is_denial, result.tracked_amount, result.watch) == (
        outcome,
        False,
        Decimal(tracked),
        watch,
    )


def test_an_unknown_status_is_flagged_and_the_adjustments_decide() -> None:
    result = concluded(one_line("CO-50 100", status="99"))
    assert (result.outcome, result.exceptions) == (Outcome.FULL_DENIAL, (ExceptionCode.UNKNOWN_STATUS,))


def test_a_reversal_with_its_correction_in_the_file_is_no_takeback() -> None:
    reversal, correction = one_line("CO-45 -20", charge="-100", paid="-80", status="22"), one_line("CO-50 100")
    result = concluded(reversal, siblings=[reversal, correction])
    assert (result.outcome, result.tracked_amount, result.watch) == (Outcome.REVERSAL, Decimal(0), "")


@pytest.mark.parametrize(
    ("triplets", "paid", "answer", "recovered"),
    [
        (("CO-45 20",), "80", AppealResult.OVERTURNED, 80),
        (("CO-50 60",), "40", AppealResult.PARTIAL, 40),
        (("CO-50 100",), "0", AppealResult.UPHELD, 0),
    ],
)
def test_a_correction_answers_the_denial_that_its_reversal_takes_back(
    triplets: tuple[str, ...], paid: str, answer: AppealResult, recovered: int
) -> None:
    reversal = one_line("CO-50 -100", charge="-100", status="22")
    correction = one_line(*triplets, paid=paid)
    result = concluded(correction, siblings=[reversal, correction])
    assert (result.appeal_result, result.recovered_amount, result.linked_claim) == (answer, Decimal(recovered), "P1")


def test_a_recorded_denial_is_answered_by_a_correction_in_a_later_file() -> None:
    known = Known(prior=Prior(is_denial=True, denied_amount=Decimal(100), paid_amount=Decimal(10)))
    result = concluded(one_line("CO-45 20", paid="80"), history=known)
    assert (result.appeal_result, result.recovered_amount, result.owner_team) == (
        AppealResult.OVERTURNED,
        Decimal(70),
        "payment_posting",
    )


def test_a_correction_under_a_new_control_number_is_found_by_our_claim_number() -> None:
    reversal, correction = one_line("CO-50 -100", charge="-100", status="22"), one_line(paid="100")
    reversal.payer_control_number, correction.payer_control_number = "P1", "P2"
    assert concluded(correction, siblings=[reversal]).appeal_result is AppealResult.OVERTURNED
    correction.service_from = date(2026, 5, 11)
    assert concluded(correction, siblings=[reversal]).appeal_result is None


def test_claims_that_a_payer_numbers_with_zeros_are_not_taken_for_one() -> None:
    reversal, stranger = one_line("CO-50 -100", charge="-100", status="22"), one_line(paid="100")
    reversal.payer_control_number, stranger.payer_control_number = "P1", "P2"
    reversal.claim_number = stranger.claim_number = "0"
    assert concluded(stranger, siblings=[reversal]).appeal_result is None


def test_a_correction_of_a_payment_answers_no_appeal() -> None:
    reversal = one_line("CO-45 -20", charge="-100", paid="-80", status="22")
    correction = one_line("CO-50 100")
    result = concluded(correction, siblings=[reversal, correction])
    assert (result.outcome, result.appeal_result) == (Outcome.FULL_DENIAL, None)


def test_an_upheld_decision_keeps_the_category_and_owner_of_the_first_denial() -> None:
    first = Prior(True, Decimal(100), Decimal(0), "coding", "technical", "coding")
    result = concluded(one_line("CO-193 100"), history=Known(prior=first))
    assert (result.category, result.owner_team, result.resolution) == ("coding", "coding", "appeal")
    assert (result.linked_claim, result.appeal_result) == ("P1", AppealResult.UPHELD)


def test_an_upheld_decision_without_a_first_denial_on_record_is_read_by_its_own_entry() -> None:
    assert concluded(one_line("CO-193 100")).owner_team == "clinical_appeals"


@pytest.mark.parametrize("state", [EarlierState.PAID, EarlierState.PENDING])
def test_a_duplicate_of_a_settled_claim_costs_nothing(state: EarlierState) -> None:
    result = concluded(one_line("OA-18 100"), history=Known(state))
    assert (result.outcome, result.amount_at_risk, result.linked_claim) == (
        Outcome.DUPLICATE_CLOSED,
        Decimal(0),
        "P0",
    )


def test_a_duplicate_of_a_denied_claim_is_linked_to_it() -> None:
    result = concluded(one_line("OA-18 100"), history=Known(EarlierState.DENIED))
    assert (result.outcome, result.linked_claim) == (Outcome.FULL_DENIAL, "P0")


def test_a_duplicate_of_nothing_is_a_denial_to_be_corrected_and_not_written_off() -> None:
    result = concluded(one_line("OA-18 100"))
    assert (result.outcome, result.denied_amount, result.resolution) == (
        Outcome.FULL_DENIAL,
        Decimal(100),
        "correction",
    )


def test_a_settled_duplicate_beside_a_real_denial_is_left_out_of_the_amount() -> None:
    result = concluded(
        claim(line(1, "100", "0", "OA-18 100"), line(2, "50", "0", "CO-50 50")), history=Known(EarlierState.PAID)
    )
    assert (result.denied_amount, result.primary_reason) == (Decimal(50), "CO-50")


@pytest.mark.parametrize(
    ("triplets", "paid", "status", "remarks", "owner", "resolution", "liability"),
    [
        (("PR-1 100",), "0", "1", [], "patient_billing", "patient_bill", "patient"),
        (("PR-1 100",), "0", "1", ["N781"], "patient_billing", "adjustment", "patient"),
        (("PR-2 20",), "80", "19", [], "patient_billing", "adjustment", "patient"),
        (("CO-45 20",), "80", "1", [], "payment_posting", "adjustment", "none"),
        (("OA-23 100",), "0", "2", [], "payment_posting", "adjustment", "none"),
    ],
)
def test_what_is_no_denial_is_posted_and_the_patient_billed_when_nothing_stands_against_it(
    triplets: tuple[str, ...],
    paid: str,
    status: str,
    remarks: list[str],
    owner: str,
    resolution: str,
    liability: str,
) -> None:
    result = concluded(one_line(*triplets, paid=paid, status=status, remarks=remarks))
    assert (result.outcome, result.owner_team, result.resolution) == (Outcome.NOT_DENIAL, owner, resolution)
    assert (result.liability, result.appeal_allowed) == (Liability(liability), False)


def test_a_code_used_before_it_was_retired_is_not_flagged() -> None:
    reported = one_line("CO-15 100")
    assert concluded(reported, decided_on=date(2018, 4, 30)).exceptions == ()
    assert concluded(reported, decided_on=date(2018, 5, 2)).exceptions == (ExceptionCode.RETIRED_CODE,)


def test_every_conclusion_says_why_and_by_which_dictionary() -> None:
    reported = claim(line(1, "100", "0", "CO-197 100"), adjustments=adjustments())
    result = concluded(reported)
    assert "CO-197" in result.because[0]
    assert "this code always denies" in result.because[0]
    assert result.dictionary_version
