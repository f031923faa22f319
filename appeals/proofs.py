"""Files kept with a letter: what was sent, and the proof of it. Known by content, never by name."""

from __future__ import annotations

import hashlib
from typing import NamedTuple, Protocol

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.refusal import Refused

KINDS = (
    (b"%PDF-", "pdf", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (b"II*\x00", "tif", "image/tiff"),
    (b"MM\x00*", "tif", "image/tiff"),
)
MEGABYTE = 1024 * 1024


class Upload(Protocol):
    """An uploaded file."""

    def read(self, size: int = -1, /) -> bytes: ...


class Proof(NamedTuple):
    content: bytes
    ending: str


def read(upload: Upload) -> Proof:
    """The bytes of a proof. Raises Refused when it is too large, or neither PDF nor an image."""
    limit = settings.PROOF_LIMIT_BYTES
    content = upload.read(limit + 1)
    if len(content) > limit:
        raise Refused(f"Nothing was saved: the proof is larger than {limit // MEGABYTE} MB. Scan it smaller.")
    if kind := _kind(content):
        return Proof(content, kind[1])
    raise Refused("Nothing was saved: the proof has to be a PDF, PNG, JPEG or TIFF file.")


def keep(appeal_id: int, what: str, content: bytes, ending: str) -> str:
    """Writes a file of one letter into private storage under its own hash. Returns its name there."""
    name = f"appeals/{appeal_id}/{what}-{hashlib.sha256(content).hexdigest()}.{ending}"
    if default_storage.exists(name):  # left by an attempt that did not finish
        default_storage.delete(name)
    return default_storage.save(name, ContentFile(content))


def media_type(content: bytes) -> str:
    kind = _kind(content)
    return kind[2] if kind else "application/octet-stream"


def _kind(content: bytes) -> tuple[bytes, str, str] | None:
    return next((kind for kind in KINDS if content.startswith(kind[0])), None)
