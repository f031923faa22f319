"""A small denial as somebody enters it: $40.00 of $100.00 as CO-197."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from denials.domain import entered
from denials.domain.facts import ReportedClaim


def claim_of(number: str = "RC-1", last: str = "Fictional") -> ReportedClaim:
    return ReportedClaim(
        transaction=1,
        position=1,
        claim_number=number,
        status="1",
        charge=Decimal("100.00"),
        paid=Decimal("60.00"),
        patient_share=Decimal("0.00"),
        filing_code="",
        payer_control_number="",
        facility_code="",
        frequency="",
        segment_from=0,
        patient_last=last,
        service_from=date(2026, 10, 5),
        service_to=date(2026, 10, 5),
        adjustments=[entered.adjustment("CO", "197", Decimal("40.00"))],
    )
