"""What recording a file would do, read from its bytes without writing a row.

A very large file is read for a few seconds only, so that the person who uploaded it is not kept waiting: the preview
then says that it is partial and how far it came.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO

from denials import dictionary, payer_matching
from denials.domain.classify import conclude
from denials.domain.conclusion import Conclusion
from denials.domain.dictionary import Dictionary
from denials.domain.facts import Finding, RemittanceHeader, ReportedClaim
from denials.domain.payments import Payment, PaymentReader
from denials.models import Payer, Remittance

SECONDS = 6.0
MOST_LISTED = 200
ZERO = Decimal("0.00")
SEEN_BEFORE = "A payment of this payer with this trace number, date and amount is recorded already."


@dataclass(slots=True)
class Preview:
    """`summary` is what `RemittanceFile.preview` keeps: counts, and sums as text; no patient data."""

    summary: dict[str, Any]
    findings: list[Finding]
    refusal: str
    """Why nothing can be recorded from the file; empty when something can."""


@dataclass(slots=True)
class _Tally:
    """What one payment, or the whole file, comes to."""

    claims: int = 0
    denied_claims: int = 0
    exceptions: int = 0
    charged: Decimal = ZERO
    paid: Decimal = ZERO
    denied_amount: Decimal = ZERO

    def add(self, claim: ReportedClaim, conclusion: Conclusion) -> None:
        self.claims += 1
        self.charged += claim.charge or ZERO
        self.paid += claim.paid or ZERO
        self.denied_claims += conclusion.is_denial
        self.denied_amount += conclusion.denied_amount
        self.exceptions += bool(conclusion.exceptions)

    def as_json(self) -> dict[str, Any]:
        return {
            "claims": self.claims,
            "denied_claims": self.denied_claims,
            "exceptions": self.exceptions,
            "charged": _text(self.charged),
            "paid": _text(self.paid),
            "denied_amount": _text(self.denied_amount),
        }


def look(source: BinaryIO, size: int, seconds: float = SECONDS) -> Preview:
    """Reads a file to its end, or for about as long as said."""
    reader = PaymentReader(source)
    counting = _Counting(time.monotonic() + seconds)
    for payment in reader:
        counting.take(payment)
        if counting.is_partial:
            break
    findings = [*counting.findings, *reader.loose]
    summary = counting.as_json() | {"size": size, "read_bytes": source.tell()}
    return Preview(summary, findings, "" if counting.is_partial else reader.refusal)


@dataclass(slots=True)
class _Counting:
    """Counts payments until the time is up."""

    until: float
    entries: Dictionary = field(default_factory=dictionary.current)
    whole: _Tally = field(default_factory=_Tally)
    listed: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    transactions: int = 0
    held: int = 0
    read_to: int = 0
    is_partial: bool = False

    def take(self, payment: Payment) -> None:
        payer = payer_matching.find(payment.header)
        own = _Tally()
        for claim in payment.claims():
            conclusion = self._conclude(claim, payment.header, payer)
            own.add(claim, conclusion)
            self.whole.add(claim, conclusion)
            if time.monotonic() > self.until:
                self.is_partial = True
                break
        else:
            self.read_to = payment.header.transaction
            self.findings += payment.findings
        self._list(payment, payer, own)

    def as_json(self) -> dict[str, Any]:
        return self.whole.as_json() | {
            "is_partial": self.is_partial,
            "read_to": self.read_to,
            "transactions": self.transactions,
            "held": self.held,
            "listed": self.listed,
        }

    def _conclude(self, claim: ReportedClaim, header: RemittanceHeader, payer: Payer | None) -> Conclusion:
        return conclude(
            claim,
            self.entries,
            payer_key=payer.key if payer else "",
            payer_kind=payer.kind if payer else "",
            decided_on=header.payment_date or header.production_date,
        )

    def _list(self, payment: Payment, payer: Payer | None, own: _Tally) -> None:
        reasons = payment.hold_reasons
        if payer and _is_recorded(payment.header, payer):
            reasons.append(SEEN_BEFORE)
        self.transactions += 1
        self.held += bool(reasons)
        if len(self.listed) < MOST_LISTED:
            self.listed.append(_said(payment, payer) | own.as_json() | {"held_reason": " ".join(reasons)})


def _said(payment: Payment, payer: Payer | None) -> dict[str, Any]:
    header = payment.header
    facility = payer_matching.find_place(header)
    difference = payment.totals.difference if payment.totals else None
    return {
        "transaction": header.transaction,
        "payer_name": payer.name if payer else header.payer_name[:160],
        "payer_known": payer is not None,
        "facility_name": facility.name if facility else header.payee_name[:120],
        "facility_known": facility is not None,
        "trace": header.trace[:80],
        "payment_date": header.payment_date.isoformat() if header.payment_date else None,
        "amount": _text(header.amount),
        "difference": _text(difference),
        "is_whole": payment.totals is not None and payment.totals.complete,
    }


def _is_recorded(header: RemittanceHeader, payer: Payer) -> bool:
    if not header.trace:
        return False
    same = Remittance.objects.filter(
        entered_from="", payer=payer, trace=header.trace[:80], payment_date=header.payment_date, amount=header.amount
    )
    return same.exists()


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
