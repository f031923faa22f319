"""What a payer or clearinghouse answers about what we sent, before any payment: acknowledgments, as plain values.

999 (005010X231), 997 and TA1 speak of files and transaction sets; 277CA (005010X214) speaks of claims. A rejection is
no denial: the claim never reached adjudication, so nobody decided about money.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """The report that an answer stands in."""

    CLAIMS = "277CA"
    IMPLEMENTATION = "999"
    FUNCTIONAL = "997"
    INTERCHANGE = "TA1"


class Level(StrEnum):
    """What an answer is about."""

    CLAIM = "claim"
    BATCH = "batch"
    """All claims of one 837, or those of one provider in it (277CA)."""
    SET = "set"
    """One ST to SE that we sent."""
    GROUP = "group"
    INTERCHANGE = "interchange"


class Status(StrEnum):
    """What became of it. Only `ACCEPTED` and `WITH_ERRORS` prove that the receiver took it in."""

    ACCEPTED = "accepted"
    WITH_ERRORS = "with_errors"
    RECEIVED = "received"
    """It arrived, or was passed on; nobody has accepted it yet (277CA categories A0 and A1)."""
    REJECTED = "rejected"


@dataclass(slots=True)
class Answer:
    """One answer. Codes stand as sent, each behind the segment it is from: "STC:A7:562:85", "IK3:NM1:15:2010BA:8"."""

    kind: Kind
    level: Level
    status: Status
    transaction: int
    """1-based count of the ST in the file; 0 for a TA1 outside of any."""
    segment_from: int
    segment_to: int = 0
    subject: str = ""
    """The control numbers of what is answered, in words."""
    source_name: str = ""
    """Who answers: the payer, or a clearinghouse (277CA NM1 of level 20), else the sender of the interchange."""
    source_id: str = ""
    source_is_payer: bool = False
    reference: str = ""
    """BHT03, or the control number of the report."""
    reported_on: date | None = None
    provider_npi: str = ""
    claim_number: str = ""
    """TRN02: our patient control number, as CLP01 repeats it later."""
    payer_control_number: str = ""
    """REF*1K."""
    clearinghouse_number: str = ""
    """REF*D9."""
    patient_last: str = ""
    patient_first: str = ""
    member_id: str = ""
    service_from: date | None = None
    service_to: date | None = None
    amount: Decimal | None = None
    """STC04: the charge that the receiver saw."""
    answered_on: date | None = None
    """STC02, else the day of the report."""
    received_on: date | None = None
    """DTP*050 of the information source: the day it got what we sent."""
    codes: list[str] = field(default_factory=list)
    message: str = ""
    """STC12, in the receiver's words."""
