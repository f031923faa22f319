"""Tables that people bring: every way of writing one that is read, and every one that is refused, in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from accounts.refusal import Refused
from denials import tables
from denials.domain.typed import day_in
from denials.tables import read_table


def book(*rows: Sequence[object], merge: str = "") -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    kept = io.BytesIO()
    workbook.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"Code,Description\n1,Deductible \xc3\xa9\n",
        b"\xef\xbb\xbfCode,Description\r\n1,Deductible \xc3\xa9\r\n",
        b"Code;Description\n1;Deductible \xc3\xa9\n",
        b"Code\tDescription\n1\tDeductible \xc3\xa9\n",
        "Code,Description\n1,Deductible é\n".encode("cp1252"),
        "Code,Description\n1,Deductible é\n".encode("utf-16"),
        b'"Code","Description"\n"1","Deductible \xc3\xa9"\n\n\n',
        b"Some title\n\nCode,Description\n1,Deductible \xc3\xa9\n",
        "sep=;\r\nCode;Description\r\n1;Deductible é\r\n;\r\n\r\n".encode("cp1252"),
        "Code\tDescription\r\n1\tDeductible é\r\n".encode("utf-16"),
        "\ufeffCode\tDescription\r\n1\tDeductible é\r\n".encode("utf-16-be"),
        "Code,Description\r1,Deductible é\r".encode(),
        "A title, and when it was made\nCode;Description\n1;Deductible é\n".encode(),
        book(["Code", "Description"], [1, "Deductible é"]),
        book(["A heading over all"], ["Code", "Description"], ["1", "Deductible é"], merge="A1:B1"),
    ],
)
def test_every_usual_way_of_writing_a_table_is_read_alike(content: bytes) -> None:
    table = read_table("list", content)

    assert table.columns == ("Code", "Description")
    assert table.rows == (("1", "Deductible é"),)


def test_days_and_whole_numbers_of_a_spreadsheet_are_plain_text() -> None:
    assert read_table("x", book(["Code", "Start"], [16.0, date(2026, 7, 1)])).rows == (("16", "2026-07-01"),)


def test_short_rows_are_filled_and_empty_cells_beyond_the_heads_dropped() -> None:
    assert read_table("x", b"a,b\n1\n1,2,,\n").rows == (("1", ""), ("1", "2"))


def test_commas_of_names_and_amounts_are_no_separators_where_semicolons_are() -> None:
    content = b"Claim;Patient;Amount\r\n" + b"RC-1;Fictional, Ann, Dr.;1.450,00\r\n" * 20
    table = read_table("x", content)
    assert table.rows[0] == ("RC-1", "Fictional, Ann, Dr.", "1.450,00")
    assert table.notes == ("Columns are parted by semicolons.",)


def test_columns_of_one_name_are_told_apart_and_said() -> None:
    table = read_table("x", b"Claim,Date,Date,,Said\n1,2026-11-01,2026-11-02,,ok\n")
    assert table.columns == ("Claim", "Date", "Date (column 3)", "Column 4", "Said")
    assert table.notes == (
        "Another column is called “Date” too: it is named “Date (column 3)” here. Choose which counts.",
    )


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbfa,b\n1,\xc3\n", b"a,b\n1,\x81\n", b"\xff\xfe" + "a,b\n1,".encode("utf-16-le") + b"x"]
)
def test_characters_that_cannot_be_read_are_said(content: bytes) -> None:
    table = read_table("x", content)
    assert table.rows == (("1", "\ufffd"),)
    assert "Some characters could not be read. Each of them stands as \ufffd." in table.notes


def test_what_stands_beside_a_spreadsheet_is_passed_over() -> None:
    assert read_table("x", book(["a", "b"], ["1", "2", "beside it"])).rows == (("1", "2"),)


@pytest.mark.parametrize("content", [b"a,b\n1,2\n\n3,4\n", book(["a", "b"], ["1", "2"], [], ["3", "4"])])
def test_empty_rows_count_in_the_numbers_of_rows(content: bytes) -> None:
    assert read_table("x", content).by_number == {2: ("1", "2"), 4: ("3", "4")}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old or encrypted"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\x01\x00\x02\x00\x03", "no table"),
        (b"nothing\nbut\nlines\n", "names of columns"),
        (b"Code,Description\n", "no row"),
        (
            b'Claim,Said\n1,a\n2,"cut off\n3,b\n4,c\n',
            '^Row 3 has a quote .* with “2,"cut off”. That row and the 2 lines below',
        ),
        (
            b'Claim,Said\n1,"a\nb"\n2,"cut off\n\n',
            'Row 3 .line 4 in a text editor. has .* with “2,"cut off”. Nothing was read',
        ),
        (b'Claim,Said\r\n1,a\r\n2,"cut off\r\n3,"b, c"\r\n', "^Row 3 has a quote .* the 1 line below"),
        (b'Claim,Said\n1,"cut off\n' + b"2,b\n" * 50_000, "^Row 2 has a quote .* the 50000 lines below"),
        (b'Claim,Said\n1,"timed out" twice\n', '^Row 2 has a quote .* with “1,"timed out" twice”. Nothing was read'),
        (b"Claim,Charge\n1,900.00\n2,$1,450.00\n", "Row 3 has more cells"),
        (book(["Code", "Description"], ["1", "=HYPERLINK(1)"]), "formula"),
        (book(["Code", "Description"], ["1", "a"], ["2", "b"], merge="A2:A3"), "merged"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_table("list", content)


def test_a_file_that_unpacks_to_far_more_than_it_is_never_gets_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "load_workbook", None)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (tables.MOST_UNPACKED + 1))

    with pytest.raises(Refused, match="more than"):
        read_table("bomb.xlsx", kept.getvalue())


def test_a_file_that_declares_entities_is_refused() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')

    with pytest.raises(Refused, match="entities"):
        read_table("entities.xlsx", kept.getvalue())


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    read_table("x", b"a,b\n" + b"1,2\n" * 3)

    for content in (b"a,b\n" + b"1,2\n" * 4, book(["a", "b"], *([[1, 2]] * 30))):
        with pytest.raises(Refused, match="more than"):
            read_table("x", content)


def test_a_moment_in_a_workbook_keeps_its_hour() -> None:
    moments = (datetime.fromisoformat("2026-11-02T14:05"), datetime.fromisoformat("2026-11-02"))
    table = read_table("events.xlsx", book(("Claim", "When"), *(("RC-1", at) for at in moments)))
    assert [row[1] for row in table.rows] == ["2026-11-02 14:05:00", "2026-11-02"]
    assert day_in("2026-11-02 14:05:00") == date(2026, 11, 2)
