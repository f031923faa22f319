"""Which earlier result a reversal (CLP02 22) takes back, and which result follows it, in whatever order files came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from denials.domain.conclusion import ZERO, Outcome
from denials.domain.dictionary import Dictionary
from denials.models import Remittance, RemittedClaim, ReversalPair

FOUND = "Same claim with the opposite charge and payment."
NOT_FOUND = "No earlier result with these amounts is recorded for this claim."
Results = Sequence[RemittedClaim]


@dataclass(slots=True)
class Pairing:
    """The results of some claims, each with its remittance, and how reversals hang together with them."""

    by_claim: Mapping[int, Results]
    entries: Dictionary
    _known: dict[int, ReversalPair] = field(init=False)
    """The pairs written down so far, by reversal."""

    def __post_init__(self) -> None:
        reversals = [row.pk for rows in self.by_claim.values() for row in rows if self.is_reversal(row)]
        self._known = ReversalPair.objects.in_bulk(reversals, field_name="reversal_id") if reversals else {}

    def is_reversal(self, row: RemittedClaim) -> bool:
        return self.entries.status(row.status.strip().lstrip("0")).outcome is Outcome.REVERSAL

    def before(self, row: RemittedClaim) -> list[RemittedClaim]:
        """The results of the same claim that came before this one, newest first by the payer's date of decision."""
        earlier = [other for other in self.by_claim[row.claim_id] if _precedes(other, row)]
        return sorted(earlier, key=lambda other: (_day(other.remittance) or date.min, *_place(other)), reverse=True)

    def undone(self, results: Results) -> dict[int, int]:
        """For each reversal among the results of one claim the result that it takes back; each is taken back once."""
        reversals = sorted(filter(self.is_reversal, results), key=_place)
        known = {row.pk: self._known[row.pk].reversed_id for row in reversals if row.pk in self._known}
        found = {reversal: taken_back for reversal, taken_back in known.items() if taken_back is not None}
        for reversal in (row for row in reversals if row.pk not in found):
            for row in self.before(reversal):
                if not self.is_reversal(row) and _mirrors(reversal, row) and row.pk not in found.values():
                    found[reversal.pk] = row.pk
                    break
        return found

    def write(self) -> None:
        """Brings the pairs of these claims up to date: a link once written down stays, what is missing is added."""
        for rows in self.by_claim.values():
            for pair in self._pairs(rows):
                self._keep(pair, self._known.get(pair.reversal_id))

    def _pairs(self, results: Results) -> Iterator[ReversalPair]:
        undone = self.undone(results)
        for reversal in filter(self.is_reversal, results):
            taken_back = undone.get(reversal.pk)
            correction = self._correction(reversal, results, taken_back)
            because = FOUND if taken_back else NOT_FOUND
            yield ReversalPair(reversal=reversal, reversed_id=taken_back, correction_id=correction, because=because)

    def _correction(self, reversal: RemittedClaim, results: Results, taken_back: int | None) -> int | None:
        """The first result after the reversal. Some payers put it before the reversal in the same remittance."""
        others = sorted((row for row in results if not self.is_reversal(row)), key=_place)
        after = [row for row in others if _precedes(reversal, row)]
        if after:
            return min(after, key=lambda row: (_day(row.remittance) or date.max, *_place(row))).pk
        beside = [row for row in others if row.remittance_id == reversal.remittance_id and row.pk != taken_back]
        return beside[-1].pk if taken_back and beside else None

    @staticmethod
    def _keep(found: ReversalPair, known: ReversalPair | None) -> None:
        if known is None:
            found.save(force_insert=True)
            return
        changed = []
        if known.reversed_id is None and found.reversed_id is not None:
            known.reversed_id, known.because = found.reversed_id, found.because
            changed += ["reversed", "because"]
        if known.correction_id is None and found.correction_id is not None:
            known.correction_id = found.correction_id
            changed.append("correction")
        if changed:
            known.save(update_fields=changed)


def _mirrors(reversal: RemittedClaim, row: RemittedClaim) -> bool:
    if reversal.charge is None or row.charge is None:
        return False
    return (row.charge, row.paid or ZERO) == (-reversal.charge, -(reversal.paid or ZERO))


def _place(row: RemittedClaim) -> tuple[int, int]:
    return row.remittance_id, row.position


def _day(remittance: Remittance) -> date | None:
    return remittance.payment_date or remittance.production_date


def _precedes(one: RemittedClaim, other: RemittedClaim) -> bool:
    """By the day of decision; on the same or an unknown day by the order in which they were recorded."""
    days = _day(one.remittance), _day(other.remittance)
    if days[0] != days[1] and days[0] is not None and days[1] is not None:
        return days[0] < days[1]
    return _place(one) < _place(other)
