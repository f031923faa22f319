"""Files kept with a letter: what was sent, and the proof of it."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from denials.scans import Scan as Proof
from denials.scans import Upload, media_type
from denials.scans import read as read_scan

__all__ = ["Proof", "Upload", "keep", "media_type", "read"]


def read(upload: Upload) -> Proof:
    """The bytes of a proof. Raises Refused when it is too large, or neither PDF nor an image."""
    return read_scan(upload, "proof")


def keep(appeal_id: int, what: str, content: bytes, ending: str) -> str:
    """Writes a file of one letter into private storage under its own hash. Returns its name there."""
    name = f"appeals/{appeal_id}/{what}-{hashlib.sha256(content).hexdigest()}.{ending}"
    if default_storage.exists(name):  # left by an attempt that did not finish
        default_storage.delete(name)
    return default_storage.save(name, ContentFile(content))
