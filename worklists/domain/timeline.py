"""The course of one claim from its service to now: what many records tell, as one list in order. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import IntEnum


class Step(IntEnum):
    """What comes first on one day, where no time of day is known."""

    CARE = 0
    CHECKED = 1
    SENT = 2
    RECEIVED = 3
    ANSWERED = 4
    DECIDED = 5
    CONCLUDED = 6
    WORKED = 7
    MAILED = 8
    """A letter goes out when the day's work on it is done."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry comes from: words, and an address that leads there where this person may open it."""

    words: str
    address: str = ""
    where: str = ""
    """Segment or element, as X12 writes it; or the row of a sheet."""
    opens_here: bool = False
    """The address shows a stretch of the payer's file, which opens over the page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `by`: payer, person, rule or empty for plain facts."""

    day: date
    step: Step
    what: str
    source: Source
    by: str = ""
    at: time | None = None
    detail: str = ""
    note: str = ""
    """What somebody wrote, in full."""
    is_aside: bool = False
    """Kept apart, so that it does not bury what people wrote."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with the working days since the one before it in time; None for the first and on the same day."""

    entry: Entry
    gap: int | None = None


def assemble(entries: Iterable[Entry], days_between: Callable[[date, date], int]) -> list[Told]:
    """All entries, newest first. What has no time of day stands where its step belongs on that day."""
    ordered = sorted(entries, key=_place)
    return [Told(each, _gap(before, each, days_between)) for before, each in _pairs(ordered)][::-1]


def _place(entry: Entry) -> tuple[date, Step, time]:
    """By day, then step; the times of people's deeds order them among themselves, which are one step."""
    return entry.day, entry.step, entry.at or time.min


def _pairs(ordered: Sequence[Entry]) -> Iterable[tuple[Entry | None, Entry]]:
    return zip([None, *ordered], ordered, strict=False)


def _gap(before: Entry | None, entry: Entry, days_between: Callable[[date, date], int]) -> int | None:
    return None if before is None or before.day == entry.day else days_between(before.day, entry.day)
