"""What a new case says for itself: why it is an exception, and the clock that runs for it. No patient data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from denials.domain.exception_kinds import ABOUT, DISPUTE_DAYS, Kind
from denials.exceptions.finding import Found
from denials.models import CodeSystem, Payer, Remittance

HELD_KINDS = (Kind.CUT_FILE, Kind.DUPLICATE_TRACE, Kind.UNBALANCED, Kind.HELD)
DUE_BECAUSE = (
    f"Cautious default: {DISPUTE_DAYS} calendar days from the day on which it was taken. Contracts often give 30 to"
    " 60 days to dispute a takeback; Medicare stops recoupment for requests within 30 days (42 CFR 405.379)."
)

TAKEN_OUTSIDE = (
    "{payer} took money of this claim back by a provider adjustment (PLB {code}) alone: it reversed no result, so what"
    " was recorded as paid stands here as paid."
)


def reason_of(row: Found, payers: Mapping[int, Payer], payment: Remittance) -> str:
    """The reason in words. A held payment says it itself."""
    kind = Kind(row.kind)
    if kind is Kind.TAKEBACK and row.provider_adjustment:
        return TAKEN_OUTSIDE.format(payer=payers[row.payer], code=row.code)
    if kind in HELD_KINDS and row.thing.startswith("remittance:"):
        return payment.hold_reason or ABOUT[kind].reason
    return ABOUT[kind].reason.format(
        what=named(row.system, row.code), code=row.code, payer=payers[row.payer], days=row.usual_days
    )


def named(system: str, code: str) -> str:
    """`Reason code 999`; what stands where a code should be and is none is said so."""
    label = {
        CodeSystem.CARC: "Reason code",
        CodeSystem.RARC: "Remark code",
        CodeSystem.GROUP: "Group code",
        CodeSystem.STATUS: "Claim status",
        CodeSystem.PLB: "Provider adjustment code",
    }.get(CodeSystem(system) if system else CodeSystem.CARC, "Code")
    return f"{label} {code}" if code else f"{label} (left empty)"


def due_of(kind: Kind, payment: Remittance) -> tuple[date | None, str]:
    """The last day to act, for the kinds that have a clock of their own, and the rule behind it."""
    decided_on = payment.payment_date or payment.production_date
    if kind is not Kind.TAKEBACK or decided_on is None:
        return None, ""
    return decided_on + timedelta(days=DISPUTE_DAYS), DUE_BECAUSE
