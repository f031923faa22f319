"""The suggested fix of each kind of exception: a sentence, and the page on which it is done."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from accounts.access import ADMINS, EVERYBODY, MANAGERS
from accounts.models import Role
from denials.domain.code_kinds import may_be_a_code
from denials.domain.exception_kinds import Kind
from denials.models import CodeSystem, ExceptionCase, Remittance

ASKED = (
    Kind.MISSING_REMARK, Kind.PENDING_LONG, Kind.TAKEBACK, Kind.SUSPECTED_DENIAL, Kind.UNREADABLE_AMOUNT,
    Kind.AMBIGUOUS_PART,
)  # fmt: skip
"""Kinds that the payer can clear up."""
CHOSEN = (Kind.UNMATCHED_REVERSAL, Kind.AMBIGUOUS_CLAIM)
"""Kinds about a reversal whose claim a person names."""
MONEY_TAKEN = (Kind.TAKEBACK, Kind.UNMATCHED_REVERSAL)
SENTENCES = {
    Kind.UNKNOWN_CODE: "Say what the code means. Everything with it is read again, and this closes by itself.",
    Kind.RETIRED_CODE: "Look at what the code is handled as. Leave it as it is when the old meaning still serves.",
    Kind.MISSING_REMARK: "Ask the payer which remark belongs to these claims, and write the answer on them.",
    Kind.SUSPECTED_DENIAL: "Tick the claims, and say whether the payer denied them or the contract wrote them off.",
    Kind.UNKNOWN_PAYER: "Say which payer this is, or confirm it as a new one.",
    Kind.AMBIGUOUS_PAYER: "Say which of the payers these payments are from.",
    Kind.AMBIGUOUS_CLAIM: "Choose the result that the payer took back.",
    Kind.AMBIGUOUS_PART: "Say which part of the claim it is about. Where nobody can tell, ask the payer.",
    Kind.UNMATCHED_REVERSAL: "Choose the result that the payer took back, or ask for the remittance that is missing.",
    Kind.TAKEBACK: "Ask the payer for the correction, or dispute the takeback before its last day.",
    Kind.PENDING_LONG: "Ask the payer why it has not decided, and by when it will.",
    Kind.UNBALANCED: "Compare with the payer's file and decide whether it is recorded as it is or set aside.",
    Kind.CUT_FILE: "Ask for the whole file. Then set this one aside, or record what stands before the cut.",
    Kind.DUPLICATE_TRACE: "Compare the two payments, and decide which one counts.",
    Kind.HELD: "Decide whether the payment is recorded as it is or set aside.",
    Kind.UNREADABLE_AMOUNT: "Look at the segment, and ask the payer for the amount or for a corrected file.",
}

TAKEN_OUTSIDE = (
    "Ask the payer why it took the money, or dispute the takeback before its last day. To count what was taken, reopen"
    " the item of the claim and close it with what is left."
)
LISTED_BY_OTHERS = (CodeSystem.GROUP, CodeSystem.STATUS, CodeSystem.PLB)
"""Short lists that X12 closed: a site maps nothing in them."""
NOT_IN_THE_STANDARD = (
    "The standard has no such code. Ask the payer what it means and for a corrected file; leave it as it is once the"
    " claims are worked."
)


@dataclass(frozen=True, slots=True)
class Fix:
    """What to do, with the button that leads there. Without `address` it is done on the page of the case itself."""

    sentence: str
    label: str = ""
    address: str = ""
    allowed: tuple[Role, ...] = EVERYBODY
    """Who may open that page."""


def fix_of(case: ExceptionCase) -> Fix:
    kind = Kind(case.kind)
    if kind in (Kind.UNKNOWN_CODE, Kind.RETIRED_CODE):
        return _of_code(case, kind)
    if kind in (Kind.UNKNOWN_PAYER, Kind.AMBIGUOUS_PAYER) and case.payer is not None:
        address = reverse("payer_confirm", args=[case.payer.pk])
        return Fix(SENTENCES[kind], "This is that payer", f"{address}?{_back_to(case)}", ADMINS)
    if case.remittance is not None:
        label = "Record or set aside" if case.remittance.state == Remittance.State.HELD else "Look at the payment"
        return Fix(SENTENCES[kind], label, reverse("remittance_file", args=[case.remittance.file_id]))
    if kind is Kind.TAKEBACK and case.system == CodeSystem.PLB:
        return Fix(TAKEN_OUTSIDE)
    return Fix(SENTENCES[kind])


def can_ask(case: ExceptionCase) -> bool:
    """Whether the payer can clear this up."""
    return case.kind in ASKED or (case.kind == Kind.UNKNOWN_CODE and not can_be_mapped(case))


def can_be_mapped(case: ExceptionCase) -> bool:
    """Whether it could be a code of its list; what a broken file puts there is none, and no page describes it."""
    return case.system not in LISTED_BY_OTHERS and may_be_a_code(case.system, case.code)


def _of_code(case: ExceptionCase, kind: Kind) -> Fix:
    args = [case.system.lower(), case.code]
    if kind is Kind.RETIRED_CODE:
        return Fix(SENTENCES[kind], "Open this code", reverse("code", args=args))
    if not case.code:
        return Fix("The payer left the code out. Ask for a corrected file, or leave it as it is.")
    if not can_be_mapped(case):
        return Fix(NOT_IN_THE_STANDARD)
    return Fix(SENTENCES[kind], "Map this code", f"{reverse('code_map', args=args)}?{_back_to(case)}", MANAGERS)


def _back_to(case: ExceptionCase) -> str:
    """What has the page of the fix lead back to the case."""
    return urlencode({"next": reverse("exception", args=[case.pk])})
