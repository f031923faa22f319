"""Values that stand in for others, in statements and parts of pages that are made once and kept.

What is kept never holds a patient's name or number: it is made with stand-ins, and the values are put in each time.
While it is made, a value is known only as whether there is one. What is empty, and yes and no, stands for itself.
"""

from __future__ import annotations

import secrets
from typing import Any

SEAL = secrets.token_hex(8)
"""Of this process: nobody can write a stand-in into a note."""
TRACE = SEAL[:10]
"""What is left of a word that somebody cut; longer than what names of files have in common by chance."""
LEAST = 1 << 62
"""Numbers from here on fit a column of ids, and no id comes near them."""
_numbers: dict[str, int] = {}


def stands_for_itself(value: Any) -> bool:
    return not value or value is True


def stand_in(name: str, value: Any) -> Any:
    """What stands for the value of this name: a number for a number, a word for anything else.

    For each value of a mapping or a list another one.
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
