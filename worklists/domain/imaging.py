"""How an imaging study came to its claim, step by step, and how often an interface fails at it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar


class Mark(StrEnum):
    """What has to have happened, in order."""

    IMAGE_LINKED = "image_linked"
    REPORT_SIGNED = "report_signed"
    ATTACHMENT_ID = "attachment_id"
    TRANSMITTED = "transmitted"
    ACKNOWLEDGED = "acknowledged"


LABELS = {
    Mark.IMAGE_LINKED: "Image link confirmed",
    Mark.REPORT_SIGNED: "Final report signed",
    Mark.ATTACHMENT_ID: "Attachment ID present",
    Mark.TRANSMITTED: "Transmitted",
    Mark.ACKNOWLEDGED: "Acknowledged by the payer",
}
SHORTEST_ID, LONGEST_ID = 2, 50
FEW = 20
"""Below as many events a rate says little."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/#-]*[A-Za-z0-9]")
_GUESSES = {
    Mark.IMAGE_LINKED: ("image linked", "image link", "image link confirmed", "study linked", "linked"),
    Mark.REPORT_SIGNED: ("report signed", "final report signed", "final report", "signed"),
    Mark.ATTACHMENT_ID: ("attachment id", "attachment id present", "attachment control number", "acn", "pwk"),
    Mark.TRANSMITTED: ("transmitted", "sent", "275 sent", "attachment sent"),
    Mark.ACKNOWLEDGED: ("acknowledged", "accepted", "824", "payer acknowledged"),
}


class Event(Protocol):
    """Something that happened, or failed, at a moment."""

    @property
    def mark(self) -> str: ...

    @property
    def is_ok(self) -> bool: ...

    @property
    def at(self) -> datetime: ...


E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Place:
    """One step of the way with what last happened at it; `event` is None where nothing did."""

    mark: Mark
    event: object | None
    is_ok: bool

    @property
    def label(self) -> str:
        return LABELS[self.mark]

    @property
    def at(self) -> datetime | None:
        return getattr(self.event, "at", None)

    @property
    def has_failed(self) -> bool:
        return self.event is not None and not self.is_ok


def way_of(events: Iterable[E]) -> list[Place]:
    """Every step, with its latest event."""
    latest: dict[str, E] = {}
    for event in sorted(events, key=lambda each: each.at):
        latest[event.mark] = event
    return [Place(mark, found := latest.get(mark), found is not None and found.is_ok) for mark in Mark]


def next_of(way: Iterable[Place]) -> Mark | None:
    """The first step that is still to come, or has to be repeated."""
    return next((place.mark for place in way if not place.is_ok), None)


def faults_of_id(text: str) -> list[str]:
    """What keeps an attachment control number (PWK06) from being taken by a payer; empty when it may be."""
    if not text:
        return ["The attachment ID is missing."]
    if not SHORTEST_ID <= len(text) <= LONGEST_ID:
        return [f"The attachment ID has {len(text)} characters: {SHORTEST_ID} to {LONGEST_ID} are allowed."]
    if not _ID.fullmatch(text):
        return ["The attachment ID holds characters that a claim cannot carry: use letters, digits, - . / # and _."]
    return []


def mark_called(text: str) -> Mark | None:
    """The step that a sheet means, as interfaces name it."""
    words = " ".join(re.findall(r"[a-z0-9]+", text.casefold()))
    return next((mark for mark, names in _GUESSES.items() if words in names or words == mark.replace("_", " ")), None)


@dataclass(frozen=True, slots=True)
class Rate:
    """How often one interface failed at one step, or at all of them (`mark` is None)."""

    interface: str
    mark: Mark | None
    number: int
    failed: int

    @property
    def label(self) -> str:
        return LABELS[self.mark] if self.mark else "All steps"

    @property
    def share(self) -> float:
        return self.failed / self.number if self.number else 0.0

    @property
    def is_thin(self) -> bool:
        return self.number < FEW


def rates(counts: Sequence[tuple[str, str, int, int]]) -> list[tuple[Rate, list[Rate]]]:
    """From rows of interface, step, events and failed ones: each interface with its steps, the most failures first."""
    by_interface: dict[str, list[Rate]] = {}
    for interface, mark, number, failed in counts:
        by_interface.setdefault(interface, []).append(Rate(interface, Mark(mark), number, failed))
    order = list(Mark)
    found = []
    for interface, parts in by_interface.items():
        parts.sort(key=lambda part: order.index(part.mark) if part.mark else 0)
        whole = Rate(interface, None, sum(part.number for part in parts), sum(part.failed for part in parts))
        found.append((whole, parts))
    return sorted(found, key=lambda each: (-each[0].failed, each[0].interface))
