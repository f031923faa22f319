"""The made-up practice is balanced, repeatable, believable, and what it says to be true is what its files hold."""

from __future__ import annotations

import io
import json
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from denials.domain.facts import Finding, RemittanceHeader, ReportedClaim
from denials.domain.remittance import read_remittances
from denials.practice import Practice, generate
from denials.practice.billing import on_weekday
from denials.practice.people import FIRST_NAMES, LAST_NAMES, fictional_npi
from denials.practice.planting import ALL_CAUSES

AS_OF = date(2026, 11, 21)


@pytest.fixture(scope="module")
def practice() -> Practice:
    return generate(7, AS_OF, "demo")


@pytest.fixture(scope="module", params=["small", "demo"])
def sized(request: pytest.FixtureRequest) -> Practice:
    return generate(7, AS_OF, request.param)


def segments(content: bytes) -> list[list[str]]:
    return [segment.split("*") for segment in content.decode().split("~\n")]


def amount(segment: list[str], at: int) -> Decimal:
    return Decimal(segment[at]) if len(segment) > at and segment[at] else Decimal(0)


def adjusted(cas: list[str]) -> Decimal:
    return sum((amount(cas, at) for at in range(3, len(cas), 3)), Decimal(0))


def test_every_line_claim_and_payment_balances_by_plain_arithmetic(sized: Practice) -> None:
    for name, content in sized.files:
        for differences in _differences(segments(content)):
            assert not any(differences), name


def _differences(found: list[list[str]]) -> list[tuple[Decimal, Decimal, Decimal]]:
    """For each payment: what is off in its lines, in its claims, in its total (each as a sum of absolute values)."""
    payments: list[list[Decimal]] = []
    line = claim = Decimal(0)
    for segment in found:
        kind = segment[0]
        if kind in ("SVC", "CLP", "PLB", "SE") and payments:
            payments[-1][0] += abs(line)
            line = Decimal(0)
        if kind in ("CLP", "PLB", "SE") and payments:
            payments[-1][1] += abs(claim)
            claim = Decimal(0)
        if kind == "BPR":
            payments.append([Decimal(0), Decimal(0), amount(segment, 2)])
        elif kind == "CLP":
            claim = amount(segment, 3) - amount(segment, 4)
            payments[-1][2] -= amount(segment, 4)
            in_line = False
        elif kind == "SVC":
            line = amount(segment, 2) - amount(segment, 3)
            in_line = True
        elif kind == "CAS":
            claim -= adjusted(segment)
            line -= adjusted(segment) if in_line else 0
        elif kind == "PLB":
            payments[-1][2] += sum((amount(segment, at) for at in range(4, len(segment), 2)), Decimal(0))
    return [(lines, claims, abs(total)) for lines, claims, total in payments]


def test_line_charges_add_up_to_the_claim_charge(practice: Practice) -> None:
    for _, content in practice.files:
        for event in read_remittances(io.BytesIO(content)):
            if isinstance(event, ReportedClaim) and event.lines:
                assert event.charge == sum(line.charge or 0 for line in event.lines)
                assert event.paid == sum(line.paid or 0 for line in event.lines)


def test_the_same_seed_and_date_give_the_same_bytes() -> None:
    first, second = generate(3, AS_OF, "small"), generate(3, AS_OF, "small")
    assert first.files == second.files
    assert json.dumps(first.truth) == json.dumps(second.truth)


def test_another_seed_gives_another_practice() -> None:
    assert generate(3, AS_OF, "small").files != generate(4, AS_OF, "small").files


def test_the_demo_has_the_size_of_a_demo(practice: Practice) -> None:
    totals = practice.truth["totals"]
    assert 2_500 <= totals["claims"] <= 4_000
    assert 90 <= totals["files"] <= 150


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("size", ["small", "demo"])
def test_five_to_fifteen_claims_in_a_hundred_are_denied(seed: int, size: str) -> None:
    totals = generate(seed, AS_OF, size).truth["totals"]
    assert 0.05 <= totals["denied_claims"] / totals["claims"] <= 0.15


@pytest.mark.parametrize("seed", range(3))
def test_every_cause_is_planted_even_in_a_small_practice(seed: int) -> None:
    causes = generate(seed, AS_OF, "small").truth["causes"]
    assert {cause.id for cause in ALL_CAUSES} == causes.keys()
    assert [name for name, cause in causes.items() if not cause["claims"]] == []


def test_later_payments_decide_some_denials_in_every_way(practice: Practice) -> None:
    finals = Counter(claim["final"] for claim in practice.truth["claims"].values())
    assert finals.keys() == {"unchanged", "reversal", "correction", "replacement", "upheld"}
    assert Decimal(practice.truth["totals"]["overturned"]) > 0


def test_money_outside_claims_of_every_kind_occurs(practice: Practice) -> None:
    kinds = {
        (code, Decimal(money) > 0)
        for file in practice.truth["files"]
        for payment in file["payments"]
        for code, _, money in payment["provider_adjustments"]
    }
    assert kinds >= {("L6", False), ("72", False), ("WO", True), ("WO", False), ("FB", True), ("FB", False)}


def test_a_balance_carried_forward_is_taken_back_and_never_more(practice: Practice) -> None:
    balances: Counter[tuple[str, str]] = Counter()
    for file in practice.truth["files"]:
        for payment in file["payments"]:
            for code, _, money in payment["provider_adjustments"]:
                if code == "FB":
                    balances[file["payer"], payment["facility"]] -= int(Decimal(money) * 100)
            assert balances[file["payer"], payment["facility"]] >= 0
            assert Decimal(payment["amount"]) >= 0


def test_a_reversal_negates_an_earlier_answer_of_the_same_claim(practice: Practice) -> None:
    reversed_ones = 0
    for claim in practice.truth["claims"].values():
        for answer in claim["answers"]:
            if answer["kind"] != "reversal":
                continue
            earlier = claim["answers"][answer["reverses"]]
            reversed_ones += 1
            assert answer["status"] == "22"
            assert answer["control_number"] == earlier["control_number"]
            assert answer["payment_date"] > earlier["payment_date"]
            assert Decimal(answer["charge"]) + Decimal(earlier["charge"]) == 0
            assert Decimal(answer["paid"]) + Decimal(earlier["paid"]) == 0
    assert reversed_ones == practice.truth["totals"]["reversals"] > 0


def test_the_files_hold_what_the_truth_says(practice: Practice) -> None:
    told = {
        (answer["file"], answer["transaction"], answer["position"]): (number, claim, answer)
        for number, claim in practice.truth["claims"].items()
        for answer in claim["answers"]
    }
    for name, content in practice.files:
        for event in read_remittances(io.BytesIO(content)):
            assert not isinstance(event, Finding), event
            if isinstance(event, RemittanceHeader):
                header = event
            elif isinstance(event, ReportedClaim):
                _compare(header, event, *told.pop((name, event.transaction, event.position)))
    assert told == {}


def _compare(header: RemittanceHeader, read: ReportedClaim, number: str, claim: Any, answer: Any) -> None:
    assert read.claim_number == number
    assert (header.payee_npi, header.payer_id) == (claim["facility_npi"], claim["payer_id"])
    assert header.payment_date == date.fromisoformat(answer["payment_date"])
    assert (read.status, read.payer_control_number) == (answer["status"], answer["control_number"])
    assert (read.charge, read.paid) == (Decimal(answer["charge"]), Decimal(answer["paid"]))
    assert [*(code for line in read.lines for code in line.remarks), *read.remarks] == answer["remarks"]
    if Decimal(answer["denied_amount"]):
        adjustments = [*read.adjustments, *(each for line in read.lines for each in line.adjustments)]
        denied = [each.amount for each in adjustments if f"{each.group}-{each.code}" == answer["primary_reason"]]
        assert sum(money or 0 for money in denied) == Decimal(answer["denied_amount"])


def test_totals_are_the_sums_of_the_claims(practice: Practice) -> None:
    claims, totals = practice.truth["claims"].values(), practice.truth["totals"]
    for total, part in (("charged", "charge"), ("denied", "denied_amount"), ("overturned", "overturned_amount")):
        assert Decimal(totals[total]) == sum(Decimal(claim[part]) for claim in claims)
    assert totals["answers"] == sum(len(claim["answers"]) for claim in claims)
    assert Decimal(totals["open_denied"]) == sum(Decimal(claim["final_denied_amount"]) for claim in claims)


def test_a_duplicate_repeats_a_claim_that_was_paid_before(practice: Practice) -> None:
    read: dict[str, ReportedClaim] = {}
    for _, content in practice.files:
        for event in read_remittances(io.BytesIO(content)):
            if isinstance(event, ReportedClaim):
                read.setdefault(event.claim_number, event)
    claims = practice.truth["claims"]
    paid = {_service(read[number]): claims[number] for number in read if read[number].paid}
    duplicates = [number for number in read if claims[number]["cause"] == "sent_twice"]
    unfounded = [number for number in read if claims[number]["cause"] == "called_duplicate"]
    assert duplicates
    for number in duplicates:
        assert _answered(paid[_service(read[number])]) < _answered(claims[number])
    assert not any(_service(read[number]) in paid for number in unfounded)


def _answered(claim: Any) -> str:
    day: str = claim["answers"][0]["payment_date"]
    return day


def _service(claim: ReportedClaim) -> tuple[object, ...]:
    lines = tuple((line.procedure, line.modifiers, line.units_paid) for line in claim.lines)
    return claim.member_id, claim.rendering_npi, claim.service_from, lines


@pytest.mark.parametrize("as_of", [date(2026, 11, 21) + timedelta(day) for day in range(7)])
def test_the_newest_file_is_of_the_last_weekday_and_none_is_older_than_the_window(as_of: date) -> None:
    days = [date.fromisoformat(file["payment_date"]) for file in generate(1, as_of, "small").truth["files"]]
    assert max(days) == on_weekday(as_of)
    assert all(day.weekday() < 5 for day in days)
    assert min(days) >= as_of - timedelta(122)
    assert days == sorted(days)


def test_claims_of_the_outage_week_came_after_their_filing_limit(practice: Practice) -> None:
    late = [claim for claim in practice.truth["claims"].values() if claim["cause"] == "billing_outage"]
    weeks = {date.fromisoformat(claim["service_date"]).isocalendar()[:2] for claim in late}
    assert len(weeks) == 1
    assert all(claim["primary_reason"] == "CO-29" for claim in late)


SAYS_SO = (
    "Fictional Sample Example Placeholder Invented Imaginary Madeup Specimen Pretend Nobody Dummy Mockup Testcase"
    " Notreal Makebelieve Hypothetical Fabricated Synthetic Demo Storybook Fable Phantom Template Unreal"
)


def test_nobody_in_the_practice_can_be_a_real_person(practice: Practice) -> None:
    assert set(LAST_NAMES) <= set(SAYS_SO.split())
    for _, content in practice.files:
        for segment in segments(content):
            if segment[0] == "NM1" and segment[2] == "1":
                assert segment[3] in LAST_NAMES
                assert segment[4] in FIRST_NAMES
            if segment[0] == "NM1" and segment[1] == "QC":
                assert segment[9].startswith("TEST")
            if segment[0] == "N4":
                assert segment[3] == "00000"
            if segment[0] == "REF" and segment[1] == "TJ":
                assert segment[2].startswith("00")


def test_provider_numbers_pass_the_check_digit_but_were_never_issued(practice: Practice) -> None:
    clinicians = [each.npi for facility in practice.facilities for each in facility.clinicians]
    numbers = [facility.npi for facility in practice.facilities] + clinicians
    assert len(set(numbers)) == len(numbers)
    assert all(number < "1003000000" and _luhn("80840" + number) == 0 for number in numbers)


@pytest.mark.parametrize("serial", [0, 5, 77, 999, 4321, 59876, 99999])
def test_every_made_up_provider_number_has_its_check_digit(serial: int) -> None:
    assert _luhn("80840" + fictional_npi(serial)) == 0


def _luhn(digits: str) -> int:
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10


def test_names_stay_varied(practice: Practice) -> None:
    assert len({(patient.last, patient.first) for patient in practice.patients}) > 300


def test_only_level_two_codes_are_billed(practice: Practice) -> None:
    for _, content in practice.files:
        for segment in segments(content):
            if segment[0] == "SVC":
                assert segment[1].split(":")[1][0].isalpha()
