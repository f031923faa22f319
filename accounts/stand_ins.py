"""Placeholders for values, in statements and parts of pages that are made once and kept.

What is kept never holds a patient's name or number: it is made with placeholders, and the real values are put in each
time it is used. So code that makes it learns of a value only whether there is one: empty values and True are not
replaced, everything else is.
"""

from __future__ import annotations

import secrets
from typing import Any

SEAL = secrets.token_hex(8)
"""Random for each process, so that nobody can write a placeholder into a note."""
TRACE = SEAL[:10]
"""How a placeholder is recognised that a filter has cut. Long enough not to occur by chance, as in names of files."""
LEAST = 1 << 62
"""Placeholders for numbers begin here: they fit a column of ids, and no id comes near them."""
_numbers: dict[str, int] = {}


def stands_for_itself(value: Any) -> bool:
    return not value or value is True


def stand_in(name: str, value: Any) -> Any:
    """The placeholder for the value of this name: a number for a number, a word for anything else.

    A mapping or a list becomes one in which each value has a placeholder of its own.
    """
    if isinstance(value, dict):
        return {key: stand_in(f"{name}-{key}", each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [stand_in(f"{name}-{place}", each) for place, each in enumerate(value)]
    if stands_for_itself(value):
        return value
    return number(name) if isinstance(value, int) else word(name)


def word(name: str) -> str:
    return f"{SEAL}-{name}-{SEAL}"


def number(name: str) -> int:
    if name not in _numbers:
        _numbers[name] = LEAST + secrets.randbelow(LEAST)
    return _numbers[name]
