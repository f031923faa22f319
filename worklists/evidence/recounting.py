"""How far evidence is gathered, said anew when a playbook asks for other pieces than before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from accounts.governance import areas
from accounts.models import Change
from denials.models import Playbook
from worklists.evidence.checklist import checklist_of
from worklists.models import EvidencePiece, WorkItem

BATCH = 1000


def recount() -> int:
    """Brings `evidence_state` of all open items up to date. Returns how many were wrong.

    Only those are looked at of which somebody gathered something: where nothing is gathered, whatever is asked for
    still is not.
    """
    begun = WorkItem.objects.open().exclude(evidence_state="").order_by("pk")
    begun = begun.select_related("denial__payer", "denial__facility", "denial__remitted_claim")
    reached = wrong = 0
    while batch := list(begun.filter(pk__gt=reached)[:BATCH]):
        wrong += recount_of(batch)
        reached = batch[-1].pk
    return wrong


def recount_of(items: Sequence[WorkItem]) -> int:
    """The same of some items, whose denials have payer, facility and claim payment loaded."""
    pieces: dict[int, list[EvidencePiece]] = defaultdict(list)
    for piece in EvidencePiece.objects.filter(item__in=items).order_by("pk"):
        pieces[piece.item_id].append(piece)
    becomes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for item in items:
        gathered = checklist_of(item, pieces=pieces[item.pk]).gathered.value
        if gathered != item.evidence_state:
            becomes[item.evidence_state, gathered].append(item.pk)
    return sum(
        # Who gathers at this moment writes what is true then; their word stands.
        WorkItem.objects.filter(pk__in=ids, evidence_state=was).update(evidence_state=now)
        for (was, now), ids in becomes.items()
    )


def follow_playbook(change: Change, playbook: Playbook) -> None:
    """A playbook took effect, or was taken back."""
    recount()


def listen() -> None:
    areas.after("playbooks", follow_playbook)
