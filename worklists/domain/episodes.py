"""Whether a later result answers an earlier denial of the same claim, and what it brought in. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
REVERSAL = "22"
PROCESSED = frozenset({"1", "2", "3", "19", "20", "21"})
"""CLP02 of results that decide about payment: processed as primary, secondary or tertiary, also when forwarded."""
WITHOUT_MONEY = frozenset({"25"})
"""CLP02 25 prices a claim that nobody has paid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One claim payment of one claim, as far as the course of the claim goes. Results sort by when they were made."""

    id: int
    remittance: int
    decided_on: date
    position: int
    status: str
    charge: Decimal | None
    paid: Decimal
    control_number: str = ""
    denial: int | None = None
    """The denial that work was or would be opened for; None when this result denies nothing."""
    is_pending: bool = False
    """A part of it is not decided yet."""
    is_reversed: bool = False

    @property
    def order(self) -> tuple[date, int, int]:
        return self.decided_on, self.remittance, self.position


def answers(later: Result, earlier: Result) -> bool:
    """Whether `later` decides about what `earlier` denied, and not about another part of a claim the payer split.

    It does after the earlier result was reversed, under the same payer claim number, or in a later remittance for at
    least the same charge. Results side by side under different payer claim numbers are parts.
    """
    if later.order <= earlier.order:
        return False
    if earlier.is_reversed or (later.control_number and later.control_number == earlier.control_number):
        return True
    if later.remittance == earlier.remittance:
        return False
    return later.charge is not None and earlier.charge is not None and later.charge >= earlier.charge


def recovered(results: Iterable[Result], since: Result) -> Decimal:
    """Dollars paid on the claim after `since`, with what was taken back netted; negative when more was taken back."""
    counted = (result for result in results if result.status not in WITHOUT_MONEY and result.order > since.order)
    return sum((result.paid for result in counted), ZERO)
