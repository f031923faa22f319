"""Packs answers into payments: one file per payer and day, one ST per facility, balances carried forward."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from denials.domain.facts import RemittanceHeader, ReportedProviderAdjustment
from denials.domain.remittance_writer import IMPLEMENTATION, Remittance, write_remittances
from denials.practice.adjudication import NOTHING, Answer
from denials.practice.aftermath import PlannedAdjustment
from denials.practice.people import FACILITIES, Facility, Payer

SENDER, RECEIVER = "EXPAYER", "EXPRACTICE"


@dataclass(slots=True)
class Payment:
    """One ST: what one payer pays one facility on one day."""

    payer: Payer
    facility: Facility
    paid_on: date
    answers: list[Answer]
    adjustments: list[tuple[str, str, Decimal]] = field(default_factory=list)
    """PLB code, reference and amount."""

    @property
    def trace(self) -> str:
        return f"{self.payer.prefix}{self.paid_on:%y%m%d}{FACILITIES.index(self.facility) + 1}"

    @property
    def amount(self) -> Decimal:
        paid = sum((each.reported.paid or NOTHING for each in self.answers), NOTHING)
        return paid - sum((amount for _, _, amount in self.adjustments), NOTHING)


@dataclass(slots=True)
class PaymentFile:
    """One 835 file, its payments in facility order."""

    name: str
    payer: Payer
    paid_on: date
    payments: list[Payment]

    def content(self, interchange: int) -> bytes:
        created = datetime.combine(self.paid_on, time(6, 30))
        written = [_remittance(payment, number) for number, payment in enumerate(self.payments, 1)]
        parts = write_remittances(written, sender=SENDER, receiver=RECEIVER, created=created, interchange=interchange)
        return b"".join(parts)


def pack(answers: Iterable[Answer], planned: Iterable[PlannedAdjustment]) -> list[PaymentFile]:
    """Files by day, then payer. Numbers each answer's claim within its payment."""
    payments = _payments(answers)
    _carry_money(payments, planned)
    files: dict[tuple[date, str], PaymentFile] = {}
    for payment in payments:
        day, payer = payment.paid_on, payment.payer
        name = f"{day:%Y-%m-%d}_{payer.key}.835"
        files.setdefault((day, payer.key), PaymentFile(name, payer, day, [])).payments.append(payment)
    for file in files.values():
        for transaction, payment in enumerate(file.payments, 1):
            for position, each in enumerate(payment.answers, 1):
                each.reported.transaction, each.reported.position = transaction, position
    return list(files.values())


def _payments(answers: Iterable[Answer]) -> list[Payment]:
    payments: dict[tuple[date, str, int], Payment] = {}
    for each in answers:
        payer, facility = each.claim.payer, each.claim.facility
        key = (each.paid_on, payer.key, FACILITIES.index(facility))
        payments.setdefault(key, Payment(payer, facility, each.paid_on, [])).answers.append(each)
    return [payments[key] for key in sorted(payments)]


def _carry_money(payments: Sequence[Payment], planned: Iterable[PlannedAdjustment]) -> None:
    """Hangs planned adjustments on the next payment, and carries negative totals forward (PLB FB)."""
    waiting: dict[tuple[str, str], list[PlannedAdjustment]] = defaultdict(list)
    for each in planned:
        waiting[each.payer.key, each.facility.key].append(each)
    balances: dict[tuple[str, str], tuple[Decimal, str]] = {}
    for payment in payments:
        key = (payment.payer.key, payment.facility.key)
        due = [each for each in waiting[key] if each.due <= payment.paid_on]
        waiting[key] = [each for each in waiting[key] if each.due > payment.paid_on]
        payment.adjustments += [(each.code, each.reference, each.amount) for each in due]
        balances[key] = _settle(payment, *balances.get(key, (NOTHING, "")))


def _settle(payment: Payment, owed: Decimal, since: str) -> tuple[Decimal, str]:
    """Takes what is owed from earlier payments as far as this one reaches; returns what is owed after it."""
    taken = min(owed, max(payment.amount, NOTHING))
    if taken:
        payment.adjustments.append(("FB", since, taken))
    short = -min(payment.amount, NOTHING)
    if short:
        payment.adjustments.append(("FB", payment.trace, -short))
    return owed - taken + short, payment.trace if short else since


def _remittance(payment: Payment, number: int) -> Remittance:
    year_end = date(payment.paid_on.year, 12, 31)
    adjustments = [
        ReportedProviderAdjustment(payment.facility.npi, year_end, code, reference, amount, 0)
        for code, reference, amount in payment.adjustments
    ]
    return Remittance(_header(payment, number), [each.reported for each in payment.answers], adjustments)


def _header(payment: Payment, number: int) -> RemittanceHeader:
    payer, facility = payment.payer, payment.facility
    return RemittanceHeader(
        transaction=number,
        control_number=f"{number:04d}",
        amount=payment.amount,
        credit_debit="C",
        method="ACH",
        payment_date=payment.paid_on,
        trace=payment.trace,
        originator=payer.originator,
        production_date=payment.paid_on,
        payer_name=payer.name,
        payer_id=payer.payer_id,
        payer_address=payer.address,
        payee_name=facility.name.upper(),
        payee_npi=facility.npi,
        payee_tax_id=facility.tax_id,
        sender=SENDER,
        receiver=RECEIVER,
        interchange="",
        group="",
        version=IMPLEMENTATION,
        segment_from=0,
    )
