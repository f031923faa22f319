"""What a payer's remittance (X12 835) says, as plain values.

Nothing here is concluded: each value stands in the file at the segment its owner names. Segment positions are
zero-based counts from the start of the file, so that a screen can show the raw text again. Money is `Decimal`;
`None` means that the file holds no readable amount there, and a `Finding` says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Severity(StrEnum):
    """How far a finding stops the work."""

    REJECT = "reject"
    """Not readable as a remittance: nothing can be recorded from it."""
    HOLD = "hold"
    """Recorded as received, but a person decides before any work is made of it."""
    NOTE = "note"
    """Worth knowing; the work goes on."""


@dataclass(slots=True, frozen=True)
class Finding:
    """One thing wrong or odd in a file, in words a biller understands.

    `code` is stable and short (`unbalanced_transaction`); `transaction` is the 1-based ST count, 0 for the file.
    The message never holds patient data: it names positions and amounts.
    """

    severity: Severity
    code: str
    message: str
    segment: int | None = None
    transaction: int = 0
    claim: int = 0


@dataclass(slots=True)
class ReportedAdjustment:
    """One reason, amount, quantity triplet of a CAS segment."""

    group: str
    code: str
    amount: Decimal | None
    quantity: Decimal | None
    segment: int


@dataclass(slots=True)
class ReportedLine:
    """One service line (loop 2110, SVC)."""

    number: int
    """1-based position in the claim."""
    qualifier: str
    procedure: str
    modifiers: tuple[str, ...]
    revenue_code: str
    charge: Decimal | None
    paid: Decimal | None
    units_paid: Decimal | None
    units_billed: Decimal | None
    submitted_procedure: str
    """SVC06: the code that was billed, when the payer changed it."""
    segment_from: int
    segment_to: int = 0
    service_from: date | None = None
    service_to: date | None = None
    allowed: Decimal | None = None
    """AMT*B6."""
    control_number: str = ""
    """REF*6R: our line item control number."""
    policy: str = ""
    """REF*0K: the payer's policy behind the decision."""
    adjustments: list[ReportedAdjustment] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """LQ*HE codes, in file order."""
    reject_codes: list[str] = field(default_factory=list)
    """LQ*RX (NCPDP) codes."""


@dataclass(slots=True)
class ReportedClaim:
    """One claim payment (loop 2100, CLP)."""

    transaction: int
    """1-based count of the ST in the file."""
    position: int
    """1-based count of the CLP in its ST."""
    claim_number: str
    """CLP01: our patient control number."""
    status: str
    charge: Decimal | None
    paid: Decimal | None
    patient_share: Decimal | None
    filing_code: str
    payer_control_number: str
    """CLP07."""
    facility_code: str
    frequency: str
    segment_from: int
    segment_to: int = 0
    patient_last: str = ""
    patient_first: str = ""
    patient_middle: str = ""
    member_id: str = ""
    subscriber_last: str = ""
    subscriber_first: str = ""
    rendering_npi: str = ""
    rendering_name: str = ""
    """Last, First."""
    crossover_name: str = ""
    """NM1*TT: the payer that the claim was forwarded to."""
    corrected_payer_name: str = ""
    """NM1*PR in loop 2100."""
    contract: str = ""
    """REF*CE: class of contract."""
    medical_record: str = ""
    """REF*EA."""
    service_from: date | None = None
    """DTM*232, else the earliest line date."""
    service_to: date | None = None
    """DTM*233, else the latest line date."""
    received_on: date | None = None
    """DTM*050: the day the payer received the claim."""
    adjustments: list[ReportedAdjustment] = field(default_factory=list)
    """Claim level CAS only."""
    remarks: list[str] = field(default_factory=list)
    """MOA and MIA remark codes, in file order."""
    lines: list[ReportedLine] = field(default_factory=list)


@dataclass(slots=True)
class RemittanceHeader:
    """One payment (ST to SE) as its opening segments say: BPR, TRN, N1*PR, N1*PE."""

    transaction: int
    control_number: str
    amount: Decimal | None
    """BPR02, the payment total."""
    credit_debit: str
    method: str
    payment_date: date | None
    """BPR16."""
    trace: str
    """TRN02, the check or EFT trace number."""
    originator: str
    """TRN03."""
    production_date: date | None
    """DTM*405."""
    payer_name: str
    payer_id: str
    """N104 of N1*PR, else REF*2U, else TRN03."""
    payer_address: str
    payee_name: str
    payee_npi: str
    payee_tax_id: str
    sender: str
    """ISA06."""
    receiver: str
    interchange: str
    """ISA13."""
    group: str
    """GS06."""
    version: str
    """GS08 as sent: may be garbage, never trusted."""
    segment_from: int
    payer_number: str = ""
    """N104 of N1*PR alone."""
    payer_references: tuple[tuple[str, str], ...] = ()
    """Qualifier and value of the REF segments after N1*PR: 2U, NF, EO and HI, in file order."""
    sender_qualifier: str = ""
    """ISA05."""
    application_sender: str = ""
    """GS02."""


@dataclass(slots=True)
class ReportedProviderAdjustment:
    """One reason and amount pair of a PLB segment. A positive amount lowers the payment."""

    provider: str
    fiscal_period_end: date | None
    code: str
    reference: str
    amount: Decimal | None
    segment: int


@dataclass(slots=True)
class RemittanceTotals:
    """Closes a transaction: what was counted in it, and how it balances.

    `difference` is BPR02 - (sum of CLP04 - sum of PLB amounts); zero when the transaction balances.
    """

    transaction: int
    claims: int
    charged: Decimal
    paid: Decimal
    provider_adjustments: list[ReportedProviderAdjustment]
    difference: Decimal | None
    complete: bool
    """False when the file ends or the next ST begins before SE."""
    segment_to: int


RemittanceEvent = RemittanceHeader | ReportedClaim | RemittanceTotals | Finding
