"""Smart phrases: which a person may use, and what an item already knows of their blanks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from denials.payer_contacts import Contact
from worklists.domain import phrases as domain
from worklists.item_clocks import OtherPart
from worklists.models import SmartPhrase, WorkItem
from worklists.wording import day

SHIPPED = Path(__file__).with_name("phrases.json")
KNOWN = {
    "payer": "the payer",
    "phone": "the payer's phone",
    "patient": "the patient's name",
    "member": "the member ID",
    "claim": "our claim number",
    "payer claim": "the payer's claim number, of each part",
    "service": "the days of service",
    "charge": "the amount charged",
    "denied": "the amount denied",
    "codes": "the codes of the denial",
    "deadline": "the deadline",
    "npi": "the facility's NPI",
    "tax id": "the facility's tax ID",
    "facility": "the facility",
    "me": "your name",
    "today": "today",
}
"""Blanks that the item fills, and with what."""
ASKED = {
    "rep": "spoke_to",
    "ref": "reference",
    "date": "promised_on",
    "hold": "hold_minutes",
}
"""Blanks that a field of the contact fills. Every other blank is asked for by its own name."""


@transaction.atomic
def load() -> None:
    """The shipped phrases, only where the practice has none: what a manager took away stays away."""
    if not SmartPhrase.objects.filter(owner=None).exists():
        SmartPhrase.objects.bulk_create(SmartPhrase(**each) for each in json.loads(SHIPPED.read_text()))


def usable_by(user: User) -> QuerySet[SmartPhrase]:
    """The phrases in use that this person may type; their own come first where both have the same key."""
    mine_or_ours = Q(owner=user) | Q(owner=None)
    return SmartPhrase.objects.filter(mine_or_ours, is_active=True).order_by("key", "owner_id")


def keyed(key: str, user: User) -> SmartPhrase | None:
    """The phrase that this person means by a key: their own, else the practice's."""
    return usable_by(user).filter(key=key[:30]).first()


def own(user: User) -> QuerySet[SmartPhrase]:
    return SmartPhrase.objects.filter(owner=user).order_by("-is_active", "key")


def of_the_practice() -> QuerySet[SmartPhrase]:
    return SmartPhrase.objects.filter(owner=None, is_active=True)


def known_of(
    item: WorkItem, user: User, contacts: dict[str, Contact], others: Iterable[OtherPart], today: date
) -> dict[str, str]:
    """What the item says for each of `KNOWN`; empty where it does not know. Expects claim, payer, facility and denial
    with the claim payment. `others` are the further parts of a claim that the payer split.
    """
    claim, remitted, facility = item.claim, item.denial.remitted_claim, item.facility
    phone = contacts.get("phone")
    number = remitted.payer_control_number or claim.payer_control_number
    return {
        "payer": str(item.payer),
        "phone": phone.value if phone else "",
        "patient": " ".join(part for part in (claim.patient_first, claim.patient_last) if part),
        "member": claim.member_id,
        "claim": claim.number,
        "payer claim": ", ".join(filter(None, [number, *(part.payer_number for part in others)])),
        "service": _service(claim),
        "charge": f"${remitted.charge:,.2f}" if remitted.charge is not None else "",
        "denied": f"${item.denied_amount:,.2f}",
        "codes": item.reason,
        "deadline": day(item.deadline) if item.deadline else "",
        "npi": facility.npi,
        "tax id": facility.tax_id,
        "facility": str(facility),
        "me": str(user),
        "today": day(today),
    }


def _service(claim: Any) -> str:
    first, last = claim.service_from, claim.service_to
    if first is None:
        return ""
    return day(first) if last in (None, first) else f"{day(first)} to {day(last)}"


def asked_for(text: str) -> list[str]:
    """The blanks that neither the item nor a field of the contact fills, in the order in which they come."""
    return [name for name in domain.blanks(text) if name not in KNOWN and name not in ASKED]
