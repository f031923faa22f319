"""Where segments and their elements stand in a file, so that a screen can show a few without reading the whole of it.

An index of a file names the runs of segments that it is made of. A claim's segments are then read from the one or two
runs that hold them. The index holds positions and counts only, nothing that the file says.
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from denials.domain.x12 import (
    HEADER_WINDOW,
    TRAILERS,
    Part,
    Span,
    chunks_of,
    declared,
    spans,
    text_of,
    texts_in,
    utf16_encoding,
    without_tail,
)

_FIRST_BYTES = 4


class Run(NamedTuple):
    """Segments that stand behind one another in one interchange. Positions are those of `x12.Span`."""

    first: int
    """Position of its first segment in the file, from 0."""
    at: int
    length: int
    header: int
    """Where the ISA of its interchange begins."""
    part: str
    line: int
    """Line of the file in which it begins, from 1."""


class SegmentIndex(NamedTuple):
    """The runs of a file in file order; `line_break` is empty for a file of one line."""

    segments: int
    line_break: str
    runs: list[Run]


class PlacedSegment(NamedTuple):
    """One segment as the reader takes it, and where it and its elements stand in the file."""

    number: int
    elements: list[str]
    """Element 0 is the segment's id."""
    separator: str
    component: str
    end: str
    """The terminator; empty where a line break ends the segment, or nothing does."""
    is_whole: bool
    """Off for a last segment without its terminator: the reader does not trust its values."""
    line: int
    bytes_at: list[int]
    """Of each element: the bytes before it in the file."""

    @property
    def id(self) -> str:
        return self.elements[0] if self.is_whole else ""


def index_of(source: BinaryIO) -> SegmentIndex:
    """Read a file once, in constant memory. Raises NotReadable for what cannot be read as X12."""
    runs: list[Run] = []
    number = header = 0
    source.seek(0)
    for span in spans(source):
        if span.part is Part.HEADER:
            header = span.at
        count = sum(1 for text in texts_in(span) if text.strip(span.interchange.blanks))
        if count:
            runs.append(Run(number, span.at, len(span.data), header, span.part.value, 1))
        number += count
    breaks = _breaks_before(source, [run.at for run in runs])
    feeds, returns = breaks.pop()
    lines = [1 + (before if feeds else alone) for before, alone in breaks]
    placed = [run._replace(line=line) for run, line in zip(runs, lines, strict=True)]
    return SegmentIndex(number, "\n" if feeds else "\r" if returns else "", placed)


def segments_at(source: BinaryIO, index: SegmentIndex, first: int, last: int) -> list[PlacedSegment]:
    """The segments `first` to `last`, both included; fewer where the file ends before."""
    found: list[PlacedSegment] = []
    begin = max(bisect_right(index.runs, first, key=lambda run: run.first) - 1, 0)
    for run in index.runs[begin:]:
        if run.first > last:
            break
        found += [each for each in _segments_in(source, run, index.line_break) if first <= each.number <= last]
    return found


def _segments_in(source: BinaryIO, run: Run, line_break: str) -> list[PlacedSegment]:
    interchange = declared(_Window(source, run.header, 2 * HEADER_WINDOW).data)
    window = _Window(source, run.at, run.length)
    found: list[PlacedSegment] = []
    for start, raw, is_ended in _raw_texts(Span(interchange, window.data, run.at, Part(run.part))):
        text = (interchange.isa if run.part == Part.HEADER.value else text_of(raw, interchange)).strip(
            interchange.blanks
        )
        if not text:
            continue
        elements = text.split(interchange.element)
        offsets = [start + each for each in _element_offsets(raw, interchange.element.encode("latin-1"))]
        before = window.data.count(line_break.encode(), 0, offsets[0]) if line_break else 0
        found.append(
            PlacedSegment(
                number=run.first + len(found),
                elements=elements,
                separator=interchange.element,
                component=interchange.isa[-1],
                end=interchange.terminator.decode("latin-1").strip() if is_ended else "",
                is_whole=is_ended or text.startswith(TRAILERS),
                line=run.line + before,
                bytes_at=[window.file_byte(offset) for offset in offsets],
            )
        )
    return found


def _raw_texts(span: Span) -> Iterator[tuple[int, bytes, bool]]:
    """Each text of a span as it stands in the file: where it begins in the span, and whether a terminator ends it."""
    if span.part is Part.HEADER:
        yield 0, span.data, True
        return
    is_end = span.part is Part.END
    data = without_tail(span.data, span.interchange) if is_end else span.data
    start, pieces = 0, data.split(span.interchange.terminator)
    for left, piece in zip(reversed(range(len(pieces))), pieces, strict=True):
        yield start, piece, left > 0 or not is_end
        start += len(piece) + 1


def _element_offsets(raw: bytes, separator: bytes) -> list[int]:
    """Where the elements begin in a raw text: behind their separator, and behind the line breaks that follow it."""
    offsets: list[int] = []
    start = 0
    for piece in raw.split(separator):
        value = piece.lstrip(b"\r\n\x0b\x0c\x00\x1a" if offsets else b" \t\r\n\x0b\x0c\x00\x1a")
        offsets.append(start + (len(piece) - len(value) if value else 0))
        start += len(piece) + 1
    return offsets


def _breaks_before(source: BinaryIO, positions: Sequence[int]) -> list[tuple[int, int]]:
    """Line feeds and carriage returns before each of these ascending positions, and last those of the whole file."""
    found: list[tuple[int, int]] = []
    feeds = returns = at = 0
    source.seek(0)
    for chunk in chunks_of(source):
        start = 0
        while len(found) < len(positions) and positions[len(found)] < at + len(chunk):
            end = positions[len(found)] - at
            feeds, returns = feeds + chunk.count(b"\n", start, end), returns + chunk.count(b"\r", start, end)
            found.append((feeds, returns))
            start = end
        feeds, returns = feeds + chunk.count(b"\n", start), returns + chunk.count(b"\r", start)
        at += len(chunk)
    return [*found, (feeds, returns)]


class _Window:
    """A part of a file in the positions of `x12.Span`, and where its bytes stand in the file as it came."""

    def __init__(self, source: BinaryIO, at: int, length: int) -> None:
        source.seek(0)
        encoding = utf16_encoding(source.read(_FIRST_BYTES + 2))
        self._is_utf16 = encoding is not None
        if encoding is None:
            source.seek(at)
            self.data, self._begin = source.read(length), at
        else:
            self.data, self._begin = _from_utf16(source, encoding, at, length)

    def file_byte(self, offset: int) -> int:
        """Bytes of the file before what stands at `offset` of `data`."""
        return self._begin + (_bytes_in_utf16(self.data[:offset]) if self._is_utf16 else offset)


def _from_utf16(source: BinaryIO, encoding: str, at: int, length: int) -> tuple[bytes, int]:
    """The bytes `at` to `at + length` of the UTF-8 form, and where the first of them stands in the file."""
    source.seek(0)
    mark = len(codecs.BOM_UTF16) if encoding == "utf-16" else 0
    position, begin, found = 0, mark, b""
    for chunk in chunks_of(source):
        if position + len(chunk) <= at:
            begin += _bytes_in_utf16(chunk)
        elif position < at + length:
            if position <= at:
                begin += _bytes_in_utf16(chunk[: at - position])
            found += chunk[max(at - position, 0) : at + length - position]
        else:
            break
        position += len(chunk)
    return found, begin


def _bytes_in_utf16(utf8: bytes) -> int:
    return len(utf8.decode(errors="replace").encode("utf-16-le"))
