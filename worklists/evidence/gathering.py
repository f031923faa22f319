"""What people do about the pieces of an item's evidence. Each verb locks the item, moves pieces, leaves one Activity.

Whoever may work and sees the item may gather for it, also for somebody else's: a record is filed by who gets it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Conflict, Refused
from denials.models import Denial
from worklists.changes import lock, write
from worklists.domain import evidence
from worklists.domain.evidence import STEPS, State
from worklists.evidence.checklist import AS_SEEN, Checklist, Line, checklist_of
from worklists.models import Activity, EvidenceDocument, EvidencePiece, EvidenceUse, RecordRequest, WorkItem
from worklists.permission import must_work
from worklists.wording import not_too_long, reason_for

LONGEST_NAME = 200
MOST_ADDED = 40


@transaction.atomic
def take_step(item_id: int, user: User, step: str, slugs: Iterable[str], *, because: str = "") -> list[EvidencePiece]:
    """Verifies pieces, refuses them, gives them up or needs them again. Raises Refused for what their states forbid."""
    rule = STEPS[step]
    if rule.by_itself:
        raise Refused("Nothing was changed: this comes with a document or a request.")
    because = reason_for(f"say “{rule.label.lower()}”", because) if rule.needs_why else not_too_long(because.strip())
    item, listed = hold(item_id, user)
    pieces = [piece_of(item, line, user) for line in chosen(listed, slugs)]
    moves = [move(piece, step, user, because=because) for piece in pieces]
    if step == "verify":
        _must_be_here(pieces)
    if step in ("give_up", "reject"):
        close_requests(pieces, user)
    tell(item, user, step, pieces, moves, because)
    return pieces


@transaction.atomic
def add(item_id: int, user: User, name: str) -> EvidencePiece:
    """Puts one more piece on the list of this item. What is on it already in other words is refused."""
    name = " ".join(name.split())
    if not evidence.key_of(name):
        raise Refused("Nothing was added: say what is needed.")
    if len(name) > LONGEST_NAME:
        raise Refused(f"Nothing was added: shorten it to {LONGEST_NAME} characters.")
    item, listed = hold(item_id, user)
    if known := next((line for line in listed.lines if evidence.is_same(line.name, name)), None):
        raise Refused(f"Nothing was added: “{known.name}” is on the list already.")
    if len(listed.lines) >= MOST_ADDED:
        raise Refused(f"Nothing was added: a list has at most {MOST_ADDED} pieces.")
    piece = EvidencePiece.objects.create(
        item=item, facility_id=item.facility_id, name=name, key=evidence.key_of(name), changed_by=user
    )
    say(item, user, f"Also needed: {name}", pieces=[{"piece": piece.pk, "from": "", "to": State.NEEDED.value}])
    return piece


@transaction.atomic
def receive_elsewhere(item_id: int, user: User, slugs: Iterable[str], *, held_at: str) -> list[EvidencePiece]:
    """The pieces are here, but not as files: a number, a place in another system."""
    held_at = held_at.strip()
    if not held_at:
        raise Refused("Nothing was changed: say where it is, or give its number.")
    if len(held_at) > LONGEST_NAME:
        raise Refused(f"Nothing was changed: shorten it to {LONGEST_NAME} characters.")
    item, listed = hold(item_id, user)
    pieces = [piece_of(item, line, user) for line in chosen(listed, slugs)]
    moves = [move(piece, "receive", user, held_at=held_at) for piece in pieces]
    close_requests(pieces, user)
    tell(item, user, "receive", pieces, moves, held_at)
    return pieces


def receive(item: WorkItem, lines: Sequence[Line], document: EvidenceDocument, user: User) -> list[EvidencePiece]:
    """For the verbs about documents: these pieces of a locked item are shown by `document` now."""
    pieces = [piece_of(item, line, user) for line in lines]
    moves = []
    for piece in pieces:
        _, is_new = EvidenceUse.objects.get_or_create(piece=piece, document=document, defaults={"by": user})
        if is_new or piece.state != State.VERIFIED:
            moves.append(move(piece, "receive", user))
        else:
            moves.append((piece.state, piece.state))
    close_requests(pieces, user)
    tell(item, user, "receive", pieces, moves, f"document {document.pk}", document=document.pk)
    return pieces


def hold(item_id: int, user: User) -> tuple[WorkItem, Checklist]:
    """The item, locked, and its list. Raises Refused where this person may not gather for it now."""
    must_work(user)
    rows, missing = lock([item_id], user)
    if missing:
        raise Refused(missing[0].sentence)
    item = rows[0]
    if not item.is_open:
        raise Refused("Nothing was changed: this item is resolved. Reopen it to gather more.")
    item.denial = Denial.objects.select_related("payer", "facility", "remitted_claim").get(pk=item.denial_id)
    return item, checklist_of(item)


def chosen(listed: Checklist, picked: Iterable[str]) -> list[Line]:
    """The lines that a form names, by slug or as seen (`Line.as_seen`). Raises Conflict for one changed since."""
    seen = {slug: stamp for slug, _, stamp in (each.partition(AS_SEEN) for each in picked)}
    if not seen:
        raise Refused("Nothing was changed: tick what it is about.")
    lines = listed.named(seen)
    if len(lines) != len(seen):
        raise Conflict("Nothing was changed: the list of what is needed has changed since. Reload the page.")
    for line in lines:
        if line.piece is not None and seen[line.slug] not in ("", line.stamp):
            raise Conflict(_changed_since(line, line.piece))
    return lines


def _changed_since(line: Line, piece: EvidencePiece) -> str:
    more = " · ".join(filter(None, (piece.held_at, piece.because)))
    return (
        f"{piece.changed_by} changed “{line.name}” after you opened it: {line.words} now{f' ({more})' if more else ''}."
        " Nothing was overwritten: look at it again, then repeat."
    )


def piece_of(item: WorkItem, line: Line, user: User) -> EvidencePiece:
    """The row of a line, begun where nobody had done anything about it."""
    if line.piece is not None:
        return line.piece
    return EvidencePiece.objects.create(
        item=item, facility_id=item.facility_id, name=line.name[:LONGEST_NAME], key=line.key, changed_by=user
    )


def move(piece: EvidencePiece, step: str, user: User, *, because: str = "", **values: Any) -> tuple[str, str]:
    """Gives a piece of a locked item the state that `step` leads to. Returns from which state to which."""
    if not evidence.is_allowed(step, piece.state):
        raise Refused(f"Nothing was changed: “{piece.name}”. {evidence.refusal(step, piece.state)}")
    before, target = piece.state, STEPS[step].target.value
    if target == State.NEEDED:
        # What was refused is not enclosed, nor counts as a place, beside what comes instead.
        piece.uses.filter(document__withdrawn_at=None).delete()
        values |= {"held_at": ""}
    values |= {"state": target, "because": because, "changed_by": user}
    for name, value in values.items():
        setattr(piece, name, value)
    piece.save(update_fields=[*values, "changed_at"])
    return before, target


def close_requests(pieces: Sequence[EvidencePiece], user: User) -> None:
    """A request of which nothing is awaited any more has got its answer."""
    rows = RecordRequest.objects.filter(pieces__in=pieces, state=RecordRequest.State.OPEN)
    for row in rows.exclude(pieces__state=State.REQUESTED).distinct():
        came = row.pieces.filter(state__in=(State.RECEIVED, State.VERIFIED)).exists()
        row.state = RecordRequest.State.RECEIVED if came else RecordRequest.State.ENDED
        row.ended_on, row.ended_by = timezone.localdate(), user
        row.save(update_fields=["state", "ended_on", "ended_by"])


def tell(
    item: WorkItem,
    user: User,
    step: str,
    pieces: Sequence[EvidencePiece],
    moves: Sequence[tuple[str, str]],
    more: str = "",
    **facts: Any,
) -> None:
    """One Activity for all of them: "Verified: Final signed report; Order with indication"."""
    names = "; ".join(piece.name for piece in pieces)
    said = f"{STEPS[step].said.capitalize()}: {names}{f' ({more})' if more else ''}"
    changed = [{"piece": piece.pk, "from": old, "to": new} for piece, (old, new) in zip(pieces, moves, strict=True)]
    say(item, user, said, pieces=changed, **facts)


def say(item: WorkItem, user: User, said: str, **facts: Any) -> None:
    state = checklist_of(item).gathered.value
    write([item], "note", Activity.Kind.EVIDENCE, user, text=said, facts=facts, evidence_state=state)


def _must_be_here(pieces: Sequence[EvidencePiece]) -> None:
    """Nobody verifies what nobody can look at."""
    shown = set(
        EvidenceUse.objects.filter(piece__in=pieces, document__withdrawn_at=None).values_list("piece", flat=True)
    )
    for piece in pieces:
        if piece.pk not in shown and not piece.held_at:
            raise Refused(f"Nothing was verified: “{piece.name}” has no document, and nothing says where it is.")
