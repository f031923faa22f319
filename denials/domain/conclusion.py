"""What we concluded about one claim payment, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal("0")


def in_words(key: str) -> str:
    """A key of the dictionary as people say it: "coordination of benefits"."""
    return key.replace("_", " ")


class Outcome(StrEnum):
    """What one claim payment turned out to be."""

    FULL_DENIAL = "full_denial"
    PARTIAL_DENIAL = "partial_denial"
    SUSPECTED_DENIAL = "suspected_denial"
    """A write-down fills the whole charge and nothing was paid: the payer's true reason is hidden."""
    PENDING = "pending"
    FORWARDED = "forwarded"
    REVERSAL = "reversal"
    ESTIMATE = "estimate"
    DUPLICATE_CLOSED = "duplicate_closed"
    NOT_DENIAL = "not_denial"


class Liability(StrEnum):
    """Who carries the amount in question, as the adjustment group says."""

    PROVIDER = "provider"
    PATIENT = "patient"
    NONE = "none"


class AppealResult(StrEnum):
    """What a correction that follows a denial says about the earlier decision."""

    OVERTURNED = "overturned"
    PARTIAL = "partial"
    UPHELD = "upheld"


class ExceptionCode(StrEnum):
    """Stable names of what a person must look at besides the ordinary work."""

    MISSING_REQUIRED_REMARK = "missing_required_remark"
    UNKNOWN_CODE = "unknown_code"
    RETIRED_CODE = "retired_code"
    UNKNOWN_REMARK = "unknown_remark"
    UNKNOWN_GROUP = "unknown_group"
    UNKNOWN_STATUS = "unknown_status"
    SUSPECTED_DENIAL = "suspected_denial"
    UNREADABLE_AMOUNT = "unreadable_amount"


@dataclass(slots=True, frozen=True)
class ReadBy:
    """A reading that fitted a denied amount: the one that won, or one that lost, and why."""

    id: int
    version: int
    code: str
    """Code system and code, such as "CARC 24"."""
    title: str
    won: bool
    why: str
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """What the winner changed, by name: before and after."""

    def as_json(self) -> dict[str, object]:
        changes = {name: [str(before), str(after)] for name, (before, after) in self.changes.items()}
        told = {name: getattr(self, name) for name in ("id", "version", "code", "title", "won", "why")}
        return {**told, "changes": changes}


@dataclass(slots=True, frozen=True, kw_only=True)
class Conclusion:
    """The conclusion about one claim payment. Amounts are dollars on the basis of billed charges, never negative.

    `category`, `denial_type`, `primary_group` and `primary_code` are empty when nothing was denied. `because` holds
    plain sentences, without patient data, that name the rule and the code entry behind each step.
    """

    outcome: Outcome
    is_denial: bool
    denied_amount: Decimal = ZERO
    """Sum of the denied adjustments. For a suspected denial: the whole charge that the write-down hides."""
    amount_at_risk: Decimal = ZERO
    tracked_amount: Decimal = ZERO
    """Not denied, yet not to be lost sight of: pending, forwarded, or taken back without a correction so far."""
    category: str = ""
    denial_type: str = ""
    primary_group: str = ""
    primary_code: str = ""
    liability: Liability
    owner_team: str
    """The team whose queue this goes to unless a routing rule says otherwise."""
    resolution: str
    """correction, resubmission, appeal, adjustment, patient_bill or escalation."""
    appeal_allowed: bool = False
    needs_new_claim: bool = False
    """The payer never took the claim in, so the original filing limit still runs."""
    remarks: tuple[str, ...] = ()
    denied_lines: tuple[int, ...] = ()
    denied_units: Decimal | None = None
    """CAS quantities on the denied adjustments; None when the payer gave none."""
    pending_lines: tuple[int, ...] = ()
    watch: str = ""
    exceptions: tuple[ExceptionCode, ...] = ()
    linked_claim: str = ""
    """Payer control number of the earlier result that this one duplicates, upholds or corrects."""
    appeal_result: AppealResult | None = None
    """Set when this result corrects or repeats an earlier denial."""
    recovered_amount: Decimal = ZERO
    """Paid now beyond what had been paid on the denial that this result corrects."""
    next_action: str = ""
    evidence: tuple[str, ...] = ()
    root_cause: str = ""
    preventable: str = ""
    escalation: str = ""
    because: tuple[str, ...] = ()
    readings: tuple[ReadBy, ...] = ()
    """Scoped readings of the codes that decided, those that won first."""
    dictionary_version: str = ""

    @property
    def primary_reason(self) -> str | None:
        """Group and reason as staff write them, such as "CO-197"; None when no code decided."""
        return f"{self.primary_group}-{self.primary_code}" if self.primary_code else None
