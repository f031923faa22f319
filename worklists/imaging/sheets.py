"""Sheets of imaging events (CSV, XLSX): kept, checked row by row, and recorded when a person confirms. Never twice."""

from __future__ import annotations

import csv
import hashlib
import io
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import Facility, FacilityScoped, User
from accounts.refusal import Conflict, Refused
from denials.intake import tidy_name
from denials.keeping import Readable, open_kept
from denials.sheets import harmless
from denials.tables import MOST_BYTES, Table, read_table
from worklists.domain.imaging_rows import EventRow, missing_from, places_of, read_row
from worklists.imaging.status import known_claims
from worklists.models import ImagingEvent, ImagingSheet
from worklists.permission import must_work

MOST_ROWS = 10_000
ALREADY = "Recorded already: nothing is added for it."
FUTURE = "The moment lies in the future."


class Received(NamedTuple):
    sheet: ImagingSheet
    is_new: bool


@dataclass(slots=True)
class Checked:
    """What recording a sheet would do. `to_record` are the rows in order, each once."""

    rows: list[EventRow] = field(default_factory=list)
    to_record: list[EventRow] = field(default_factory=list)
    known: int = 0
    on_record: int = 0
    """Rows to record whose claim a remittance has named; the others wait for theirs."""

    @property
    def faulty(self) -> list[EventRow]:
        return [row for row in self.rows if row.faults]

    @property
    def failures(self) -> int:
        return sum(not row.is_ok for row in self.to_record)


def receive(stream: Readable, name: str, user: User, facility: Facility) -> Received:
    """Keeps a sheet about one facility. The same bytes again are the same sheet."""
    must_work(user)
    content = stream.read(MOST_BYTES + 1)
    table = read_table(name, content)
    if missing := missing_from(places_of(table.columns)):
        raise Refused(f"Nothing was kept. No column of the sheet says: {'; '.join(missing)}.")
    if len(table.rows) > MOST_ROWS:
        raise Refused(f"Nothing was kept: the sheet has more than {MOST_ROWS:,} rows. Send it in parts.")
    digest = hashlib.sha256(content).hexdigest()
    if known := ImagingSheet.objects.filter(facility=facility, sha256=digest).first():
        return Received(known, False)
    ending = "xlsx" if content.startswith(b"PK") else "csv"
    random = uuid.uuid4().hex
    kept = default_storage.save(f"imaging/{random[:2]}/{random}.{ending}", ContentFile(content))
    values = {"name": tidy_name(name), "size": len(content), "content": kept, "uploaded_by": user}
    sheet, is_new = ImagingSheet.objects.get_or_create(facility=facility, sha256=digest, defaults=values)
    return Received(sheet, is_new)


def with_their_facts() -> FacilityScoped:
    return ImagingSheet.objects.select_related("facility", "uploaded_by", "recorded_by")


def table_of(sheet: ImagingSheet) -> Table:
    with open_kept(str(sheet.content.name)) as source:
        return read_table(sheet.name, source.read())


def check(sheet: ImagingSheet) -> Checked:
    """Every row with its faults, and those that would be recorded. Writes nothing."""
    table = table_of(sheet)
    places = places_of(table.columns)
    rows = [
        read_row(number, {meaning: cells[at] for meaning, at in places.items()})
        for number, cells in enumerate(table.rows, start=table.first_row)
    ]
    now = timezone.now()
    for row in rows:
        if row.day is not None and moment_of(row) > now:
            row.faults.append(FUTURE)
    return _checked(sheet, rows)


@transaction.atomic
def confirm(sheet: ImagingSheet, user: User) -> ImagingSheet:
    """Records what can be recorded, in the person's name. A sheet is recorded once."""
    must_work(user)
    row: ImagingSheet = ImagingSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if row.recorded_at is not None:
        raise Conflict("This sheet is recorded already. Nothing was added or changed: reload the page.")
    checked = check(row)
    if not checked.to_record:
        raise Refused("Nothing was recorded: no row of the sheet can be. The report says why, row by row.")
    ImagingEvent.objects.bulk_create(
        (event_of(row, each, user) for each in checked.to_record), ignore_conflicts=True, batch_size=1000
    )
    row.recorded_at, row.recorded_by = timezone.now(), user
    row.counts = {"recorded": len(checked.to_record), "known": checked.known, "left_out": len(checked.faulty)}
    row.save(update_fields=["recorded_at", "recorded_by", "counts"])
    return row


def report_of(sheet: ImagingSheet, checked: Checked) -> str:
    """The rows that are not recorded, each with the reason, as CSV. No cell can start a formula where it is opened."""
    table = table_of(sheet)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["Row", "What is wrong", *map(harmless, table.columns)])
    for row in checked.faulty:
        cells = table.rows[row.number - table.first_row]
        writer.writerow([row.number, harmless(" ".join(row.faults)), *map(harmless, cells)])
    return written.getvalue()


def moment_of(row: EventRow) -> datetime:
    """In the practice's zone: an export names no zone of its own."""
    assert row.day is not None, "a row without its day has a fault"
    return timezone.make_aware(datetime.combine(row.day, row.at))


def event_of(sheet: ImagingSheet, row: EventRow, user: User) -> ImagingEvent:
    assert row.mark is not None, "a row without its step has a fault"
    return ImagingEvent(
        facility_id=sheet.facility_id,
        claim_key=row.claim,
        mark=row.mark.value,
        is_ok=row.is_ok,
        at=moment_of(row),
        sheet=sheet,
        entered_by=user,
        **row.texts,
    )


def _checked(sheet: ImagingSheet, rows: list[EventRow]) -> Checked:
    checked = Checked(rows)
    sound = [row for row in rows if not row.faults]
    keys = {row.claim for row in sound}
    stored = ImagingEvent.objects.filter(facility=sheet.facility_id, claim_key__in=keys)
    seen = set(stored.values_list("claim_key", "mark", "at", "interface", "is_ok"))
    for row in sound:
        assert row.mark is not None, "a row without its step has a fault"
        event = (row.claim, row.mark.value, moment_of(row), row.texts["interface"], row.is_ok)
        if event in seen:
            checked.known += 1
            row.faults.append(ALREADY)
        else:
            seen.add(event)
            checked.to_record.append(row)
    known = known_claims(sheet.facility_id, keys)
    checked.on_record = sum(row.claim in known for row in checked.to_record)
    return checked
