"""What payers say about one claim over time, for tests of opening and settling."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from denials.models import Claim, Denial, RemittedClaim, ReversalPair
from tests.factories import DENIED_ON, DenialFactory, RemittanceFactory, RemittedClaimFactory

LATER = date(2026, 11, 19)


def remit(claim: Claim, *, on: date = LATER, trace: str = "T-LATER", **said: Any) -> RemittedClaim:
    """One claim payment in a remittance of its own, or in that of `beside` as the next one."""
    beside: RemittedClaim | None = said.pop("beside", None)
    remittance = (
        beside.remittance
        if beside
        else RemittanceFactory.create(payer=claim.payer, facility=claim.facility, payment_date=on, trace=trace)
    )
    position = beside.position + 1 if beside else 1
    return RemittedClaimFactory.create(claim=claim, remittance=remittance, position=position, **said)


def deny(claim: Claim, *, on: date = LATER, trace: str = "T-LATER", **denial: Any) -> Denial:
    """A claim payment that denies the claim, with the conclusion about it."""
    said: dict[str, Any] = {
        name: denial.pop(name) for name in ("beside", "charge", "payer_control_number") if name in denial
    }
    said["paid"] = denial.pop("paid", Decimal(0))
    return DenialFactory.create(remitted_claim=remit(claim, on=on, trace=trace, **said), decided_on=on, **denial)


def reverse(earlier: RemittedClaim, **said: Any) -> RemittedClaim:
    """The claim payment (CLP02 22) that takes an earlier one back, and the pair."""
    amounts: dict[str, Any] = {"charge": -(earlier.charge or 0), "paid": -(earlier.paid or 0)}
    reversal = remit(earlier.claim, status="22", **amounts, **said)
    ReversalPair.objects.create(reversal=reversal, reversed=earlier, because="Same payer claim number.")
    return reversal


__all__ = ["DENIED_ON", "LATER", "deny", "remit", "reverse"]
