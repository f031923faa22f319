"""What stands in a file beside what was recorded of it, to the last adjustment."""

from __future__ import annotations

import io
from collections import Counter

from denials import intake, recording
from denials.domain.facts import ReportedClaim
from denials.domain.payments import PaymentReader
from denials.models import RemittanceFile


def received(content: bytes, name: str = "sample.835") -> RemittanceFile:
    return intake.receive(io.BytesIO(content), name, None).file


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def recorded(content: bytes) -> RemittanceFile:
    """The file after its recording."""
    file = received(content)
    recording.record(file, silent)
    return RemittanceFile.objects.get(pk=file.pk)


def said_in(content: bytes) -> Counter[tuple[object, ...]]:
    """Every claim, line and adjustment that the file holds."""
    claims = (claim for payment in PaymentReader(io.BytesIO(content)) for claim in payment.claims())
    return Counter(fact for claim in claims for fact in facts(claim))


def kept_of(file: RemittanceFile) -> Counter[tuple[object, ...]]:
    """Every claim, line and adjustment in our rows of the file."""
    return Counter(
        fact
        for remittance in file.remittances.all()
        for row in recording.reported_claims(remittance)
        for fact in facts(row.reported)
    )


def facts(claim: ReportedClaim) -> list[tuple[object, ...]]:
    at = claim.transaction, claim.position
    levels = [(0, claim.adjustments), *((line.number, line.adjustments) for line in claim.lines)]
    return [
        (*at, claim.claim_number, claim.status, claim.charge, claim.paid, claim.service_from, *claim.remarks),
        *((*at, line.number, line.procedure, line.charge, line.paid, *line.remarks) for line in claim.lines),
        *((*at, number, each.group, each.code, each.amount) for number, found in levels for each in found),
    ]
