"""Open items and the rules in force: which would go elsewhere if the rules were asked again, and sending them there.

A choice of its own: rules that take effect decide about what comes in. What somebody has stays where it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import permutations
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from accounts.refusal import Refused
from worklists import acts
from worklists.changes import Check, Done, Items, lock, sort_out
from worklists.domain.transitions import Status
from worklists.models import Activity, BulkAct, Queue, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.permission import must_manage
from worklists.routing import in_sql
from worklists.routing.bulk import Places, route_many
from worklists.routing.router import Router

MOST = 20_000
"""Items that one pass moves."""
EXAMPLES = 3
REASON = "The rules in force were asked again"


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

    @property
    def items(self) -> int:
        return sum(move.items for move in self.moves)

    @property
    def needs_passes(self) -> bool:
        return self.items > MOST


class Rerouted(NamedTuple):
    """What one pass did, how many items are left for the next, and what undoes it; None where nothing moved."""

    done: Done
    left: int
    act: BulkAct | None


def preview(user: User, also: Also) -> Preview:
    """Counts everything that would move, by pair of queues, with the most urgent items of each as examples."""
    must_manage(user)
    found = Preview([], **_left_alone(user))
    queues, router = Queue.objects.in_bulk(), Router.current()
    moves: dict[tuple[int, int], Move] = {}
    first: dict[int, Move] = {}
    for each in in_sql.standing(router.book.rules, _asked(user, also), router.on, EXAMPLES):
        pair = each.queue_id, router.queue_for(each.rule)
        if pair[0] == pair[1]:
            found.same += each.items
            continue
        move = moves.setdefault(pair, Move(queues[pair[0]], queues[pair[1]]))
        move.items += each.items
        move.amount += each.amount
        first |= dict.fromkeys(each.first, move)
    _show_examples(first, router)
    found.moves = sorted(moves.values(), key=lambda move: (-move.items, move.now.name, move.then.name))
    return found


def _show_examples(first: Mapping[int, Move], router: Router) -> None:
    """The most urgent ones of each move, in the words of the rule that wants them elsewhere."""
    wanted = Places(router).wanted(WorkItem.objects.filter(pk__in=list(first)))
    words = {item: move.place.because for move in wanted for item in move.items}
    for item in WorkItem.objects.filter(pk__in=words).select_related("payer").order_by("rank_key", "pk"):
        examples = first[item.pk].examples
        if len(examples) < EXAMPLES:
            examples.append((item, words[item.pk]))


@transaction.atomic
def reroute_moves(user: User, also: Also, pairs: Collection[str], shown: datetime | None = None) -> Rerouted:
    """Sends the items of these pairs of queues (`Move.key`) where the rules in force want them.

    At most `MOST` in one pass, the most urgent first: nobody waits long for a row that it holds. What somebody got
    since the moves were `shown` is refused item by item.
    """
    must_manage(user)
    if not pairs:
        raise Refused("Nothing was moved: tick the moves that you mean.")
    router = Router.current()
    ids = _wanted(_asked(user, also), pairs, router)
    urgent = WorkItem.objects.filter(pk__in=ids).order_by("rank_key", "pk").values_list("pk", flat=True)
    now = list(urgent[:MOST]) if len(ids) > MOST else ids
    gone = _wanted(_given_out_since(shown, user), pairs, router) if shown else []
    act, done = acts.remember(
        BulkAct.Kind.MOVED, [*now, *gone], user, lambda pks: reroute(pks, user, _stays(also)), reason=REASON
    )
    return Rerouted(done, len(ids) - len(now), act)


def _wanted(items: WorkItemQuerySet, pairs: Collection[str], router: Router) -> list[int]:
    """Of these items those that the rules would move from and to queues of these pairs."""
    targets: dict[int, set[int]] = defaultdict(set)
    for now, then in permutations(router.queue_ids.values(), 2):
        if f"{now}-{then}" in pairs:
            targets[now].add(then)
    return [
        item
        for now, wanted in targets.items()
        for item, rule in in_sql.picks(router.book.rules, items.filter(queue=now), router.on)
        if router.queue_for(rule) in wanted
    ]


def _given_out_since(shown: datetime, user: User) -> WorkItemQuerySet:
    """Items that somebody took or was given after that moment."""
    handed = Activity.objects.filter(
        item=OuterRef("pk"), at__gte=shown, kind__in=[Activity.Kind.TAKEN, Activity.Kind.HANDED_OVER]
    )
    rows: WorkItemQuerySet = WorkItem.objects.visible_to(user).open()
    return rows.filter(Exists(handed), assignee__isnull=False, updated_at__gte=shown)


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
    moved = route_many(WorkItem.objects.filter(pk__in=[row.pk for row in fit]), user)
    return Done(moved, missing + refused)


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
