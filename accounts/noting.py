"""The note that somebody looked at a patient, written to the database while the page is rendered.

Most of what the note costs is waiting for the disk. The page is sent only once the note is on the disk, and where the
note fails, so does the request (as with `access.note_access`).
"""

from __future__ import annotations

from django.http import HttpRequest

from accounts.access import access_note
from accounts.pipelined import Pipelined


def noted_meanwhile(request: HttpRequest, what: str, row: int | None = None) -> Pipelined:
    """Writes the note while the block runs. Whatever the block asks of the database waits for the note first."""
    return Pipelined(access_note(request, what, row))
