"""Tables that people bring, as CSV or XLSX: read as plain text, cell by cell, or refused in words.

Nothing in them is executed: a formula is refused, never computed. Sizes are bounded before anything is unpacked.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from accounts.refusal import Refused

MOST_BYTES = 10_000_000
MOST_UNPACKED = 60_000_000
MOST_PARTS = 2_000
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 5_000
LOOKED_AT = 20
"""A header stands among the first rows."""
SEPARATORS = {",": "", ";": "Columns are parted by semicolons.", "\t": "Columns are parted by tabs.", "|": ""}
"""What parts the cells of a CSV, the usual one first, and what is said of it."""
SEPARATED_WITHIN = 8192
SHOWN_OF_A_LINE = 60
ENTITY = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the heads of its columns, its rows as wide as the heads, and what the reader had to say."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    """Of each row its number in the file, as a spreadsheet counts: empty rows are counted there, and not kept here."""
    notes: tuple[str, ...] = field(default=())

    @property
    def by_number(self) -> dict[int, tuple[str, ...]]:
        return dict(zip(self.numbers, self.rows, strict=True))


def read_table(name: str, content: bytes) -> Table:
    """The first table of a file, in UTF-8, UTF-16 or Windows-1252. Raises Refused with what is wrong and what to do."""
    if not content.strip():
        raise Refused("The file is empty. Nothing was read.")
    if len(content) > MOST_BYTES:
        raise Refused(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Nothing was read: send the list alone.")
    if content.startswith(b"PK"):
        return _shaped(_xlsx_rows(content), [], is_parted=False)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("This is an old or encrypted Excel file. Save it as XLSX without a password, or as CSV.")
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(f"{name} is no table that can be read here. Send CSV or XLSX.")
    return _shaped(*_csv_rows(content), is_parted=True)


def _csv_rows(content: bytes) -> tuple[Iterator[list[str]], list[str]]:
    text, notes = _decoded(content)
    separator = max(SEPARATORS, key=lambda one: _parted_by(one, text[:SEPARATED_WITHIN]))
    notes.append(SEPARATORS[separator])
    csv.field_size_limit(max(LONGEST_CELL * 10, 131_072))
    return _careful(text, separator), [note for note in notes if note]


def _decoded(content: bytes) -> tuple[str, list[str]]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text, notes = content.decode("utf-16", errors="replace"), ["Read as UTF-16."]
    else:
        try:
            return content.decode("utf-8-sig"), []
        except UnicodeDecodeError:
            if content.startswith(codecs.BOM_UTF8):
                text, notes = content.decode("utf-8-sig", errors="replace"), []
            else:
                text = content.decode("cp1252", errors="replace")
                notes = ["Read as Windows-1252, because it is no UTF-8."]
    if "\ufffd" in text:
        notes.append("Some characters could not be read. Each of them stands as \ufffd.")
    return text, notes


def _parted_by(separator: str, head: str) -> tuple[int, int]:
    """How well it parts a table: the earlier the names of columns with a row below them, and the more, the better.

    Separators are not counted over all rows: where semicolons part them, names and amounts are full of commas.
    """
    rows = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
    filled = [sum(map(bool, row)) for row in islice(rows, LOOKED_AT)]
    widths = [(place, width) for place, width in enumerate(filled) if width]
    for number, (place, width) in enumerate(widths):
        below = widths[number + 1][1] if number + 1 < len(widths) else width
        if width > 1 and below > 1:
            return -place, width
    return -LOOKED_AT, 0


def _careful(text: str, separator: str) -> Iterator[list[str]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    read = lines = 0
    try:
        for row in rows:
            read, lines = read + 1, rows.line_num
            yield row
    except csv.Error as fault:
        raise _does_not_close(text, read + 1, lines) from fault


def _does_not_close(text: str, row: int, lines: int) -> Refused:
    """About the row that begins after so many lines; cells with lines of their own make them more than rows."""
    left = io.StringIO(text, newline="").readlines()[lines:]
    line = left[0].strip()
    begins = line if len(line) <= SHOWN_OF_A_LINE else f"{line[:SHOWN_OF_A_LINE]}…"
    where = f"Row {row}" if row == lines + 1 else f"Row {row} (line {lines + 1} in a text editor)"
    below = len([each for each in left[1:] if each.strip()])
    lost = f" That row and the {below} line{'s' * (below > 1)} below it cannot be told apart." if below else ""
    return Refused(
        f"{where} has a quote that does not close its cell, or a cell that is far too long. It begins with"
        f" “{begins}”.{lost}"
        " Nothing was read, not the rows above it either. Close that quote or take it out, or save the list again as"
        " CSV or XLSX, and bring it in again."
    )


def _xlsx_rows(content: bytes) -> Iterator[list[str]]:
    _must_unpack(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=False, data_only=False, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as fault:
        raise Refused("This is no XLSX file that can be read. Nothing was read: save it again, or send CSV.") from fault
    sheet = book.worksheets[0] if book.worksheets else None
    if sheet is None:
        raise Refused("The workbook has no sheet with cells. Nothing was read.")
    if sheet.max_row > MOST_ROWS + LOOKED_AT or sheet.max_column > MOST_COLUMNS * 4:
        raise _too_large()
    merged = [each for each in sheet.merged_cells.ranges if each.max_row > each.min_row]
    if merged:
        where = ", ".join(str(each) for each in merged[:3])
        raise Refused(f"Cells are merged over several rows ({where}). Nothing was read: unmerge them and save again.")
    for number, row in enumerate(sheet.iter_rows(max_col=min(sheet.max_column, MOST_COLUMNS)), start=1):
        yield [_cell(cell.value, cell.data_type, cell.coordinate) for cell in row]
        if number > MOST_ROWS + LOOKED_AT:
            raise _too_large()


def _must_unpack(content: bytes) -> None:
    """Refuses a file that would unpack to far more than it is, before any of it is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise _too_large()
            for part in parts:
                with packed.open(part) as opened:
                    if ENTITY.search(opened.read(4096)):
                        raise Refused("The file declares entities, which no spreadsheet needs. Nothing was read.")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as fault:
        raise Refused("The XLSX file is damaged or encrypted. Nothing was read: save it again, or send CSV.") from fault


def _too_large() -> Refused:
    return Refused(
        f"The file holds more than {MOST_ROWS:,} rows, {MOST_COLUMNS} columns or {MOST_UNPACKED // 1_000_000} MB."
        " Nothing was read: send one list at a time."
    )


def _cell(value: object, kind: str, where: str) -> str:
    if kind == "f":
        raise Refused(
            f"Cell {where} holds a formula. Nothing was read: copy the sheet and paste it as values, then send that."
        )
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _shaped(rows: Iterable[Sequence[str]], notes: list[str], *, is_parted: bool) -> Table:
    """The rows under the first row that looks like heads: two or more cells, none of them empty in between.

    `is_parted`: a sign parts the cells, so that a row with too many of them has that sign within a cell.
    """
    kept: dict[int, tuple[str, ...]] = {}
    columns: tuple[str, ...] = ()
    heads_in = 0
    for number, row in enumerate(rows, start=1):
        cells = tuple(_clean(cell) for cell in row)
        if not columns:
            if sum(map(bool, cells)) >= 2:
                columns, heads_in = _heads(cells, notes), number
            elif number > LOOKED_AT:
                break
        elif any(cells):
            if is_parted and any(cells[len(columns) :]):
                raise _too_wide(number)
            kept[number] = _as_wide(cells, len(columns))
            if len(kept) > MOST_ROWS:
                raise _too_large()
    if not columns:
        raise Refused("No row with names of columns was found. Nothing was read: the first row names the columns.")
    if not kept:
        raise Refused("Below the names of the columns there is no row. Nothing was read.")
    if heads_in > 1:
        notes.append(f"The names of the columns stand in row {heads_in}; what is above was passed over.")
    return Table(columns, tuple(kept.values()), tuple(kept), tuple(notes))


def _too_wide(number: int) -> Refused:
    return Refused(
        f"Row {number} has more cells than there are names of columns, as a comma in an amount or a name makes them."
        " Nothing was read, since amounts may stand in the wrong column: put such cells in quotes, name every column,"
        " or send XLSX."
    )


def _heads(cells: tuple[str, ...], notes: list[str]) -> tuple[str, ...]:
    """Names that are told apart: columns are chosen by them. What this changes is said in `notes`."""
    last = max(number for number, cell in enumerate(cells) if cell)
    if last >= MOST_COLUMNS:
        raise _too_large()
    heads: list[str] = []
    for number, cell in enumerate(cells[: last + 1], start=1):
        is_twice = bool(cell) and cell in cells[: number - 1]
        heads.append(f"{cell} (column {number})" if is_twice else cell or f"Column {number}")
        if is_twice:
            notes.append(f"Another column is called “{cell}” too: it is named “{heads[-1]}” here. Choose which counts.")
    return tuple(heads)


def _as_wide(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells[:width], *[""] * (width - len(cells)))


def _clean(cell: str) -> str:
    """PostgreSQL keeps no NUL; the other control characters are nothing that a list says."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", cell).replace("\r\n", "\n").strip()[:LONGEST_CELL]
