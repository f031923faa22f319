"""Letter text: a flat merge of named values, and nothing else.

Templates are text with `{{ name }}` places from a fixed list. No template language runs: what people write, and what a
payer's file holds, stays text (path not taken: Django templates and the Jinja2 sandbox both reach objects).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

PLACE = re.compile(r"\{\{\s*([A-Za-z0-9_.\-]{1,60})\s*\}\}")
BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
MAX_LETTER = 200_000

FROM_THE_RECORD = {
    "practice_name": "Name of the facility that billed",
    "practice_address": "Its address",
    "practice_phone": "Its phone number",
    "practice_npi": "Its NPI",
    "practice_tax_id": "Its tax ID",
    "letter_date": "Date of the letter",
    "payer_name": "Name of the payer",
    "payer_appeal_address": "The payer's address for appeals",
    "claim_number": "Our claim number",
    "payer_claim_number": "The payer's claim number (CLP07)",
    "patient_name": "Name of the patient",
    "member_id": "Member ID",
    "date_of_service": "Date or dates of service",
    "charge_amount": "Amount charged",
    "paid_amount": "Amount paid",
    "denied_amount": "Amount denied",
    "denial_date": "Date of the remittance",
    "remit_trace": "Check or EFT trace number",
    "reason_code": "Group and reason code, such as CO-197",
    "reason_meaning": "What the reason code means",
    "remark_codes": "Remark codes",
    "remark_meanings": "What the remark codes mean",
    "procedure_codes": "Procedure codes of the denied lines",
    "appeal_level": "Level of the appeal",
    "deadline": "Last day to appeal",
    "enclosures": "List of enclosures",
    "signer_name": "Name of the person who signs",
    "signer_title": "Title of the person who signs",
    "signer_phone": "Phone number of the person who signs",
}
TYPED_BY_A_PERSON = {
    "approval_number": "Number of the authorization",
    "approval_date": "Date of the authorization",
    "first_submission_date": "Day on which the claim was first accepted",
    "acceptance_proof": "What proves the acceptance, such as the 277CA trace",
    "clinical_reason": "Why the service was needed, from the record",
    "record_pages": "Pages of the record that show it",
    "plan_date": "Date of the treatment plan",
    "session_minutes": "Minutes documented for the session",
    "study_name": "Name of the imaging study",
    "attachment_date": "Day on which documents were first sent",
    "attachment_control_number": "Control number of the attachment",
    "contract_clause": "Clause of the contract, with its date",
    "expected_allowed": "Amount that the contract allows",
    "coding_reference": "Edit or coding reference that supports the code",
    "coverage_dates": "Dates of coverage as verified",
    "other_payer_decision": "Decision of the other payer, with its date",
    "original_claim": "Claim that the payer takes this one to repeat",
    "difference": "What is different from that claim",
}
PLACES = FROM_THE_RECORD | TYPED_BY_A_PERSON


@dataclass(frozen=True, slots=True)
class Merged:
    """A letter with its values in, and the names of the places that are still open, in order."""

    text: str
    unfilled: tuple[str, ...]


def merge(text: str, values: Mapping[str, str]) -> Merged:
    """Puts `values` into their places, once: a value is never read as a template. Empty values leave the place open."""
    merged = PLACE.sub(lambda place: _inert(values.get(place[1], "")) or place[0], text)[:MAX_LETTER]
    return Merged(merged, unfilled(merged))


def unfilled(text: str) -> tuple[str, ...]:
    """The places still open in a letter, each once, in order of appearance."""
    return tuple(dict.fromkeys(place[1] for place in PLACE.finditer(text)))


def check_template(text: str) -> list[str]:
    """What keeps a template from being saved, one sentence each; empty when it may be."""
    if len(text) > MAX_LETTER:
        return [f"The text is longer than {MAX_LETTER:,} characters. Shorten it."]
    if "\x00" in text:
        return ["The text holds a character that cannot be printed. Paste it as plain text."]
    wrong = []
    for found in BRACES.finditer(text):
        place = PLACE.fullmatch(found[0])
        if place is None or place[1] not in PLACES:
            wrong.append(f"{found[0][:60]} is no place that a letter knows. Choose one from the list.")
    return list(dict.fromkeys(wrong))


def _inert(value: str) -> str:
    """Braces that come with a value could be taken for a place later on: they are spaced apart."""
    return value.replace("{{", "{ {").replace("}}", "} }")


class Choosable(Protocol):
    codes: Sequence[str]
    category: str
    payer_id: int | None


T = TypeVar("T", bound=Choosable)


def choose(templates: Iterable[T], *, codes: Sequence[str], category: str, payer_id: int) -> list[T]:
    """The templates that fit a denial, most specific first: code before payer before category before general.

    `codes` are the reason code and the remark codes of the denial, the reason first.
    """

    def fits(template: T) -> bool:
        return (
            (not template.codes or bool(set(template.codes) & set(codes)))
            and template.payer_id in (None, payer_id)
            and template.category in ("", category)
        )

    def weight(template: T) -> tuple[int, bool, bool]:
        places = [codes.index(code) for code in template.codes if code in codes]
        return (len(codes) - min(places) if places else 0, template.payer_id is not None, bool(template.category))

    return sorted(filter(fits, templates), key=weight, reverse=True)
