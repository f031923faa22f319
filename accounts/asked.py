"""What an address or a form asks for, read without trusting it."""

from __future__ import annotations

LONGEST_ID = 19


def whole_number(text: str) -> int | None:
    """An id out of an address; None for anything that cannot be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_ID else None
