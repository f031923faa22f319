"""Small 277CA and 999 files as text. Names are obviously fictional."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Answered(NamedTuple):
    """What a 277CA says about one claim."""

    number: str = "RC-1"
    status: str = "A2:20:PR"
    action: str = "WQ"
    day: str = "20260202"
    charge: str = "100.00"
    payer_number: str = "PCN1"
    service: str = "20260115"
    last: str = "FICTIONAL"
    more: tuple[str, ...] = ()

    def segments(self, place: int) -> list[str]:
        return [
            f"HL*{place}*3*PT",
            f"NM1*QC*1*{self.last}*ANN****MI*W1",
            f"TRN*2*{self.number}",
            f"STC*{self.status}*{self.day}*{self.action}*{self.charge}",
            *([f"REF*1K*{self.payer_number}"] if self.payer_number else []),
            f"DTP*472*D8*{self.service}",
            *self.more,
        ]


def claims_answered(
    *claims: Answered,
    npi: str = "1000000001",
    source: str = "PR",
    payer: str = "FICTIONAL HEALTH",
    payer_id: str = "60001",
    said: tuple[int, int] | None = None,
    received: str = "20260201",
    number: int = 1,
    guide: str = "005010X214",
) -> bytes:
    """A whole 277CA about these claims of one provider; `said` are its own counts of accepted and rejected claims."""
    counts = [f"QTY*{kind}*{count}" for kind, count in zip(("90", "AA"), said, strict=True)] if said else []
    body = [
        f"BHT*0085*08*REPORT{number}*20260203*0800*TH",
        "HL*1**20*1",
        f"NM1*{source}*2*{payer}*****PI*{payer_id}",
        "TRN*1*SOURCE1",
        f"DTP*050*D8*{received}",
        "DTP*009*D8*20260202",
        "HL*2*1*21*1",
        "NM1*41*2*HERE BILLING*****46*S1",
        "TRN*2*BATCH1",
        "STC*A1:19:PR*20260202*WQ*100",
        *counts,
        "HL*3*2*19*1",
        f"NM1*85*2*HERE CLINIC*****XX*{npi}",
        "TRN*1*0",
        *(segment for place, claim in enumerate(claims, 4) for segment in claim.segments(place)),
    ]
    return wrapped([f"ST*277*0001*{guide}", *body], "HN", guide, number)


def sets_answered(*sets: Sequence[str], last_word: str = "A*1*1*1", number: int = 1, kind: str = "999") -> bytes:
    """A whole 999 (or 997); each set is its segments between AK2 and the next."""
    body = [f"ST*{kind}*0001*005010X231A1", "AK1*HC*17*005010X222A1", *(s for each in sets for s in each)]
    return wrapped([*body, f"AK9*{last_word}"], "FA", "005010X231A1", number)


def accepted_set(number: str = "0001") -> list[str]:
    return [f"AK2*837*{number}*005010X222A1", "IK5*A"]


def rejected_set(number: str = "0001") -> list[str]:
    return [
        f"AK2*837*{number}*005010X222A1", "IK3*NM1*15*2010BA*8", "CTX*CLM01:RC-1", "IK4*9*67*1", "IK5*R*5",
    ]  # fmt: skip


def wrapped(transaction: list[str], group: str, guide: str, number: int = 1, *, before: Sequence[str] = ()) -> bytes:
    """One interchange with one group and one set, its trailer added."""
    control = transaction[0].split("*")[2]
    segments = [
        *before,
        f"GS*{group}*EXPAYER*EXCLINIC*20260203*0800*{number}*X*{guide}",
        *transaction,
        f"SE*{len(transaction) + 1}*{control}",
        f"GE*1*{number}",
    ]
    return interchange(segments, groups=1, number=number)


def interchange(segments: Sequence[str], *, groups: int, number: int = 1) -> bytes:
    blank = " " * 10
    isa = f"ISA*00*{blank}*00*{blank}*ZZ*{'EXPAYER':15}*ZZ*{'EXCLINIC':15}*260203*0800*^*00501*{number:09d}*0*T*:"
    whole = [isa, *segments, f"IEA*{groups}*{number:09d}"]
    return "".join(f"{segment}~\n" for segment in whole).encode()
