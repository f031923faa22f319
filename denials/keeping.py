"""Keeps the bytes of a file in private storage under their own hash, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from django.conf import settings
from django.core.files.storage import default_storage

from accounts.refusal import Refused

CHUNK = 1 << 20
INCOMING = "incoming"
_LEFT_BEHIND_AFTER = 24 * 3600.0


class Readable(Protocol):
    """An upload or an open file."""

    def read(self, size: int, /) -> bytes: ...


class Kept(NamedTuple):
    """Where the bytes are: `name` in the default storage."""

    sha256: str
    size: int
    name: str


def keep(stream: Readable) -> Kept:
    """Writes a stream beside its place and moves it there once it is whole: one file, however many send it at once.

    Raises `Refused` beyond the size limit; nothing is kept then.
    """
    incoming = Path(default_storage.path(INCOMING))
    incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
    _forget_left_behind(incoming)
    descriptor, temporary = tempfile.mkstemp(dir=incoming)
    try:
        with os.fdopen(descriptor, "wb") as target:
            digest, size = hashlib.sha256(), 0
            for chunk in _chunks(stream):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        return _in_place(temporary, Kept(digest.hexdigest(), size, _name(digest.hexdigest())))
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)


def open_kept(name: str) -> BinaryIO:
    """The kept bytes, for reading."""
    return Path(default_storage.path(name)).open("rb")


def _chunks(stream: Readable) -> Iterator[bytes]:
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > settings.UPLOAD_LIMIT_BYTES:
            limit = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
            raise Refused(
                f"The file is larger than {limit} MB, so it was not kept. Ask the payer or clearinghouse for smaller"
                " files, or an administrator to raise the limit."
            )
        yield chunk


def _name(sha256: str) -> str:
    return f"remittances/{sha256[:2]}/{sha256}"


def _in_place(temporary: str, kept: Kept) -> Kept:
    """The same bytes under the same name: replacing them changes nothing, and mends a copy that was lost."""
    place = Path(default_storage.path(kept.name))
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.replace(temporary, place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return kept


def _forget_left_behind(incoming: Path) -> None:
    """Removes what a killed process left half written more than a day ago."""
    for path in incoming.iterdir():
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > _LEFT_BEHIND_AFTER:
                path.unlink()
