"""The suggested fix of each kind of exception: a sentence, and the page on which it is done."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from accounts.models import User
from denials.domain.exception_kinds import Kind
from denials.models import CodeSystem, ExceptionCase

ASKED = (Kind.MISSING_REMARK, Kind.PENDING_LONG, Kind.TAKEBACK, Kind.SUSPECTED_DENIAL, Kind.UNREADABLE_AMOUNT)
"""Kinds that the payer can clear up."""
CHOSEN = (Kind.UNMATCHED_REVERSAL, Kind.AMBIGUOUS_CLAIM)
"""Kinds about a reversal whose claim a person names."""
MONEY_TAKEN = (Kind.TAKEBACK, Kind.UNMATCHED_REVERSAL)
HELD = (Kind.UNBALANCED, Kind.CUT_FILE, Kind.DUPLICATE_TRACE, Kind.HELD)
SENTENCES = {
    Kind.UNKNOWN_CODE: "Say what the code means. Everything with it is read again, and this closes by itself.",
    Kind.RETIRED_CODE: "Look at what the code is handled as. Leave it as it is when the old meaning still serves.",
    Kind.MISSING_REMARK: "Ask the payer which remark belongs to these claims, and write the answer on them.",
    Kind.SUSPECTED_DENIAL: "Tick the claims, and say whether the payer denied them or the contract wrote them off.",
    Kind.UNKNOWN_PAYER: "Say which payer this is, or confirm it as a new one.",
    Kind.AMBIGUOUS_PAYER: "Say which of the payers these payments are from.",
    Kind.AMBIGUOUS_CLAIM: "Choose the result that the payer took back.",
    Kind.UNMATCHED_REVERSAL: "Choose the result that the payer took back, or ask for the remittance that is missing.",
    Kind.TAKEBACK: "Ask the payer for the correction, or dispute the takeback before its last day.",
    Kind.PENDING_LONG: "Ask the payer why it has not decided, and by when it will.",
    Kind.UNBALANCED: "Compare with the payer's file and decide whether it is recorded as it is or set aside.",
    Kind.CUT_FILE: "Ask for the whole file. Then set this one aside, or record what stands before the cut.",
    Kind.DUPLICATE_TRACE: "Compare the two payments, and decide which one counts.",
    Kind.HELD: "Decide whether the payment is recorded as it is or set aside.",
    Kind.UNREADABLE_AMOUNT: "Look at the segment, and ask the payer for the amount or for a corrected file.",
}


@dataclass(frozen=True, slots=True)
class Fix:
    """What to do, with the button that leads there. Without `address` it is done on the page of the case itself."""

    sentence: str
    label: str = ""
    address: str = ""
    for_admins: bool = False


def fix_of(case: ExceptionCase) -> Fix:
    kind = Kind(case.kind)
    back = reverse("exception", args=[case.pk])
    if kind in (Kind.UNKNOWN_CODE, Kind.RETIRED_CODE):
        return _of_code(case, kind, back)
    if kind in (Kind.UNKNOWN_PAYER, Kind.AMBIGUOUS_PAYER) and case.payer is not None:
        address = _page(back, ("payer_merge", [case.payer.pk]), ("payers_edit", [case.payer.pk]))
        return Fix(SENTENCES[kind], "This is that payer", address, for_admins=True)
    if case.remittance is not None:
        label = "Record or set aside" if kind in HELD else "Look at the payment"
        return Fix(SENTENCES[kind], label, reverse("remittance_file", args=[case.remittance.file_id]))
    return Fix(SENTENCES[kind])


def may_follow(fix: Fix, user: User) -> bool:
    return bool(fix.address) and (user.may_administer or not fix.for_admins)


def _of_code(case: ExceptionCase, kind: Kind, back: str) -> Fix:
    code, system = case.code, case.system.lower()
    if kind is Kind.RETIRED_CODE:
        return Fix(SENTENCES[kind], "Open this code", _page(back, ("code", [system, code])), for_admins=True)
    if not code or case.system not in CodeSystem.values:
        return Fix("The payer left the code out. Ask for a corrected file, or leave it as it is.")
    return Fix(
        SENTENCES[kind], "Map this code", _page(back, ("code_map", [system, code]), ("codes", [])), for_admins=True
    )


def _page(back: str, *pages: tuple[str, list[object]]) -> str:
    """The first of these pages that there is, told where to lead back to."""
    for name, args in pages:
        try:
            return f"{reverse(name, args=args)}?{urlencode({'next': back})}"
        except NoReverseMatch:
            continue
    return ""
