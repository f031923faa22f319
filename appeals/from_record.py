"""What the record puts into a letter: the practice, the payer, the claim, the codes, and what is chosen beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from appeals.models import Appeal
from denials import dictionary, payer_contacts
from denials.acknowledgments import first_acceptance
from denials.domain.dictionary import Dictionary
from denials.models import Denial, PayerContact, RemittedClaim
from denials.payer_contacts import Contact
from worklists import split
from worklists.behavioral import findings
from worklists.models import WorkItem

LEVELS = {1: "First-level appeal", 2: "Second-level appeal", 3: "Third-level appeal"}
NO_REMARKS = "none"


def values_of(item: WorkItem, level: int) -> dict[str, str]:
    """Values for the places of a letter about `item`. What the record does not hold is empty and stays a place."""
    denial = item.denial
    claim = _claim(item, denial.remitted_claim) | _of_all_parts(item)
    known = _practice(item) | claim | _codes(denial) | _filing(item) | _checklist(item)
    return known | {"appeal_level": level_words(level)}


def values_beside(appeal: Appeal, enclosures: Sequence[str]) -> dict[str, str]:
    """What is chosen beside the text: date, signer, enclosures as they are to be printed."""
    return {
        "letter_date": long_date(appeal.letter_date),
        "enclosures": "\n".join(f"{number}. {name}" for number, name in enumerate(enclosures, start=1)),
        "signer_name": appeal.signer.get_full_name(),
        "signer_title": appeal.signer.title,
        "signer_phone": appeal.signer.phone,
    }


def level_words(level: int) -> str:
    return LEVELS.get(level, f"Appeal, level {level}")


def long_date(day: date | None) -> str:
    return f"{day:%B} {day.day}, {day.year}" if day else ""


def _practice(item: WorkItem) -> dict[str, str]:
    facility, payer = item.facility, item.payer
    contacts = payer_contacts.contacts_for(payer, item.denial.remitted_claim, timezone.localdate())
    return {
        "practice_name": facility.name,
        "practice_address": facility.address,
        "practice_phone": facility.phone,
        "practice_npi": facility.npi,
        "practice_tax_id": facility.tax_id,
        "payer_name": payer.name,
        "payer_appeal_address": _value(contacts, PayerContact.Kind.APPEALS_ADDRESS),
        "payer_appeal_fax": _value(contacts, PayerContact.Kind.FAX),
        "payer_portal": _value(contacts, PayerContact.Kind.PORTAL),
    }


def _value(contacts: Mapping[str, Contact], kind: str) -> str:
    return contacts[kind].value if kind in contacts else ""


def _claim(item: WorkItem, remitted: RemittedClaim) -> dict[str, str]:
    claim = item.claim
    names = [remitted.patient_first, remitted.patient_middle, remitted.patient_last]
    return {
        "claim_number": claim.number,
        "payer_claim_number": remitted.payer_control_number or claim.payer_control_number,
        "patient_name": " ".join(filter(None, names)),
        "member_id": remitted.member_id or claim.member_id,
        "date_of_service": _days(remitted.service_from or claim.service_from, remitted.service_to or claim.service_to),
        "charge_amount": _dollars(remitted.charge),
        "paid_amount": _dollars(remitted.paid),
        "denied_amount": _dollars(item.denied_amount),
        "denial_date": long_date(item.denied_on),
        "remit_trace": remitted.remittance.trace,
        "procedure_codes": _procedures(remitted, item.denial.denied_lines),
        "deadline": long_date(item.deadline),
    }


def _of_all_parts(item: WorkItem) -> dict[str, str]:
    """What a letter about a claim that the payer split names of each part: it asks for the money of all of them, but of
    those whose claim went out again.
    """
    held = split.parts_of([item])[item.pk]
    if len(held) == 1:
        return {}
    parts = split.to_answer(held)
    told = [part.remitted_claim for part in parts]
    procedures = [
        code
        for part, remitted in zip(parts, told, strict=True)
        for code in _procedures(remitted, part.denied_lines).split(", ")
    ]
    charges = [remitted.charge for remitted in told if remitted.charge is not None]
    return {
        "payer_claim_number": ", ".join(dict.fromkeys(filter(None, (each.payer_control_number for each in told)))),
        "charge_amount": _dollars(sum(charges, Decimal(0))),
        "paid_amount": _dollars(sum((each.paid or Decimal(0) for each in told), Decimal(0))),
        "denied_amount": _dollars(sum((part.denied_amount for part in parts), Decimal(0))),
        "procedure_codes": ", ".join(dict.fromkeys(filter(None, procedures))),
    }


def _filing(item: WorkItem) -> dict[str, str]:
    """The first acceptance of the claim by its payer, where a 277CA on record proves it."""
    proof = first_acceptance(item.claim)
    if proof is None:
        return {}
    number = proof.acknowledgment.payer_control_number
    said = [
        proof.report_name,
        f"file {proof.file_name}",
        f"payer claim number {number}" if number else "",
        f"received {long_date(proof.received_on)}" if proof.received_on else "",
    ]
    return {"first_submission_date": long_date(proof.day), "acceptance_proof": ", ".join(filter(None, said))}


def _checklist(item: WorkItem) -> dict[str, str]:
    """What somebody found in the behavioral health record; only from answers that hold."""
    values: dict[str, str] = {}
    for found in findings.answered(item):
        values |= found.values if found.holds else {}
    return values


def _codes(denial: Denial) -> dict[str, str]:
    known = dictionary.current()
    return {
        "reason_code": denial.primary_reason,
        "reason_meaning": _reason_meaning(known, denial),
        "remark_codes": ", ".join(denial.remarks) or NO_REMARKS,
        "remark_meanings": "; ".join(_remark_meanings(known, denial.remarks)) or NO_REMARKS,
    }


def _reason_meaning(known: Dictionary, denial: Denial) -> str:
    """The title of the code itself: a letter never quotes what we call it here."""
    return known.carc(denial.primary_code).title


def _remark_meanings(known: Dictionary, remarks: Iterable[str]) -> list[str]:
    return [f"{code}: {title}" for code in remarks if (title := known.rarc(code).title)]


def _procedures(remitted: RemittedClaim, numbers: list[int]) -> str:
    """Codes with modifiers of the denied lines, or of every line where the claim was denied as a whole."""
    lines = remitted.lines.order_by("number")
    if numbers:
        lines = lines.filter(number__in=numbers)
    codes = (" ".join([line.procedure or line.revenue_code, *line.modifiers]).strip() for line in lines)
    return ", ".join(dict.fromkeys(filter(None, codes)))


def _days(first: date | None, last: date | None) -> str:
    if first and last and last != first:
        return f"{long_date(first)} to {long_date(last)}"
    return long_date(first or last)


def _dollars(amount: Decimal | None) -> str:
    return "" if amount is None else f"${amount:,.2f}"
