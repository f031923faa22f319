"""What a payer says in one remittance after another, recorded and classified as it comes."""

from __future__ import annotations

from denials import classification
from denials.models import Denial, Remittance, RemittedClaim, ReversalPair
from tests.denials.recorded import recorded
from tests.remittance_text import Payment, file_of

_interchange = [100]


def concluded(*payments: Payment) -> list[Remittance]:
    """The payments of one file, recorded, and classified as far as they are not held."""
    rows = kept(*payments)
    for row in rows:
        if row.state == Remittance.State.RECORDED:
            classify(row)
    return rows


def kept(*payments: Payment) -> list[Remittance]:
    """The payments of one file, recorded and not classified."""
    _interchange[0] += 1
    return list(recorded(file_of(*payments, interchange=_interchange[0])).remittances.order_by("transaction"))


def classify(row: Remittance) -> None:
    classification.classify(row)
    row.state = Remittance.State.CLASSIFIED
    row.save(update_fields=["state"])


def result(trace: str, position: int = 1) -> RemittedClaim:
    return RemittedClaim.objects.get(remittance__trace=trace, position=position)


def denial(trace: str, position: int = 1) -> Denial:
    return Denial.objects.get(remitted_claim=result(trace, position))


def pairs() -> list[tuple[str, str, str]]:
    """Reversal, what it takes back, and the correction, each as trace and position."""
    rows = ReversalPair.objects.select_related("reversal__remittance", "reversed__remittance", "correction__remittance")
    return sorted((_name(row.reversal), _name(row.reversed), _name(row.correction)) for row in rows)


def _name(row: RemittedClaim | None) -> str:
    return f"{row.remittance.trace}/{row.position}" if row else ""
