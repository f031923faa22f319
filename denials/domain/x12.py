"""X12 framing: bytes in, segments out, in constant memory.

A file is read as it came: any separators that its ISA declares, padded or not; UTF-8, Latin-1 or UTF-16; one segment
a line, none at all, or wrapped at any column; several interchanges with separators of their own.

Read `segments` first. What the segments mean is said elsewhere (`remittance.py`).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Generator, Iterator
from itertools import chain
from typing import BinaryIO, NamedTuple

_CHUNK = 1 << 16
_LONGEST_SEGMENT = 1 << 20
_HEADER_WINDOW = 2048
"""Enough for an ISA, a GS and the beginning of the ST."""
_BLANK = b" \t\r\n\x0b\x0c\x00\x1a\xef\xbb\xbf"
"""What may stand before an ISA: blanks, line breaks, NUL and Ctrl-Z tails of the file before, a byte order mark."""
_GROUP_WINDOW = 500
"""Where the ST follows its GS, if it does."""
_LINE_BREAKS = (b"", b"\n", b"\r")
_FEWEST_SEGMENTS = 3
_TRAILERS = ("SE", "GE", "IEA")
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


def raw_segments(source: BinaryIO, first: int, last: int) -> list[str]:
    """Give back the text of the segments `first` to `last` (zero-based, both included), terminators included."""
    found: list[str] = []
    index = 0
    for interchange, texts in _blocks(source):
        whole = [text for part in texts if (text := part.strip(interchange.blanks))]
        end = interchange.terminator.decode("latin-1").strip()
        wanted = whole[max(first - index, 0) : max(last + 1 - index, 0)]
        found += [
            text.removeprefix(interchange.element) if text.startswith(interchange.element) else text + end
            for text in wanted
        ]
        index += len(whole)
        if index > last:
            break
    return found


def _blocks(source: BinaryIO) -> Iterator[tuple[Interchange, list[str]]]:
    chunks = _chunks(source)
    data = _up_to_isa(chunks)
    while data:
        interchange = _declared(data)
        yield interchange, [interchange.isa]
        data = yield from _body(interchange, data[interchange.length :], chunks)


def _body(
    interchange: Interchange, data: bytes, chunks: Iterator[bytes]
) -> Generator[tuple[Interchange, list[str]], None, bytes]:
    """Yield the segments up to the next ISA; return the bytes from there on, none at the end of the file."""
    while True:
        at, data = _next_isa(data, interchange, chunks)
        if at >= 0:
            yield interchange, _closed(data[:at], interchange)
            return data[at:]
        cut = data.rfind(interchange.terminator)
        if cut >= 0:
            yield interchange, _texts(data[:cut], interchange)
            data = data[cut + 1 :]
        if len(data) > _LONGEST_SEGMENT:
            raise NotReadable("A segment is longer than 1 MiB, so it does not end where the ISA says that it would.")
        chunk = next(chunks, b"")
        if not chunk:
            yield interchange, _closed(data, interchange)
            return b""
        data += chunk


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    first = source.read(_CHUNK)
    pieces = chain([first], iter(lambda: source.read(_CHUNK), b""))
    encoding = _utf16(first)
    if encoding is None:
        yield from pieces
        return
    decode = codecs.getincrementaldecoder(encoding)("replace").decode
    for piece in pieces:
        if text := decode(piece):
            yield text.encode()


def _utf16(first: bytes) -> str | None:
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if first.startswith(b"I\x00S\x00A\x00"):
        return "utf-16-le"
    return "utf-16-be" if first.startswith(b"\x00I\x00S\x00A") else None


def _up_to_isa(chunks: Iterator[bytes]) -> bytes:
    data = b""
    while len(data) < _HEADER_WINDOW and (chunk := next(chunks, b"")):
        data = (data + chunk).lstrip(_BLANK)
    if not data:
        raise NotReadable("The file is empty.")
    if not data.startswith(b"ISA"):
        why = next((why for start, why in _FOREIGN.items() if data.startswith(start)), "it does not begin with ISA")
        raise NotReadable(f"The file is not X12: {why}.")
    return data


def _next_isa(data: bytes, interchange: Interchange, chunks: Iterator[bytes]) -> tuple[int, bytes]:
    """Find where the next interchange begins (-1: not in sight), with enough data behind it to read its header."""
    at = data.find(b"ISA")
    while at >= 0:
        while len(data) - at < _HEADER_WINDOW and (chunk := next(chunks, b"")):
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
        return _ISA.match(data, at) is not None and bool(_declared(data[at : at + _HEADER_WINDOW]))
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
        at = data.find(element, at + 1, _HEADER_WINDOW)
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
    terminator = _used_by_body(data[length:_HEADER_WINDOW], element, terminator)
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
    blank = _BLANK.translate(None, interchange.terminator + interchange.element.encode("latin-1"))
    texts = _texts(data.rstrip(blank), interchange)
    last = texts[-1].strip(interchange.blanks)
    if last and not last.startswith(_TRAILERS):
        texts[-1] = interchange.element + last
    return texts
