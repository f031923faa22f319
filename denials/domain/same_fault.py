"""What makes two denials the same fault: the codes, the procedures, who rendered them. Payer and place stand beside it.

Pure. Each part is a short text that is equal exactly when the part is the same, so that a database index finds it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from typing import Protocol

LONGEST = 120
DIGEST = 12


class Line(Protocol):
    """A service line as far as it tells what was done."""

    number: int
    procedure: str
    revenue_code: str

    @property
    def modifiers(self) -> Iterable[str]: ...


def codes(group: str, code: str, remarks: Iterable[str], outcome: str) -> str:
    """`CO-197 M15 N54`: the reason, then the remarks, in whatever order the payer wrote them. Else the outcome."""
    reason = "-".join(filter(None, [group, code]))
    return short(" ".join([reason, *sorted(set(remarks))]).strip() or outcome)


def procedures(lines: Iterable[Line], denied: Collection[int]) -> str:
    """`71260-26, 74177`: what the denied lines bill, of all lines where the claim was denied as a whole; each once."""
    meant = [line for line in lines if not denied or line.number in denied]
    return short(", ".join(sorted({text for line in meant if (text := _procedure(line))})))


def provider(npi: str, name: str) -> str:
    """Who rendered the service, by number where there is one."""
    return short(npi or name)


def short(text: str) -> str:
    """Fits the column. What is too long is cut, and told apart by a digest of the whole."""
    if len(text) <= LONGEST:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:DIGEST]
    return f"{text[: LONGEST - DIGEST - 2]}… {digest}"


def _procedure(line: Line) -> str:
    code = line.procedure or (f"rev {line.revenue_code}" if line.revenue_code else "")
    return "-".join([code, *line.modifiers]) if code else ""
