"""What a rule may ask about a denial on the day it is routed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from denials.domain.urgency import band_of

NO_LAST_DAY = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Days are counted on the day of routing, which the item keeps: time that passes later moves nothing."""

    owner_team: str = ""
    category: str = ""
    denial_type: str = ""
    outcome: str = ""
    resolution: str = ""
    group: str = ""
    carc: str = ""
    remarks: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    """Every reason on the claim payment, plain and with its group (197, CO-197), and the denial's remarks."""
    exceptions: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    """Documents that whoever works the denial has to bring, as the dictionary words them."""
    payer_key: str = ""
    payer_kind: str = ""
    product: str = ""
    """The payer's product line."""
    facility_npi: str = ""
    service_line: str = ""
    rendering_npi: str = ""
    """Of the claim (NM1*82); remittances that name none leave it empty."""
    procedures: tuple[str, ...] = ()
    """Of the denied lines; of all lines where the claim was denied as a whole."""
    modifiers: tuple[str, ...] = ()
    amount_at_risk: Decimal = Decimal(0)
    days_left: int | None = None
    """From the day of routing to the last day; negative when it has passed, None where no last day is known."""
    age_days: int | None = None
    """From the payer's decision to the day of routing."""
    round: int = 1
    """Which denial of this claim it is: 2 when it was denied again."""

    @property
    def urgency(self) -> str:
        return NO_LAST_DAY if self.days_left is None else band_of(self.days_left).value
