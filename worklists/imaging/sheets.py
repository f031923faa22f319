"""Sheets of imaging events, as interfaces export them: a kind of sheet beside those of `denials/sheet_kinds.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import Facility, User
from denials.models import Sheet
from denials.sheet_kinds import Cells, Checked, Doubt, Facilities, Figure, SheetKind
from worklists.domain.imaging_rows import COLUMNS, HEADS, REQUIRED, EventRow, read_row, words_of
from worklists.imaging.status import known_claims
from worklists.models import ImagingEvent

ALREADY = "Recorded already: nothing is added for it."
TWICE = "An earlier row of this sheet says the same: nothing is added for it."
FUTURE = "The moment lies in the future: correct its date."
NOT_ON_RECORD = "No claim of this number is on record yet. Check the number; if it is right, its remittance finds it."


@dataclass(slots=True)
class CheckedEvents(Checked):
    events: list[ImagingEvent] = field(default_factory=list)
    """Those that would be recorded, each once."""


def check(sheet: Sheet, cells: Sequence[tuple[int, Cells]], user: User) -> CheckedEvents:
    """Every row with its faults, and the events that would be recorded."""
    facilities, now = Facilities(user, sheet.facility), timezone.now()
    good: list[tuple[EventRow, ImagingEvent]] = []
    rows = [read_row(number, row) for number, row in cells]
    for row in rows:
        if fault := facilities.fault(row.texts["facility"]):
            row.faults.append(fault)
        if row.day is not None and _moment_of(row) > now:
            row.faults.append(FUTURE)
        facility = facilities.named(row.texts["facility"])
        row.facility = str(facility or "")
        if not row.faults and facility is not None:
            good.append((row, _event_of(sheet, row, facility, user)))
    checked = CheckedEvents(rows)
    _sort_out(checked, good)
    return checked


def record(_sheet: Sheet, checked: CheckedEvents, _user: User) -> None:
    ImagingEvent.objects.bulk_create(checked.events, ignore_conflicts=True, batch_size=1000)


def _sort_out(checked: CheckedEvents, good: Sequence[tuple[EventRow, ImagingEvent]]) -> None:
    """Keeps what is neither on record nor said by an earlier row."""
    keys = {event.claim_key for _, event in good}
    facilities = {event.facility_id for _, event in good}
    stored = ImagingEvent.objects.filter(facility__in=facilities, claim_key__in=keys)
    known = set(stored.values_list("facility_id", "claim_key", "mark", "at", "interface", "is_ok"))
    seen: set[tuple[Any, ...]] = set()
    for row, event in good:
        one = (event.facility_id, event.claim_key, event.mark, event.at, event.interface, event.is_ok)
        if one in known or one in seen:
            checked.known += one in known
            row.faults.append(ALREADY if one in known else TWICE)
        else:
            seen.add(one)
            checked.events.append(event)
    checked.ready = len(checked.events)
    _look_over(checked, good)


def _look_over(checked: CheckedEvents, good: Sequence[tuple[EventRow, ImagingEvent]]) -> None:
    """Says how many failures would come in, and which rows are about claims that nobody knows yet."""
    claims = {(event.facility_id, event.claim_key) for event in checked.events}
    on_record = _on_record(claims)
    checked.figures = [
        Figure("Failures among them", sum(not event.is_ok for event in checked.events), tone="late"),
        Figure("Claims on record", len(on_record), "the others wait for their remittance"),
    ]
    checked.doubts = [
        Doubt(row.number, event.claim_key, NOT_ON_RECORD)
        for row, event in good
        if not row.faults and (event.facility_id, event.claim_key) not in on_record
    ]


def _on_record(claims: set[tuple[int, str]]) -> set[tuple[int, str]]:
    return {
        (facility, key)
        for facility in {facility for facility, _ in claims}
        for key in known_claims(facility, {key for place, key in claims if place == facility})
    }


def _moment_of(row: EventRow) -> datetime:
    """In the practice's zone, where the export names none of its own."""
    assert row.day is not None, "a row without its day has a fault"
    moment = datetime.combine(row.day, row.at, row.zone)
    return moment if row.zone else timezone.make_aware(moment)


def _event_of(sheet: Sheet, row: EventRow, facility: Facility, user: User) -> ImagingEvent:
    assert row.mark is not None, "a row without its step has a fault"
    assert row.is_ok is not None, "a row without its result has a fault"
    return ImagingEvent(
        facility=facility,
        claim_key=row.texts["claim_number"],
        mark=row.mark.value,
        is_ok=row.is_ok,
        at=_moment_of(row),
        sheet=sheet,
        entered_by=user,
        **{name: row.texts[name] for name in ("interface", "attachment_id", "who", "said")},
    )


EVENTS = SheetKind(
    key="imaging_events",
    called="Imaging events",
    noun="event",
    meanings=COLUMNS,
    required=REQUIRED,
    heads=HEADS,
    why_not=lambda _columns: "",
    check=check,
    record=record,
    most_rows=10_000,
    words=words_of,
)
