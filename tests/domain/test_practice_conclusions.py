"""The rules conclude of every claim of the made-up practice what is known to be true of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from denials.codes import shipped_dictionary
from denials.domain.classify import conclude
from denials.domain.conclusion import Conclusion
from denials.domain.facts import ReportedClaim, ReportedLine
from denials.domain.history import Duplicate, EarlierState, Prior
from denials.domain.remittance import read_remittances
from denials.practice import generate

KINDS = {"medicare_ffs": "medicare_ffs", "medicaid_tx": "medicaid_ffs", "tricare": "federal"}


class Memory:
    """What was read and concluded so far."""

    def __init__(self) -> None:
        self.paid: dict[tuple[object, ...], ReportedClaim] = {}
        self.priors: dict[str, Prior] = {}

    def duplicate_of(self, claim: ReportedClaim, line: ReportedLine | None) -> Duplicate:
        first = self.paid.get(_services(claim))
        return Duplicate(EarlierState.PAID, first.payer_control_number) if first else Duplicate()

    def prior_by_control_number(self, control_number: str) -> Prior | None:
        return self.priors.get(control_number)

    def keep(self, claim: ReportedClaim, conclusion: Conclusion) -> None:
        if claim.paid and claim.paid > 0:
            self.paid[_services(claim)] = claim
        if conclusion.outcome != "reversal":
            self.priors[claim.payer_control_number] = Prior(
                conclusion.is_denial,
                conclusion.denied_amount,
                claim.paid or Decimal(0),
                conclusion.category,
                conclusion.denial_type,
                conclusion.owner_team,
            )


def _services(claim: ReportedClaim) -> tuple[object, ...]:
    lines = tuple((line.procedure, line.modifiers, line.units_paid) for line in claim.lines)
    return claim.member_id, claim.rendering_npi, claim.service_from, lines


@pytest.fixture(scope="module")
def concluded() -> list[tuple[Any, Any, Conclusion]]:
    """For every answer: the truth of its claim, its own truth, and what the rules conclude."""
    practice, memory = generate(11, date(2026, 11, 21), "demo"), Memory()
    told = {
        (answer["file"], answer["transaction"], answer["position"]): (claim, answer)
        for claim in practice.truth["claims"].values()
        for answer in claim["answers"]
    }
    found = []
    for name, content in practice.files:
        claims = list(_claims(content))
        for claim in claims:
            truth, answer = told[name, claim.transaction, claim.position]
            siblings = [each for each in claims if each.claim_number == claim.claim_number and each is not claim]
            conclusion = conclude(
                claim,
                shipped_dictionary(),
                payer_key=truth["payer"],
                payer_kind=KINDS.get(truth["payer"], "commercial"),
                history=memory,
                siblings=siblings,
                decided_on=date.fromisoformat(answer["payment_date"]),
            )
            memory.keep(claim, conclusion)
            found.append((truth, answer, conclusion))
    return found


def _claims(content: bytes) -> Iterator[ReportedClaim]:
    return (event for event in read_remittances(io.BytesIO(content)) if isinstance(event, ReportedClaim))


@pytest.mark.parametrize("what", ["outcome", "primary_reason", "category"])
def test_the_rules_find_what_is_true(concluded: list[tuple[Any, Any, Conclusion]], what: str) -> None:
    wrong = {
        (claim["cause"], answer["kind"], answer[what], getattr(conclusion, what))
        for claim, answer, conclusion in concluded
        if (answer[what] or "") != (getattr(conclusion, what) or "")
    }
    assert wrong == set()


def test_the_rules_find_the_denied_dollars_and_lines(concluded: list[tuple[Any, Any, Conclusion]]) -> None:
    wrong = [
        (claim["cause"], answer["kind"], answer["denied_amount"], conclusion.denied_amount)
        for claim, answer, conclusion in concluded
        if Decimal(answer["denied_amount"]) != conclusion.denied_amount
        or tuple(answer["denied_lines"]) != conclusion.denied_lines
    ]
    assert wrong == []


def test_the_rules_credit_what_later_payments_bring(concluded: list[tuple[Any, Any, Conclusion]]) -> None:
    wrong = [
        (claim["cause"], claim["overturned_amount"], conclusion.recovered_amount)
        for claim, answer, conclusion in concluded
        if answer is claim["answers"][-1]
        and answer["kind"] == "correction"
        and Decimal(claim["overturned_amount"]) != conclusion.recovered_amount
    ]
    assert wrong == []
