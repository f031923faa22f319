"""The three balances of a remittance: line, claim, transaction.

line         SVC02 - line CAS = SVC03
claim        CLP03 - claim CAS - line CAS = CLP04, and the SVC02 add up to CLP03 when there are lines
transaction  BPR02 = CLP04 added up - PLB added up; a debit (BPR03 = D) counts as less than nothing

Some senders repeat the lines' adjustments on the claim. Such a claim balances with either level alone; adding both up
would deny the same dollar twice, so it is told apart from one that does not balance at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from denials.domain.facts import ReportedAdjustment, ReportedClaim
from denials.domain.finding_log import FindingLog

ZERO = Decimal("0.00")


def weigh_claim(claim: ReportedClaim, log: FindingLog) -> None:
    """Check a claim and its lines, and note what does not balance. Where an amount cannot be read nobody can tell."""
    charged = on_lines = ZERO
    known = True
    for line in claim.lines:
        adjusted = _added(line.adjustments)
        if line.charge is None or line.paid is None or adjusted is None:
            known = False
            continue
        charged += line.charge
        on_lines += adjusted
        if line.charge - adjusted != line.paid:
            log.note(
                "unbalanced_line",
                f"Line {line.number} of claim {claim.position} does not balance: charge {line.charge} less adjustments"
                f" {adjusted} is {line.charge - adjusted}, but {line.paid} was paid.",
                line.segment_from,
            )
    on_claim = _added(claim.adjustments)
    if not known or claim.charge is None or claim.paid is None or on_claim is None:
        return
    if claim.lines and charged != claim.charge:
        log.note(
            "unbalanced_claim",
            f"Claim {claim.position} does not balance: its lines charge {charged}, the claim charges {claim.charge}.",
            claim.segment_from,
        )
    else:
        _weigh_totals(claim, claim.charge, claim.paid, on_claim, on_lines, log)


def _weigh_totals(
    claim: ReportedClaim, charge: Decimal, paid: Decimal, on_claim: Decimal, on_lines: Decimal, log: FindingLog
) -> None:
    left = charge - on_claim - on_lines
    if left == paid:
        return
    if on_claim and on_lines and paid in (charge - on_claim, charge - on_lines):
        log.note(
            "repeated_adjustments",
            f"Claim {claim.position} states its adjustments twice, on the claim ({on_claim}) and on its lines"
            f" ({on_lines}): it balances with one of them alone.",
            claim.segment_from,
        )
    else:
        log.note(
            "unbalanced_claim",
            f"Claim {claim.position} does not balance: charge {charge} less adjustments {on_claim + on_lines} is"
            f" {left}, but {paid} was paid.",
            claim.segment_from,
        )


def payment_difference(
    amount: Decimal | None, credit_debit: str, paid: Decimal | None, provider_amounts: Iterable[Decimal | None]
) -> Decimal | None:
    """BPR02 less what claims and provider adjustments make of it: zero when it balances, None when not readable."""
    if amount is None or paid is None:
        return None
    owed = paid
    for taken in provider_amounts:
        if taken is None:
            return None
        owed -= taken
    return (-abs(amount) if credit_debit == "D" else amount) - owed


def _added(adjustments: list[ReportedAdjustment]) -> Decimal | None:
    total = ZERO
    for adjustment in adjustments:
        if adjustment.amount is None:
            return None
        total += adjustment.amount
    return total
