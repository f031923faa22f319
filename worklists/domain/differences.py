"""What is not the same about two items of one fault, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

FAULT = ("payer", "codes", "procedures", "provider", "facility")
"""What must agree for two items to have the same fault; with one of these different they are nearly alike."""
NAMES = {
    "payer": "Other payer",
    "codes": "Other codes",
    "procedures": "Other procedure",
    "provider": "Other provider",
    "facility": "Other facility",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One item as far as it is compared. Names are shown; ids would say nothing."""

    payer: str
    codes: str
    procedures: str
    provider: str
    facility: str
    amount: Decimal
    service_on: date | None
    deadline: date | None
    owner: str
    queue: str
    state: str
    """Where it waits; empty where somebody could work it now."""
    round: int


def differences(base: Case, other: Case) -> list[str]:
    """What sets `other` apart from `base`, the weightiest first."""
    return [*_of_fault(base, other), *_of_work(base, other), *_of_claim(base, other)]


def _of_fault(base: Case, other: Case) -> Iterator[str]:
    for name in FAULT:
        if (value := getattr(other, name)) != getattr(base, name):
            yield f"{NAMES[name]}: {value or 'none named'}"


def _of_work(base: Case, other: Case) -> Iterator[str]:
    if other.owner and other.owner != base.owner:
        yield f"{other.owner} has it"
    if other.state and other.state != base.state:
        yield other.state
    if other.queue != base.queue:
        yield f"In {other.queue}"
    if other.round != base.round:
        yield f"Denied {other.round} times" if other.round > 1 else "Denied once"


def _of_claim(base: Case, other: Case) -> Iterator[str]:
    if difference := other.amount - base.amount:
        yield f"${abs(difference):,.2f} {'more' if difference > 0 else 'less'} at risk"
    if other.deadline != base.deadline:
        yield f"Deadline {_apart(base.deadline, other.deadline)}"
    if other.service_on != base.service_on:
        yield f"Service {_apart(base.service_on, other.service_on)}"


def _apart(base: date | None, other: date | None) -> str:
    if other is None:
        return "unknown"
    if base is None:
        return "known here"
    days = (other - base).days
    return f"{abs(days):,} {'day' if abs(days) == 1 else 'days'} {'later' if days > 0 else 'earlier'}"
