"""A list of codes that somebody brings: which column is what, and what it changes about the codes we have. Pure.

Whoever publishes a list keeps retired codes on it with their stop date, so a code that a list does not name says
nothing: it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from denials.domain.code_kinds import may_be_a_code
from denials.domain.readings import CARC, RARC

COLUMNS = {
    "code": ("code", "carc", "rarc", "reason code", "remark code", "code value"),
    "text": ("description", "title", "text", "own_name", "meaning", "official text", "code description"),
    "start": ("start", "start date", "started", "effective date", "start_date", "begin date"),
    "modified": ("last modified", "modified", "last_modified", "modified date", "last update", "revised"),
    "stop": ("stop", "stop date", "deactivated", "deactivation date", "deactivated_date", "end date", "inactive"),
    "notes": ("notes", "note", "comment", "comments"),
}
"""What a list says of each code, and how such columns are called."""
NEEDED = ("code", "text")
_ALERT = re.compile(r"\s*alert\s*:", re.IGNORECASE)
_NEEDS_REMARK = re.compile(r"remark code must be provided", re.IGNORECASE)
_DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y", "%Y/%m/%d", "%Y%m%d", "%d-%b-%Y", "%b %d, %Y", "%B %d, %Y")
_LABELS = {
    "start": re.compile(r"start:\s*([\d/\-]+)", re.IGNORECASE),
    "modified": re.compile(r"last modified:\s*([\d/\-]+)", re.IGNORECASE),
    "stop": re.compile(r"stop:\s*([\d/\-]+)", re.IGNORECASE),
}
"""As the published pages write the days into one cell with the text."""


class Became(StrEnum):
    """What a list does to one code."""

    ADDED = "added"
    REWORDED = "reworded"
    DEACTIVATED = "deactivated"
    REACTIVATED = "reactivated"
    TEXT_ATTACHED = "text attached"
    """The official text of a code that had none here, otherwise unchanged."""
    UNCHANGED = "unchanged"


@dataclass(slots=True, frozen=True)
class Listed:
    """One code as the list has it."""

    code: str
    text: str
    started_on: date | None = None
    modified_on: date | None = None
    stopped_on: date | None = None

    @property
    def is_alert(self) -> bool:
        return bool(_ALERT.match(self.text))

    @property
    def requires_remark(self) -> bool:
        return bool(_NEEDS_REMARK.search(self.text))


@dataclass(slots=True, frozen=True)
class Held:
    """One code as we hold it. `text` is what the list would replace: the official text, or our title."""

    code: str
    text: str
    is_active: bool
    is_alert: bool = False
    requires_remark: bool = False
    started_on: date | None = None
    modified_on: date | None = None
    deactivated_on: date | None = None


@dataclass(slots=True, frozen=True)
class Difference:
    """What the list does to one code, in a word and in sentences."""

    listed: Listed
    became: Became
    said: tuple[str, ...] = ()


@dataclass(slots=True)
class Comparison:
    """All of a list: its differences in the order of the list, and the rows that cannot be used, with the reason."""

    differences: list[Difference] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    missing: int = 0
    """Codes in use here that the list does not name."""

    def of(self, became: Became) -> list[Difference]:
        return [each for each in self.differences if each.became is became]

    @property
    def changes(self) -> list[Difference]:
        return [each for each in self.differences if each.became is not Became.UNCHANGED]


def guess(columns: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by its name: exactly, else by a name that begins alike. Each column serves once."""
    named = [" ".join(column.replace("_", " ").casefold().split()) for column in columns]
    found: dict[str, int] = {}
    for exact in (True, False):
        for what, names in COLUMNS.items():
            wanted = [name.replace("_", " ") for name in names]
            for number, name in enumerate(named):
                fits = name in wanted if exact else any(name.startswith(each) for each in wanted)
                if fits and what not in found and number not in found.values():
                    found[what] = number
    return found


def guess_system(codes: Iterable[str]) -> str:
    """Remarks where most codes look like remarks."""
    told = [code.strip().upper() for code in codes if code.strip()]
    remarks = sum(may_be_a_code(RARC, code) for code in told)
    return RARC if remarks * 2 > len(told) else CARC


def compare(
    system: str, rows: Iterable[tuple[int, Mapping[str, str]]], held: Mapping[str, Held], *, is_official: bool
) -> Comparison:
    """What a list changes. `rows` are numbered cells by what they hold; a code that stands twice is refused once."""
    found, seen = Comparison(), set()
    for number, cells in rows:
        read = read_row(system, cells)
        if isinstance(read, str):
            found.faults.append(f"Row {number}: {read}")
        elif read.code in seen:
            found.faults.append(f"Row {number}: {read.code} stands in the list twice; the first row counts.")
        else:
            seen.add(read.code)
            found.differences.append(_difference(read, held.get(read.code), is_official=is_official))
    found.missing = sum(row.is_active and code not in seen for code, row in held.items())
    return found


def read_row(system: str, cells: Mapping[str, str]) -> Listed | str:
    """One row of the list, or what is wrong with it."""
    code, text = cells.get("code", "").strip().upper(), cells.get("text", "").strip()
    if not code:
        return "no code stands there."
    if not may_be_a_code(system, code):
        kind = "remark" if system == RARC else "reason"
        other = "reason" if system == RARC else "remark"
        is_other = may_be_a_code(CARC if system == RARC else RARC, code)
        what = f"a {other} code" if is_other else f"no {kind} code"
        return f"{code[:20]} is {what}, and this is a list of {kind} codes."
    if not text:
        return f"{code} has no text."
    days: dict[str, date | None] = {}
    for what in _LABELS:
        told = cells.get(what, "").strip() or _within(text, what)
        days[what] = read_day(told) if told else None
        if told and days[what] is None:
            return f"{code}: {told[:30]} is no day that can be read ({what})."
    return Listed(code, _without_days(text), days["start"], days["modified"], days["stop"])


def read_day(told: str) -> date | None:
    told = told.strip().split("T")[0].split(" 00:00")[0]
    for way in _DAYS:
        try:
            return datetime.strptime(told, way).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _within(text: str, what: str) -> str:
    found = _LABELS[what].search(text)
    return found[1].rstrip("-/") if found else ""


def _without_days(text: str) -> str:
    """The text alone, where the days stood in the same cell."""
    starts = [found.start() for label in _LABELS.values() if (found := label.search(text))]
    return " ".join(text[: min(starts)].split()).rstrip(" |;") if starts else " ".join(text.split())


def _difference(listed: Listed, held: Held | None, *, is_official: bool) -> Difference:
    if held is None:
        return Difference(listed, Became.ADDED, _told_of_new(listed))
    flags = _flags(listed, held) if is_official else ()
    if listed.stopped_on and held.is_active:
        return Difference(listed, Became.DEACTIVATED, (f"Stops on {listed.stopped_on}.", *flags))
    if not held.is_active and not listed.stopped_on:
        return Difference(listed, Became.REACTIVATED, ("In use again.", *flags))
    said = [*_reworded(listed, held, is_official=is_official), *flags, *_stop_moved(listed, held)]
    if said:
        return Difference(listed, Became.REWORDED, tuple(said))
    attaches = is_official and not held.text
    return Difference(listed, Became.TEXT_ATTACHED if attaches else Became.UNCHANGED)


def _told_of_new(listed: Listed) -> tuple[str, ...]:
    said = ["Needs a title of ours."]
    if listed.is_alert:
        said.append("It is an alert.")
    if listed.stopped_on:
        said.append(f"Stopped on {listed.stopped_on}.")
    return tuple(said)


def _reworded(listed: Listed, held: Held, *, is_official: bool) -> Iterable[str]:
    if held.text and " ".join(held.text.split()) != listed.text:
        yield "The text is another one." if is_official else f"Our title was: {held.text}"
    elif listed.modified_on and held.modified_on and listed.modified_on > held.modified_on:
        yield f"Its wording was changed on {listed.modified_on}: check our title."


def _stop_moved(listed: Listed, held: Held) -> Iterable[str]:
    if listed.stopped_on and not held.is_active and listed.stopped_on != held.deactivated_on:
        yield f"Its last day is {listed.stopped_on}, not {held.deactivated_on or 'unknown'}."


def _flags(listed: Listed, held: Held) -> tuple[str, ...]:
    said = []
    if listed.is_alert != held.is_alert:
        said.append("It becomes an alert." if listed.is_alert else "It is an alert no longer.")
    if listed.requires_remark and not held.requires_remark:
        said.append("It needs a remark now.")
    return tuple(said)
