"""What a number may have been meant to be when one slip of the fingers or the eyes went into it. Pure.

Numbers are looked up by an index as they are, so the slips are written out instead of compared: that costs the same
for a thousand claims and for ten million.
"""

from __future__ import annotations

from collections.abc import Iterator

SHORTEST, LONGEST = 5, 24
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
    return {*_swapped(number), *_wrong(number), *_too_many(number), *_missing(number)} - {number}


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


def _missing(number: str) -> Iterator[str]:
    for at in range(len(number) + 1):
        for other in f"{DIGITS}-":
            yield number[:at] + other + number[at:]
