"""What earlier results are known. The caller answers from its records; the rules only ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from denials.domain.conclusion import ZERO
from denials.domain.facts import ReportedClaim, ReportedLine


class EarlierState(StrEnum):
    """What became of an earlier claim or line for the same service."""

    PAID = "paid"
    PENDING = "pending"
    DENIED = "denied"
    NONE = "none"


@dataclass(slots=True, frozen=True)
class Duplicate:
    """The earlier result that a duplicate denial points at; `reference` is its payer control number."""

    state: EarlierState = EarlierState.NONE
    reference: str = ""
    decided_on: date | None = None


@dataclass(slots=True, frozen=True)
class Prior:
    """The earlier result under the same payer control number."""

    is_denial: bool
    denied_amount: Decimal = ZERO
    paid_amount: Decimal = ZERO
    category: str = ""
    denial_type: str = ""
    owner_team: str = ""
    decided_on: date | None = None


class History(Protocol):
    """The two questions about the past that a conclusion may hang on."""

    def duplicate_of(self, claim: ReportedClaim, line: ReportedLine | None) -> Duplicate:
        """The earlier result for the same patient, provider, date, code, modifiers and units; never this claim itself.

        `line` is None when the whole claim was refused as a duplicate.
        """

    def prior_by_control_number(self, control_number: str) -> Prior | None:
        """The open denial or last result that the payer filed under this control number (CLP07), if any."""


class _NoHistory:
    def duplicate_of(self, claim: ReportedClaim, line: ReportedLine | None) -> Duplicate:
        return Duplicate()

    def prior_by_control_number(self, control_number: str) -> Prior | None:
        return None


NO_HISTORY: History = _NoHistory()
