"""Evidence of many items at once: the same pieces asked for, received or given up, each item by its own state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from worklists.changes import Done, Items, do_each
from worklists.domain import evidence
from worklists.domain.evidence import State
from worklists.evidence import gathering, requesting
from worklists.evidence.checklist import Line, SharedLine, checklist_of
from worklists.evidence.requesting import Asking
from worklists.models import EvidencePiece, WorkItem

MOST_OFFERED = 12
"""Of items that have little in common, so that people can still read what is offered."""


def request(items: Items, user: User, *, piece: Collection[str], **asking: Any) -> Done:
    """Asks for the pieces, in a request of its own for each item. `asking` are the values of `requesting.Asking`."""
    today, asked = timezone.localdate(), Asking(**asking)

    def verb(pk: int) -> None:
        requesting.ask(pk, user, _fitting(pk, user, "request", piece), asked, today=today)

    return do_each(items, verb)


def receive(items: Items, user: User, *, piece: Collection[str], held_at: str) -> Done:
    """The pieces are here, but not as files."""

    def verb(pk: int) -> None:
        gathering.receive_elsewhere(pk, user, _fitting(pk, user, "receive", piece), held_at=held_at)

    return do_each(items, verb)


def give_up(items: Items, user: User, *, piece: Collection[str], because: str) -> Done:
    """The pieces cannot be had."""

    def verb(pk: int) -> None:
        gathering.take_step(pk, user, "give_up", _fitting(pk, user, "give_up", piece), because=because)

    return do_each(items, verb)


def shared(items: Sequence[int], step: str) -> list[SharedLine]:
    """The pieces that `step` may be done to on some of these items, those that most of them need first."""
    pieces: dict[int, list[EvidencePiece]] = defaultdict(list)
    for row in EvidencePiece.objects.filter(item__in=items).order_by("pk"):
        pieces[row.item_id].append(row)
    found: Counter[str] = Counter()
    names: dict[str, str] = {}
    rows = WorkItem.objects.filter(pk__in=items).select_related(
        "denial__payer", "denial__facility", "denial__remitted_claim"
    )
    for item in rows.order_by("pk"):
        for line in checklist_of(item, pieces=pieces[item.pk]).to_gather:
            if item.is_open and _may(step, line):
                found[line.slug] += 1
                names.setdefault(line.slug, line.name)
    ordered = sorted(found, key=lambda slug: (-found[slug], names[slug]))
    return [SharedLine(slug, names[slug], found[slug], len(items)) for slug in ordered]


def form_needs(step: str) -> Any:
    """What the form of a step offers about many items, for `item_actions.ItemAction.asks`."""

    def asks(items: Sequence[int], today: date) -> dict[str, Any]:
        lines = shared(items, step)
        offered = {"lines": lines[:MOST_OFFERED], "left_out": len(lines[MOST_OFFERED:])}
        return {**offered, **({"today": today} if step == "request" else {})}

    return asks


def _fitting(pk: int, user: User, step: str, picked: Collection[str]) -> list[str]:
    """Of the pieces picked those that this item needs and that stand so that `step` may be done, as they stand."""
    _, listed = gathering.hold(pk, user)
    lines = listed.named(picked)
    if not lines:
        raise Refused("This item needs none of the pieces ticked.")
    fitting = [line for line in lines if _may(step, line)]
    if not fitting:
        raise Refused(f"{lines[0].label} is {lines[0].words} already.")
    return [line.as_seen for line in fitting]


def _may(step: str, line: Line) -> bool:
    """What somebody verified by itself is not received again with many others."""
    return evidence.is_allowed(step, line.state) and not (step == "receive" and line.state == State.VERIFIED)
