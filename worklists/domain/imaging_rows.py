"""Rows of a sheet with imaging events, as an interface exports them: understood, or each with what is wrong. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, time, timedelta, timezone, tzinfo

from denials.domain.typed import day_in
from worklists.domain.imaging import LABELS, Mark, faults_of_id, mark_called

COLUMNS = {
    "claim_number": "Our claim number",
    "event": "What happened",
    "when": "When",
    "time": "Time of day (where it stands in a column of its own)",
    "result": "Whether it worked (empty: yes)",
    "interface": "Interface",
    "attachment_id": "Attachment ID",
    "who": "By whom",
    "said": "Message",
    "facility": "Facility, by name or NPI",
}
REQUIRED = ("claim_number", "event", "when")
HEADS = {
    "claim_number": (
        "claim",
        "claim number",
        "claim no",
        "claim id",
        "account",
        "account number",
        "patient control number",
    ),
    "event": ("event", "what", "status", "step", "what happened", "event type"),
    "when": ("when", "at", "timestamp", "date time", "date/time", "date", "event date", "event time", "time"),
    "time": ("time", "event time", "time of day"),
    "result": ("result", "outcome", "ok", "success", "worked", "state"),
    "interface": ("interface", "system", "source", "connection", "vendor"),
    "attachment_id": ("attachment id", "attachment control number", "acn", "pwk06", "pwk", "control number"),
    "who": ("by", "by whom", "who", "user", "person"),
    "said": ("message", "said", "error", "text", "detail", "details"),
    "facility": ("facility", "location", "site", "npi", "practice"),
}
STEPS = ", ".join(label.lower().removesuffix(" by the payer") for label in LABELS.values())
_WORKED = frozenset({"", "ok", "yes", "y", "true", "1", "success", "succeeded", "successful", "done", "passed", "sent"})
_FAILED = frozenset({"failed", "fail", "failure", "no", "n", "false", "0", "error", "rejected", "timeout"})
NOT_UNDERSTOOD = "not understood"
_TIME = re.compile(r" \s*([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?\s*([AaPp]\.?[Mm]\.?)?(.*)")
_DAY = re.compile(r"[0-9]{4}-[0-9]|[0-9]{1,2}/[0-9]|[0-9]{8}")
_BEGINS = re.compile(r"(?<=[0-9])T(?=[0-9])")
_ZONE = re.compile(r"Z|UTC|GMT|(?:UTC|GMT)?([+-])([0-9]{1,2}):?([0-9]{2})?", re.IGNORECASE)
_FARTHEST_ZONE = 14
_LONGEST = {"claim_number": 80, "interface": 80, "attachment_id": 80, "who": 120, "said": 200, "facility": 120}


@dataclass(slots=True)
class EventRow:
    """One row as it is understood; `number` as a spreadsheet counts. `texts` by the names of `_LONGEST`."""

    number: int
    mark: Mark | None = None
    day: date | None = None
    at: time = time(0)
    is_timed: bool = False
    zone: tzinfo | None = None
    """None where the cell names none: it then tells the time of the practice."""
    is_ok: bool | None = None
    facility: str = ""
    """The one that it is taken for."""
    texts: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_row(number: int, cells: Mapping[str, str]) -> EventRow:
    row = EventRow(number, texts={name: cells.get(name, "").strip() for name in _LONGEST})
    row.mark = mark_called(cells.get("event", ""))
    row.faults += _faults_of_texts(row, cells.get("event", ""))
    _read_time(row, cells.get("when", "").strip(), cells.get("time", "").strip())
    _read_result(row, cells.get("result", ""))
    return row


def words_of(row: EventRow) -> dict[str, str]:
    """How each cell was understood, in words."""
    result = {True: "it worked", False: "it failed", None: NOT_UNDERSTOOD}
    return row.texts | {
        "event": LABELS[row.mark] if row.mark else NOT_UNDERSTOOD,
        "when": _when_in_words(row),
        "time": f"{row.at:%H:%M}" if row.is_timed else NOT_UNDERSTOOD,
        "result": result[row.is_ok],
        "facility": row.facility or NOT_UNDERSTOOD,
    }


def _when_in_words(row: EventRow) -> str:
    if row.day is None:
        return NOT_UNDERSTOOD
    day = f"{row.day:%a} {row.day.day} {row.day:%b %Y}"
    clock = " ".join(filter(None, [f"{row.at:%H:%M:%S}".removesuffix(":00"), str(row.zone or "")]))
    return f"{day}, {clock}" if row.is_timed else f"{day}, without a time: counts as 00:00"


def _faults_of_texts(row: EventRow, event: str) -> list[str]:
    faults = []
    if not row.texts["claim_number"]:
        faults.append("The claim number is missing.")
    if row.mark is None:
        faults.append(f"“{event.strip()[:40]}” is no step that is known here. Write one of: {STEPS}.")
    for name, text in row.texts.items():
        if len(text) > _LONGEST[name]:
            faults.append(f"{COLUMNS[name]} is longer than {_LONGEST[name]} characters.")
    return faults


def _read_time(row: EventRow, text: str, apart: str) -> None:
    """`apart` is the time of day from a column of its own; it then counts, whatever stands behind the day."""
    day, _, rest = _BEGINS.sub(" ", text, count=1).partition(" ")
    try:
        row.day = day_in(day)
    except ValueError as fault:
        row.faults.append(str(fault))
        return
    said = apart or rest.strip()
    if not said:
        return
    if apart and _DAY.match(apart):
        row.faults.append(
            f"“{apart[:30]}” in the column of the time holds a day too. Choose that column for when it was."
        )
        return
    clock = _TIME.search(f" {said}")
    try:
        row.at, row.is_timed = _time_in(clock), True
    except ValueError:
        row.faults.append(f"There is no such time as “{said[:30]}”. Write it as 14:30.")
        return
    if clock:
        _read_zone(row, clock[5].strip())


def _time_in(clock: re.Match[str] | None) -> time:
    if clock is None:
        raise ValueError
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if clock[4]:
        hour = hour % 12 + (12 if clock[4].casefold().startswith("p") else 0)
    return time(hour, minute, second)


def _read_zone(row: EventRow, named: str) -> None:
    if not named:
        return
    found = _ZONE.fullmatch(named)
    hours, minutes = (int(found[2] or 0), int(found[3] or 0)) if found else (0, 0)
    if found is None or hours > _FARTHEST_ZONE or minutes >= 60:
        row.faults.append(
            f"“{named[:20]}” after the time is not understood. Write the time of the practice, as 14:30, or name its"
            " zone as 14:30Z or 14:30-05:00."
        )
        return
    away = timedelta(hours=hours, minutes=minutes)
    row.zone = timezone(-away if found[1] == "-" else away) if away else UTC


def _read_result(row: EventRow, text: str) -> None:
    """An attachment ID that no claim could carry is a failure, whatever the interface says of it."""
    said = text.strip().casefold()
    if said not in _WORKED | _FAILED:
        row.faults.append(f"“{text.strip()[:30]}” says neither that it worked nor that it did not. Write ok or failed.")
        return
    row.is_ok = said in _WORKED
    if row.mark is Mark.ATTACHMENT_ID and row.is_ok and (wrong := faults_of_id(row.texts["attachment_id"])):
        row.is_ok, row.texts["said"] = False, wrong[0]
