"""By what a remittance says which payer it is from, most certain first, and what follows from that.

1. A number of the payer's own: N104 of N1*PR, REF*2U.
2. Other numbers that the payer gives itself: REF*NF (NAIC), REF*EO (submitter), REF*HI (health industry number).
3. The name: N102 of N1*PR.
4. The originator of the payment, TRN03. Plan administrators and clearinghouses pay for many payers under one
   originator: it decides only where the file gives no number of the payer's own.
5. The sender of the group, GS02, and
6. the sender of the file, ISA05 and ISA06. Clearinghouses send for many payers: these decide only where the file
   names no payer at all.

What comes first and belongs to one payer decides. Where it belongs to several, what comes later narrows them down;
where several are left, the match is ambiguous and nobody guesses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from denials.domain.facts import RemittanceHeader

NAMELESS = "Payer not named"
LONGEST = 160
PAYER_NUMBER = "2U"


class Certainty(IntEnum):
    """How surely a kind of evidence names one payer; lower is surer."""

    NUMBER = 1
    OTHER_NUMBER = 2
    NAME = 3
    ORIGINATOR = 4
    GROUP_SENDER = 5
    SENDER = 6


KINDS = {
    Certainty.NUMBER: ("payer_id",),
    Certainty.OTHER_NUMBER: ("reference",),
    Certainty.NAME: ("name",),
    # An originator may also have been registered as a payer ID, for that is where people look for it.
    Certainty.ORIGINATOR: ("originator", "payer_id"),
    Certainty.GROUP_SENDER: ("gs_sender",),
    Certainty.SENDER: ("isa_sender",),
}
"""Kinds of identifier (`PayerIdentifier.Kind`) that each kind of evidence is looked up among."""


@dataclass(slots=True, frozen=True)
class Evidence:
    """One thing that a remittance says of its payer, in the form in which identifiers are compared."""

    certainty: Certainty
    value: str
    place: str
    """Where it stands: N104, REF*2U, TRN03."""

    @property
    def words(self) -> str:
        return f"{self.place} {self.value}"


@dataclass(slots=True, frozen=True)
class Match:
    """The payer that the evidence names, and by what; `rivals` are the payers that fit equally."""

    payer: int | None
    because: str
    rivals: tuple[int, ...] = ()


Owners = Mapping[Evidence, frozenset[int]]
"""The payers to which the value of each evidence belongs; evidence that nobody owns is left out."""


def comparable(text: str) -> str:
    """Upper case, one space between words, no longer than an identifier may be."""
    return " ".join(text.upper().split())[:LONGEST]


def evidence_of(header: RemittanceHeader) -> tuple[Evidence, ...]:
    """What the header says of its payer, most certain first."""
    said = [
        *_numbers(header),
        Evidence(Certainty.NAME, name_of(header), "N1*PR"),
        Evidence(Certainty.ORIGINATOR, comparable(header.originator), "TRN03"),
        Evidence(Certainty.GROUP_SENDER, comparable(header.application_sender), "GS02"),
        Evidence(Certainty.SENDER, comparable(f"{header.sender_qualifier} {header.sender}"), "ISA06"),
    ]
    return tuple(each for each in said if each.value)


def name_of(header: RemittanceHeader) -> str:
    """What a payer is called; one without a name is called after its id, so that two such stay apart."""
    return comparable(header.payer_name) or comparable(f"{NAMELESS} {header.payer_id}")


def choose(header: RemittanceHeader, owners: Owners) -> Match:
    """The payer that the remittance means, by the order of certainty of this module."""
    possible: frozenset[int] = frozenset()
    doubt = ""
    for certainty in Certainty:
        found = {each: payers for each, payers in owners.items() if each.certainty is certainty}
        named = frozenset[int]().union(*found.values())
        if not named or not (possible or _may_decide(certainty, header)):
            continue
        words = " and ".join(each.words for each in found)
        narrowed = named & possible if possible else named
        if len(narrowed) == 1:
            return Match(next(iter(narrowed)), f"By {words}, for {doubt} fits several." if doubt else f"By {words}.")
        doubt = doubt or words
        possible = narrowed or possible
    if possible:
        return Match(
            None, f"{doubt} fits several payers, and nothing else in the file decides.", tuple(sorted(possible))
        )
    return Match(None, "Nothing in the file belongs to a payer that we know.")


def _numbers(header: RemittanceHeader) -> list[Evidence]:
    """Without a number that only repeats the originator: that is not the payer's own."""
    own = [(Certainty.NUMBER, "N104", header.payer_number)]
    for qualifier, value in header.payer_references:
        certainty = Certainty.NUMBER if qualifier == PAYER_NUMBER else Certainty.OTHER_NUMBER
        own.append((certainty, f"REF*{qualifier}", value if certainty is Certainty.NUMBER else f"{qualifier} {value}"))
    unlike = comparable(header.originator)
    return [
        Evidence(certainty, comparable(value), place)
        for certainty, place, value in sorted(own, key=lambda each: each[0])
        if comparable(value) and comparable(value) != unlike
    ]


def _may_decide(certainty: Certainty, header: RemittanceHeader) -> bool:
    if certainty < Certainty.ORIGINATOR:
        return True
    if _numbers(header):
        return False
    return certainty is Certainty.ORIGINATOR or not header.payer_name.strip()
