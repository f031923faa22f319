"""Small remittances for the reader's tests, written segment by segment so that each test can break one thing."""

from __future__ import annotations

from io import BytesIO

from denials.domain.facts import (
    Finding,
    RemittanceEvent,
    RemittanceHeader,
    RemittanceTotals,
    ReportedClaim,
    ReportedLine,
    Severity,
)
from denials.domain.remittance import read_remittances

ISA = "ISA*00*          *00*          *ZZ*EXPAYER        *ZZ*EXCLINIC       *260603*0800*^*00501*000000007*0*T*:"
GS = "GS*HP*EXPAYER*EXCLINIC*20260603*0800*17*X*005010X221A1"
OPENING = [
    "BPR*I*170*C*CHK************20260603",
    "TRN*1*TRACE1*1512345678",
    "DTM*405*20260602",
    "N1*PR*AETNA EXAMPLE*XV*87726",
    "N3*PO BOX 1*SUITE 2",
    "N4*ANYTOWN*TX*750010000",
    "REF*2U*31048",
    "PER*BL*EDI SUPPORT*TE*8005550100",
    "N1*PE*EXAMPLE CLINIC*XX*1234567893",
    "REF*TJ*123456789",
]
PAID = [
    "CLP*A1*1*300*200*20*12*PCN1*11*1",
    "NM1*QC*1*ALPHA*ANN*B***MI*W1",
    "MOA***MA01*N1",
    "DTM*050*20260520",
    "SVC*HC:99213:25:59*100*80**1",
    "DTM*472*20260511",
    "CAS*PR*1*20",
    "SVC*HC:99214*200*120**2",
    "DTM*472*20260512",
    "CAS*CO*45*50**97*30*1",
    "REF*6R*L2",
    "AMT*B6*150",
    "LQ*HE*N130",
]
DENIED = [
    "CLP*A2*4*450*0**12*PCN2*11*1",
    "CAS*CO*29*450",
    "NM1*QC*1*BETA*BOB****MI*W2",
    "MIA*0****MA02***************N10*N11*N12*N13",
    "DTM*232*20260101",
    "DTM*233*20260103",
]
PLB = ["PLB*1234567893*20261231*WO:PCN9*50*L6:I1*-20"]
BODY = [*OPENING, "LX*1", *PAID, *DENIED, *PLB]


def transaction(*segments: str, control: str = "0001") -> list[str]:
    """One ST to SE with the right count."""
    return [f"ST*835*{control}", *segments, f"SE*{len(segments) + 2}*{control}"]


def interchange(*segments: str, transactions: int = 1) -> list[str]:
    """One ISA to IEA around whole transactions."""
    return [ISA, GS, *segments, f"GE*{transactions}*17", "IEA*1*000000007"]


def as_bytes(
    segments: list[str], end: str = "~", line_break: str = "\n", element: str = "*", component: str = ":"
) -> bytes:
    """The file with these separators instead of the usual ones."""
    swap = str.maketrans({"*": element, ":": component})
    return "".join(segment.translate(swap) + end + line_break for segment in segments).encode()


def sample(*body: str) -> bytes:
    """A whole file with one transaction of these segments."""
    return as_bytes(interchange(*transaction(*(body or BODY))))


def read(data: bytes) -> list[RemittanceEvent]:
    """Every event of a file."""
    return list(read_remittances(BytesIO(data)))


def findings(events: list[RemittanceEvent], severity: Severity | None = None) -> list[Finding]:
    """The findings, of one severity if given."""
    return [each for each in events if isinstance(each, Finding) and severity in (None, each.severity)]


def codes(events: list[RemittanceEvent], severity: Severity | None = None) -> list[str]:
    """The codes of the findings, of one severity if given."""
    return [each.code for each in findings(events, severity)]


def claims(events: list[RemittanceEvent]) -> list[ReportedClaim]:
    """The claims, in file order."""
    return [each for each in events if isinstance(each, ReportedClaim)]


def lines(events: list[RemittanceEvent]) -> list[ReportedLine]:
    """The lines of all claims, in file order."""
    return [line for claim in claims(events) for line in claim.lines]


def header(events: list[RemittanceEvent]) -> RemittanceHeader:
    """The first header."""
    return next(each for each in events if isinstance(each, RemittanceHeader))


def totals(events: list[RemittanceEvent]) -> RemittanceTotals:
    """The first totals."""
    return next(each for each in events if isinstance(each, RemittanceTotals))
