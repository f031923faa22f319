"""What the page of one letter shows beside its forms."""

from __future__ import annotations

from typing import Any

from accounts.models import FacilityScoped
from appeals import documents
from appeals.domain.places import PLACES
from appeals.models import Appeal
from worklists.models import Activity


def with_their_facts(rows: FacilityScoped) -> FacilityScoped:
    """`rows` with what the page of one letter reads about it, in one query."""
    return rows.select_related(
        "item__claim", "item__payer", "item__queue", "item__assignee", "item__denial__remitted_claim__remittance",
        "item__facility", "facility", "denial", "template", "signer", "drafted_by", "sent_by",
        "decided_by_remittance__remittance",
    )  # fmt: skip


def facts_of(appeal: Appeal) -> dict[str, Any]:
    """The letter as it reads now, what is open in it, and what happened to it."""
    letter = documents.final(appeal)
    return {
        "item": appeal.item,
        "claim": appeal.item.claim,
        "payer": appeal.item.payer,
        "subject": letter.subject,
        "blocks": documents.blocks_of(appeal),
        "open_places": [(place, PLACES.get(place, place)) for place in letter.open_places],
        "is_outdated": appeal.denial_id != appeal.item.denial_id,
        "history": history_of(appeal),
    }


def history_of(appeal: Appeal) -> list[Activity]:
    return list(appeal.item.activities.filter(facts__appeal=appeal.pk).select_related("actor"))
