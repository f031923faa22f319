"""PDF files as scanners, portals and careful clinics make them."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter
from pypdf.constants import UserAccessPermissions


def pdf(pages: int = 3) -> bytes:
    """Pages with nothing on them."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(612, 792)
    return _written(writer)


def locked(password: str, *, may: UserAccessPermissions | None = None) -> bytes:
    """Encrypted; without a password it opens for everybody, who `may` do with it only this."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    allowed = UserAccessPermissions.all() if may is None else may
    writer.encrypt(password, "of whoever made it", permissions_flag=allowed, algorithm="AES-256")
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()
