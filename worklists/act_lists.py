"""What was done to many items: the newest acts, and what came of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from worklists import split
from worklists.acts import NAMED, is_in_time, may_undo
from worklists.models import BulkAct, BulkActRow, WorkItem
from worklists.wording import day

SHOWN = 100
NAMED_ON_PAGE = 12
FREED = "nobody"
_PART = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Listed:
    """One act in the list."""

    act: BulkAct
    can_be_undone: bool
    is_part_undone: bool
    item: int | None
    """The item, where it was done to one."""


@dataclass(frozen=True, slots=True)
class Received:
    """What one person got by an act; `who` None: nobody, the items are free in their queues."""

    who: User | None
    items: int
    dollars: Decimal
    undone: int
    part: str
    """How the address of a list asks for these items."""


class NamedInPart:
    """Many items, of which a page names the first."""

    __slots__ = ()
    count: int
    named: Sized

    @property
    def more(self) -> int:
        """How many there are beside those that are named."""
        return self.count - len(self.named)


@dataclass(frozen=True, slots=True)
class Reason(NamedInPart):
    """One reason for which items were left as they are."""

    sentence: str
    count: int
    named: list[tuple[int, str]]
    """The first of these items, each with the number of its claim."""


@dataclass(frozen=True, slots=True)
class PartsClosed(NamedInPart):
    """Items that are closed with all parts of a claim that its payer split."""

    count: int = 0
    named: list[tuple[int, str, str]] = field(default_factory=list)
    """The first of them, each with the number of its claim and its parts."""


def recent(user: User, *, of_everybody: bool) -> list[Listed]:
    """The newest acts of `user`, or of everybody and of Overturn itself."""
    rows = BulkAct.objects.select_related("actor", "undone_by")
    rows = rows if of_everybody else rows.filter(actor=user)
    own_rows = BulkActRow.objects.filter(act=OuterRef("pk"))
    rest = Exists(own_rows.filter(is_undone=False))
    return [
        Listed(
            act,
            can_be_undone=act.has_rest and is_in_time(act),
            is_part_undone=act.has_rest and act.undone_at is not None,
            item=act.first_item if act.done == 1 else None,
        )
        for act in rows.annotate(first_item=Subquery(own_rows.values("item")[:1]), has_rest=rest).order_by("-pk")[
            :SHOWN
        ]
    ]


def one(user: User, pk: int) -> BulkAct:
    """Somebody else's is not there, except for managers. Raises Http404."""
    found = BulkAct.objects.select_related("actor", "undone_by", "absence__person").filter(pk=pk).first()
    if found is None or not may_undo(found, user):
        raise Http404
    return found


def receivers(act: BulkAct, user: User) -> list[Received]:
    """Who has got which of the items that `user` may see."""
    seen = WorkItem.objects.visible_to(user)
    rows = act.rows.filter(item__in=seen).order_by().values("owner_after")
    counted = list(
        rows.annotate(
            items=Count("pk"), dollars=Sum("item__amount_at_risk"), undone=Count("pk", filter=Q(is_undone=True))
        )
    )
    people = User.objects.in_bulk([row["owner_after"] for row in counted if row["owner_after"]])
    found = [_received(act, people, row) for row in counted]
    return sorted(found, key=lambda each: (-each.items, str(each.who)))


def parts_called(user: User, value: str) -> list[tuple[str, str]]:
    """The part of an act that a list asks for, with its words; none where `user` may not see the act."""
    found = _PART.fullmatch(value)
    act = BulkAct.objects.filter(pk=int(found[1])).first() if found else None
    if found is None or act is None or not may_undo(act, user):
        return []
    who = User.objects.filter(pk=int(found[2])).first()
    return [(value, f"{act.get_kind_display()} {day(timezone.localdate(act.at))}, {who or FREED}")]


def of_part(value: str) -> Q:
    """Items of one act that one person got by it, as `Received.part` names them."""
    act, _, owner = value.partition("-")
    whose = {"owner_after": int(owner)} if int(owner) else {"owner_after": None}
    return Q(pk__in=BulkActRow.objects.filter(act=int(act), **whose).values("item"))


def kept(act: BulkAct) -> list[tuple[str, int, list[int]]]:
    """What undo could not put back, by reason, as `acts.in_short` has refusals."""
    rows = act.rows.exclude(kept_because="").order_by("item").values_list("kept_because", "item")
    by_sentence: dict[str, list[int]] = {}
    for sentence, item in rows:
        by_sentence.setdefault(sentence, []).append(item)
    return [(sentence, len(items), items[:NAMED]) for sentence, items in by_sentence.items()]


def by_claim(short: Iterable[tuple[str, int, list[int]]], user: User) -> list[Reason]:
    """Refusals as `acts.in_short` has them, with the claims that people know their items by."""
    groups = [(sentence, count, ids[:NAMED_ON_PAGE]) for sentence, count, ids in short]
    items = WorkItem.objects.visible_to(user).filter(pk__in={pk for *_, ids in groups for pk in ids})
    claims = dict(items.values_list("pk", "claim__number")) if groups else {}
    return [
        Reason(sentence, count, [(pk, claims[pk]) for pk in ids if pk in claims]) for sentence, count, ids in groups
    ]


def closed_with_parts(count: int, items: list[int], user: User) -> PartsClosed:
    """So many items, of which these are named."""
    if not items:
        return PartsClosed()
    rows = {row.pk: row for row in WorkItem.objects.visible_to(user).filter(pk__in=items).select_related("claim")}
    parts = split.in_words_of(rows.values())
    return PartsClosed(count, [(pk, rows[pk].claim.number, parts[pk]) for pk in items if pk in parts])


def _received(act: BulkAct, people: Mapping[int, User], row: Mapping[str, Any]) -> Received:
    owner = row["owner_after"]
    part = f"{act.pk}-{owner or 0}"
    return Received(people.get(owner), row["items"], row["dollars"], row["undone"], part)
