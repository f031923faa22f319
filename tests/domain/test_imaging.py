"""The way of an imaging study to its payer, the attachment ID, the rates of failure, and rows of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest

from denials.domain.heads import guessed
from worklists.domain.imaging import Mark, faults_of_id, mark_called, rates, way_of
from worklists.domain.imaging_rows import HEADS, read_row, words_of


@dataclass(frozen=True)
class Event:
    mark: str
    at: datetime
    is_ok: bool = True


def on(day: int, mark: Mark, *, is_ok: bool = True) -> Event:
    return Event(mark, datetime(2026, 11, day, tzinfo=UTC), is_ok)


def test_the_latest_event_of_each_step_says_where_the_study_is() -> None:
    way = way_of([on(3, Mark.TRANSMITTED), on(2, Mark.TRANSMITTED, is_ok=False), on(4, Mark.IMAGE_LINKED, is_ok=False)])
    assert [(place.mark, place.is_ok, place.has_failed) for place in way] == [
        (Mark.IMAGE_LINKED, False, True),
        (Mark.REPORT_SIGNED, False, False),
        (Mark.ATTACHMENT_ID, False, False),
        (Mark.TRANSMITTED, True, False),
        (Mark.ACKNOWLEDGED, False, False),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("ACN-2026.0042", ""),
        ("A1", ""),
        ("", "is missing"),
        ("7", "has 1 characters"),
        ("x" * 51, "has 51 characters"),
        ("ACN*42", "cannot carry"),
        ("ACN42~", "cannot carry"),
        (" ACN42", "cannot carry"),
    ],
)
def test_an_attachment_id_has_to_fit_a_claim(text: str, fault: str) -> None:
    faults = faults_of_id(text)
    assert bool(faults) is bool(fault)
    assert fault in " ".join(faults)


def test_rates_carry_their_number_and_say_when_they_are_thin() -> None:
    counted = [
        ("PACS link", "transmitted", 30, 3),
        ("PACS link", "image_linked", 10, 1),
        ("Clearinghouse", "acknowledged", 5, 5),
    ]
    (whole, parts), (second, _) = sorted(rates(counted), key=lambda each: each[0].interface, reverse=True)
    assert (whole.number, whole.failed, whole.share, whole.is_thin) == (40, 4, 0.1, False)
    assert [part.mark for part in parts] == [Mark.IMAGE_LINKED, Mark.TRANSMITTED]
    assert (second.share, second.is_thin) == (1.0, True)
    assert rates(counted)[0][0].interface == "Clearinghouse"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Report Signed", Mark.REPORT_SIGNED),
        ("ACN", Mark.ATTACHMENT_ID),
        ("transmitted", Mark.TRANSMITTED),
        ("x", None),
    ],
)
def test_steps_are_known_by_the_names_that_interfaces_give_them(text: str, mark: Mark | None) -> None:
    assert mark_called(text) is mark


def test_columns_are_known_by_their_heads() -> None:
    heads = ["Claim No.", "Event", "Date/Time", "Result", "ACN", "Location"]
    meanings = ["claim_number", "event", "when", "result", "attachment_id", "facility"]
    assert guessed(heads, HEADS) == dict(zip(meanings, heads, strict=True))


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("2026-11-02 14:05", date(2026, 11, 2), time(14, 5)),
        ("2026-11-02T14:05:09Z", date(2026, 11, 2), time(14, 5, 9)),
        ("11/02/2026 2:05 PM", date(2026, 11, 2), time(14, 5)),
        ("11/02/2026 12:05 am", date(2026, 11, 2), time(0, 5)),
        ("2026-11-02", date(2026, 11, 2), time(0)),
    ],
)
def test_moments_are_read_as_people_and_systems_write_them(text: str, day: date, at: time) -> None:
    row = read_row(2, {"claim_number": "RC-1", "event": "sent", "when": text})
    assert (row.day, row.at, row.faults) == (day, at, [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-11-02 14:05:09.250", "Mon 2 Nov 2026, 14:05:09"),
        ("2026-11-02T14:05:00Z", "Mon 2 Nov 2026, 14:05 UTC"),
        ("2026-11-02T14:05:00.1+00:00", "Mon 2 Nov 2026, 14:05 UTC"),
        ("2026-11-02 2:05 p.m. -0530", "Mon 2 Nov 2026, 14:05 UTC-05:30"),
    ],
)
def test_a_time_zone_that_is_named_counts_and_is_said(text: str, words: str) -> None:
    row = read_row(2, {"claim_number": "RC-1", "event": "sent", "when": text})
    assert (words_of(row)["when"], row.faults) == (words, [])


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"claim_number": ""}, "claim number is missing"),
        ({"event": "danced"}, "no step that is known"),
        ({"when": "soon"}, "is no date"),
        ({"when": "2026-11-02 27:99"}, "no such time"),
        ({"when": "2026-11-02 14:05 CET"}, "“CET” after the time is not understood"),
        ({"when": "2026-11-02 14:05+33:00"}, "“+33:00” after the time is not understood"),
        ({"result": "maybe"}, "neither that it worked nor"),
        ({"said": "x" * 201}, "longer than 200"),
    ],
)
def test_a_row_that_cannot_be_understood_says_why(cells: dict[str, str], fault: str) -> None:
    row = read_row(2, {"claim_number": "RC-1", "event": "sent", "when": "2026-11-02", **cells})
    assert len(row.faults) == 1
    assert fault in row.faults[0]


def test_an_id_that_no_claim_could_carry_is_a_failure_whatever_the_interface_says() -> None:
    row = read_row(
        2, {"claim_number": "RC-1", "event": "ACN", "when": "2026-11-02", "result": "ok", "attachment_id": "A*B"}
    )
    assert (row.is_ok, row.faults) == (False, [])
    assert "cannot carry" in row.texts["said"]


@pytest.mark.parametrize("heads", [["date", "time"], ["time", "date"], ["Event date", "Time"]])
def test_of_a_date_and_a_time_the_date_says_when(heads: list[str]) -> None:
    assert "date" in guessed(heads, HEADS)["when"].lower()


@pytest.mark.parametrize("clock", ["2pm", "2 PM", "1430", "14.30", "9:5", "noon", "Z"])
def test_a_time_that_is_not_understood_is_no_midnight(clock: str) -> None:
    row = read_row(2, {"claim_number": "RC-1", "event": "sent", "when": f"11/20/2026 {clock}"})
    assert row.faults == [f"There is no such time as “{clock}”. Write it as 14:30."]


@pytest.mark.parametrize(
    ("heads", "when", "clock"),
    [
        (["Claim", "Date", "Time"], "Date", "Time"),
        (["Claim", "Event Time", "Event Date"], "Event Date", "Event Time"),
        (["Claim", "Event Time"], "Event Time", None),
        (["Claim", "When", "Time"], "When", "Time"),
    ],
)
def test_a_time_in_a_column_of_its_own_is_found(heads: list[str], when: str, clock: str | None) -> None:
    found = guessed(heads, HEADS)
    assert (found["when"], found.get("time")) == (when, clock)


@pytest.mark.parametrize(
    ("when", "clock", "words"),
    [
        ("11/20/2026", "2:05 PM", "Fri 20 Nov 2026, 14:05"),
        ("2026-11-20 00:00:00", "14:05:09", "Fri 20 Nov 2026, 14:05:09"),
        ("2026-11-20", "14:05Z", "Fri 20 Nov 2026, 14:05 UTC"),
        ("2026-11-20", "14:05 UTC", "Fri 20 Nov 2026, 14:05 UTC"),
        ("2026-11-20 14:05", "", "Fri 20 Nov 2026, 14:05"),
    ],
)
def test_a_time_in_a_column_of_its_own_counts(when: str, clock: str, words: str) -> None:
    row = read_row(2, {"claim_number": "RC-1", "event": "sent", "when": when, "time": clock})
    assert (words_of(row)["when"], row.faults) == (words, [])


def test_a_column_of_times_that_hold_days_is_no_time_of_day() -> None:
    row = read_row(2, {"claim_number": "RC-1", "event": "sent", "when": "2026-11-20", "time": "2026-11-19 14:05"})
    assert row.faults == [
        "“2026-11-19 14:05” in the column of the time holds a day too. Choose that column for when it was."
    ]
