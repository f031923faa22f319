"""One fault that hits many claims: a payer denies the same study of one clinician for patient after patient."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from denials.domain.facts import RemittanceHeader, ReportedClaim
from denials.domain.payments import PaymentReader
from denials.domain.remittance_writer import Remittance, write_remittances
from denials.practice.billing import on_weekday

PAYER = "aetna"
CODE = "197"
TIMES = 13
INTERCHANGE = 900_000_002
"""Far above the numbers of the practice's own files, and beside that of the second name."""


def repeated(files: Sequence[tuple[str, bytes]], as_of: date) -> tuple[str, bytes]:
    """One more file of that payer, in which the newest denial for want of an approval stands `TIMES` times.

    Raises ValueError where the payer denied nothing for that.
    """
    told = list(_told(files))
    header, model = next((each for each in told if _is_denied(each[1])), (None, None))
    if header is None or model is None:
        raise ValueError(f"{PAYER} denied nothing with code {CODE}.")
    paid_on = on_weekday(min(as_of, (header.payment_date or as_of) + timedelta(days=1)))
    patients = {claim.member_id: claim for _, claim in told if claim.member_id != model.member_id}
    claims = [_of(patient, model, number) for number, patient in enumerate(islice(patients.values(), TIMES), start=1)]
    said = replace(
        header,
        trace=f"REP{paid_on:%y%m%d}",
        payment_date=paid_on,
        production_date=paid_on,
        transaction=1,
        control_number="0001",
    )
    written = write_remittances(
        [Remittance(said, claims)],
        sender=header.sender,
        receiver=header.receiver,
        created=datetime.combine(paid_on, time(6, 40)),
        interchange=INTERCHANGE,
    )
    return f"{paid_on:%Y-%m-%d}_repeated.835", b"".join(written)


def _told(files: Sequence[tuple[str, bytes]]) -> Iterator[tuple[RemittanceHeader, ReportedClaim]]:
    """Every claim of that payer, the newest files first."""
    for name, content in reversed(files):
        if name.endswith(f"_{PAYER}.835"):
            for payment in PaymentReader(io.BytesIO(content)):
                for claim in payment.claims():
                    yield payment.header, claim


def _is_denied(claim: ReportedClaim) -> bool:
    codes = {adjustment.code for line in claim.lines for adjustment in line.adjustments}
    return claim.status == "1" and not claim.paid and CODE in codes


def _of(patient: ReportedClaim, model: ReportedClaim, number: int) -> ReportedClaim:
    """The model's denial, as that patient's claim."""
    names = ("patient_last", "patient_first", "patient_middle", "member_id", "subscriber_last", "subscriber_first")
    ours, theirs = (f"{told}R{number}" for told in (model.claim_number, model.payer_control_number))
    whose = {name: getattr(patient, name) for name in names}
    return replace(model, position=number, claim_number=ours, payer_control_number=theirs, **whose)
