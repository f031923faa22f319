"""Which results of a claim are about the same part of it: whether a later one answers an earlier one. Pure.

Some payers split a claim and decide about each part under a number of its own: such parts are told apart here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

REVERSAL = "22"
"""CLP02 of what takes an earlier result back."""

DECIDED = frozenset({"1", "2", "3", "4", "19", "20", "21"})
"""CLP02 of what decides about a claim: it pays, denies, or leaves the charge to the patient."""


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
    chosen: int | None = None
    """An earlier result of the part that this one is about, as a person said who looked."""
    is_about_all: bool = False
    """A person said that it is about all parts that it fits."""

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
    answers: those of the same charge, else all. What is unclear is a part of its own.
    """
    return _divided(course)[0]


def unclear(course: Iterable[Result]) -> dict[int, list[list[Result]]]:
    """By id what came under a number of its own with a charge that several parts have, with these parts as they were.

    A corrected or reissued claim comes so. What was taken back since asks nothing.
    """
    known = list(course)
    reversed_ids = {each.id for each in known if each.is_reversed}
    return {pk: fitting for pk, fitting in uncounted(known).items() if pk not in reversed_ids}


def uncounted(course: Iterable[Result]) -> dict[int, list[list[Result]]]:
    """The same, also where it was taken back since: it counts for none of these parts until a person says for which."""
    return _divided(course)[1]


def _divided(course: Iterable[Result]) -> tuple[list[list[Result]], dict[int, list[list[Result]]]]:
    parts: list[list[Result]] = []
    doubtful: dict[int, list[list[Result]]] = {}
    for result in course:
        found = _meant_by(result, parts)
        if len(found) > 1 and _is_doubtful(result, found):
            doubtful[result.id] = found
            found = []
        others = [part for part in parts if not any(part is one for one in found)]
        joined = sorted((each for part in found for each in part), key=lambda each: each.order)
        parts = [*others, [*joined, result]]
    return parts, doubtful


def _meant_by(result: Result, parts: Sequence[list[Result]]) -> list[list[Result]]:
    if result.chosen is not None:
        return [part for part in parts if any(each.id == result.chosen for each in part)]
    if known := [part for part in parts if _has_number(part, result.control_number)]:
        return known
    answered = [part for part in parts if any(answers(result, each) for each in part if each.status != REVERSAL)]
    alike = [part for part in answered if _has_charge(part, result)]
    taken_back = [part for part in alike if part[-1].status == REVERSAL]
    return taken_back if len(taken_back) == 1 else alike or answered


def _is_doubtful(result: Result, found: Iterable[list[Result]]) -> bool:
    decides = result.paid > 0 or result.status in DECIDED
    return decides and not result.is_about_all and all(_has_charge(part, result) for part in found)


def same_part(course: Iterable[Result], result: int) -> set[int]:
    """The ids of the results up to this one that are about the same part as it; of all where it is not among them."""
    known = list(course)
    this = next((each for each in known if each.id == result), None)
    if this is None:
        return {each.id for each in known}
    parts = parts_of(each for each in known if each.order <= this.order)
    return {each.id for part in parts if any(one is this for one in part) for each in part}


def _has_charge(part: Iterable[Result], result: Result) -> bool:
    return any(each.charge == result.charge for each in part)


def _has_number(part: Iterable[Result], number: str) -> bool:
    return bool(number) and any(each.control_number == number for each in part)
