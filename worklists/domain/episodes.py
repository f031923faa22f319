"""Whether a later result answers an earlier denial of the same claim, and what it brought in. Pure.

Some payers split a claim and decide about each part under a number of its own: such parts are told apart here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
REVERSAL = "22"
PROCESSED = frozenset({"1", "2", "3", "19", "20", "21"})
"""CLP02 of results that decide about payment: processed as primary, secondary or tertiary, also when forwarded."""
WITHOUT_MONEY = frozenset({"25"})
"""CLP02 25 prices a claim that nobody has paid."""


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


def still_denied(course: Iterable[Result], denials: Sequence[int]) -> list[Result]:
    """Of these denials, named by the ids of their results, the last of each part that was not paid since."""
    said = ([each for each in part if each.id in denials or _pays(each)] for part in parts_of(course))
    lasts = [results[-1] for results in said if results]
    return sorted((last for last in lasts if last.id in denials), key=lambda each: each.order)


def recovered(course: Iterable[Result], denials: Sequence[int]) -> Decimal:
    """Dollars paid since these denials on the parts that they are about, with what was taken back netted; negative when
    more was taken back.
    """
    total = ZERO
    for part in parts_of(course):
        first = first_known(part, denials)
        if first:
            later = (each for each in part if each.status not in WITHOUT_MONEY and each.order > first.order)
            total += sum((each.paid for each in later), ZERO)
    return total


def first_known(part: Iterable[Result], denials: Sequence[int]) -> Result | None:
    """Of these denials, in the order in which they came in, the first one of this part: an older one may come later."""
    by_id = {result.id: result for result in part}
    return next((by_id[each] for each in denials if each in by_id), None)


def _has_number(part: Iterable[Result], number: str) -> bool:
    return bool(number) and any(each.control_number == number for each in part)


def _pays(result: Result) -> bool:
    """Whether a denial before it is over: it pays, denies and defers nothing, and stands."""
    is_last_word = result.status in PROCESSED and result.denial is None and not result.is_pending
    return is_last_word and result.paid > 0 and not result.is_reversed
