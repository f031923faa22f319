"""Whether one rule's conditions leave nothing that another's would not take: what is behind it never gets work. Pure.

Only what follows from the conditions themselves counts. Two answers are possible: yes for certain, or not provable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from denials.domain.scoping import procedure_fits
from denials.domain.urgency import LAST_DAYS, UrgencyBand
from worklists.domain.conditions import CONDITIONS, RANGES, Shape, bounds, patterns_of
from worklists.domain.routing_facts import NO_LAST_DAY

Interval = tuple[Decimal, Decimal]
FAR = Decimal("Infinity")
DAYS = frozenset({"days_left", "urgency"})
"""Two ways to ask for the same."""


def implies(narrow: Mapping[str, Any], wide: Mapping[str, Any]) -> bool:
    """Whether every denial that meets `narrow` surely meets `wide` too."""
    return all(
        any(_one_implies(own, values, name, wanted) for own, values in narrow.items()) for name, wanted in wide.items()
    )


def _one_implies(own: str, values: Any, name: str, wanted: Any) -> bool:
    """Whether one condition of the narrow rule is enough to meet one of the wide rule."""
    first, second = CONDITIONS[own], CONDITIONS[name]
    if first.fact in DAYS and second.fact in DAYS:
        if NO_LAST_DAY in values and NO_LAST_DAY not in wanted:
            return False
        return _lies_within(_intervals(own, values), _intervals(name, wanted))
    if first.fact != second.fact:
        return False
    if second.shape in RANGES:
        return _lies_within(_intervals(own, values), _intervals(name, wanted))
    if second.shape in (Shape.PROCEDURE, Shape.MODALITY):
        accepted = patterns_of(name, wanted)
        return all(any(_covers(one, other) for one in accepted) for other in patterns_of(own, values))
    if second.shape is Shape.EVERY:
        return set(wanted) <= set(values)
    return set(values) <= set(wanted)


def _intervals(name: str, wanted: Any) -> list[Interval]:
    """The whole numbers, or amounts, that a condition accepts; none for items without a last day."""
    if name == "urgency":
        return [interval for band in wanted for interval in BANDS.get(band, [])]
    low, high = bounds(wanted)
    return [(-FAR if low is None else low, FAR if high is None else high)]


def _bands() -> dict[str, list[Interval]]:
    found, low = {}, -FAR
    for band in UrgencyBand:
        high = Decimal(LAST_DAYS[band]) if band in LAST_DAYS else FAR
        found[band.value] = [(low, high)]
        low = high + 1
    return found


BANDS = _bands()


def _lies_within(narrow: Iterable[Interval], wide: Iterable[Interval]) -> bool:
    whole = _merged(wide)
    return all(any(low <= start and end <= high for low, high in whole) for start, end in narrow)


def _merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Neighbouring bands read as one: 7 and 8 days have nothing between them."""
    merged: list[Interval] = []
    for low, high in sorted(intervals):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return merged


def _covers(wide: str, narrow: str) -> bool:
    """Whether every procedure code that fits `narrow` fits `wide`."""
    if wide == narrow:
        return True
    if narrow.endswith("*"):
        return wide.endswith("*") and narrow.startswith(wide[:-1])
    first, dash, last = narrow.partition("-")
    if wide.endswith("*"):
        shared = wide[:-1]
        return first.startswith(shared) and (not dash or last.startswith(shared))
    if "-" not in wide:
        return False
    return procedure_fits(wide, first) and (not dash or procedure_fits(wide, last))
