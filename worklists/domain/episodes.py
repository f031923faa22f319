"""What of a claim is denied still, and what a later result brought in, part by part where the payer split it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from denials.domain.parts import Result, parts_of, uncounted

ZERO = Decimal(0)
PROCESSED = frozenset({"1", "2", "3", "19", "20", "21"})
"""CLP02 of results that decide about payment: processed as primary, secondary or tertiary, also when forwarded."""
WITHOUT_MONEY = frozenset({"25"})
"""CLP02 25 prices a claim that nobody has paid."""


def still_denied(course: Iterable[Result], denials: Sequence[int]) -> list[Result]:
    """Of these denials, named by the ids of their results, the last of each part that was not paid since."""
    said = ([each for each in part if each.id in denials or _pays(each)] for part in counted(course, denials))
    lasts = [results[-1] for results in said if results]
    return sorted((last for last in lasts if last.id in denials), key=lambda each: each.order)


def recovered(course: Iterable[Result], denials: Sequence[int]) -> Decimal:
    """Dollars paid since these denials on the parts that they are about, with what was taken back netted; negative when
    more was taken back.
    """
    total = ZERO
    for part in counted(course, denials):
        first = first_known(part, denials)
        if first:
            later = (each for each in part if each.status not in WITHOUT_MONEY and each.order > first.order)
            total += sum((each.paid for each in later), ZERO)
    return total


def counted(course: Iterable[Result], denials: Sequence[int]) -> list[list[Result]]:
    """The parts of the claim without what may be about one of several parts that these denials are about: it would
    count beside the part that it decides about again.
    """
    known = list(course)
    doubtful = {
        pk for pk, fitting in uncounted(known).items() if any(each.id in denials for part in fitting for each in part)
    }
    return [part for part in parts_of(known) if not any(each.id in doubtful for each in part)]


def first_known(part: Iterable[Result], denials: Sequence[int]) -> Result | None:
    """Of these denials, in the order in which they came in, the first one of this part: an older one may come later."""
    by_id = {result.id: result for result in part}
    return next((by_id[each] for each in denials if each in by_id), None)


def _pays(result: Result) -> bool:
    """Whether a denial before it is over: it pays, denies and defers nothing, and stands."""
    is_last_word = result.status in PROCESSED and result.denial is None and not result.is_pending
    return is_last_word and result.paid > 0 and not result.is_reversed
