"""What the page of one letter shows beside its forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import FacilityScoped
from appeals import documents
from appeals.domain.places import words_of
from appeals.enclosed import fallen_in, reworded_in
from appeals.models import Appeal
from appeals.points import points_for
from appeals.supported import support_of
from denials import payer_contacts
from denials.models import Payer, PayerContact, PayerMerge
from denials.payer_contacts import Contact
from worklists.models import Activity

FOR_LETTERS = (
    PayerContact.Kind.APPEALS_ADDRESS,
    PayerContact.Kind.FAX,
    PayerContact.Kind.PORTAL,
    PayerContact.Kind.EMAIL,
    PayerContact.Kind.ATTACHMENTS,
)


def with_their_facts(rows: FacilityScoped) -> FacilityScoped:
    """`rows` with what the page of one letter reads about it, in one query."""
    return rows.select_related(
        "item__claim", "item__payer", "item__queue", "item__assignee", "item__denial__remitted_claim__remittance",
        "item__facility", "facility", "denial__remitted_claim", "template", "signer", "drafted_by", "sent_by",
        "decided_by_remittance__remittance",
    )  # fmt: skip


def facts_of(appeal: Appeal) -> dict[str, Any]:
    """The letter as it reads now, what is open in it, and what happened to it."""
    gone = fallen_in(appeal)
    letter = documents.final(appeal, gone)
    to_fill = documents.final(appeal).open_places if gone else letter.open_places
    return {
        "item": appeal.item,
        "claim": appeal.item.claim,
        "payer": appeal.item.payer,
        "contacts": where_to(appeal),
        "subject": letter.subject,
        "blocks": documents.blocks_of(appeal, gone),
        "open_places": [(place, words_of(place)) for place in to_fill],
        "gone": gone,
        "reworded": reworded_in(appeal),
        "still_open": len(to_fill) + len(gone),
        "is_outdated": appeal.denial_id != appeal.item.denial_id,
        "other_name": other_name_in(appeal, letter.body) if appeal.status == Appeal.Status.DRAFT else None,
        "points": points_for(appeal) if appeal.status == Appeal.Status.DRAFT else None,
        "support": support_of(appeal, letter.body) if appeal.status == Appeal.Status.DRAFT else None,
        "history": history_of(appeal),
    }


@dataclass(frozen=True, slots=True)
class OtherName:
    """The name of a payer in a letter that does not name the payer of its item."""

    name: str
    is_another: bool
    """Of a payer that was merged with it and is one of its own again."""


def other_name_in(appeal: Appeal, text: str) -> OtherName | None:
    """The name that a merge, or taking one back, left in a letter."""
    now = appeal.item.payer
    if now.name in text:
        return None
    merged = Payer.objects.filter(Q(merged_into=now) | Q(merged_into__merged_into=now)).order_by("pk")
    parted = PayerMerge.objects.filter(Q(merged=now) | Q(stays=now), undone_at__isnull=False).order_by("-pk")
    apart = [name for names in parted.values_list("merged__name", "stays__name") for name in names]
    known = [*(OtherName(name, False) for name in merged.values_list("name", flat=True)),
             *(OtherName(name, True) for name in apart if name != now.name)]  # fmt: skip
    return next((each for each in known if each.name in text), None)


def where_to(appeal: Appeal) -> list[Contact]:
    """Where this letter may go: what counts for the claim's product line, the address first."""
    claim = appeal.denial.remitted_claim
    found = payer_contacts.contacts_for(appeal.item.payer, claim, timezone.localdate())
    return [found[kind] for kind in FOR_LETTERS if kind in found]


def history_of(appeal: Appeal) -> list[Activity]:
    return list(appeal.item.activities.filter(facts__appeal=appeal.pk).select_related("actor"))
