"""Whom a code goes to, one after another, as the dictionary writes it: "team lead -> payer provider relations"."""

from __future__ import annotations

import re

ARROW = " -> "
_BETWEEN = re.compile(r"->|→|\n")


def steps_of(path: str) -> list[str]:
    """The steps, however somebody set them apart: by arrows, or each on a line of its own."""
    return [step for each in _BETWEEN.split(path) if (step := each.strip())]


def in_words(path: str) -> str:
    """To be read."""
    return ", then ".join(steps_of(path))
