"""Balanced 835 files of one payer about claims of one facility, written by the product's own writer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from denials.domain.facts import (
    RemittanceHeader,
    ReportedAdjustment,
    ReportedClaim,
    ReportedLine,
    ReportedProviderAdjustment,
)
from denials.domain.remittance_writer import Remittance, write_remittances

SERVED = date(2026, 10, 5)
DECIDED = date(2026, 11, 2)


@dataclass(slots=True, frozen=True)
class Said:
    """One CLP with one line. What is not paid is denied as CO-197 N54; a reversal takes all of it back."""

    number: str
    last: str = "Fictional"
    first: str = "Ada"
    member: str = "W1"
    payer_number: str = "PCN1"
    charge: str = "1450.00"
    paid: str = "0.00"
    status: str = "1"
    medical_record: str = ""
    policy: str = ""
    reason: tuple[str, str] = ("CO", "197")
    remark: str = "N54"
    served: date = SERVED

    def reported(self, position: int) -> ReportedClaim:
        sign = -1 if self.status == "22" else 1
        charge, paid = sign * Decimal(self.charge), sign * Decimal(self.paid)
        group, code = self.reason
        denied = ReportedAdjustment(group, code, charge - paid, None, 0)
        line = ReportedLine(
            *(1, "HC", "93306", ("26",), "", charge, paid, Decimal(1), None, "", 0),
            service_from=self.served,
            policy=self.policy,
            adjustments=[denied] if charge != paid else [],
            remarks=[self.remark] if charge != paid else [],
        )
        return ReportedClaim(
            *(1, position, self.number, self.status, charge, paid, Decimal(0), "12", self.payer_number, "11", "1", 0),
            patient_last=self.last,
            patient_first=self.first,
            member_id=self.member,
            medical_record=self.medical_record,
            lines=[line],
        )


@dataclass(slots=True, frozen=True)
class Paid:
    """One ST: what a payer says to the facility with this NPI."""

    claims: tuple[Said, ...]
    trace: str
    npi: str = "1000000001"
    payee: str = "HERE CLINIC"
    payer: str = "FICTIONAL HEALTH PLAN"
    payer_id: str = "60001"
    day: date = DECIDED
    outside: tuple[tuple[str, str, str], ...] = ()
    """Code, reference and amount of what is adjusted outside of claims (PLB)."""

    def remittance(self, number: int) -> Remittance:
        header = RemittanceHeader(
            *(number, f"{number:04d}", None, "C", "CHK", self.day, self.trace, "1999999999", self.day),
            *(self.payer, self.payer_id, "PO Box 1, Anytown, TX 75001", self.payee, self.npi, ""),
            *("EXPAYER", "EXCLINIC", "", "", "", 0),
        )
        year_end = date(self.day.year, 12, 31)
        outside = [
            ReportedProviderAdjustment(self.npi, year_end, code, reference, Decimal(amount), 0)
            for code, reference, amount in self.outside
        ]
        return Remittance(header, [claim.reported(position) for position, claim in enumerate(self.claims, 1)], outside)


def file_of(*payments: Paid, interchange: int = 1) -> bytes:
    remittances = [payment.remittance(number) for number, payment in enumerate(payments, 1)]
    created = datetime(2026, 11, 2, 8, 0)  # noqa: DTZ001  # an interchange names no zone
    return b"".join(
        write_remittances(remittances, sender="EXPAYER", receiver="EXCLINIC", created=created, interchange=interchange)
    )
