"""What is planted: why payers answer some claims otherwise than by paying them.

A cause picks a share of the claims it fits, and at least `least` of them, so that even a small practice shows each.
`fates` weigh what becomes of the claim later; what the verdict says of outcome and category is the known truth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Scope(StrEnum):
    """Which part of the claim the payer's reason falls on."""

    PAID = "paid"
    CLAIM = "claim"
    """Claim level, without service lines."""
    ALL_LINES = "all_lines"
    LAST_LINE = "last_line"
    UNITS = "units"
    DEDUCTIBLE = "deductible"
    WRITE_DOWN = "write_down"
    """CO-45 fills the charge: the reason is hidden."""
    AFTER_PRIMARY = "after_primary"
    PENNY_LINE = "penny_line"


class Fate(StrEnum):
    """What becomes of an answer later."""

    OPEN = "open"
    CORRECTED = "corrected"
    """A corrected or new claim is paid."""
    OVERTURNED = "overturned"
    """Appeal won: the denial is reversed and paid."""
    PARTLY = "partly"
    UPHELD = "upheld"
    TAKEN_BACK = "taken_back"
    """A payment is reversed and no correction follows."""
    TAKEN_BACK_OTHER_PAYER = "taken_back_other_payer"
    """A payment is reversed and the correction denies for another payer."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the payer answers."""

    scope: Scope
    group: str = ""
    code: str = ""
    remarks: tuple[str, ...] = ()
    claim_remarks: tuple[str, ...] = ()
    status: str = "1"
    outcome: str = "denial"
    """denial (full or partial: the amounts tell), not_denial, pending, forwarded, duplicate_closed, ..."""
    category: str | None = None
    crossover: str = ""

    @property
    def reason(self) -> str | None:
        return f"{self.group}-{self.code}" if self.code else None


@dataclass(frozen=True, slots=True)
class Cause:
    """One planted cause and the claims it fits."""

    id: str
    title: str
    verdict: Verdict
    share: float = 0.0
    """Part of the fitting claims that it takes."""
    least: int = 1
    facilities: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    desk: int = 0
    clinician: str = ""
    oldest: int = 120
    newest: int = 0
    """The answer's age in days, at most and at least."""
    needs: str = ""
    """`lines`: two or more; `units`: a line of two or more units."""
    fates: Mapping[Fate, int] = field(default_factory=lambda: {Fate.OPEN: 1})
