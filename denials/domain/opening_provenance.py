"""Where the facts of a whole payment stand: of its opening (ST to the first LX or CLP), and of its PLB segments."""

from __future__ import annotations

from collections.abc import Sequence

from denials.domain.provenance import Named, Said, SaidFacts, raw
from denials.domain.x12_places import PlacedSegment

OPENING_ENDS = ("LX", "CLP", "PLB", "SE", "GE", "IEA", "ISA", "GS")
_BPR: Sequence[Named] = (
    (2, "payment-amount", "payment total"),
    (3, "payment-direction", "credit or debit"),
    (4, "payment-method", "way of payment"),
    (16, "payment-date", "payment date"),
)
_TRN: Sequence[Named] = ((2, "trace", "trace number"), (3, "originator", "who originated the payment"))
_PARTIES = {"PR": "payer", "PE": "payee"}


def facts_of_opening(segments: Sequence[PlacedSegment]) -> dict[str, Said]:
    """The facts of a payment's opening, in file order. The segments begin at its ST and may go on behind it."""
    facts, party, is_paid = SaidFacts(), "", False
    for at in segments:
        kind = raw(at, 1).strip()
        if at.id in OPENING_ENDS:
            break
        if at.id == "ST":
            facts.add("payment-control", "control number of the payment", at, 2)
        elif at.id == "BPR" and not is_paid:
            facts.add_all(_BPR, at)
            is_paid = True
        elif at.id == "TRN":
            facts.add_all(_TRN, at)
        elif at.id == "DTM" and raw(at, 1) == "405":
            facts.add("production-date", "day the remittance was made", at, 2)
        elif at.id == "N1":
            party = kind
            _party(facts, at)
        elif at.id == "REF" and kind == "2U" and party == "PR" and "payer-other-id" not in facts.found:
            facts.add("payer-other-id", "payer's other identifier", at, 2)
    return facts.in_file_order()


def facts_of_provider_adjustments(segments: Sequence[PlacedSegment]) -> dict[str, Said]:
    """The reason and amount pairs of a payment's PLB segments, numbered as they are recorded."""
    facts, number = SaidFacts(), 0
    for at in segments:
        for element in range(3, len(at.elements), 2) if at.id == "PLB" else ():
            composite = raw(at, element)
            if not (composite.strip() or raw(at, element + 1).strip()):
                continue
            number += 1
            prefix = f"provider-adjustment-{number}-"
            code, _, reference = composite.partition(at.component)
            if code.strip():
                facts.add(f"{prefix}code", "reason of the adjustment", at, element, 1, code.strip())
            if reference.strip():
                facts.add(f"{prefix}reference", "what it refers to", at, element, 2, reference.strip())
            facts.add(f"{prefix}amount", "amount adjusted", at, element + 1)
    return facts.in_file_order()


def _party(facts: SaidFacts, at: PlacedSegment) -> None:
    who = _PARTIES.get(raw(at, 1).strip())
    if who is None:
        return
    facts.add(f"{who}-name", f"{who}'s name", at, 2)
    facts.add(f"{who}-id", f"{who}'s identifier", at, 4)
