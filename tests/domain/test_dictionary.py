"""The shipped code lists, and how rows become entries."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from denials.codes import FOLDER, VERSION, rows, shipped_dictionary
from denials.domain.dictionary import Dictionary
from denials.domain.entries import DenialRule

DICTIONARY = shipped_dictionary()
EFFECTS = {
    "appeal_first_decision", "appeal_only_on_duplicate_question", "appeal_outcome", "appeal_right_stated",
    "appeal_right_stated_120_days", "appeal_right_stated_180_days", "appeal_window_closed", "auto_reprocess",
    "corrected_claim", "do_not_resubmit", "new_claim", "no_appeal_right", "no_patient_billing",
    "nsa_open_negotiation", "patient_agreed_to_pay", "patient_notice_not_needed", "peer_to_peer_available",
    "provider_not_appealing_party", "recoupment_appeal_notice", "reversal_reason", "review_request_120_days",
    "send_item_to_reopen", "send_requested_information", "split_and_rebill", "wait_then_replace",
}  # fmt: skip


def from_rows(**lists: list[dict[str, Any]]) -> Dictionary:
    empty: dict[str, Any] = dict.fromkeys(("carc", "rarc", "groups", "statuses", "categories"), ())
    return Dictionary.from_rows(**(empty | lists))


def test_all_shipped_codes_are_read() -> None:
    assert (len(DICTIONARY.carcs), len(DICTIONARY.rarcs), len(DICTIONARY.groups), len(DICTIONARY.statuses)) == (
        407,
        1216,
        5,
        17,
    )
    assert DICTIONARY.version == VERSION
    assert len(json.loads((FOLDER / "playbooks.json").read_text())["playbooks"]) == 13


def test_every_category_that_a_code_names_has_defaults() -> None:
    named = {entry.category for entry in DICTIONARY.carcs.values()} | {e.category for e in DICTIONARY.rarcs.values()}
    assert named - {""} <= set(DICTIONARY.categories)


def test_every_effect_of_a_remark_is_one_we_know() -> None:
    assert {effect for entry in DICTIONARY.rarcs.values() for effect in entry.effects} == EFFECTS


def test_fifteen_codes_need_a_remark_and_sales_tax_does_not() -> None:
    needing = " ".join(sorted(code for code, entry in DICTIONARY.carcs.items() if entry.requires_remark))
    assert needing == "129 148 16 201 226 227 234 237 250 251 252 267 307 96 A1"


def test_an_alert_never_satisfies_a_required_remark() -> None:
    assert not [code for code, e in DICTIONARY.rarcs.items() if e.alert_only and e.can_satisfy_required_remark]


@pytest.mark.parametrize("name", ["carc", "rarc"])
def test_no_code_stands_twice(name: str) -> None:
    codes = [row["code"] for row in rows(name)]
    assert len(codes) == len(set(codes))


def test_every_reading_is_about_a_code_we_ship_and_says_why() -> None:
    for row in rows("readings"):
        assert row["code"] in (DICTIONARY.carcs if row["system"] == "CARC" else DICTIONARY.rarcs)
        assert row["key"]
        assert row["reason"]
        assert row["source"]


def test_the_disputed_readings_are_shipped_as_suggestions_that_read_nothing() -> None:
    disputed = [row for row in rows("readings") if row["article_says"]]

    assert [row["code"] for row in disputed] == ["N381", "N382", "N40"]
    assert all(row["active"] == "no" and row["list_says"] and row["effect"] for row in disputed)
    assert not [code for system, code in DICTIONARY.readings if system == "RARC"]


def test_an_unknown_code_comes_back_as_an_entry_that_says_so() -> None:
    for entry in (DICTIONARY.carc("Q9"), DICTIONARY.rarc("Q9"), DICTIONARY.group("Q9"), DICTIONARY.status("Q9")):
        assert (entry.code, entry.is_known) == ("Q9", False)
    assert DICTIONARY.carc("Q9").denial_rule is DenialRule.ALWAYS
    assert DICTIONARY.category("made_up_by_the_site").owner_team == "denials_general"


def test_a_retired_denial_code_is_a_denial_and_a_retired_write_down_is_not() -> None:
    assert (DICTIONARY.carc("15").denial_rule, DICTIONARY.carc("15").is_retired) == (DenialRule.ALWAYS, True)
    assert (DICTIONARY.carc("42").denial_rule, DICTIONARY.carc("42").is_retired) == (DenialRule.CONTRACT, True)


def test_rows_of_a_database_are_read_like_rows_of_a_file() -> None:
    read = from_rows(
        carc=[
            {
                "code": "50",
                "denial_rule": "D_REMARK",
                "requires_remark": True,
                "evidence": ["remit", "record"],
                "effects": "",
                "deactivated_date": date(2018, 5, 1),
                "status": "deactivated",
                "escalation_path": None,
            }
        ],
        rarc=[{"code": "N1", "alert_only": False, "can_satisfy_required_remark": True, "appeal_effect": "a;b"}],
    )
    entry = read.carc("50")
    assert (entry.requires_remark, entry.evidence, entry.escalation) == (True, ("remit", "record"), "")
    assert (entry.is_retired, entry.retired_on) == (True, date(2018, 5, 1))
    assert read.rarc("N1").effects == {"a", "b"}


def test_a_denial_rule_that_nobody_defined_is_refused() -> None:
    with pytest.raises(ValueError, match="D_SOMETIMES"):
        from_rows(carc=[{"code": "50", "denial_rule": "D_SOMETIMES"}])
