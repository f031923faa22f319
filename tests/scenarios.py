"""The worked scenarios of the domain pack, and their history and context as rows of the database.

The pack itself is used where it lies beside the checkout, so that a longer one of the same form runs unchanged; our
copy stands in elsewhere.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from config.explaining import kind_of
from denials import clock_events
from denials.domain.facts import ReportedClaim
from denials.domain.remittance import read_remittances
from denials.models import Claim, ClockEvent, Payer, PayerRule, RemittedClaim
from tests.factories import (
    ClaimFactory,
    DenialFactory,
    FacilityFactory,
    PayerFactory,
    RemittanceFactory,
    RemittedClaimFactory,
)

PACK = Path(__file__).parents[2] / "shared" / "domain" / "scenarios"
FOLDER = PACK if PACK.is_dir() else Path(__file__).parent / "samples" / "scenarios"
WORKED: dict[str, Any] = json.loads((FOLDER / "scenarios.json").read_text())
SCENARIOS: list[dict[str, Any]] = WORKED["scenarios"]
AS_OF: str = WORKED["as_of"]
HOLIDAYS = [
    date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", WORKED["conventions"]["non_business_day"])
]
COUNTS_FROM = {"payment_date": "remittance_date", "dos": "date_of_service"}
DAY = r"(\d{4}-\d\d-\d\d)"


def path_of(scenario: dict[str, Any]) -> Path:
    return FOLDER / f"{scenario['id']}.835"


def options_of(scenario: dict[str, Any]) -> list[str]:
    return ["--payer", scenario["payer"], "--product", scenario["product"], "--as-of", AS_OF]


def remember(scenario: dict[str, Any]) -> Payer:
    """Brings what the scenario's context and history tell into the database. Returns its payer."""
    context = scenario["context"]
    payer: Payer = PayerFactory.create(
        key=scenario["payer"],
        kind=kind_of(scenario["payer"], scenario["product"]),
        jurisdiction=context.get("jurisdiction", ""),
        is_contracted=context.get("provider_status", "contracted") == "contracted",
    )
    _remember_contract(scenario)
    for sentence in scenario["history"]:
        _remember(sentence, scenario, payer)
    return payer


def _remember_contract(scenario: dict[str, Any]) -> None:
    """A window that a contract or letter sets, which the remittance does not hold: a rule of the site."""
    last_day = scenario["expected"].get("deadline", {})
    if last_day.get("rule_id") != "CONTEXT":
        return
    value, unit = last_day["window"].split(" ", 1)
    is_appeal = scenario["expected"]["resolution"] == "appeal"
    PayerRule.objects.create(
        rule_id="CONTEXT",
        payer_key=scenario["payer"],
        rule_type="appeal" if is_appeal else "corrected_claim",
        level_no=1 if is_appeal else None,
        window_value=value,
        window_unit=unit,
        counts_from=COUNTS_FROM[last_day["basis"]],
        receipt_presumption_days=last_day["receipt_presumption_days"],
        non_business_day_rule=last_day["non_business_day_rule"],
        staff_note=last_day["note"],
        confidence="high",
        source="contract",
    )


def _remember(sentence: str, scenario: dict[str, Any], payer: Payer) -> None:
    """ "UHC0011 ...: paid 140.00 on 2026-10-21", "open denial MCR0022 CO-50 520.00, appeal sent 2026-08-03"."""
    said = _claim_of(scenario)
    number = re.search(r"\b[A-Z]{3}\d{4}\b", sentence)
    if number is None:
        return
    paid = re.search(rf"\bpaid ([\d.]+) on {DAY}", sentence)
    denied = re.search(r"\b(CO|PR|OA|PI)-(\w+)(?: ([\d.]+))?", sentence)
    day = re.search(rf"(?:on|denied) {DAY}", sentence)
    sent = re.search(rf"appeal sent {DAY}", sentence)
    earlier = _earlier(
        said, payer, number[0], Decimal(paid[1]) if paid else Decimal(0), day[1] if day else "2026-01-05"
    )
    if denied or "denied" in sentence:
        _denied(earlier, denied, sent[1] if sent else None)


def _earlier(said: ReportedClaim, payer: Payer, number: str, paid: Decimal, day: str) -> RemittedClaim:
    claim: Claim = ClaimFactory.create(
        payer=payer,
        facility=FacilityFactory.create(),
        number=said.claim_number if number == said.payer_control_number else f"EARLIER-{number}",
        payer_control_number=number,
        member_id=said.member_id,
        patient_first=said.patient_first,
        service_from=said.service_from,
    )
    remittance = RemittanceFactory.create(payer=payer, facility=claim.facility, payment_date=day)
    row: RemittedClaim = RemittedClaimFactory.create(
        claim=claim, remittance=remittance, charge=said.charge, paid=paid, payer_control_number=number
    )
    for line in said.lines:
        row.lines.create(
            number=line.number, qualifier=line.qualifier, procedure=line.procedure, modifiers=list(line.modifiers),
            charge=line.charge, paid=paid, service_from=line.service_from, segment_from=1, segment_to=2,
        )  # fmt: skip
    return row


def _denied(earlier: RemittedClaim, code: re.Match[str] | None, sent: str | None) -> None:
    amount = Decimal(code[3]) if code and code[3] else earlier.charge
    denial = DenialFactory.create(
        remitted_claim=earlier,
        primary_group=code[1] if code else "CO",
        primary_code=code[2] if code else "50",
        denied_amount=amount,
        amount_at_risk=amount,
        decided_on=earlier.remittance.payment_date,
    )
    if sent:
        clock_events.note([denial], ClockEvent.Kind.APPEAL_SENT, date.fromisoformat(sent), level=1)


def _claim_of(scenario: dict[str, Any]) -> ReportedClaim:
    with path_of(scenario).open("rb") as source:
        claims = [event for event in read_remittances(source) if isinstance(event, ReportedClaim)]
    return claims[-1]
