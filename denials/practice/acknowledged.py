"""Claim acknowledgments (277CA) of the made-up practice: what payers and a clearinghouse answered to its claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

GUIDE = "005010X214"
CLEARINGHOUSE = ("AY", "EXAMPLE CLEARINGHOUSE", "EXCLEAR")


class Sent(NamedTuple):
    """One claim as the practice sent it, and the code of the answer (STC01)."""

    number: str
    patient_last: str
    patient_first: str
    member_id: str
    served_on: date
    received_on: date
    charge: str
    answer: str = "A2:20:PR"
    payer_number: str = ""


class Receiver(NamedTuple):
    """Who answers: NM101, name and identifier of the information source."""

    kind: str
    name: str
    identifier: str


def acknowledge(receiver: Receiver, npi: str, facility: str, claims: Sequence[Sent], number: int) -> bytes:
    """A whole 277CA of one receiver about claims of one facility; the same claims, the same bytes."""
    day = max(claim.received_on for claim in claims) + timedelta(1)
    body = [
        f"ST*277*0001*{GUIDE}",
        f"BHT*0085*08*ACK{number:05d}*{day:%Y%m%d}*0800*TH",
        "HL*1**20*1",
        f"NM1*{receiver.kind}*2*{receiver.name}*****PI*{receiver.identifier}",
        f"TRN*1*ACK{number:05d}",
        f"DTP*009*D8*{day:%Y%m%d}",
        "HL*2*1*21*1",
        f"NM1*41*2*{facility.upper()}*****46*EXPRACTICE",
        f"TRN*2*BATCH{number:05d}",
        f"STC*A1:19:PR*{day:%Y%m%d}*WQ*0",
        "HL*3*2*19*1",
        f"NM1*85*2*{facility.upper()}*****XX*{npi}",
        "TRN*1*0",
        *(segment for place, claim in enumerate(claims, 4) for segment in _claim(claim, place)),
    ]
    return _wrapped(body, day, number)


def _claim(claim: Sent, place: int) -> list[str]:
    answered = claim.received_on + timedelta(1)
    action = "U" if claim.answer.startswith("A7") else "WQ"
    return [
        f"HL*{place}*3*PT",
        f"NM1*QC*1*{claim.patient_last.upper()}*{claim.patient_first.upper()}****MI*{claim.member_id}",
        f"TRN*2*{claim.number}",
        f"STC*{claim.answer}*{answered:%Y%m%d}*{action}*{claim.charge}",
        *([f"REF*1K*{claim.payer_number}"] if claim.payer_number else []),
        f"DTP*472*D8*{claim.served_on:%Y%m%d}",
    ]


def _wrapped(body: list[str], day: date, number: int) -> bytes:
    blank = " " * 10
    segments = [
        f"ISA*00*{blank}*00*{blank}*ZZ*{'EXPAYER':15}*ZZ*{'EXPRACTICE':15}*{day:%y%m%d}*0800*^*00501*{number:09d}*0*T*:",
        f"GS*HN*EXPAYER*EXPRACTICE*{day:%Y%m%d}*0800*{number}*X*{GUIDE}",
        *body,
        f"SE*{len(body) + 1}*0001",
        f"GE*1*{number}",
        f"IEA*1*{number:09d}",
    ]
    return "".join(f"{segment}~\n" for segment in segments).encode()
