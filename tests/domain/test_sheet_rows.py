"""Rows of a sheet become claims that balance, or say in words why not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denials.domain.heads import guessed
from denials.domain.sheet_rows import HEADS, MEANINGS, REQUIRED, Row, claims_of, read_row

CELLS = {
    "claim_number": "RC-1", "payer": "Fictional Health", "payment_date": "11/02/2026", "service_from": "2026-10-05",
    "procedure": "99213", "charge": "$100.00", "paid": "60", "reason": "CO-50", "amount": "40.00",
    "patient": "Fictional, Ann", "remarks": "N115",
}  # fmt: skip


def rows_of(*changes: dict[str, str]) -> list[Row]:
    return [read_row(number, CELLS | each) for number, each in enumerate(changes, start=2)]


def faults(*changes: dict[str, str]) -> list[str]:
    rows = rows_of(*changes)
    claims_of(rows)
    return [fault for row in rows for fault in row.faults]


def test_a_row_is_a_line_with_its_reason() -> None:
    (found,) = claims_of(rows_of({}))
    assert found.claim is not None
    (line,) = found.claim.lines
    assert (found.claim.charge, found.claim.paid, found.claim.patient_last) == (
        Decimal("100.00"), Decimal("60.00"), "Fictional",
    )  # fmt: skip
    assert (line.procedure, line.adjustments[0].group, line.adjustments[0].code) == ("99213", "CO", "50")
    assert (line.adjustments[0].amount, line.remarks) == (Decimal("40.00"), ["N115"])


def test_rows_of_one_line_are_its_reasons_and_rows_of_one_claim_its_lines() -> None:
    (found,) = claims_of(
        rows_of(
            {"amount": "30"},
            {"reason": "3", "group": "PR", "amount": "10"},
            {"procedure": "93306", "service_from": "2026-10-06"},
        )
    )
    assert found.claim is not None
    assert [(line.procedure, len(line.adjustments)) for line in found.claim.lines] == [("99213", 2), ("93306", 1)]
    assert (found.claim.charge, found.claim.service_from, found.claim.service_to) == (
        Decimal("200.00"), date(2026, 10, 5), date(2026, 10, 6),
    )  # fmt: skip


def test_rows_without_a_procedure_adjust_the_claim() -> None:
    (found,) = claims_of(
        rows_of({"procedure": "", "amount": "30"}, {"procedure": "", "amount": "10", "reason": "PR-3"})
    )
    assert found.claim is not None
    assert (found.claim.lines, len(found.claim.adjustments), found.claim.charge) == ([], 2, Decimal("100.00"))


def test_one_reason_without_an_amount_is_for_all_that_was_not_paid() -> None:
    (found,) = claims_of(rows_of({"amount": ""}))
    assert found.claim is not None
    assert found.claim.lines[0].adjustments[0].amount == Decimal("40.00")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": "N54"}, "N54 is a remark code"),
        ({"reason": "50"}, "The group (CO, PR, OA or PI) is missing"),
        ({"group": "XX", "reason": "50"}, "XX is no group"),
        ({"remarks": "197"}, "197 is a reason code"),
        ({"amount": "30"}, "$10.00 of the charge is neither paid nor adjusted"),
        ({"charge": "abc"}, "is no amount"),
        ({"paid": "(60)"}, "below zero"),
        ({"payment_date": "02.11.26"}, "more than one day"),
        ({"service_from": "12/05/2026"}, "lies after the payment"),
        ({"claim_number": ""}, "Our claim number is missing"),
        ({"patient": ""}, "last name is missing"),
        ({"claim_number": "X" * 39}, "longer than 38"),
        ({"modifiers": "TOOLONG"}, "longer than four"),
    ],
)
def test_a_row_that_cannot_be_recorded_says_why(change: dict[str, str], words: str) -> None:
    assert any(words in fault for fault in faults(change))


def test_one_wrong_row_keeps_its_whole_claim_out_and_no_other() -> None:
    rows = rows_of({}, {"amount": "abc"}, {"claim_number": "RC-2"})
    made = claims_of(rows)
    assert [each.claim is not None for each in made] == [False, True]
    assert "Another row of this claim has a fault" in rows[0].faults[0]


def test_rows_of_one_line_that_differ_in_charge_are_not_added_up() -> None:
    assert any("differ in charge" in fault for fault in faults({"amount": "30"}, {"charge": "90", "amount": "10"}))


def test_a_claim_that_is_half_lines_is_refused() -> None:
    assert any("Name it on all of them" in fault for fault in faults({}, {"procedure": ""}))


def test_columns_are_guessed_by_their_heads_and_each_is_used_once() -> None:
    heads = ["Claim #", "Payer Name", "Denial Date", "DOS", "Billed", "CARC", "Denied Amount", "Patient Name", "Notes"]
    assert guessed(heads, HEADS) == {
        "claim_number": "Claim #", "payer": "Payer Name", "payment_date": "Denial Date", "service_from": "DOS",
        "charge": "Billed", "reason": "CARC", "amount": "Denied Amount", "patient": "Patient Name",
    }  # fmt: skip
    assert guessed(["x", "y"], HEADS) == {}
    assert set(REQUIRED) <= set(MEANINGS)


ROW = st.lists(st.tuples(st.sampled_from(list(MEANINGS)), st.text(max_size=10)), max_size=2)


@given(st.lists(ROW, max_size=3))
def test_whatever_cells_hold_each_row_is_in_a_balanced_claim_or_has_a_fault(sheet: list[list[tuple[str, str]]]) -> None:
    rows = [read_row(number, CELLS | dict(cells)) for number, cells in enumerate(sheet, start=2)]
    for each in claims_of(rows):
        assert (each.claim is None) == any(row.faults for row in each.rows)
    assert all(row.faults or row.reason for row in rows)
