"""How many minutes a time-based behavioral health code stands for. Numbers only; no text of a code is kept. Pure.

Sources: minutes by code as Medicare's booklet on mental health coverage publishes them (16 to 37, 38 to 52, 53 and
more; the same for the parts beside a visit; 26 and more for families; 30 to 74 for a crisis, and another code beside it
for each 30 minutes more); HCPCS Level II codes that are billed by units of 15 minutes, of which a unit counts from its
eighth minute.
"""

from __future__ import annotations

from typing import NamedTuple

RANGES: dict[str, tuple[int, int | None]] = {
    "90832": (16, 37),
    "90833": (16, 37),
    "90834": (38, 52),
    "90836": (38, 52),
    "90837": (53, None),
    "90838": (53, None),
    "90839": (30, 74),
    "90846": (26, None),
    "90847": (26, None),
}
CRISIS, CRISIS_GOES_ON = "90839", "90840"
CRISIS_MINUTES = 30
UNIT_MINUTES = 15
COUNTS_FROM = 8
BY_UNITS = frozenset({"H0004", "H0034", "H0038", "H2011", "H2014", "H2015", "H2017", "H2019", "T1017"})


class Minutes(NamedTuple):
    """From how many minutes a code is met, and up to how many; None: no upper end."""

    least: int
    most: int | None

    def fits(self, minutes: int) -> bool:
        return self.least <= minutes and (self.most is None or minutes <= self.most)

    @property
    def words(self) -> str:
        return f"{self.least} to {self.most} minutes" if self.most else f"{self.least} minutes or more"


def minutes_for(procedure: str, units: int = 1, units_beside: int = 0) -> Minutes | None:
    """What `units` of a procedure stand for; None for a code that is not known here as billed by time.

    `units_beside`: those of `goes_on_in(procedure)` on the same claim.
    """
    if procedure in RANGES:
        least, most = RANGES[procedure]
        if units_beside > 0 and most is not None and goes_on_in(procedure):
            return Minutes(most + 1 + (units_beside - 1) * CRISIS_MINUTES, most + units_beside * CRISIS_MINUTES)
        return Minutes(least, most)
    if procedure in BY_UNITS and units > 0:
        least = (units - 1) * UNIT_MINUTES + COUNTS_FROM
        return Minutes(least, least + UNIT_MINUTES - 1)
    return None


def goes_on_in(procedure: str) -> str:
    """The code under which the minutes beyond those of a procedure are billed; empty where there is none."""
    return CRISIS_GOES_ON if procedure == CRISIS else ""
