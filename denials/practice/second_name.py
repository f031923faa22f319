"""One payer under a second name and id, as it happens when a plan changes its clearinghouse or is bought.

The practice does not know the name, so its payment waits for somebody to say who it is. Two of its claims were denied
under the known name before; one of them is paid now. Until the two payers are merged, neither knows of the other.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from denials.domain.facts import RemittanceHeader, ReportedClaim
from denials.domain.payments import PaymentReader
from denials.domain.remittance_writer import Remittance, write_remittances

KNOWN_AS = "bcbs_tx"
NAME, IDENTIFIER = "BLUE CROSS BLUE SHIELD TEXAS EXAMPLE", "EXB84"
NEW_CLAIMS = 4
INTERCHANGE = 900_000_001
"""Far above the numbers of the practice's own files."""
NOTHING = Decimal("0.00")


def second_name(files: Sequence[tuple[str, bytes]], as_of: date) -> tuple[str, bytes]:
    """One more file of that payer: two claims again, and a few new ones that are denied.

    Raises ValueError where the payer denied fewer than two claims of one facility.
    """
    header, denied = _most_denied(files)
    paid_on = min(as_of, (header.payment_date or as_of) + timedelta(days=1))
    if len(denied) < len(TOLD_AGAIN):
        raise ValueError(f"{KNOWN_AS} denied too few claims to tell some of them again.")
    again = [tell(claim) for tell, claim in zip(TOLD_AGAIN, denied, strict=False)]
    fresh = [_as_another(claim, number) for number, claim in enumerate(denied[:NEW_CLAIMS], start=1)]
    said = replace(
        header,
        payer_name=NAME,
        payer_id=IDENTIFIER,
        trace=f"B84{paid_on:%y%m%d}",
        payment_date=paid_on,
        production_date=paid_on,
        transaction=1,
        control_number="0001",
    )
    claims = [replace(claim, position=at) for at, claim in enumerate([*again, *fresh], start=1)]
    written = write_remittances(
        [Remittance(said, claims)],
        sender=header.sender,
        receiver=header.receiver,
        created=datetime.combine(paid_on, time(6, 30)),
        interchange=INTERCHANGE,
    )
    return f"{paid_on:%Y-%m-%d}_second_name.835", b"".join(written)


def _most_denied(files: Sequence[tuple[str, bytes]]) -> tuple[RemittanceHeader, list[ReportedClaim]]:
    """The newest payment to the facility of which the payer denied most claims, with those claims, newest first."""
    newest: dict[str, RemittanceHeader] = {}
    denied: dict[str, list[ReportedClaim]] = defaultdict(list)
    for name, content in reversed(files):
        if name.endswith(f"_{KNOWN_AS}.835"):
            for payment in PaymentReader(io.BytesIO(content)):
                newest.setdefault(payment.header.payee_npi, payment.header)
                denied[payment.header.payee_npi] += filter(_is_denied, payment.claims())
    npi = max(newest, key=lambda npi: len(denied[npi]))
    return newest[npi], denied[npi]


def _is_denied(claim: ReportedClaim) -> bool:
    return claim.status in ("1", "4") and not claim.paid and bool(claim.lines)


def _paid(claim: ReportedClaim) -> ReportedClaim:
    """The same claim, paid in full now."""
    lines = [replace(line, paid=line.charge, adjustments=[], remarks=[]) for line in claim.lines]
    whole = {"paid": claim.charge, "patient_share": NOTHING, "adjustments": [], "remarks": [], "lines": lines}
    return replace(claim, status="1", **whole)  # type: ignore[arg-type]


def _as_it_was(claim: ReportedClaim) -> ReportedClaim:
    return claim


def _as_another(claim: ReportedClaim, number: int) -> ReportedClaim:
    """A claim of the same patient that is not known yet."""
    ours, theirs = (f"{told}B{number}" for told in (claim.claim_number, claim.payer_control_number))
    return replace(claim, claim_number=ours, payer_control_number=theirs)


TOLD_AGAIN = (_paid, _as_it_was)
"""What becomes of the claims that were denied under the known name."""
