"""What a number or a name may have been meant to be when one slip of the fingers or the eyes went into it. Pure.

They are looked up by an index as they are, so the slips are written out instead of compared: that costs the same
for a thousand claims and for ten million.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase

SHORTEST, LONGEST = 5, 24
SHORTEST_NAME = 3
DIGITS = "0123456789"
ALIKE = {"O": "0", "0": "O", "I": "1", "L": "1", "1": "IL", "S": "5", "5": "S", "B": "8", "8": "B", "Z": "2", "2": "Z"}
"""What is read, or said on the telephone, for one another."""


def one_slip_from(number: str) -> set[str]:
    """Every number that this one may be meant for: two characters swapped, one wrong, one too many, one missing.

    None for what is too short to tell a slip from another number, or holds no digit.
    """
    number = number.strip().upper()
    if not SHORTEST <= len(number) <= LONGEST or not any(each in DIGITS for each in number):
        return set()
    return {*_swapped(number), *_wrong(number), *_too_many(number), *_missing(number, f"{DIGITS}-")} - {number}


def one_slip_from_name(name: str) -> set[str]:
    """The same for one word of a name: a short one with a slip in it is like the right one in nothing else."""
    name = name.upper()
    if not SHORTEST_NAME <= len(name) <= LONGEST:
        return set()
    other = {name[:at] + letter + name[at + 1 :] for at in range(len(name)) for letter in ascii_uppercase}
    return {*_swapped(name), *other, *_too_many(name), *_missing(name, ascii_uppercase)} - {name}


def _swapped(number: str) -> Iterator[str]:
    for at in range(len(number) - 1):
        yield number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def _wrong(number: str) -> Iterator[str]:
    for at, each in enumerate(number):
        for other in (DIGITS if each in DIGITS else "") + ALIKE.get(each, ""):
            yield number[:at] + other + number[at + 1 :]


def _too_many(number: str) -> Iterator[str]:
    for at in range(len(number)):
        yield number[:at] + number[at + 1 :]


def _missing(number: str, signs: str) -> Iterator[str]:
    for at in range(len(number) + 1):
        for other in signs:
            yield number[:at] + other + number[at:]
