"""Sheets that people keep elsewhere (CSV, XLSX): kept, their columns named, checked row by row, then recorded.

What the rows are, and what becomes of them, each kind says itself (`denials/sheet_kinds.py`).
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import Facility, User
from accounts.refusal import Conflict, Refused
from denials import intake, sheet_columns
from denials.denial_sheets import DENIALS
from denials.keeping import Readable, open_kept
from denials.models import Sheet
from denials.sheet_columns import NOT_THERE, columns_of
from denials.sheet_kinds import KINDS, Checked, CheckedRow, SheetKind
from denials.tables import MOST_BYTES, Table, read_table

UNDERSTOOD = 25
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class LeftOut(NamedTuple):
    """A row that is not recorded, as a spreadsheet counts, with its claim or member and what is wrong."""

    number: int
    whose: str
    faults: list[str]


class ReadRow(NamedTuple):
    """A row as it was understood: each cell with its head, as sent and in words, and why it would be left out."""

    number: int
    cells: list[tuple[str, str, str]]
    faults: list[str]


class Understood(NamedTuple):
    """The first rows of a sheet as they were understood; `heads` say what their cells mean."""

    heads: list[str]
    rows: list[ReadRow]
    more: int


class Received(NamedTuple):
    sheet: Sheet
    is_new: bool


def receive(stream: Readable, name: str, user: User, facility: Facility | None, kind: SheetKind = DENIALS) -> Received:
    """Keeps a sheet and guesses its columns. The same bytes again, for the same kind, are the same sheet.

    Raises Refused for what is no table, for too many rows, and for a sheet that somebody else brought in.
    """
    content = stream.read(MOST_BYTES + 1)
    table = read_table(name, content)
    if len(table.rows) > kind.most_rows:
        raise Refused(f"The sheet has more than {kind.most_rows:,} rows. Nothing was kept: send it in parts.")
    digest = hashlib.sha256(content).hexdigest()
    if known := Sheet.objects.filter(sha256=digest, kind=kind.key).first():
        return _known(known, user)
    kept = f"entries/{digest[:2]}/{digest}.{'xlsx' if content.startswith(b'PK') else 'csv'}"
    if not default_storage.exists(kept):
        kept = default_storage.save(kept, ContentFile(content))
    defaults = {
        "name": intake.tidy_name(name),
        "size": len(content),
        "content": kept,
        "columns": sheet_columns.remembered(kind, table.columns) or kind.guess(table.columns),
        "facility": facility,
        "uploaded_by": user,
    }
    with transaction.atomic():
        sheet, is_new = Sheet.objects.get_or_create(sha256=digest, kind=kind.key, defaults=defaults)
    return Received(sheet, True) if is_new else _known(sheet, user)


def table_of(sheet: Sheet) -> Table:
    with open_kept(str(sheet.content.name)) as source:
        return read_table(sheet.name, source.read())


def name_columns(sheet: Sheet, columns: Mapping[str, str], facility: Facility | None, user: User) -> None:
    """Says which column means what, and remembers it for the next sheet with the same heads."""
    kind, heads = KINDS[sheet.kind], table_of(sheet).columns
    chosen = {meaning: head for meaning, head in columns.items() if meaning in kind.meanings and head in heads}
    if missing := [kind.meanings[meaning] for meaning in kind.required if meaning not in chosen]:
        raise Refused(f"Nothing was saved. Choose a column for: {'; '.join(missing)}.")
    if fault := kind.why_not(chosen):
        raise Refused(f"Nothing was saved. {fault}")
    with transaction.atomic():
        row = _unrecorded(sheet)
        row.columns = {name: chosen.get(name, NOT_THERE) for name in kind.meanings}
        row.facility, row.state = facility, Sheet.State.MAPPED
        row.save(update_fields=["columns", "facility", "state"])
        sheet_columns.remember(kind, heads, row.columns, user)


def check(sheet: Sheet, user: User) -> Checked:
    """Every row with its faults, and what would be recorded. Writes nothing."""
    table = table_of(sheet)
    columns = columns_of(KINDS[sheet.kind], sheet.columns, table.columns).heads
    at = {meaning: table.columns.index(head) for meaning, head in columns.items() if head in table.columns}
    rows = [
        (number, {meaning: cells[place] for meaning, place in at.items()})
        for number, cells in zip(table.numbers, table.rows, strict=True)
    ]
    return KINDS[sheet.kind].check(sheet, rows, user)


def understood(sheet: Sheet, table: Table, checked: Checked) -> Understood | None:
    """None where the cells say it themselves."""
    kind = KINDS[sheet.kind]
    if kind.words is None:
        return None
    columns = columns_of(kind, sheet.columns, table.columns).heads
    at = {name: table.columns.index(columns[name]) for name in kind.meanings if columns.get(name) in table.columns}
    rows, by_number = [], table.by_number
    for row in checked.rows[:UNDERSTOOD]:
        sent, words = by_number[row.number], kind.words(row)
        cells = [(kind.meanings[name], sent[place], words[name]) for name, place in at.items()]
        rows.append(ReadRow(row.number, cells, list(row.faults)))
    return Understood([kind.meanings[name] for name in at], rows, len(checked.rows) - len(rows))


def confirm(sheet: Sheet, user: User) -> Sheet:
    """Records what can be recorded, in the person's name. A sheet is recorded once."""
    with transaction.atomic():
        row = _unrecorded(sheet)
        if row.state != Sheet.State.MAPPED:
            raise Refused("Nothing was recorded: say first which column is what, and look over the rows.")
        checked = check(row, user)
        if not checked.ready:
            raise Refused("Nothing was recorded: no row of the sheet can be. The report says why, row by row.")
        row.file = KINDS[row.kind].record(row, checked, user)
        row.state, row.skipped = Sheet.State.RECORDED, len(checked.faulty)
        row.left_out = list(map(list, faulty_rows(checked)))
        row.save(update_fields=["file", "state", "skipped", "left_out"])
    return row


def left_out(sheet: Sheet, user: User) -> list[LeftOut]:
    """The rows that are not recorded. Of a recorded sheet as they were told then: checked again, each of its rows would
    be on record already.
    """
    if sheet.state == Sheet.State.RECORDED:
        return [LeftOut(*kept) for kept in sheet.left_out]
    return faulty_rows(check(sheet, user))


def faulty_rows(checked: Checked) -> list[LeftOut]:
    return [LeftOut(row.number, _whose(row), list(row.faults)) for row in checked.faulty]


def _whose(row: CheckedRow) -> str:
    return row.texts.get("claim_number") or row.texts.get("member_id") or ""


def report_of(sheet: Sheet, rows: Iterable[LeftOut]) -> str:
    """These rows, each with the reason, as CSV. No cell can start a formula where it is opened."""
    table = table_of(sheet)
    by_number = table.by_number
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["Row", "What is wrong", *map(harmless, table.columns)])
    for row in rows:
        cells = by_number.get(row.number, ())
        writer.writerow([row.number, harmless(" ".join(row.faults)), *map(harmless, cells)])
    return written.getvalue()


def harmless(cell: str) -> str:
    """A cell that spreadsheets take for text: what would begin a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _known(sheet: Sheet, user: User) -> Received:
    if not Sheet.objects.filter(pk=sheet.pk).visible_to(user).exists():
        raise Refused("Somebody else brought this very sheet in already. Nothing was added or changed.")
    return Received(sheet, False)


def _unrecorded(sheet: Sheet) -> Sheet:
    row: Sheet = Sheet.objects.select_for_update(of=("self",)).select_related("facility").get(pk=sheet.pk)
    if row.state == Sheet.State.RECORDED:
        raise Conflict("This sheet is recorded already. Nothing was added or changed: reload the page.")
    return row
