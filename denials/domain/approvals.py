"""Whether an authorization covers what a claim billed, in words that can be said on the phone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from denials.domain.days import days_in_words


class Decision(StrEnum):
    """What the payer decided about a request for authorization."""

    APPROVED = "approved"
    PARTLY = "partly"
    """Approved for less than was asked."""
    PENDING = "pending"
    REFUSED = "refused"
    NOT_NEEDED = "not_needed"
    CANCELLED = "cancelled"


NOTHING_APPROVED = {
    Decision.PENDING: "is not decided yet",
    Decision.REFUSED: "was refused by the payer",
    Decision.CANCELLED: "was cancelled",
}


@dataclass(frozen=True, slots=True)
class Approval:
    """One authorization. What nobody told is None or empty, and limits nothing."""

    decision: str
    decided_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    units: Decimal | None = None
    """For all its procedures together."""
    procedures: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """One line as it was billed; `number` 0 for a claim without lines."""

    number: int
    procedure: str = ""
    units: Decimal | None = None
    first_day: date | None = None
    last_day: date | None = None

    @property
    def until(self) -> date | None:
        return self.last_day or self.first_day


@dataclass(frozen=True, slots=True)
class Fit:
    """What an authorization means for one line. `words` go after its number: "covers 3 of 4 units"."""

    line: int
    covers: bool
    words: str


def fits(approval: Approval, services: Iterable[Service]) -> list[Fit]:
    """The same authorization against each line in order; units that one line used are gone for the next."""
    left = approval.units
    found = []
    for service in services:
        against = _against(approval, service)
        if against:
            found.append(Fit(service.number, covers=False, words=" and ".join(against)))
            continue
        found.append(_units(approval, service, left))
        if left is not None and service.units is not None:
            left = max(left - service.units, Decimal(0))
    return found


def _against(approval: Approval, service: Service) -> list[str]:
    """Why it says nothing for this line; empty when only its units remain to be counted."""
    if nothing := NOTHING_APPROVED.get(Decision(approval.decision)):
        return [nothing]
    procedures = [each.upper() for each in approval.procedures]
    other = service.procedure and procedures and service.procedure.upper() not in procedures
    found = [f"is for {_listed(procedures)}, not {service.procedure}"] if other else []
    return [*found, *_days_against(approval, service)]


def _days_against(approval: Approval, service: Service) -> list[str]:
    first, until, found = service.first_day, service.until, []
    if first and approval.valid_from and approval.valid_from > first:
        what = "the service" if not until or until == first else "the first day of service"
        found.append(f"begins {_between(first, approval.valid_from)} after {what}")
    if until and approval.valid_to and approval.valid_to < until:
        verb = "ends" if first and approval.valid_to >= first else "ended"
        what = "the last day of service" if verb == "ends" else "the service"
        found.append(f"{verb} {_between(approval.valid_to, until)} before {what}")
    return found


def _units(approval: Approval, service: Service, left: Decimal | None) -> Fit:
    late = _decided_late(approval, service)
    if approval.decision == Decision.NOT_NEEDED:
        return Fit(service.number, covers=True, words=f"not needed, the payer said{late}")
    if left is None or service.units is None:
        return Fit(service.number, covers=True, words=f"covers the service{late}")
    if left < service.units:
        return Fit(service.number, covers=False, words=f"covers {_plain(left)} of {_plain(service.units)} units{late}")
    counted = "its unit" if service.units == 1 else f"all {_plain(service.units)} units"
    return Fit(service.number, covers=True, words=f"covers {counted}{late}")


def _decided_late(approval: Approval, service: Service) -> str:
    if not (approval.decided_on and service.first_day and approval.decided_on > service.first_day):
        return ""
    return f", decided {_between(service.first_day, approval.decided_on)} after the service"


def _between(first: date, last: date) -> str:
    return days_in_words((last - first).days)


def _listed(procedures: Sequence[str]) -> str:
    return " or ".join([", ".join(procedures[:-1]), procedures[-1]]) if len(procedures) > 1 else procedures[0]


def _plain(units: Decimal) -> str:
    """4, not 4.0000."""
    return f"{units.normalize():f}"
