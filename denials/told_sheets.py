"""Sheets of eligibility checks, authorizations, coding notes and claim edits: the kinds beside denials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.utils import timezone

from accounts.models import User
from denials import told
from denials.domain import told_rows
from denials.domain.told_rows import AUTHORIZATIONS, CODING, COLUMNS, EDITS, ELIGIBILITY, WHOSE, ToldRow
from denials.models import Sheet
from denials.models.told import Told
from denials.sheet_kinds import Cells, Checked, Facilities, SheetKind
from denials.told import Whose

ALREADY = "On record already: nothing is added for it."
TWICE = "Another row of this sheet says the same."
WORDS = {
    ELIGIBILITY: ("Eligibility checks", "check"),
    AUTHORIZATIONS: ("Authorizations", "authorization"),
    CODING: ("Coding notes", "note"),
    EDITS: ("Claim edits", "edit"),
}


@dataclass(slots=True)
class CheckedFacts(Checked):
    facts: list[Told] = field(default_factory=list)
    """Those that would be written."""
    numbers: list[int] = field(default_factory=list)
    """The row of each."""


def check(kind: str, sheet: Sheet, cells: Sequence[tuple[int, Cells]], user: User) -> CheckedFacts:
    """Every row with its faults, and the facts that would be written."""
    facilities, today = Facilities(user, sheet.facility), timezone.localdate()
    rows = [told_rows.read_row(kind, number, row, today) for number, row in cells]
    good: list[tuple[ToldRow, Told]] = []
    for row in rows:
        if fault := facilities.fault(row.texts["facility"]):
            row.faults.append(fault)
        facility = facilities.named(row.texts["facility"])
        if not row.faults and facility is not None:
            whose = Whose(facility, row.texts["claim_number"], row.texts["member_id"])
            good.append((row, told.unsaved(kind, whose, row.values, user)))
    checked = CheckedFacts(rows)
    _sort_out(checked, good)
    return checked


def record(sheet: Sheet, checked: CheckedFacts, _: User) -> None:
    told.write_all(checked.facts, sheet, checked.numbers)


def _sort_out(checked: CheckedFacts, good: Sequence[tuple[ToldRow, Told]]) -> None:
    """Keeps what is neither on record nor said by an earlier row."""
    known = told.known_digests([fact for _, fact in good])
    seen: set[tuple[int, str]] = set()
    for row, fact in good:
        key = (fact.facility_id, fact.digest)
        if key in known or key in seen:
            checked.known += key in known
            row.faults.append(ALREADY if key in known else TWICE)
            continue
        seen.add(key)
        checked.facts.append(fact)
        checked.numbers.append(row.number)
    checked.ready = len(checked.facts)


def _why_not(columns: Mapping[str, str]) -> str:
    if "claim_number" not in columns and "member_id" not in columns:
        return "Choose the column with our claim number, or with the member ID."
    return ""


def _kind(key: str) -> SheetKind:
    columns = (*WHOSE, *COLUMNS[key])
    called, noun = WORDS[key]
    return SheetKind(
        key=key,
        called=called,
        noun=noun,
        meanings={column.name: column.label for column in columns},
        required=[column.name for column in columns if column.is_required],
        heads={column.name: column.heads for column in columns},
        why_not=_why_not,
        check=partial(check, key),
        record=record,
    )


TOLD = tuple(map(_kind, WORDS))
