"""Eligibility checks, authorizations, notes of coders and claim edits as sheets and people give them. Pure.

Each kind is a table of columns; the same rules hold for what is typed on the page of an item.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from denials.domain.approvals import Decision
from denials.domain.cover import Result
from denials.domain.typed import day_in

ELIGIBILITY, AUTHORIZATIONS, CODING, EDITS = "eligibility", "authorizations", "coding_notes", "claim_edits"
_CODES = re.compile(r"[\s,;|]+")
_UNITS = re.compile(r"[0-9]{1,7}(\.[0-9]{1,2})?")
_LONGEST_CODE = 10


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that a row may say. `heads`: how sheets call it; `choices`: its words by what they mean."""

    name: str
    label: str
    heads: Sequence[str]
    kind: str = "text"
    """text, day, units, codes or choice."""
    longest: int = 0
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_required: bool = False


@dataclass(slots=True)
class ToldRow:
    """One row as it is understood, or why it is not. `texts` says whose it is, `values` what the kind adds."""

    number: int
    faults: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


WHOSE = (
    Column("claim_number", "Our claim number", ("claim", "claim number", "claim no", "account number"), longest=60),
    Column("member_id", "Member ID", ("member id", "member", "subscriber id", "insurance id"), longest=80),
    Column("facility", "Facility, by name or NPI", ("facility", "location", "site", "npi", "practice"), longest=120),
)
NOTE = Column("note", "Remark", ("remark", "remarks", "comment", "reference", "call reference"), longest=300)
COLUMNS: dict[str, Sequence[Column]] = {
    ELIGIBILITY: (
        Column("checked_on", "Checked on", ("checked on", "checked", "check date", "date"), "day", is_required=True),
        Column(
            *("result", "Result", ("result", "status", "coverage", "eligibility"), "choice"),
            choices={
                Result.ACTIVE: ("active", "active coverage", "eligible", "covered", "yes", "1"),
                Result.INACTIVE: ("inactive", "not active", "terminated", "termed", "no", "6"),
                Result.OTHER_PLAN: ("other plan", "other payer", "other insurance", "covered by another plan"),
                Result.NOT_FOUND: ("not found", "member not found", "unknown", "no match"),
            },
            is_required=True,
        ),
        Column(
            *("method", "How it was checked", ("method", "how", "channel"), "choice"),
            choices={
                "inquiry": ("inquiry", "270", "271", "270/271", "electronic", "edi"),
                "portal": ("portal", "web", "payer portal"),
                "phone": ("phone", "call", "telephone"),
                "card": ("card", "front desk"),
            },
            is_required=True,
        ),
        Column("plan", "Plan", ("plan", "plan name", "product", "payer"), longest=120),
        Column("covers_from", "Covered from", ("covered from", "coverage from", "effective date", "from"), "day"),
        Column("covers_to", "Covered to", ("covered to", "coverage to", "term date", "termination date", "to"), "day"),
        NOTE,
    ),
    AUTHORIZATIONS: (
        Column(
            *("number", "Authorization number", ("authorization number", "auth number", "authorization", "auth")),
            longest=60,
        ),
        Column(
            *("decision", "Payer's decision", ("decision", "status", "result"), "choice"),
            choices={
                Decision.APPROVED: ("approved", "certified", "a1", "yes"),
                Decision.PARTLY: ("partly", "partial", "partially approved", "approved in part", "modified", "a6"),
                Decision.PENDING: ("pending", "pended", "in review", "open", "a4"),
                Decision.REFUSED: ("refused", "denied", "not certified", "a3", "no"),
                Decision.NOT_NEEDED: ("not needed", "not required", "none required", "na"),
                Decision.CANCELLED: ("cancelled", "canceled", "void", "voided", "withdrawn"),
            },
            is_required=True,
        ),
        Column("decided_on", "Decided on", ("decided on", "decision date", "approved on", "date"), "day"),
        Column("valid_from", "Valid from", ("valid from", "from", "start", "start date", "effective date"), "day"),
        Column("valid_to", "Valid to", ("valid to", "to", "end", "end date", "expires", "expiration date"), "day"),
        Column("units", "Units", ("units", "visits", "quantity", "approved units"), "units"),
        Column("procedures", "Services (procedure codes)", ("services", "cpt", "hcpcs", "procedure", "codes"), "codes"),
        NOTE,
    ),
    CODING: (
        Column("noted_on", "Noted on", ("noted on", "date", "note date"), "day", is_required=True),
        Column("text", "Note", ("note", "text", "coding note", "comment"), longest=1000, is_required=True),
        Column("said_by", "Coder", ("coder", "by", "author"), longest=80),
        Column("code", "Procedure or diagnosis", ("code", "procedure", "cpt", "hcpcs"), longest=30),
    ),
    EDITS: (
        Column("noted_on", "Checked on", ("checked on", "date", "edit date"), "day", is_required=True),
        Column("text", "What it said", ("message", "text", "edit", "description"), longest=1000, is_required=True),
        Column("said_by", "Scrubber or clearinghouse", ("system", "source", "scrubber", "clearinghouse"), longest=80),
        Column("code", "Code of the edit", ("code", "edit code", "rule"), longest=30),
        Column("answer", "What was done about it", ("answer", "action", "resolution", "done"), longest=300),
    ),
}


def read_row(kind: str, number: int, cells: Mapping[str, str], today: date) -> ToldRow:
    """One row by what its cells mean."""
    row = ToldRow(number)
    for column in WHOSE:
        row.texts[column.name] = _text(column, cells, row)
    for column in COLUMNS[kind]:
        row.values[column.name] = _READERS[column.kind](column, cells, row)
        if column.is_required and not cells.get(column.name, "").strip():
            row.faults.append(f"{column.label} is missing.")
    if not row.texts["claim_number"] and not row.texts["member_id"]:
        row.faults.append("It names neither our claim number nor a member ID.")
    row.faults += faults_of(kind, row.values, today)
    return row


def faults_of(kind: str, values: Mapping[str, Any], today: date) -> list[str]:
    """What contradicts itself, in sentences; values that are missing contradict nothing."""
    found = []
    for name, what in (("checked_on", "check"), ("decided_on", "decision"), ("noted_on", "note")):
        if (day := values.get(name)) and day > today:
            found.append(f"The day of the {what} lies in the future.")
    for first, last, what in (("covers_from", "covers_to", "Cover"), ("valid_from", "valid_to", "The authorization")):
        if values.get(first) and values.get(last) and values[first] > values[last]:
            found.append(f"{what} ends before it begins.")
    if kind == AUTHORIZATIONS:
        if values.get("decision") in (Decision.APPROVED, Decision.PARTLY) and not values.get("number"):
            found.append("An approval has a number: give it.")
        if values.get("units") is not None and values["units"] <= 0:
            found.append("Units are above zero.")
    return found


def codes_in(text: str) -> list[str]:
    """Procedure codes parted by commas, blanks or semicolons."""
    return list(dict.fromkeys(code.upper() for code in _CODES.split(text.strip()) if code))


def why_no_codes(codes: Sequence[str]) -> str:
    """Why these cannot be procedure codes; empty when they can."""
    odd = next((code for code in codes if len(code) > _LONGEST_CODE or not code.isalnum()), "")
    return f"“{odd[:20]}” is no procedure code." if odd else ""


def _text(column: Column, cells: Mapping[str, str], row: ToldRow) -> str:
    text = " ".join(cells.get(column.name, "").split())
    if column.longest and len(text) > column.longest:
        row.faults.append(f"{column.label} is longer than {column.longest} characters.")
    return text


def _day(column: Column, cells: Mapping[str, str], row: ToldRow) -> date | None:
    if not (text := cells.get(column.name, "").strip()):
        return None
    try:
        return day_in(text)
    except ValueError as fault:
        row.faults.append(f"{column.label}: {fault}")
        return None


def _units(column: Column, cells: Mapping[str, str], row: ToldRow) -> Decimal | None:
    if not (text := cells.get(column.name, "").strip()):
        return None
    if not _UNITS.fullmatch(text):
        row.faults.append(f"{column.label}: “{text[:30]}” is no number.")
        return None
    return Decimal(text)


def _codes(column: Column, cells: Mapping[str, str], row: ToldRow) -> list[str]:
    codes = codes_in(cells.get(column.name, ""))
    if fault := why_no_codes(codes):
        row.faults.append(fault)
    return codes


def _choice(column: Column, cells: Mapping[str, str], row: ToldRow) -> str:
    if not (text := " ".join(cells.get(column.name, "").lower().replace("_", " ").split())):
        return ""
    found = next((str(key) for key, words in column.choices.items() if text in words or text == key), "")
    if not found:
        offered = ", ".join(words[0] for words in column.choices.values())
        row.faults.append(f"{column.label}: “{text[:30]}” is none of {offered}.")
    return found


_READERS = {"text": _text, "day": _day, "units": _units, "codes": _codes, "choice": _choice}
