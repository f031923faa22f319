"""The payer's own words behind what a page shows: segments read again from the file as it was received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.db.models import Max, Min

from accounts.models import FacilityScoped
from accounts.refusal import Refused
from denials.domain.opening_provenance import OPENING_ENDS, facts_of_opening, facts_of_provider_adjustments
from denials.domain.provenance import Said, facts_of_claim
from denials.domain.x12 import NotReadable
from denials.domain.x12_places import PlacedSegment, segments_at
from denials.models import Acknowledgment, Remittance, RemittanceFile, RemittedClaim
from denials.segment_index import index_beside

MOST_SHOWN = 400
"""Segments of one claim, or of one payment's opening, on one page."""
GONE = "The file that this was read from is not on this server. What was recorded stands."


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a segment as it stands; `is_said` for the stretch that somebody asked about."""

    text: str
    is_said: bool = False


@dataclass(frozen=True, slots=True)
class ShownSegment:
    """One segment for a page. `number` counts the segments of the file from 1, as people count."""

    number: int
    line: int
    pieces: Sequence[Piece]

    @property
    def is_said(self) -> bool:
        return any(piece.is_said for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts stand in the payer's file. `said` is the one that was asked for, if the payer says it at all."""

    remittance: Remittance
    own: Sequence[ShownSegment]
    """Of the claim, or the provider adjustments of the payment."""
    opening: Sequence[ShownSegment]
    facts: dict[str, Said]
    said: Said | None = None
    byte: int = 0
    """Bytes of the file before the element that was asked for."""
    line: int = 0
    left_out: int = 0
    """Segments of a very long claim that the page leaves out."""

    @property
    def before(self) -> Said | None:
        return self._beside(-1)

    @property
    def after(self) -> Said | None:
        return self._beside(1)

    def _beside(self, step: int) -> Said | None:
        facts = list(self.facts.values())
        at = facts.index(self.said) + step if self.said else -1
        return facts[at] if 0 <= at < len(facts) else None


def results() -> FacilityScoped:
    """Decided claims with the file that they were read from, and who brought it in."""
    return RemittedClaim.objects.select_related("remittance__file__uploaded_by")


def payments() -> FacilityScoped:
    """Payments with the file that they were read from."""
    return Remittance.objects.select_related("file")


def source_of_claim(remitted: RemittedClaim, key: str = "") -> Source:
    """The segments of one claim payment and of the opening of its payment, with the fact `key` marked.

    Raises Refused when the kept file cannot be read.
    """
    remittance = remitted.remittance
    with _Kept(remittance.file) as kept:
        own = kept.segments(remitted.segment_from, remitted.segment_to)
        opening = kept.opening(remittance)
    return _source(remittance, own, opening, facts_of_claim(own), key)


def source_of_payment(remittance: Remittance, key: str = "") -> Source:
    """The provider adjustments (PLB) of a payment and its opening, with the fact `key` marked. Raises Refused too."""
    ends = remittance.provider_adjustments.aggregate(first=Min("segment"), last=Max("segment"))
    with _Kept(remittance.file) as kept:
        own = [] if ends["first"] is None else kept.segments(ends["first"], ends["last"])
        opening = kept.opening(remittance)
    own = [each for each in own if each.id == "PLB"]
    return _source(remittance, own, opening, facts_of_provider_adjustments(own), key)


def segments_of_answer(answer: Acknowledgment) -> list[ShownSegment]:
    """The segments of one answer of an acknowledgment. Raises Refused when the kept file cannot be read."""
    with _Kept(answer.file) as kept:
        found = kept.segments(answer.segment_from, min(answer.segment_to, answer.segment_from + MOST_SHOWN))
    return [_shown(each, None) for each in found]


class _Kept:
    """The kept bytes of a file, open for reading by position."""

    def __init__(self, file: RemittanceFile) -> None:
        self._path = Path(default_storage.path(str(file.content.name)))

    def __enter__(self) -> _Kept:
        try:
            self._bytes: BinaryIO = self._path.open("rb")
            self._index = index_beside(self._path, self._bytes)
        except (OSError, NotReadable) as missing:
            raise Refused(GONE) from missing
        return self

    def __exit__(self, *_: object) -> None:
        self._bytes.close()

    def segments(self, first: int, last: int) -> list[PlacedSegment]:
        return segments_at(self._bytes, self._index, first, last)

    def opening(self, remittance: Remittance) -> list[PlacedSegment]:
        """ST to the segment before the first LX or CLP."""
        first = remittance.segment_from
        found = self.segments(first, min(first + MOST_SHOWN, remittance.segment_to))
        return list(takewhile(lambda each: each.id not in OPENING_ENDS, found))


def _source(
    remittance: Remittance, own: list[PlacedSegment], opening: list[PlacedSegment], facts: dict[str, Said], key: str
) -> Source:
    facts = {**facts, **facts_of_opening(opening)}
    said = facts.get(key)
    at = next((each for each in (*own, *opening) if said and each.number == said.segment), None)
    begin = max(0, own.index(at) - MOST_SHOWN // 2) if at in own and at else 0
    shown = own[begin : begin + MOST_SHOWN]
    return Source(
        remittance=remittance,
        own=[_shown(each, said) for each in shown],
        opening=[_shown(each, said) for each in opening],
        facts=facts,
        said=said,
        byte=at.bytes_at[said.element] if at and said else 0,
        line=at.line if at else 0,
        left_out=len(own) - len(shown),
    )


def _shown(at: PlacedSegment, said: Said | None) -> ShownSegment:
    pieces = [Piece(at.separator.join(at.elements) + at.end)]
    if said and said.segment == at.number:
        before = at.separator.join(at.elements[: said.element]) + at.separator
        behind = "".join(at.separator + each for each in at.elements[said.element + 1 :]) + at.end
        pieces = [Piece(before), *_parts(at.elements[said.element], said, at.component), Piece(behind)]
    return ShownSegment(at.number + 1, at.line, [piece for piece in pieces if piece.text])


def _parts(element: str, said: Said, component: str) -> list[Piece]:
    """The element, with only the component marked where the fact is one of its components."""
    if not said.component:
        return [Piece(element, is_said=True)]
    parts = element.split(component)
    if len(parts) < said.component:  # separated otherwise than the ISA says
        before, text, behind = element.partition(said.text)
        return [Piece(before), Piece(text, is_said=True), Piece(behind)]
    place = said.component - 1
    before = "".join(part + component for part in parts[:place])
    behind = "".join(component + part for part in parts[place + 1 :])
    return [Piece(before), Piece(parts[place], is_said=True), Piece(behind)]
