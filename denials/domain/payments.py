"""One payment at a time out of what the reader yields, still claim by claim and in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from denials.domain.facts import Finding, RemittanceHeader, RemittanceTotals, ReportedClaim, Severity
from denials.domain.remittance import read_remittances


class Payment:
    """One ST to SE. `totals` and all of `findings` are known once `claims` has been read to its end."""

    def __init__(self, header: RemittanceHeader, findings: list[Finding], reader: PaymentReader) -> None:
        self.header = header
        self.findings = findings
        self.totals: RemittanceTotals | None = None
        self._reader = reader

    def claims(self) -> Iterator[ReportedClaim]:
        """Yield the claims, once."""
        while self.totals is None:
            event = next(self._reader.events)
            if isinstance(event, ReportedClaim):
                yield event
            elif isinstance(event, Finding):
                self.findings.append(event)
            elif isinstance(event, RemittanceTotals):
                self.totals = event

    @property
    def closing(self) -> RemittanceTotals:
        """The totals, once the claims have been read."""
        assert self.totals is not None, "the claims have not been read to their end"
        return self.totals

    @property
    def hold_reasons(self) -> list[str]:
        """Why a person must decide before work is made of this payment, in the order met."""
        return [finding.message for finding in self.findings if finding.severity is Severity.HOLD]


class PaymentReader:
    """Reads a file payment by payment; `loose` collects the findings that belong to none of them."""

    def __init__(self, source: BinaryIO) -> None:
        self.events = read_remittances(source)
        self.loose: list[Finding] = []

    def __iter__(self) -> Iterator[Payment]:
        """Yield each payment; what its reader leaves of its claims is passed over before the next one."""
        early: list[Finding] = []
        for event in self.events:
            if isinstance(event, RemittanceHeader):
                payment = Payment(event, self._own(early, event.transaction), self)
                early = []
                yield payment
                for _ in payment.claims():
                    pass
            elif isinstance(event, Finding):
                early.append(event)
        self.loose += early

    @property
    def refusal(self) -> str:
        """Why nothing can be recorded from the file, once it has been read; empty when something can."""
        return next((finding.message for finding in self.loose if finding.severity is Severity.REJECT), "")

    def _own(self, early: list[Finding], transaction: int) -> list[Finding]:
        """The findings that came before the header of their own payment; the others are loose."""
        self.loose += [finding for finding in early if finding.transaction != transaction]
        return [finding for finding in early if finding.transaction == transaction]
