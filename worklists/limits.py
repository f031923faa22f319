"""The limit behind a deadline as a page shows it: its name, how it was counted, and what else was looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

from denials.models import Denial

LAST_DAY = " The last day is "
SOURCE = "Source: "
ASSUMED = "Assumed: "
PARTS_OF_SOURCE = ("verified: ", "confidence: ")


@dataclass(frozen=True, slots=True)
class Limit:
    """The reasons that came with a deadline, sorted for reading."""

    name: str = ""
    notes: list[str] = field(default_factory=list)
    """How it was counted, then where the rule comes from and how far it can be trusted."""
    others: list[str] = field(default_factory=list)


def limit_of(denial: Denial) -> Limit:
    """Sentences that are none of ours are shown as they are."""
    name, notes, sources, others = "", [], [], []
    for line in denial.deadline_because.splitlines():
        if LAST_DAY in line:
            name, counted = _counted(line, denial.deadline_rule)
            notes.append(counted)
        elif line.startswith(SOURCE):
            sources += _source(line)
        elif name:
            others.append(line)
        elif not line.startswith(ASSUMED):  # the notice under the deadline says so already
            notes.append(line)
    return Limit(name, notes + sources, others)


def _counted(line: str, rule: str) -> tuple[str, str]:
    """`Claim dispute (HUM-L1): 60 days from ... The last day is 4 Oct 2026.` as its name and how it was counted."""
    name, _, counted = line.partition(LAST_DAY)[0].partition(f" ({rule}): ")
    return (name, counted[:1].upper() + counted[1:]) if counted else ("", line)


def _source(line: str) -> list[str]:
    parts = [line]
    for label in PARTS_OF_SOURCE:
        before, found, after = parts[-1].rpartition(f"; {label}")
        if found:
            parts[-1:] = [f"{before}.", f"{label[0].upper()}{label[1:]}{after}"]
    return parts
