"""X12 framing: bytes in, segments out, in constant memory.

A file is read as it came: any separators that its ISA declares, padded or not; UTF-8, Latin-1 or UTF-16; one segment
a line, none at all, or wrapped at any column; several interchanges with separators of their own.

Read `segments` first. What the segments mean is said elsewhere (`remittance.py`).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Generator, Iterator
from enum import Enum
from itertools import chain
from typing import BinaryIO, NamedTuple

_CHUNK = 1 << 16
_LONGEST_SEGMENT = 1 << 20
HEADER_WINDOW = 2048
"""Enough for an ISA, a GS and the beginning of the ST."""
_BLANK = b" \t\r\n\x0b\x0c\x00\x1a\xef\xbb\xbf"
"""What may stand before an ISA: blanks, line breaks, NUL and Ctrl-Z tails of the file before, a byte order mark."""
_GROUP_WINDOW = 500
"""Where the ST follows its GS, if it does."""
_LINE_BREAKS = (b"", b"\n", b"\r")
_FEWEST_SEGMENTS = 3
TRAILERS = ("SE", "GE", "IEA")
_FOREIGN = {
    b"%PDF": "it is a PDF document",
    b"PK\x03\x04": "it is a ZIP archive; unpack it and load the files inside",
    b"\x1f\x8b": "it is a gzip archive; unpack it and load the file inside",
    b"<": "it is XML or HTML",
    b"{": "it is JSON",
    b"GS": "it begins with GS, so the interchange header (ISA) is missing",
    b"ST": "it begins with ST, so the interchange header (ISA) is missing",
}
_ISA = re.compile(rb"ISA([^A-Za-z0-9 \r\n])[A-Za-z0-9 ]{0,2}\1")


class NotReadable(ValueError):
    """The bytes cannot be read as X12; the text says why, in a sentence for people."""


class Interchange(NamedTuple):
    """How the segments of one interchange are told apart, as its ISA declares."""

    isa: str
    """The ISA segment, without terminator."""
    length: int
    """Bytes that the ISA takes, terminator included."""
    element: str
    terminator: bytes
    noise: bytes
    """Bytes that mean nothing in this interchange and are dropped: line breaks, NUL, Ctrl-Z."""
    blanks: str
    """What may stand around a segment: indentation, fill characters."""
    encoding: str


class Part(Enum):
    """Which part of its interchange a span is."""

    HEADER = "header"
    BODY = "body"
    END = "end"
    """The last one: what stands behind the last terminator belongs to it."""


class Span(NamedTuple):
    """A run of whole segments of one interchange, as bytes."""

    interchange: Interchange
    data: bytes
    at: int
    """Where `data` begins, in bytes of the file; of a file in UTF-16, in bytes of its UTF-8 form."""
    part: Part


def segments(source: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Yield each segment as its zero-based position and its elements (the id first; ISA16 is the component separator).

    A last segment without its terminator is not whole, so its values cannot be trusted: it comes with an empty id,
    unless it is a trailer. Raises NotReadable for an empty file, for bytes that are not X12, for a cut ISA, and for
    a segment over 1 MiB (after what stood before it was yielded).
    """
    index = 0
    for interchange, texts in _blocks(source):
        separator, blanks = interchange.element, interchange.blanks
        for text in texts:
            if text := text.strip(blanks):
                yield index, text.split(separator)
                index += 1


def spans(source: BinaryIO) -> Iterator[Span]:
    """Yield the file in runs of whole segments, in file order. Raises NotReadable as `segments` does."""
    chunks = chunks_of(source)
    at, data = _up_to_isa(chunks)
    while data:
        interchange = _declared(data)
        yield Span(interchange, data[: interchange.length], at, Part.HEADER)
        at += interchange.length
        at, data = yield from _body(interchange, at, data[interchange.length :], chunks)


def texts_in(span: Span) -> list[str]:
    """The texts of a span between terminators; those that are blank are no segments."""
    if span.part is Part.HEADER:
        return [span.interchange.isa]
    if span.part is Part.END:
        return _closed(span.data, span.interchange)
    return _texts(span.data, span.interchange)


def declared(header: bytes) -> Interchange:
    """How the interchange that begins with these bytes tells its segments apart; `HEADER_WINDOW` bytes are enough."""
    return _declared(header)


def _blocks(source: BinaryIO) -> Iterator[tuple[Interchange, list[str]]]:
    for span in spans(source):
        yield span.interchange, texts_in(span)


def _body(
    interchange: Interchange, at: int, data: bytes, chunks: Iterator[bytes]
) -> Generator[Span, None, tuple[int, bytes]]:
    """Yield the segments up to the next ISA; return the bytes from there on, none at the end of the file."""
    while True:
        found, data = _next_isa(data, interchange, chunks)
        if found >= 0:
            yield Span(interchange, data[:found], at, Part.END)
            return at + found, data[found:]
        cut = data.rfind(interchange.terminator)
        if cut >= 0:
            yield Span(interchange, data[:cut], at, Part.BODY)
            at, data = at + cut + 1, data[cut + 1 :]
        if len(data) > _LONGEST_SEGMENT:
            raise NotReadable("A segment is longer than 1 MiB, so it does not end where the ISA says that it would.")
        chunk = next(chunks, b"")
        if not chunk:
            yield Span(interchange, data, at, Part.END)
            return at + len(data), b""
        data += chunk


def chunks_of(source: BinaryIO) -> Iterator[bytes]:
    """Yield the file from where `source` stands, a file in UTF-16 as UTF-8."""
    first = source.read(_CHUNK)
    pieces = chain([first], iter(lambda: source.read(_CHUNK), b""))
    encoding = utf16_encoding(first)
    if encoding is None:
        yield from pieces
        return
    decode = codecs.getincrementaldecoder(encoding)("replace").decode
    for piece in pieces:
        if text := decode(piece):
            yield text.encode()


def utf16_encoding(first: bytes) -> str | None:
    """In which UTF-16 a file is that begins with these bytes; None for any other encoding."""
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if first.startswith(b"I\x00S\x00A\x00"):
        return "utf-16-le"
    return "utf-16-be" if first.startswith(b"\x00I\x00S\x00A") else None


def _up_to_isa(chunks: Iterator[bytes]) -> tuple[int, bytes]:
    at, data = 0, b""
    while len(data) < HEADER_WINDOW and (chunk := next(chunks, b"")):
        data += chunk
        at, data = at + len(data) - len(data.lstrip(_BLANK)), data.lstrip(_BLANK)
    if not data:
        raise NotReadable("The file is empty.")
    if not data.startswith(b"ISA"):
        why = next((why for start, why in _FOREIGN.items() if data.startswith(start)), "it does not begin with ISA")
        raise NotReadable(f"The file is not X12: {why}.")
    return at, data


def _next_isa(data: bytes, interchange: Interchange, chunks: Iterator[bytes]) -> tuple[int, bytes]:
    """Find where the next interchange begins (-1: not in sight), with enough data behind it to read its header."""
    at = data.find(b"ISA")
    while at >= 0:
        while len(data) - at < HEADER_WINDOW and (chunk := next(chunks, b"")):
            data += chunk
        if _opens_interchange(data, at, interchange.terminator):
            return at, data
        at = data.find(b"ISA", at + 3)
    return -1, data


def _opens_interchange(data: bytes, at: int, terminator: bytes) -> bool:
    near = data[max(at - 64, 0) : at]
    before = near.rstrip(_BLANK)
    blanks = near[len(before) :]
    if before and not before.endswith(terminator) and not any(mark in blanks for mark in (b"\n", b"\r", terminator)):
        return False
    try:
        return _ISA.match(data, at) is not None and bool(_declared(data[at : at + HEADER_WINDOW]))
    except NotReadable:  # a damaged ISA in mid-file: its own separators are unknown, so the last ones go on
        return False


def _declared(data: bytes) -> Interchange:
    """Read the separators from the ISA that `data` begins with, by counting: real files do not pad it."""
    element = data[3:4]
    if not element:
        raise NotReadable("The file is cut inside its interchange header (ISA).")
    if element.isalnum() or element in b" \r\n\x00":
        raise NotReadable("The file is not X12: no separator follows ISA.")
    at = 3
    for _ in range(15):
        at = data.find(element, at + 1, HEADER_WINDOW)
        if at < 0:
            raise NotReadable("The interchange header (ISA) is cut: it has fewer than 16 elements.")
    header = re.sub(rb"[\r\n]+", b"\n", data[4:at])
    if re.search(rb"[^A-Za-z0-9 ._/&-] *GS(?:%b|$)" % re.escape(element), header):
        raise NotReadable("The interchange header (ISA) is cut: it has fewer than 16 elements.")
    component, terminator, length = _ends(data, at + 1, element)
    if component in (terminator, element, b" "):
        component = b":"
    separators = element + component + terminator
    return Interchange(
        isa=_plain(data[: at + 1]) + component.decode("latin-1"),
        length=length,
        element=element.decode("latin-1"),
        terminator=terminator,
        noise=bytes(byte for byte in b"\r\n\x0b\x0c\x00\x1a" if byte not in separators),
        blanks=" " if b"\t" in separators else " \t",
        encoding="utf-8" if separators.isascii() else "latin-1",
    )


def _ends(data: bytes, at: int, element: bytes) -> tuple[bytes, bytes, int]:
    """Give component separator, segment terminator, and where the ISA ends; `at` is where ISA16 should stand."""
    start = _past(data, at, b"\r\n")
    component = data[start : start + 1]
    if not component:
        raise NotReadable("The file is cut inside its interchange header (ISA).")
    after = start + 1
    if component.isalnum():  # ISA16 left out (the GS stands here already), or of no use as a separator
        component, after = b":", start if start > at else after
    breaks_from = at if after == start else after
    end = _past(data, after, b"\r\n ")
    terminator = data[end : end + 1]
    if terminator and not terminator.isalnum() and terminator != element:
        length = end + 1
    else:
        breaks = data[breaks_from:end]
        terminator = next((mark for mark in (b"\n", b"\r") if mark in breaks), b"")
        length = end
    terminator = _used_by_body(data[length:HEADER_WINDOW], element, terminator)
    if not terminator:
        raise NotReadable("The interchange header (ISA) is cut: it does not say how a segment ends.")
    return component, terminator, length


def _used_by_body(body: bytes, element: bytes, declared: bytes) -> bytes:
    """Some senders end the ISA otherwise than the rest: believe what stands between the first GS and its ST.

    Not at the first odd byte, though: what is declared goes on unless the body does without it throughout.
    """
    group = body.find(b"GS" + element)
    start = re.compile(rb"(?<=[A-Za-z0-9])([^A-Za-z0-9]{1,200})ST%b[0-9]{3}" % re.escape(element))
    gap = start.search(body, group, group + _GROUP_WINDOW) if group >= 0 else None
    if gap is None or (declared not in _LINE_BREAKS and declared in body):
        return declared
    visible = gap[1].strip(b" \r\n\t" + element)[:1]
    if body.count(visible) < _FEWEST_SEGMENTS:
        visible = b""
    if declared in (b"\n", b"\r"):
        return visible or declared
    return visible or next((mark for mark in (b"\n", b"\r") if mark in gap[1]), declared)


def _past(data: bytes, at: int, blanks: bytes) -> int:
    while data[at : at + 1] and data[at] in blanks:
        at += 1
    return at


def _texts(data: bytes, interchange: Interchange) -> list[str]:
    data = data.translate(None, interchange.noise)
    try:
        return data.decode(interchange.encoding).split(interchange.terminator.decode(interchange.encoding))
    except UnicodeDecodeError:  # Latin-1 somewhere: only the segments that hold it are read so
        return [_plain(part) for part in data.split(interchange.terminator)]


def _plain(data: bytes) -> str:
    data = data.translate(None, b"\r\n\x00")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _closed(data: bytes, interchange: Interchange) -> list[str]:
    """Take the end of an interchange: a last text without terminator gets an empty id, unless it is a trailer."""
    texts = _texts(without_tail(data, interchange), interchange)
    last = texts[-1].strip(interchange.blanks)
    if last and not last.startswith(TRAILERS):
        texts[-1] = interchange.element + last
    return texts


def without_tail(data: bytes, interchange: Interchange) -> bytes:
    """The end of an interchange without the blanks after it."""
    return data.rstrip(_BLANK.translate(None, interchange.terminator + interchange.element.encode("latin-1")))


def text_of(raw: bytes, interchange: Interchange) -> str:
    """The text of one segment, the same as among its neighbours in `texts_in`."""
    kept = raw.translate(None, interchange.noise)
    try:
        return kept.decode(interchange.encoding)
    except UnicodeDecodeError:
        return _plain(kept)
