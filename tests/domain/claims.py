"""Short ways to write a claim payment for the tests of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from denials.codes import shipped_dictionary
from denials.domain.classify import conclude
from denials.domain.conclusion import Conclusion
from denials.domain.facts import ReportedAdjustment, ReportedClaim, ReportedLine
from denials.domain.history import Duplicate, EarlierState, Prior


def adjustments(*triplets: str) -> list[ReportedAdjustment]:
    """ "CO-50 100" or, with a quantity, "CO-151 300 5"."""
    return [_adjustment(*triplet.split()) for triplet in triplets]


def _adjustment(name: str, amount: str, quantity: str | None = None) -> ReportedAdjustment:
    group, _, code = name.partition("-")
    return ReportedAdjustment(group, code, Decimal(amount), Decimal(quantity) if quantity else None, segment=0)


def line(number: int, charge: str, paid: str, *triplets: str, **more: Any) -> ReportedLine:
    """A service line with its adjustments."""
    values: dict[str, Any] = {
        "number": number,
        "qualifier": "HC",
        "procedure": "G0463",
        "modifiers": (),
        "revenue_code": "",
        "charge": Decimal(charge),
        "paid": Decimal(paid),
        "units_paid": None,
        "units_billed": None,
        "submitted_procedure": "",
        "segment_from": 0,
        "adjustments": adjustments(*triplets),
    }
    return ReportedLine(**(values | more))


def claim(*lines: ReportedLine, status: str = "1", **more: Any) -> ReportedClaim:
    """A claim payment whose charge and payment are those of its lines unless told otherwise."""
    values: dict[str, Any] = {
        "transaction": 1,
        "position": 1,
        "claim_number": "A1",
        "status": status,
        "charge": sum((one.charge or Decimal(0) for one in lines), Decimal(0)),
        "paid": sum((one.paid or Decimal(0) for one in lines), Decimal(0)),
        "patient_share": None,
        "filing_code": "12",
        "payer_control_number": "P1",
        "facility_code": "11",
        "frequency": "1",
        "segment_from": 0,
        "lines": list(lines),
    }
    return ReportedClaim(**(values | more))


def one_line(*triplets: str, charge: str = "100", paid: str = "0", status: str = "1", **more: Any) -> ReportedClaim:
    """A claim with a single line."""
    return claim(line(1, charge, paid, *triplets, **more), status=status)


def concluded(reported: ReportedClaim, payer: str = "aetna", kind: str = "commercial", **more: Any) -> Conclusion:
    """What the shipped dictionary makes of it."""
    return conclude(reported, shipped_dictionary(), payer_key=payer, payer_kind=kind, **more)


@dataclass
class Known:
    """A history that answers the same to every question."""

    state: EarlierState = EarlierState.NONE
    prior: Prior | None = None

    def duplicate_of(self, claim: ReportedClaim, line: ReportedLine | None) -> Duplicate:
        return Duplicate(self.state, "P0")

    def prior_by_control_number(self, control_number: str) -> Prior | None:
        return self.prior
