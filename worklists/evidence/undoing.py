"""Taking back what was done to the evidence of many items: each piece as it stood, unless somebody went on with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from worklists import beside
from worklists.domain import evidence
from worklists.domain.evidence import State
from worklists.evidence import recounting
from worklists.models import Activity, BulkAct, EvidencePiece, RecordRequest, WorkItem

FRESH = {"state": State.NEEDED.value, "held_at": "", "because": ""}
"""A piece that nobody had done anything about before."""


def listen() -> None:
    for kind in BulkAct.OF_EVIDENCE:
        beside.also(kind, beside.More(_in_the_way, _put_back))


def _in_the_way(act: BulkAct, items: Sequence[int]) -> dict[int, str]:
    own = _told_by(act, items)
    found: dict[int, str] = {}
    later = Activity.objects.filter(item__in=items, kind=Activity.Kind.EVIDENCE, at__gte=act.at)
    for row in later.exclude(pk__in=_taken_back(act, items)).select_related("actor").order_by("pk"):
        first = own.get(row.item_id)
        if first is not None and row.pk > first.pk and _is_about_the_same(first, row):
            found[row.item_id] = f"{row.actor or 'Overturn'} went on with this evidence since."
    for request in _open_before(act, own).exclude(because="").select_related("ended_by"):
        found.setdefault(request.item_id, f"{request.ended_by} withdrew what was asked for since.")
    return found


def _taken_back(act: BulkAct, items: Sequence[int]) -> list[int]:
    """What later acts told about these items that were undone."""
    later = BulkAct.objects.filter(kind__in=BulkAct.OF_EVIDENCE, pk__gt=act.pk, undone_at__isnull=False)
    told: list[int] = []
    for each in later.filter(rows__item__in=items, rows__is_undone=True).distinct().order_by("pk"):
        undone = list(each.rows.filter(item__in=items, is_undone=True).values_list("item", flat=True))
        told += [row.pk for row in _told_by(each, undone).values()]
    return told


def _open_before(act: BulkAct, own: Mapping[int, Activity]) -> QuerySet[RecordRequest]:
    """The requests that the act may have ended: they ran before it, and asked for one of its pieces."""
    before: list[Any] = list(act.rows.filter(item__in=own).values_list("beside", flat=True))
    stood = [each["id"] for row in before for each in row[beside.REQUESTS]]
    pieces = [fact["piece"] for told in own.values() for fact in told.facts["pieces"]]
    asked = RecordRequest.objects.filter(pk__in=stood, pieces__in=pieces).order_by().distinct()
    return asked.exclude(state=RecordRequest.State.OPEN)


def _put_back(act: BulkAct, user: User, items: Sequence[int]) -> None:
    own = _told_by(act, items)
    stood: dict[int, Any] = {row.item_id: row.beside for row in act.rows.filter(item__in=items)}
    before: dict[int, Mapping[str, Any]] = {}
    for item, told in own.items():
        rows = {row["id"]: row for row in stood[item][beside.PIECES]}
        before |= {fact["piece"]: rows.get(fact["piece"], FRESH) for fact in told.facts["pieces"]}
    _pieces_as_before(before, user)
    ended = list(_open_before(act, own).values_list("pk", flat=True))
    RecordRequest.objects.filter(pk__in=ended).update(
        state=RecordRequest.State.OPEN, ended_on=None, ended_by=None, because=""
    )
    begun = [told.facts["request"] for told in own.values() if "request" in told.facts]
    RecordRequest.objects.filter(pk__in=begun, state=RecordRequest.State.OPEN).update(
        state=RecordRequest.State.ENDED, ended_on=timezone.localdate(), ended_by=user, because=beside.BECAUSE
    )
    rows_again = WorkItem.objects.filter(pk__in=items).order_by("pk")
    recounting.recount_of(
        list(rows_again.select_related("denial__payer", "denial__facility", "denial__remitted_claim"))
    )


def _pieces_as_before(before: Mapping[int, Mapping[str, Any]], user: User) -> None:
    pieces = list(EvidencePiece.objects.filter(pk__in=before).order_by("pk"))
    # The database lets no piece jump where no step leads; by way of "needed" each state can be reached.
    jumps = set(evidence.allowed_jumps())
    far = [
        piece.pk
        for piece in pieces
        if piece.state != before[piece.pk]["state"]
        and (State(piece.state), State(before[piece.pk]["state"])) not in jumps
    ]
    EvidencePiece.objects.filter(pk__in=far).update(state=State.NEEDED)
    now = timezone.now()
    for piece in pieces:
        for name in FRESH:
            setattr(piece, name, before[piece.pk][name])
        piece.changed_by, piece.changed_at = user, now
    EvidencePiece.objects.bulk_update(pieces, [*FRESH, "changed_by", "changed_at"])


def _told_by(act: BulkAct, items: Sequence[int]) -> dict[int, Activity]:
    """What the act wrote about each item: the first that its actor did to the evidence, who held the item locked."""
    rows = Activity.objects.filter(
        item__in=items, kind=Activity.Kind.EVIDENCE, actor=act.actor_id, at__gte=act.at
    ).order_by("item", "pk")
    return {row.item_id: row for row in rows.distinct("item")}


def _is_about_the_same(first: Activity, later: Activity) -> bool:
    def pieces(row: Activity) -> set[int]:
        return {fact["piece"] for fact in row.facts.get("pieces", ())}

    asked = first.facts.get("request")
    return bool(pieces(first) & pieces(later)) or (asked is not None and later.facts.get("request") == asked)
