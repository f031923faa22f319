"""Segments come out the same, however a file is separated, wrapped, padded or encoded."""

from __future__ import annotations

from io import BytesIO

import pytest

from denials.domain.x12 import NotReadable, segments
from denials.domain.x12_places import index_of, segments_at
from tests.domain.remittance_samples import GS, ISA, as_bytes, interchange, sample, transaction

BODY = transaction("N1*PR*PAYER", "CLP*A1*1*10*10", "SVC*HC:99213*10*10")
FILE = interchange(*BODY)
EXPECTED = [segment.split("*") for segment in FILE]


def read(data: bytes) -> list[list[str]]:
    found = list(segments(BytesIO(data)))
    assert [index for index, _ in found] == list(range(len(found)))
    return [elements for _, elements in found]


def as_usual(found: list[list[str]], component: str) -> list[list[str]]:
    return [[element.replace(component, ":") for element in elements] for elements in found]


@pytest.mark.parametrize("element", ["*", "|", "/", "\x1d", "\t", "+"])
@pytest.mark.parametrize("component", [":", ">", "<", "\\", "\x1f", "&"])
@pytest.mark.parametrize(("end", "line_break"), [("~", "\n"), ("~", ""), ("\x1c", "\r\n"), ("\n", ""), ("\r\n", "")])
def test_every_separator_that_the_isa_declares_is_used(element: str, component: str, end: str, line_break: str) -> None:
    data = as_bytes(FILE, end, line_break, element, component)
    assert as_usual(read(data), component) == EXPECTED


@pytest.mark.parametrize("end", ["\r", "'", "!", "$", "\x1e", "\x85"])
def test_unusual_terminators_are_used(end: str) -> None:
    data = "".join(segment + end for segment in FILE).encode("latin-1")
    assert read(data) == EXPECTED


def test_a_caret_as_component_separator_is_used() -> None:
    data = as_bytes(FILE, component="^").replace(b"*0800*^*", b"*0800*U*")
    assert ["SVC", "HC^99213", "10", "10"] in read(data)


@pytest.mark.parametrize("column", [5, 7, 60, 80, 104, 105, 106])
@pytest.mark.parametrize("line_break", [b"\n", b"\r\n"])
def test_line_breaks_inside_data_are_removed(column: int, line_break: bytes) -> None:
    flat = as_bytes(FILE, line_break="")
    wrapped = line_break.join(flat[at : at + column] for at in range(0, len(flat), column))
    assert read(wrapped) == EXPECTED


@pytest.mark.parametrize(
    "isa",
    [
        "ISA*00**00**ZZ*EXPAYER*ZZ*EXCLINIC*260603*0800*^*00501*7*0*T*:",
        "ISA*00* *00* *ZZ*A LONGER SENDER THAN ALLOWED*ZZ*EXCLINIC       *260603*0800*^*00501*000000007*0*T*:",
    ],
)
def test_an_isa_need_not_be_padded(isa: str) -> None:
    assert read(as_bytes([isa, *FILE[1:]]))[1:] == EXPECTED[1:]


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"  \r\n\t", b"\x00\x00", b"\n\xef\xbb\xbf "])
def test_blanks_and_byte_order_marks_before_the_isa_do_not_matter(before: bytes) -> None:
    assert read(before + as_bytes(FILE)) == EXPECTED


@pytest.mark.parametrize("after", [b"\x00" * 500, b"\x1a", b"\r\n\r\n   ", b"\x1a\x00\n"])
def test_tails_of_nul_and_ctrl_z_do_not_matter(after: bytes) -> None:
    assert read(as_bytes(FILE) + after) == EXPECTED


@pytest.mark.parametrize("blank", ["   ", "\t", " \t \x0b\x0c"])
def test_indentation_and_blank_lines_do_not_matter(blank: str) -> None:
    data = "".join(f"{blank}{segment}  ~\n\n{blank}\n" for segment in FILE).encode()
    assert read(data) == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf_16_is_read(encoding: str, mark: str) -> None:
    assert read((mark + as_bytes(FILE).decode()).encode(encoding)) == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_names_in_utf_8_and_latin_1_are_read(encoding: str) -> None:
    data = as_bytes(interchange("NM1*QC*1*MUÑOZ*JOSÉ")).decode().encode(encoding)
    assert ["NM1", "QC", "1", "MUÑOZ", "JOSÉ"] in read(data)


def test_one_latin_1_name_does_not_spoil_the_utf_8_names_around_it() -> None:
    data = as_bytes(["X", "Y", "Z"]).replace(b"X", "NM1*MUÑOZ".encode()).replace(b"Y", "NM1*PEÑA".encode("latin-1"))
    found = read(as_bytes([ISA]) + data)
    assert found[1:3] == [["NM1", "MUÑOZ"], ["NM1", "PEÑA"]]


def test_nul_inside_an_element_is_removed() -> None:
    assert ["NM1", "QC", "1", "DOE"] in read(as_bytes(interchange("NM1*QC*1*D\x00OE\x00")))


@pytest.mark.parametrize("between", [b"", b"\n", b"\r\n\x1a", b"\xef\xbb\xbf"])
def test_each_interchange_has_its_own_separators(between: bytes) -> None:
    other = as_bytes(FILE, end="\n", line_break="", element="|", component=">")
    found = read(as_bytes(FILE, line_break="") + between + other + between + as_bytes(FILE, end="'"))
    assert as_usual(found, ">") == EXPECTED * 3


def test_an_interchange_is_found_behind_a_missing_last_terminator() -> None:
    first = as_bytes(FILE).rstrip(b"~\n")
    assert read(first + b"\n" + as_bytes(FILE, element="|", end="\n", line_break="")) == EXPECTED * 2


@pytest.mark.parametrize("size", [64 * 1024 + extra for extra in range(-8, 108, 4)])
def test_an_interchange_that_begins_at_a_chunk_border_is_found(size: int) -> None:
    first = as_bytes([ISA, GS, "NTE*ADD*" + "X" * (size - len(ISA) - len(GS) - 13)], line_break="")
    assert len(first) == size - 2
    assert read(first + as_bytes(FILE, element="|", end="\n", line_break=""))[3:] == EXPECTED


def test_isa_inside_a_name_begins_no_interchange() -> None:
    name = ["N1", "PR", "LISA*ISABEL ISA"]
    assert ["N1", "PR", "LISA", "ISABEL ISA"] in read(as_bytes(interchange("*".join(name))))


@pytest.mark.parametrize(
    ("isa_end", "end"),
    [("\n", "~\n"), ("~\n", "\n"), ("", "~\n"), ("\n", "'")],
    ids=["LF then ~", "~ then LF", "none", "'"],
)
def test_the_body_is_believed_when_the_isa_ends_otherwise(isa_end: str, end: str) -> None:
    data = (ISA + isa_end + "".join(segment + end for segment in FILE[1:])).encode()
    assert read(data) == EXPECTED


def test_a_missing_component_separator_is_taken_to_be_a_colon() -> None:
    data = as_bytes([ISA.removesuffix(":"), *FILE[1:]])
    assert read(data) == EXPECTED


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \r\n\x00\x1a", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x1f\x8b....", "gzip"),
        (b"ST*835*0001~BPR*I*1~", "begins with ST"),
        (b"GS*HP*A*B~", "begins with GS"),
        (b"Dear provider, please find", "does not begin with ISA"),
        (b"ISAAC NEWTON", "no separator follows ISA"),
        (b"ISA", "cut inside"),
        (b"ISA*00*          *00*", "fewer than 16"),
        (ISA.encode().removesuffix(b":"), "cut inside"),
        (ISA.encode(), "does not say how a segment ends"),
        (as_bytes([ISA.replace("*00501", "").replace("*0*T", "*T"), *FILE[1:]]), "fewer than 16"),
    ],
)
def test_what_is_not_x12_is_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(NotReadable, match=why):
        read(data)


def test_a_segment_without_end_is_refused_before_it_fills_the_memory() -> None:
    class Endless(BytesIO):
        given = 0

        def read(self, size: int | None = -1) -> bytes:
            first = as_bytes(FILE) if self.given == 0 else b"X" * 65536
            self.given += len(first)
            return first

    source = Endless()
    with pytest.raises(NotReadable, match="longer than 1 MiB"):
        list(segments(source))
    assert source.given < 1_400_000


def test_a_last_segment_without_its_end_is_marked_as_not_whole() -> None:
    assert read(as_bytes([*FILE[:4], "CLP*A9*1*123"]).rstrip(b"~\n"))[-1] == ["", "CLP", "A9", "1", "123"]


def test_a_last_trailer_needs_no_terminator() -> None:
    assert read(as_bytes(FILE).rstrip(b"~\n")) == EXPECTED


def test_a_damaged_isa_in_mid_file_does_not_end_the_reading() -> None:
    data = as_bytes(FILE) + as_bytes(["ISA*00*BAD", *FILE[1:]])
    assert read(data) == [*EXPECTED, ["ISA", "00", "BAD"], *EXPECTED[1:]]


def as_they_stand(data: bytes, first: int, last: int) -> list[str]:
    found = segments_at(BytesIO(data), index_of(BytesIO(data)), first, last)
    return [each.separator.join(each.elements) + each.end for each in found]


@pytest.mark.parametrize(("first", "last"), [(0, 0), (3, 5), (5, 99), (0, 8), (99, 100)])
def test_segments_are_given_back_by_position(first: int, last: int) -> None:
    assert as_they_stand(as_bytes(FILE), first, last) == [f"{segment}~" for segment in FILE][first : last + 1]


def test_segments_of_a_later_interchange_keep_its_separators() -> None:
    data = as_bytes(FILE) + as_bytes(FILE, element="|", end="\n", line_break="")
    assert as_they_stand(data, len(FILE) + 4, len(FILE) + 4) == ["CLP|A1|1|10|10"]


def test_a_cut_segment_is_shown_as_it_stands() -> None:
    data = as_bytes([*FILE[:4], "CLP*A9*1*123"]).rstrip(b"~\n")
    assert as_they_stand(data, 4, 4) == ["CLP*A9*1*123"]


def test_the_sample_of_the_other_tests_is_whole() -> None:
    assert read(sample())[-1] == ["IEA", "1", "000000007"]
