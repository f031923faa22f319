"""Sheets of denials (CSV, XLSX): kept, their columns named, checked row by row, then recorded like typed entries."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import Facility, User
from accounts.refusal import Conflict, Refused
from denials import entering, intake
from denials.domain.sheet_rows import MEANINGS, REQUIRED, Row, SheetClaim, claims_of, guess, read_row
from denials.entering import EnteredPayment, Original
from denials.keeping import Readable, open_kept
from denials.models import Claim, EnteredFrom, Payer, Sheet, SheetLayout
from denials.tables import MOST_BYTES, Table, read_table

MOST_ROWS = 5_000
MEDIA = {"csv": "text/csv", "xlsx": "application/octet-stream"}
ALREADY = "Recorded already: nothing is added for it."
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Received(NamedTuple):
    sheet: Sheet
    is_new: bool


@dataclass(slots=True)
class Checked:
    """What recording a sheet would do."""

    rows: list[Row] = field(default_factory=list)
    claims: list[SheetClaim] = field(default_factory=list)
    """Those that would be recorded."""
    known: int = 0
    """Claims that are recorded already."""
    new_payers: set[str] = field(default_factory=set)
    denied: Decimal = Decimal("0.00")

    @property
    def faulty(self) -> list[Row]:
        return [row for row in self.rows if row.faults]


def receive(stream: Readable, name: str, user: User, facility: Facility | None) -> Received:
    """Keeps a sheet and guesses its columns. The same bytes again are the same sheet.

    Raises Refused for what is no table, for too many rows, and for a sheet that somebody else brought in.
    """
    content = stream.read(MOST_BYTES + 1)
    table = read_table(name, content)
    if len(table.rows) > MOST_ROWS:
        raise Refused(f"The sheet has more than {MOST_ROWS:,} rows. Nothing was kept: send it in parts.")
    digest = hashlib.sha256(content).hexdigest()
    if known := Sheet.objects.filter(sha256=digest).first():
        return _known(known, user)
    kept = f"entries/{digest[:2]}/{digest}.{'xlsx' if content.startswith(b'PK') else 'csv'}"
    if not default_storage.exists(kept):
        kept = default_storage.save(kept, ContentFile(content))
    defaults = {
        "name": intake.tidy_name(name),
        "size": len(content),
        "content": kept,
        "columns": _remembered(table.columns) or guess(table.columns),
        "facility": facility,
        "uploaded_by": user,
    }
    with transaction.atomic():
        sheet, is_new = Sheet.objects.get_or_create(sha256=digest, defaults=defaults)
    return Received(sheet, True) if is_new else _known(sheet, user)


def table_of(sheet: Sheet) -> Table:
    with open_kept(str(sheet.content.name)) as source:
        return read_table(sheet.name, source.read())


def name_columns(sheet: Sheet, columns: Mapping[str, str], facility: Facility | None, user: User) -> None:
    """Says which column means what, and remembers it for the next sheet with the same heads."""
    heads = table_of(sheet).columns
    chosen = {meaning: head for meaning, head in columns.items() if meaning in MEANINGS and head in heads}
    if missing := [MEANINGS[meaning] for meaning in REQUIRED if meaning not in chosen]:
        raise Refused(f"Nothing was saved. Choose a column for: {'; '.join(missing)}.")
    if "patient" not in chosen and "patient_last" not in chosen:
        raise Refused("Nothing was saved. Choose the column with the patient's name, or with the last name.")
    with transaction.atomic():
        row = _unrecorded(sheet)
        row.columns, row.facility, row.state = chosen, facility, Sheet.State.MAPPED
        row.save(update_fields=["columns", "facility", "state"])
        SheetLayout.objects.update_or_create(
            fingerprint=_fingerprint(heads), defaults={"columns": chosen, "changed_by": user}
        )


def check(sheet: Sheet, user: User) -> Checked:
    """Every row with its faults, and the claims that would be recorded. Writes nothing."""
    table = table_of(sheet)
    at = {meaning: table.columns.index(head) for meaning, head in sheet.columns.items() if head in table.columns}
    rows = [
        read_row(number, {meaning: cells[place] for meaning, place in at.items()})
        for number, cells in enumerate(table.rows, start=table.first_row)
    ]
    facilities = _Facilities(user, sheet.facility)
    for row in rows:
        if fault := facilities.fault(row.texts["facility"]):
            row.faults.append(fault)
    return _checked(rows, facilities)


def confirm(sheet: Sheet, user: User) -> Sheet:
    """Records what can be recorded, in the person's name. A sheet is recorded once."""
    with transaction.atomic():
        row = _unrecorded(sheet)
        if row.state != Sheet.State.MAPPED:
            raise Refused("Nothing was recorded: say first which column is what, and look over the rows.")
        checked = check(row, user)
        if not checked.claims:
            raise Refused("Nothing was recorded: no row of the sheet can be. The report says why, row by row.")
        row.file = entering.enter(_payments(row, checked, user), EnteredFrom.SHEET, user, _original(row))
        row.state, row.skipped = Sheet.State.RECORDED, len(checked.faulty)
        row.save(update_fields=["file", "state", "skipped"])
    return row


def report_of(sheet: Sheet, checked: Checked) -> str:
    """The rows that are not recorded, each with the reason, as CSV. No cell can start a formula where it is opened."""
    table = table_of(sheet)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["Row", "What is wrong", *map(harmless, table.columns)])
    for row in checked.faulty:
        cells = table.rows[row.number - table.first_row]
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


def _checked(rows: list[Row], facilities: _Facilities) -> Checked:
    checked = Checked(rows)
    payers: dict[str, Payer | None] = {}
    claims = claims_of(rows)
    numbers = {each.key.claim_number for each in claims if each.claim}
    seen = set(Claim.objects.filter(matching_key__in=numbers).values_list("matching_key", flat=True))
    for each in claims:
        if each.claim is None:
            continue
        if each.key.payer not in payers:
            payers[each.key.payer] = entering.payer_known_as(each.key.payer)
        payer = payers[each.key.payer]
        facility = facilities.named(each.key.facility)
        assert facility is not None, "a row without a facility has a fault"
        assert each.key.payment_date is not None, "a row without its date has a fault"
        if payer is None:
            checked.new_payers.add(each.rows[0].texts["payer"])
        elif each.key.claim_number in seen:
            payment = EnteredPayment(payer, facility, each.key.trace, each.key.payment_date, [each.claim])
            if entering.already_recorded(payment, each.claim):
                checked.known += 1
                for row in each.rows:
                    row.faults.append(ALREADY)
                continue
        checked.claims.append(each)
        checked.denied += (each.claim.charge or Decimal(0)) - (each.claim.paid or Decimal(0))
    return checked


def _payments(sheet: Sheet, checked: Checked, user: User) -> list[EnteredPayment]:
    """One payment for each facility, payer, date and trace; payers never seen are added here."""
    facilities = _Facilities(user, sheet.facility)
    together: dict[tuple[int, int, object, str], EnteredPayment] = {}
    for each in checked.claims:
        facility, payer = facilities.named(each.key.facility), entering.payer_called(each.rows[0].texts["payer"])
        assert facility is not None, "it was checked"
        assert each.key.payment_date is not None, "it was checked"
        assert each.claim is not None, "it was checked"
        key = (facility.pk, payer.pk, each.key.payment_date, each.key.trace)
        payment = together.setdefault(key, EnteredPayment(payer, facility, each.key.trace, each.key.payment_date, []))
        payment.claims.append(each.claim)
    return list(together.values())


def _original(sheet: Sheet) -> Original:
    with open_kept(str(sheet.content.name)) as source:
        content = source.read()
    ending = str(sheet.content.name).rpartition(".")[2]
    return Original(sheet.name, content, ending, MEDIA[ending])


class _Facilities:
    """The facilities that a person may see, by NPI and by name. Another one is as unknown as one that is not there."""

    def __init__(self, user: User, usual: Facility | None) -> None:
        own = list(Facility.objects.all().visible_to(user))
        self._known = {each.name.upper(): each for each in own} | {each.npi.upper(): each for each in own}
        self._usual = usual if usual in own else None

    def named(self, text: str) -> Facility | None:
        return self._known.get(text.strip().upper()) if text.strip() else self._usual

    def fault(self, text: str) -> str:
        if self.named(text):
            return ""
        return (
            f"No facility of yours is called “{text[:40]}”." if text else "The facility is missing: choose one above."
        )


def _remembered(heads: Sequence[str]) -> dict[str, str]:
    found = SheetLayout.objects.filter(fingerprint=_fingerprint(heads)).first()
    return dict(found.columns) if found else {}


def _fingerprint(heads: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(head.strip().upper() for head in heads).encode()).hexdigest()
