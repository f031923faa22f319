"""Open items and the rules in force: which would go elsewhere if the rules were asked again, and sending them there.

A choice of its own: rules that take effect decide about what comes in. What somebody has stays where it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from accounts.refusal import Refused
from denials.models import Denial
from worklists.changes import Check, Done, Items, lock, sort_out, write_each
from worklists.domain.transitions import Status
from worklists.models import Activity, Queue, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.permission import must_manage
from worklists.routing import Place, Router, facts_about, values_of

MOST = 20_000
EXAMPLES = 3
CHUNK = 2000
ROUTED = ["queue", "rule", "rule_version", "routed_because", "rule_set", "routed_on", "routed_facts", "assignee"]


class Also(NamedTuple):
    """What is asked about besides free items that rules put where they are."""

    postponed: bool = False
    waiting: bool = False
    by_hand: bool = False


@dataclass(slots=True)
class Move:
    """Items that would leave one queue for another."""

    now: Queue
    then: Queue
    items: int = 0
    amount: Decimal = Decimal("0.00")
    examples: list[tuple[WorkItem, str]] = field(default_factory=list)
    """With the words of the rule."""

    @property
    def key(self) -> str:
        return f"{self.now.pk}-{self.then.pk}"


@dataclass(slots=True)
class Preview:
    """What asking the rules again would do to the open items that somebody may see."""

    moves: list[Move]
    same: int = 0
    owned: int = 0
    postponed: int = 0
    waiting: int = 0
    by_hand: int = 0
    is_cut: bool = False

    @property
    def items(self) -> int:
        return sum(move.items for move in self.moves)


def preview(user: User, also: Also) -> Preview:
    """Counts what would move, by pair of queues, with the most urgent items of each as examples."""
    must_manage(user)
    asked = _asked(user, also)
    found = Preview([], **_left_alone(user))
    queues, router = Queue.objects.in_bulk(), Router.current()
    moves: dict[tuple[int, int], Move] = {}
    rows = list(asked.select_related("payer").order_by("rank_key", "pk")[: MOST + 1])
    found.is_cut, rows = len(rows) > MOST, rows[:MOST]
    for item, place in _placed(rows, router):
        if place.queue_id == item.queue_id:
            found.same += 1
            continue
        pair = (item.queue_id, place.queue_id)
        move = moves.setdefault(pair, Move(queues[pair[0]], queues[pair[1]]))
        move.items += 1
        move.amount += item.amount_at_risk
        if len(move.examples) < EXAMPLES:
            move.examples.append((item, place.because))
    found.moves = sorted(moves.values(), key=lambda move: (-move.items, move.now.name, move.then.name))
    return found


@transaction.atomic
def reroute_moves(user: User, also: Also, pairs: Collection[str]) -> Done:
    """Sends the items of these pairs of queues (`Move.key`) where the rules in force want them.

    What changed since it was shown is refused item by item: taken meanwhile, or wanted elsewhere by now.
    """
    must_manage(user)
    if not pairs:
        raise Refused("Nothing was moved: tick the moves that you mean.")
    router = Router.current()
    chosen = [
        item.pk
        for item, place in _placed(list(_asked(user, also).order_by("rank_key", "pk")[:MOST]), router)
        if item.queue_id != place.queue_id and f"{item.queue_id}-{place.queue_id}" in pairs
    ]
    return reroute(chosen, user, _stays(also))


def nothing_else(row: WorkItem) -> str:
    return ""


@transaction.atomic
def reroute(items: Items, user: User, stays: Check = nothing_else) -> Done:
    """Asks the rules again for free items, such as after a rule was added. Items somebody owns stay where they are.

    `stays` says why an item that nobody owns is to stay all the same.
    """
    must_manage(user)
    rows, missing = lock(items, user)
    fit, refused = sort_out(rows, "move", lambda row: f"{row.assignee} has this item." if row.assignee else "", stays)
    router = Router.current()
    done: list[int] = []
    for start in range(0, len(fit), CHUNK):
        done += _send(fit[start : start + CHUNK], router, user)
    return Done(sorted(done), missing + refused)


def _send(rows: Sequence[WorkItem], router: Router, user: User) -> list[int]:
    changed, activities = [], []
    for row, place in _placed(rows, router):
        if (row.queue_id, row.rule_id) == (place.queue_id, place.rule_id):
            continue
        facts = facts_about(place) | {"from_queue": row.queue_id}
        for name, value in values_of(place).items():
            setattr(row, name, value)
        changed.append(row)
        kind = Activity.Kind.ROUTED
        activities.append(Activity(item=row, kind=kind, actor=user, text=place.because, facts=facts))
    write_each(changed, ROUTED, activities)
    return [row.pk for row in changed]


def _placed(rows: Sequence[WorkItem], router: Router) -> Iterable[tuple[WorkItem, Place]]:
    """Each item with the place that the rules give it today."""
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        denials = Denial.objects.select_related("payer", "facility").in_bulk([row.denial_id for row in chunk])
        router.look_up(list(denials.values()))
        for row in chunk:
            yield row, router.place(denials[row.denial_id], row.round)
        router.said.clear()


def _asked(user: User, also: Also) -> WorkItemQuerySet:
    rows: WorkItemQuerySet = WorkItem.objects.visible_to(user).open().filter(assignee=None)
    if not also.postponed:
        rows = rows.exclude(status=Status.POSTPONED)
    if not also.waiting:
        rows = rows.exclude(status=Status.WAITING)
    if not also.by_hand:
        rows = rows.exclude(BY_HAND)
    return rows


BY_HAND = Q(rule_set=None, rule=None) & ~Q(routed_because="")


def _left_alone(user: User) -> dict[str, Any]:
    """What is not asked about, so that nobody wonders where it is."""
    rows = WorkItem.objects.visible_to(user).open()
    free = rows.filter(assignee=None)
    return {
        "owned": rows.exclude(assignee=None).count(),
        "postponed": free.filter(status=Status.POSTPONED).count(),
        "waiting": free.filter(status=Status.WAITING).count(),
        "by_hand": free.filter(BY_HAND).count(),
    }


def _stays(also: Also) -> Check:
    def check(row: WorkItem) -> str:
        if row.status == Status.POSTPONED and not also.postponed:
            return "It was postponed meanwhile: it stays."
        if row.status == Status.WAITING and not also.waiting:
            return "It waits for the payer by now: it stays."
        return ""

    return check
