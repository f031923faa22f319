"""Small 835 files as text, balanced unless a test says otherwise. Names are obviously fictional."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Claim(NamedTuple):
    """One CLP with one line; what is not paid is denied as CO-50."""

    number: str = "RC-1"
    charge: str = "100.00"
    paid: str = "60.00"
    status: str = "1"
    payer_number: str = "PCN1"
    day: str = "20261005"
    last: str = "FICTIONAL"

    def segments(self) -> list[str]:
        denied = Decimal(self.charge) - Decimal(self.paid)
        return [
            f"CLP*{self.number}*{self.status}*{self.charge}*{self.paid}*0*12*{self.payer_number}*11*1",
            f"NM1*QC*1*{self.last}*ANN****MI*W1",
            f"SVC*HC:99213:25*{self.charge}*{self.paid}**1",
            f"DTM*472*{self.day}",
            *([f"CAS*CO*50*{denied}"] if denied else []),
            "LQ*HE*N115",
        ]


class Payment(NamedTuple):
    """One ST to SE."""

    claims: tuple[Claim, ...] = (Claim(),)
    trace: str = "TRACE1"
    payer: str = "FICTIONAL HEALTH"
    payer_id: str = "60001"
    npi: str = "1000000001"
    day: str = "20261102"
    amount: str | None = None
    tail: tuple[str, ...] = ()

    def segments(self, number: int) -> list[str]:
        amount = self.amount or str(sum(Decimal(claim.paid) for claim in self.claims))
        body = [
            f"ST*835*{number:04d}",
            f"BPR*I*{amount}*C*CHK************{self.day}",
            f"TRN*1*{self.trace}*1999999999",
            f"N1*PR*{self.payer}*XV*{self.payer_id}",
            f"N1*PE*HERE CLINIC*XX*{self.npi}",
            "LX*1",
            *(segment for claim in self.claims for segment in claim.segments()),
            *self.tail,
        ]
        return [*body, f"SE*{len(body) + 1}*{number:04d}"]


def file_of(*payments: Payment, interchange: int = 1) -> bytes:
    """A whole interchange of these payments."""
    blank = " " * 10
    segments = [
        f"ISA*00*{blank}*00*{blank}*ZZ*{'EXPAYER':15}*ZZ*{'EXCLINIC':15}*261102*0800*^*00501*{interchange:09d}*0*T*:",
        f"GS*HP*EXPAYER*EXCLINIC*20261102*0800*{interchange}*X*005010X221A1",
        *(segment for number, payment in enumerate(payments, 1) for segment in payment.segments(number)),
        f"GE*{len(payments)}*{interchange}",
        f"IEA*1*{interchange:09d}",
    ]
    return "".join(f"{segment}~\n" for segment in segments).encode()
