"""Which results of a claim are about the same part of it: whether a later one answers an earlier one. Pure.

Some payers split a claim and decide about each part under a number of its own: such parts are told apart here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

REVERSAL = "22"
"""CLP02 of what takes an earlier result back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One claim payment of one claim, as far as the course of the claim goes. Results sort by when they were made."""

    id: int
    remittance: int
    decided_on: date
    position: int
    status: str
    charge: Decimal | None
    paid: Decimal
    control_number: str = ""
    denial: int | None = None
    """The denial that work was or would be opened for; None when this result denies nothing."""
    is_pending: bool = False
    """A part of it is not decided yet."""
    is_reversed: bool = False

    @property
    def order(self) -> tuple[date, int, int]:
        return self.decided_on, self.remittance, self.position


def answers(later: Result, earlier: Result) -> bool:
    """Whether `later` decides about what `earlier` denied, and not about another part of a claim the payer split.

    It does after the earlier result was reversed, under the same payer claim number, or in a later remittance for at
    least the same charge. Results side by side under different payer claim numbers are parts.
    """
    if later.order <= earlier.order:
        return False
    if earlier.is_reversed or (later.control_number and later.control_number == earlier.control_number):
        return True
    if later.remittance == earlier.remittance:
        return False
    return later.charge is not None and earlier.charge is not None and later.charge >= earlier.charge


def parts_of(course: Iterable[Result]) -> list[list[Result]]:
    """The results of a claim, oldest first, by the part that they decide about; one part where nothing was split.

    A number that was met before says which part is meant. What comes under another number is about the parts that it
    answers: those of the same charge, else all.
    """
    parts: list[list[Result]] = []
    for result in course:
        found = [part for part in parts if _has_number(part, result.control_number)]
        if not found:
            found = [part for part in parts if any(answers(result, each) for each in part if each.status != REVERSAL)]
            found = [part for part in found if any(each.charge == result.charge for each in part)] or found
        others = [part for part in parts if not any(part is one for one in found)]
        joined = sorted((each for part in found for each in part), key=lambda each: each.order)
        parts = [*others, [*joined, result]]
    return parts


def same_part(course: Iterable[Result], result: int) -> set[int]:
    """The ids of the results up to this one that are about the same part as it; of all where it is not among them."""
    known = list(course)
    this = next((each for each in known if each.id == result), None)
    if this is None:
        return {each.id for each in known}
    parts = parts_of(each for each in known if each.order <= this.order)
    return {each.id for part in parts if any(one is this for one in part) for each in part}


def _has_number(part: Iterable[Result], number: str) -> bool:
    return bool(number) and any(each.control_number == number for each in part)
