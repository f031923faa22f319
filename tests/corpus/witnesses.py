"""Two readers that nobody here wrote, brought to one shape: oxedi (compiled) and pyx12.

Both give segments; the loops are built here once, the plain way, so that a fault in our own loop building shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from io import StringIO

import oxedi
from pyx12.errors import X12Error
from pyx12.x12file import X12Reader

Segments = list[list[str]]
Triplet = tuple[int, str, str, Decimal | None]
"""Line (0 for the claim), group, reason, amount."""


class NotReadByWitness(Exception):
    """The witness refuses the file."""


@dataclass
class Claim:
    """What is compared of a claim."""

    number: str
    charge: Decimal | None
    paid: Decimal | None
    lines: list[tuple[list[str], Decimal | None, Decimal | None]] = field(default_factory=list)
    """Qualifier, code and modifiers; charge; paid."""
    adjustments: list[Triplet] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)


def by_oxedi(data: bytes) -> Segments:
    """Every segment as oxedi frames it."""
    try:
        document = oxedi.parse(data).document
    except oxedi.ParseError as problem:
        raise NotReadByWitness(str(problem)) from problem
    component = document.delimiters.component
    found = []
    for at in range(len(document)):
        segment = document[at]
        elements = [part if isinstance(part, bytes) else component.join(part) for part in segment.elements]
        found.append([part.decode("latin-1") for part in (segment.id, *elements)])
    return [plain for elements in found if any(plain := without_end(elements))]


def unbalanced_by_oxedi(data: bytes) -> set[tuple[str, int]]:
    """What does not balance in oxedi's eyes: the name of its rule and the segment at which the loop begins."""
    rule = re.compile(r'balancing rule "(\w+)" fails in loop "\w+" opened at segment #(\d+)')
    mismatches = [str(each) for each in oxedi.parse(data).diagnostics if each.kind == "BalanceMismatch"]
    return {(match[1], int(match[2])) for text in mismatches if (match := rule.search(text))}


def by_pyx12(data: bytes) -> Segments:
    """Every segment as pyx12 frames it."""
    try:
        reader = X12Reader(StringIO(data.decode("latin-1")))
        return [without_end(segment.format("", "\x1d", reader.subele_term).split("\x1d")) for segment in reader]
    except X12Error as problem:
        raise NotReadByWitness(str(problem)) from problem


def without_end(elements: list[str]) -> list[str]:
    """The elements without blanks around them and without empty ones at the end (ISA16 is the separator itself)."""
    plain = [element.strip() for element in elements[: 16 if elements[0] == "ISA" else None]]
    while plain and not plain[-1]:
        plain.pop()
    return plain


def claims(segments: Iterable[list[str]]) -> list[Claim]:
    """Build the claims from segments."""
    found: list[Claim] = []
    inside = False
    for elements in segments:
        name, e = elements[0], [*elements, *[""] * 25]
        if name == "CLP":
            found.append(Claim(e[1], amount(e[3]), amount(e[4])))
        inside = name == "CLP" or (inside and name not in ("LX", "PLB", "SE", "ST"))
        if inside:
            _take(found[-1], name, e, len(elements))
    return found


def _take(claim: Claim, name: str, e: list[str], length: int) -> None:
    line = len(claim.lines)
    if name == "SVC":
        claim.lines.append(([part for part in _composite(e[1])[:6] if part], amount(e[2]), amount(e[3])))
    elif name == "CAS":
        claim.adjustments += [
            (line, e[1], e[at], amount(e[at + 1])) for at in range(2, length, 3) if any(e[at : at + 3])
        ]
    elif name == "LQ" and e[1] == "HE":
        claim.remarks.append((line, e[2]))
    elif name in ("MOA", "MIA"):
        claim.remarks += [(0, code) for code in _remarks(name, e) if code]


def _composite(text: str) -> list[str]:
    return re.split("[:^>]", text)


def _remarks(name: str, e: list[str]) -> Iterator[str]:
    yield from e[3:8] if name == "MOA" else (e[5], *e[20:24])


def amount(text: str) -> Decimal | None:
    """The number that an element holds, if any."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
