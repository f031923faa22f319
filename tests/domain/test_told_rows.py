"""Rows of sheets with eligibility checks, authorizations and notes: understood, or refused in a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from denials.domain.heads import guessed
from denials.domain.told_rows import AUTHORIZATIONS, CODING, COLUMNS, EDITS, ELIGIBILITY, WHOSE, read_row

TODAY = date(2026, 11, 20)
CHECK = {
    "member_id": "W1", "checked_on": "10/05/2026", "result": "Active Coverage", "method": "271",
    "covers_from": "2026-01-01", "covers_to": "2026-12-31", "plan": "PPO",
}  # fmt: skip
APPROVAL = {
    "claim_number": "RC-1", "number": "A-77", "decision": "Certified", "valid_from": "2026-09-01",
    "valid_to": "2026-11-30", "units": "4", "procedures": "c8908; C8905",
}  # fmt: skip


def test_an_eligibility_check_is_read_with_dates_as_dates() -> None:
    row = read_row(ELIGIBILITY, 2, CHECK, TODAY)
    assert row.faults == []
    assert row.texts["member_id"] == "W1"
    assert row.values == {
        "checked_on": date(2026, 10, 5), "result": "active", "method": "inquiry", "plan": "PPO",
        "covers_from": date(2026, 1, 1), "covers_to": date(2026, 12, 31), "note": "",
    }  # fmt: skip


def test_an_authorization_is_read_with_its_units_and_services() -> None:
    row = read_row(AUTHORIZATIONS, 2, APPROVAL, TODAY)
    assert row.faults == []
    assert (row.values["decision"], row.values["units"]) == ("approved", Decimal(4))
    assert row.values["procedures"] == ["C8908", "C8905"]


def test_notes_and_edits_are_read() -> None:
    coding = read_row(CODING, 2, {"claim_number": "RC-1", "noted_on": "2026-10-01", "text": "59 fits"}, TODAY)
    edit = read_row(EDITS, 2, {"claim_number": "RC-1", "noted_on": "2026-10-01", "text": "NCCI", "code": "E1"}, TODAY)
    assert (coding.faults, edit.faults) == ([], [])
    assert edit.values["code"] == "E1"


@pytest.mark.parametrize(
    ("kind", "cells", "said"),
    [
        (ELIGIBILITY, CHECK | {"member_id": ""}, "neither our claim number nor a member ID"),
        (ELIGIBILITY, CHECK | {"covers_from": "2027-01-01"}, "Cover ends before it begins."),
        (ELIGIBILITY, CHECK | {"checked_on": "2026-11-21"}, "The day of the check lies in the future."),
        (ELIGIBILITY, CHECK | {"checked_on": "5.10.26"}, "can mean more than one day"),
        (ELIGIBILITY, CHECK | {"result": "maybe"}, "“maybe” is none of active, inactive, other plan, not found."),
        (ELIGIBILITY, CHECK | {"result": ""}, "Result is missing."),
        (ELIGIBILITY, CHECK | {"plan": "x" * 121}, "Plan is longer than 120 characters."),
        (AUTHORIZATIONS, APPROVAL | {"number": ""}, "An approval has a number: give it."),
        (AUTHORIZATIONS, APPROVAL | {"valid_to": "2026-08-31"}, "The authorization ends before it begins."),
        (AUTHORIZATIONS, APPROVAL | {"units": "four"}, "“four” is no number."),
        (AUTHORIZATIONS, APPROVAL | {"units": "0"}, "Units are above zero"),
        (AUTHORIZATIONS, APPROVAL | {"units": "NaN"}, "is no number."),
        (AUTHORIZATIONS, APPROVAL | {"procedures": "=1+1"}, "is no procedure code."),
    ],
)
def test_what_is_wrong_with_a_row_is_said_in_a_sentence(kind: str, cells: dict[str, str], said: str) -> None:
    assert any(said in fault for fault in read_row(kind, 2, cells, TODAY).faults)


def test_columns_are_guessed_from_their_heads() -> None:
    words = {column.name: column.heads for column in (*WHOSE, *COLUMNS[AUTHORIZATIONS])}
    heads = ["Member ID", "Auth number", "Status", "Start date", "End date", "Visits", "CPT"]
    assert guessed(heads, words) == {
        "member_id": "Member ID", "number": "Auth number", "decision": "Status", "valid_from": "Start date",
        "valid_to": "End date", "units": "Visits", "procedures": "CPT",
    }  # fmt: skip
