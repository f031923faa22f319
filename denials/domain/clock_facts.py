"""What the clocks of one denial are counted from: dates, circumstances, and what was done about it so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ClockKind(StrEnum):
    """What a clock limits. The first ones are rights that are lost; the last three are our own discipline."""

    APPEAL = "appeal"
    CORRECTED_CLAIM = "corrected_claim"
    TIMELY_FILING = "timely_filing"
    PAYMENT_DISPUTE = "payment_dispute"
    EXTERNAL_REVIEW = "external_review"
    REOPENING = "reopening"
    RECOUPMENT_STOP = "recoupment_stop"
    INTERNAL_TARGET = "internal_target"
    PAYER_RESPONSE = "payer_response"
    FOLLOW_UP = "follow_up"


class ClockState(StrEnum):
    """How a clock stands, apart from the day of today."""

    RUNNING = "running"
    WAITING = "waiting"
    """Its start event has not happened yet."""
    MET = "met"
    MISSED = "missed"
    STOPPED = "stopped"


@dataclass(slots=True, frozen=True)
class Step:
    """What was done on one level of appeal: a letter sent, and the payer's decision about it."""

    level: int
    sent_on: date | None = None
    decided_on: date | None = None


@dataclass(slots=True, frozen=True)
class StatedLimit:
    """Days to appeal that the payer states by a remark on the very remittance, such as MA01 with 120."""

    code: str
    days: int


@dataclass(slots=True, frozen=True, kw_only=True)
class Facts:
    """The dates and circumstances that rules count from and apply to."""

    payer_key: str
    payer_name: str = ""
    product: str = ""
    jurisdiction: str = ""
    provider_status: str = ""
    """"contracted", "non_contracted" or empty when not known."""
    payment_date: date | None
    """The remittance's payment date, else its production date."""
    received_on: date | None = None
    """The day on which receipt of the remittance is proved. It counts only inside the presumption."""
    service_date: date | None = None
    """The first day of service (last day for a stay)."""
    resolution: str = ""
    appeal_allowed: bool = True
    needs_new_claim: bool = False
    """The payer never took the claim in, so that the original filing limit runs on."""
    is_late_filing: bool = False
    """The payer refused the claim because it came late."""
    filed_on: date | None = None
    """The day on which the payer took the original claim in, as an acknowledgment or the remittance says."""
    is_takeback: bool = False
    """The payer takes money back without a correction so far."""
    stated: tuple[StatedLimit, ...] = ()
    level: int = 1
    """The level of appeal that is open to this decision; more than 1 where it answers an appeal."""
    level_from: date | None = None
    """The decision that opened that level; empty for the remittance itself."""
    original_date: date | None = None
    """The payment date of the first denial of the chain; empty for this one."""
    steps: tuple[Step, ...] = ()
    claim_sent_on: date | None = None
    """The day on which a corrected or new claim went out."""
    response_days: int = 30
    """Calendar days in which this payer usually answers."""

    def step(self, level: int) -> Step:
        return next((step for step in self.steps if step.level == level), Step(level))

    @property
    def open_level(self) -> int:
        """The level on which the next letter goes out, or is under way."""
        return max([self.level, *(step.level + 1 for step in self.steps if step.decided_on)])

    def start_of(self, level: int) -> date | None:
        """The decision that opens a level; None while it has not come."""
        if level <= self.level:
            return self.level_from or self.payment_date
        return self.step(level - 1).decided_on

    @property
    def last_sent(self) -> date | None:
        """The newest letter or claim that went out and that the payer has not answered."""
        open_steps = [step.sent_on for step in self.steps if step.sent_on and not step.decided_on]
        return max(filter(None, [*open_steps, self.claim_sent_on]), default=None)
