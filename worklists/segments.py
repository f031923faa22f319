"""The payer's own words: segments read again from the file as it was received."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, cast

from accounts.refusal import Refused
from denials.domain.x12 import NotReadable, raw_segments
from denials.models import RemittedClaim


@dataclass(frozen=True, slots=True)
class Segment:
    number: int
    text: str


def segments_of(remitted: RemittedClaim, *, only: int | None = None) -> list[Segment]:
    """The segments of one claim payment, or one of them. Raises Refused when the kept file cannot be read."""
    first, last = remitted.segment_from, remitted.segment_to
    if only is not None:
        if not first <= only <= last:
            return []
        first = last = only
    try:
        with remitted.remittance.file.content.open("rb") as source:
            texts = raw_segments(cast(BinaryIO, source), first, last)
    except (FileNotFoundError, ValueError, NotReadable) as missing:
        raise Refused("The file that this was read from is not on this server. What was recorded stands.") from missing
    return [Segment(number, text) for number, text in enumerate(texts, start=first)]
