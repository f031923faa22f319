"""The index of a kept file's segments, built when somebody first asks where something stands, and kept beside it.

Recording stays fast because it builds none. A kept file never changes, so neither does its index; one that is gone or
of an older form is built again.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from denials.domain.x12_places import Run, SegmentIndex, index_of

FORM = 1
"""Raise it when an index comes to hold something else."""
SUFFIX = ".segments"


def index_beside(kept: Path, source: BinaryIO) -> SegmentIndex:
    """The index of the file at `kept`, which `source` reads. Raises NotReadable for what is not X12."""
    place = kept.with_name(kept.name + SUFFIX)
    with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
        return _from_json(json.loads(place.read_bytes()))
    index = index_of(source)
    _write(place, json.dumps(_as_json(index), separators=(",", ":")).encode())
    return index


def _as_json(index: SegmentIndex) -> dict[str, Any]:
    return {"form": FORM, "segments": index.segments, "line_break": index.line_break, "runs": index.runs}


def _from_json(said: dict[str, Any]) -> SegmentIndex:
    if said["form"] != FORM:
        raise ValueError("the index is of another form")
    return SegmentIndex(said["segments"], said["line_break"], [Run(*run) for run in said["runs"]])


def _write(place: Path, content: bytes) -> None:
    """Whole or not at all, so that nobody ever reads half an index."""
    descriptor, temporary = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as target:
            target.write(content)
        os.replace(temporary, place)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
