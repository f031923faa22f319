"""Phrases with blanks: "Called {payer}, spoke to {rep}." Pure text; who knows the values is decided elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

BLANK = re.compile(r"\{([a-z][a-z0-9_ ]{0,29})\}", re.IGNORECASE)
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
"""What may follow the dot by which a phrase is typed."""


def blanks(text: str) -> list[str]:
    """The names of its blanks in small letters, each once, in the order in which they come."""
    return list(dict.fromkeys(found.lower() for found in BLANK.findall(text)))


def missing(text: str, values: Mapping[str, str]) -> list[str]:
    """The blanks for which no value is given."""
    return [name for name in blanks(text) if not values.get(name, "").strip()]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Puts the given values in. A blank without one stays; braces within a value are left alone."""
    pieces = list(_in_pieces(text))
    pieces[1::2] = [values.get(name.lower(), "").strip() or f"{{{name}}}" for name in pieces[1::2]]
    return "".join(pieces)


@lru_cache(maxsize=500)
def _in_pieces(text: str) -> Sequence[str]:
    """Every other piece is the name of a blank."""
    return tuple(BLANK.split(text))
