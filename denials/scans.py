"""Scans that people send: PDF and images. Known by content, never by name or by what the browser says."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from django.conf import settings

from accounts.refusal import Refused
from denials import pdfs

KINDS = (
    (b"%PDF-", "pdf", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (b"II*\x00", "tif", "image/tiff"),
    (b"MM\x00*", "tif", "image/tiff"),
)
NAMED = {"pdf": "pdf", "png": "png", "jpg": "jpg", "jpeg": "jpg", "tif": "tif", "tiff": "tif"}
WORDS = {"pdf": "PDF", "png": "PNG picture", "jpg": "JPEG picture", "tif": "TIFF"}
MEGABYTE = 1024 * 1024


class Upload(Protocol):
    """An uploaded file."""

    def read(self, size: int = -1, /) -> bytes: ...


class Scan(NamedTuple):
    content: bytes
    ending: str


def read(upload: Upload, called: str, limit: int | None = None) -> Scan:
    """The bytes of a scan; `called` is what people call it. Raises Refused for a large one, for other kinds, and for a
    PDF that nobody could open or that shows nothing.

    `limit` is in bytes; left out, it is that of proofs.
    """
    limit = limit or settings.PROOF_LIMIT_BYTES
    content = upload.read(limit + 1)
    if len(content) > limit:
        raise Refused(f"Nothing was saved: the {called} is larger than {limit // MEGABYTE} MB. Scan it smaller.")
    kind = _kind(content)
    if kind is None:
        raise Refused(f"Nothing was saved: the {called} has to be a PDF, PNG, JPEG or TIFF file.")
    if kind[1] == "pdf":
        pdfs.must_open(content, called)
    return Scan(content, kind[1])


def must_be_named_so(name: str, scan: Scan) -> None:
    """Refuses a file whose name promises another kind than its content is: one of the two is not what it seems."""
    named = name.rpartition(".")[2].casefold() if "." in name else ""
    if NAMED.get(named) != scan.ending:
        what = f"its name ends in “.{named[:8]}”" if named else "its name does not say so"
        raise Refused(
            f"Nothing was saved: the file is a {WORDS[scan.ending]}, yet {what}. Look whether it is the right one."
        )


def media_type(content: bytes) -> str:
    kind = _kind(content)
    return kind[2] if kind else "application/octet-stream"


def _kind(content: bytes) -> tuple[bytes, str, str] | None:
    return next((kind for kind in KINDS if content.startswith(kind[0])), None)
