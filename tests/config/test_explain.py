"""The worked scenarios through `manage.py explain --json`, their history given through the database."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from config import prepared
from config.explaining import kind_of
from denials import dictionary, time_limits
from denials.codes import shipped_dictionary
from tests.factories import ClaimFactory, PayerFactory, RemittanceFactory, RemittedClaimFactory
from worklists.defaults import load_defaults

FOLDER = Path(__file__).parents[1] / "samples" / "scenarios"
WORKED = json.loads((FOLDER / "scenarios.json").read_text())
SCENARIOS, AS_OF = WORKED["scenarios"], WORKED["as_of"]
MONEY = {"denied_amount", "amount_at_risk", "tracked_amount", "recovered"}
LATER = {"deadline", "second_deadline", "urgency_band", "priority_overall", "priority_in_queue"}


@pytest.fixture(autouse=True)
def loaded(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dictionary as shipped: tests/denials/test_dictionary.py proves that loading it changes nothing."""
    monkeypatch.setattr(dictionary, "current", shipped_dictionary)
    monkeypatch.setattr(prepared, "is_prepared", lambda: True)
    load_defaults()
    time_limits.load()


def explained(path: Path, *options: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command("explain", str(path), "--json", *options, stdout=out, stderr=io.StringIO())
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    return found


def remember(scenario: dict[str, Any]) -> None:
    """Records the earlier result that the scenario's history tells of."""
    payer = PayerFactory.create(
        key=scenario["payer"],
        kind=kind_of(scenario["payer"], scenario["product"]),
        jurisdiction=scenario["context"].get("jurisdiction", ""),
    )
    if scenario["id"] == "S16":
        claim = ClaimFactory.create(
            payer=payer,
            number="S11U",
            payer_control_number="UHC0011",
            member_id="900000016",
            patient_first="PAM",
            service_from="2026-10-02",
        )
        remittance = RemittanceFactory.create(payer=payer, facility=claim.facility, payment_date="2026-10-21")
        paid = RemittedClaimFactory.create(claim=claim, remittance=remittance, charge="220.00", paid="140.00")
        paid.lines.create(
            number=1, qualifier="HC", procedure="G0463", charge="220.00", paid="140.00", segment_from=1, segment_to=2,
            service_from="2026-10-02",
        )  # fmt: skip


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario["id"])
def test_a_worked_scenario_comes_out_as_expected(scenario: dict[str, Any]) -> None:
    remember(scenario)

    claim = explained(FOLDER / f"{scenario['id']}.835", "--payer", scenario["payer"], "--product", scenario["product"])[
        -1
    ]

    expected = {key: value for key, value in scenario["expected"].items() if key not in LATER}
    found = {key: float(claim[key]) if key in MONEY else claim[key] for key in expected if key in claim}
    if scenario["id"] == "S16":
        expected["linked_claim"] = "UHC0011"
    assert found == expected


COUNTED = [each for each in SCENARIOS if each["expected"].get("deadline", {}).get("rule_id", "CONTEXT") != "CONTEXT"]


@pytest.mark.parametrize("scenario", COUNTED, ids=lambda scenario: scenario["id"])
def test_the_last_day_of_a_worked_scenario_is_the_expected_one(scenario: dict[str, Any]) -> None:
    """Scenarios marked CONTEXT count from a contract that the site would have to enter first."""
    remember(scenario)
    options = ["--payer", scenario["payer"], "--product", scenario["product"], "--as-of", AS_OF]

    last_day = explained(FOLDER / f"{scenario['id']}.835", *options)[-1]["deadline"]

    expected = {key: value for key, value in scenario["expected"]["deadline"].items() if key != "note"}
    assert {key: last_day[key] for key in expected} == expected
