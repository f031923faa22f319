"""What a list of codes changes, without a database."""

from __future__ import annotations

from datetime import date

import pytest

from denials.domain.code_lists import Became, Held, compare, guess, guess_system, read_day, read_row

HELD = {
    "1": Held("1", "Deductible", is_active=True, modified_on=date(2020, 1, 1)),
    "2": Held("2", "Coinsurance", is_active=True),
    "15": Held("15", "Old", is_active=False, deactivated_on=date(2018, 5, 1)),
}


def became(*rows: dict[str, str], is_official: bool = False) -> dict[str, Became]:
    found = compare("CARC", list(enumerate(rows, start=2)), HELD, is_official=is_official)
    return {each.listed.code: each.became for each in found.differences}


@pytest.mark.parametrize(
    ("columns", "mapping"),
    [
        (["Code", "Description", "Start", "Last Modified", "Stop", "Notes"], [0, 1, 2, 3, 4, 5]),
        (["code", "title", "plain_meaning", "start_date", "last_modified", "deactivated_date"], [0, 1, 3, 4, 5]),
        (["Reason Code", "Code Description"], [0, 1]),
        (["A", "B"], []),
    ],
)
def test_columns_are_guessed_by_their_names(columns: list[str], mapping: list[int]) -> None:
    assert list(guess(columns).values()) == mapping


def test_the_kind_of_list_is_guessed_by_its_codes() -> None:
    assert guess_system(["M1", "N54", "MA130", "1"]) == "RARC"
    assert guess_system(["1", "A1", "B7", "N1"]) == "CARC"


def test_each_kind_of_change_is_told_apart() -> None:
    found = became(
        {"code": "1", "text": "Deductible"},
        {"code": "2", "text": "Coinsurance", "stop": "1/1/2027"},
        {"code": "15", "text": "Old"},
        {"code": "999", "text": "New"},
    )

    assert list(found.values()) == [Became.UNCHANGED, Became.DEACTIVATED, Became.REACTIVATED, Became.ADDED]


def test_another_text_or_a_later_change_rewords() -> None:
    assert became({"code": "1", "text": "Share"}) == {"1": Became.REWORDED}
    assert became({"code": "1", "text": "Deductible", "modified": "2026-03-01"}) == {"1": Became.REWORDED}


def test_official_text_that_we_had_not_is_only_attached() -> None:
    held = {"1": Held("1", "", is_active=True)}
    found = compare("CARC", [(2, {"code": "1", "text": "Official"})], held, is_official=True)

    assert found.differences[0].became is Became.TEXT_ATTACHED


def test_a_remark_that_becomes_an_alert_is_told() -> None:
    held = {"N116": Held("N116", "Text", is_active=True)}
    found = compare("RARC", [(2, {"code": "N116", "text": "Alert: Text"})], held, is_official=True)

    assert found.differences[0].became is Became.REWORDED
    assert "It becomes an alert." in found.differences[0].said


def test_a_code_that_the_list_does_not_name_stays_and_is_counted() -> None:
    assert compare("CARC", [(2, {"code": "1", "text": "Deductible"})], HELD, is_official=False).missing == 1


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"code": "", "text": "x"}, "no code"),
        ({"code": "N54", "text": "x"}, "N54 is a remark code"),
        ({"code": "way too long", "text": "x"}, "no reason code"),
        ({"code": "7", "text": ""}, "no text"),
        ({"code": "7", "text": "x", "stop": "soon"}, "no day"),
    ],
)
def test_rows_that_cannot_be_used_say_why(cells: dict[str, str], said: str) -> None:
    read = read_row("CARC", cells)

    assert isinstance(read, str)
    assert said in read


def test_a_code_that_stands_twice_counts_once() -> None:
    found = compare("CARC", [(2, {"code": "1", "text": "a"}), (3, {"code": "1", "text": "b"})], {}, is_official=False)

    assert len(found.differences) == 1
    assert "twice" in found.faults[0]


def test_days_within_the_text_are_read_and_taken_out_of_it() -> None:
    read = read_row("CARC", {"code": "7", "text": "Something. Start: 01/01/1995 | Last Modified: 07/01/2017"})

    assert not isinstance(read, str)
    assert (read.text, read.started_on, read.modified_on) == ("Something.", date(1995, 1, 1), date(2017, 7, 1))


@pytest.mark.parametrize(
    "told", ["2027-03-01", "03/01/2027", "3/1/27", "20270301", "2027-03-01 00:00:00", "Mar 1, 2027"]
)
def test_days_are_read_as_lists_write_them(told: str) -> None:
    assert read_day(told) == date(2027, 3, 1)
