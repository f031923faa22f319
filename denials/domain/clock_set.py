"""One clock of a denial, and all of them together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from denials.domain.clock_facts import ClockKind, ClockState
from denials.domain.clock_words import day
from denials.domain.deadlines import Deadline
from denials.domain.windows import NO_TIME, WorkTimes


@dataclass(slots=True, frozen=True)
class Other:
    """A rule that says another last day, and lost because it is later."""

    rule_id: str
    name: str
    last_day: date


@dataclass(slots=True, frozen=True, kw_only=True)
class Clock:
    """One clock of one denial. Without `last_day` it waits for its start event, or nobody can count it."""

    kind: ClockKind
    level: int = 0
    """The level of appeal or dispute, or which follow-up; 0 for what has none."""
    name: str
    state: ClockState
    basis: str = ""
    """payment_date, receipt_date, dos, decision or sent; empty while it waits."""
    basis_date: date | None = None
    waits_for: str = ""
    rule_id: str = ""
    source: str = ""
    last_verified: str = ""
    confidence: str = ""
    window: str = ""
    presumption_days: int = 0
    non_business_day_rule: str = ""
    last_day: date | None = None
    last_safe_day: date | None = None
    ended_on: date | None = None
    """The day on which it was met, or missed by acting late."""
    is_default: bool = False
    is_binding: bool = False
    others: tuple[Other, ...] = ()
    because: tuple[str, ...] = ()

    def days_left(self, today: date) -> int | None:
        return None if self.last_day is None else (self.last_day - today).days


@dataclass(slots=True, frozen=True)
class ClockSet:
    """All clocks of a denial, the one that binds, and the right that is left when the first way fails."""

    deadline: Deadline | None
    second: Deadline | None
    clocks: tuple[Clock, ...]


@dataclass(slots=True, frozen=True)
class Times:
    """Business days that letters and claims need before the payer has them."""

    letter: WorkTimes = NO_TIME
    claim: WorkTimes = NO_TIME


NO_TIMES = Times()


def acted(clock: Clock, on: date | None) -> Clock:
    """A clock that ends with what was done on a day: met inside the limit, missed after it."""
    if on is None or clock.state is not ClockState.RUNNING:
        return clock
    if clock.last_day and on > clock.last_day:
        late = (on - clock.last_day).days
        words = f"Done on {day(on)}, {late} {'day' if late == 1 else 'days'} late."
        return ended(clock, ClockState.MISSED, on, words)
    return ended(clock, ClockState.MET, on, f"Done on {day(on)}.")


def ended(clock: Clock, state: ClockState, on: date | None, words: str) -> Clock:
    return replace(clock, state=state, ended_on=on, because=(words, *clock.because))
