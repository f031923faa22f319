"""The note that a patient is shown, written while the page is put into words: waiting for the disk is half of its cost.

The page leaves only after the note is on the disk, and a note that fails fails the request, as `access.note_access`.
"""

from __future__ import annotations

from django.http import HttpRequest

from accounts.access import access_note
from accounts.sent import Sent


def noted_meanwhile(request: HttpRequest, what: str, row: int | None = None) -> Sent:
    """Writes the note while the block runs. Whatever the block asks of the database waits for the note first."""
    return Sent(access_note(request, what, row))
