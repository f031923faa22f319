"""The worked scenarios of the domain pack, from file to conclusion, without a database."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from denials.codes import rows, shipped_dictionary
from denials.domain.classify import conclude
from denials.domain.clock_facts import Facts
from denials.domain.clocks import ClockRule, Deadline, deadline
from denials.domain.conclusion import AppealResult, Conclusion, ExceptionCode, Outcome
from denials.domain.facts import RemittanceHeader, ReportedClaim
from denials.domain.history import NO_HISTORY, EarlierState, History
from denials.domain.remittance import read_remittances
from tests.domain.claims import Known

FOLDER = Path(__file__).parent.parent / "samples" / "scenarios"
SCENARIOS: dict[str, dict[str, Any]] = {
    scenario["id"]: scenario for scenario in json.loads((FOLDER / "scenarios.json").read_text())["scenarios"]
}
KINDS = {"medicare_ffs": "medicare_ffs", "medicaid_tx": "medicaid_ffs"}
HISTORIES: dict[str, History] = {"S16": Known(EarlierState.PAID)}
"""S16 hangs on a paid claim in the history; S22 finds its denial in the reversal of the same file."""
RULES = [ClockRule.from_row(row) for row in rows("payer_rules")]
DATED = [name for name, one in SCENARIOS.items() if "deadline" in one["expected"]]
FROM_CONTEXT = [name for name in DATED if SCENARIOS[name]["expected"]["deadline"]["rule_id"] == "CONTEXT"]
"""Their date comes from a letter or a contract that the remittance does not hold."""


@cache
def events(name: str) -> tuple[RemittanceHeader, list[ReportedClaim]]:
    with (FOLDER / f"{name}.835").open("rb") as source:
        found = list(read_remittances(source))
    header = next(event for event in found if isinstance(event, RemittanceHeader))
    return header, [event for event in found if isinstance(event, ReportedClaim)]


def concluded(name: str) -> Conclusion:
    """The conclusion about the last claim payment: in S22 the correction."""
    payer = SCENARIOS[name]["payer"]
    header, claims = events(name)
    return conclude(
        claims[-1],
        shipped_dictionary(),
        payer_key=payer,
        payer_kind=KINDS.get(payer, "commercial"),
        history=HISTORIES.get(name, NO_HISTORY),
        siblings=claims,
        decided_on=header.payment_date,
    )


def dated(name: str) -> Deadline | None:
    scenario, result = SCENARIOS[name], concluded(name)
    header, claims = events(name)
    return deadline(
        RULES,
        Facts(
            payer_key=scenario["payer"],
            product=scenario["product"],
            resolution=result.resolution,
            appeal_allowed=result.appeal_allowed,
            payment_date=header.payment_date,
            service_date=claims[-1].service_from,
            jurisdiction=scenario["context"].get("jurisdiction", ""),
            needs_new_claim=result.needs_new_claim,
        ),
    )


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_conclusion_is_the_expected_one(name: str) -> None:
    expected, result = SCENARIOS[name]["expected"], concluded(name)
    got = {
        "outcome": result.outcome,
        "is_denial": result.is_denial,
        "denied_amount": result.denied_amount,
        "amount_at_risk": result.amount_at_risk,
        "tracked_amount": result.tracked_amount,
        "category": result.category or None,
        "denial_type": result.denial_type or None,
        "primary_reason": result.primary_reason,
        "liability": result.liability,
        "queue": result.owner_team,
        "resolution": result.resolution,
        "appeal_allowed": result.appeal_allowed,
        "remarks": list(result.remarks),
        "denied_lines": list(result.denied_lines),
        "denied_units": result.denied_units,
        "pending_lines": list(result.pending_lines),
        "watch": result.watch,
    }
    assert {key: value for key, value in got.items() if key in expected} == {
        key: value for key, value in expected.items() if key in got
    }


@pytest.mark.parametrize("name", SCENARIOS)
def test_only_the_scenario_with_a_defect_has_an_exception(name: str) -> None:
    expected = SCENARIOS[name]["expected"].get("exception")
    assert [str(code) for code in concluded(name).exceptions] == ([expected] if expected else [])


def test_the_reversal_that_is_corrected_in_the_same_file_is_not_watched() -> None:
    _, (reversal, correction) = events("S22")
    result = conclude(
        reversal, shipped_dictionary(), payer_key="medicare_ffs", payer_kind="medicare_ffs", siblings=[correction]
    )
    assert (result.outcome, result.watch, result.tracked_amount) == (Outcome.REVERSAL, "", Decimal(0))


def test_the_correction_closes_the_denial_that_its_reversal_takes_back() -> None:
    expected, result = SCENARIOS["S22"]["expected"], concluded("S22")
    assert (result.linked_claim, result.recovered_amount) == (expected["close_denial"], Decimal("235.2"))
    assert result.appeal_result is AppealResult.OVERTURNED


def test_the_missing_remark_is_named() -> None:
    assert concluded("S09").exceptions == (ExceptionCode.MISSING_REQUIRED_REMARK,)


@pytest.mark.parametrize("name", [name for name in DATED if name not in FROM_CONTEXT])
def test_the_deadline_is_the_expected_one(name: str) -> None:
    expected, found = SCENARIOS[name]["expected"]["deadline"], dated(name)
    assert found is not None
    got = {
        "date": found.date.isoformat(),
        "rule_id": found.rule_id,
        "basis": found.basis,
        "basis_date": found.basis_date.isoformat(),
        "window": found.window,
        "receipt_presumption_days": found.presumption_days,
        "non_business_day_rule": found.non_business_day_rule,
    }
    assert got == {key: expected[key] for key in got}
    assert not found.is_default


def test_without_the_contracts_window_the_payers_review_window_is_the_ceiling() -> None:
    found = dated("S09")
    assert found is not None
    assert (found.date.isoformat(), found.rule_id) == (SCENARIOS["S09"]["expected"]["deadline"]["date"], "BCBSTX-L1")


def test_without_the_letters_window_the_default_stands_in_and_says_so() -> None:
    second, found = SCENARIOS["S12"]["expected"]["second_deadline"], dated("S12")
    assert found is not None
    assert (found.date.isoformat(), found.rule_id, found.is_default) == (second["date"], second["rule_id"], True)
