"""What others did to an item since somebody opened it, or to many since their list was shown, for a form that came too
late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from worklists.changes import Refusal
from worklists.domain.transitions import ACTIONS, is_allowed
from worklists.models import Activity, WorkItem

MOST = 12
MOST_NAMED = 100


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that somebody did. `became`: the state that the item has since, where that changed."""

    at: datetime
    who: str
    what: str
    text: str
    became: str


@dataclass(frozen=True, slots=True)
class Since:
    """The item as it is now, what was done since, and whether one's own act is possible all the same."""

    version: int
    changes: list[Change]
    is_possible: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody knows of many items. `at`: when their list was shown; `read`: later changes by others that they
    were told and go on in spite of, by the ids of the activities.
    """

    at: datetime | None = None
    read: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Changed:
    """One of many items that somebody else changed, and how they did last."""

    item: int
    activity: int
    claim: str
    change: Change


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many of many items are left as they are because somebody else changed them, and the first of them."""

    number: int
    named: list[Changed]

    def __bool__(self) -> bool:
        return self.number > 0

    @property
    def not_named(self) -> int:
        return self.number - len(self.named)


NOTHING = Seen()
"""Of who was shown no list."""


def since(item: WorkItem, seen: int | None, action: str) -> Since:
    """`seen` is the version that the person had before them. Each change of an item counts its version up by one."""
    now = WorkItem.objects.get(pk=item.pk)
    missed = min(MOST, max(1, now.version - seen)) if seen is not None else 1
    rows = Activity.objects.filter(item=item.pk).select_related("actor")[:missed]
    is_possible = action not in ACTIONS or is_allowed(action, now.status)
    return Since(now.version, list(map(_change, rows)), is_possible)


def by_others(items: Iterable[int], user: User, seen: Seen) -> dict[int, Activity]:
    """Of these items, those that were changed last by somebody else, after `user` saw them."""
    if seen.at is None:
        return {}
    rows = Activity.objects.filter(item__in=list(items), at__gt=seen.at).select_related("actor")
    latest = rows.order_by("item", "-at", "-pk").distinct("item")
    return {row.item_id: row for row in latest if row.actor_id != user.pk and row.pk not in seen.read}


def refusals(changed: dict[int, Activity]) -> list[Refusal]:
    """Why these items are left as they are. Without what was written: that may tell of a patient."""
    return [Refusal(pk, _sentence(row)) for pk, row in changed.items()]


def left_out(changed: dict[int, Activity], user: User) -> LeftOut:
    """The first are named by the claims that people know their items by."""
    rows = WorkItem.objects.visible_to(user).filter(pk__in=sorted(changed)[:MOST_NAMED]).order_by("pk")
    found = rows.values_list("pk", "claim__number")
    named = [Changed(pk, changed[pk].pk, claim, _change(changed[pk])) for pk, claim in found]
    return LeftOut(len(changed), named)


def _change(row: Activity) -> Change:
    became = WorkItem.Status(row.status_to).label if row.status_to and row.status_to != row.status_from else ""
    return Change(row.at, _who(row), row.get_kind_display(), row.text, became)


def _sentence(row: Activity) -> str:
    what = row.get_kind_display().lower()
    return f"{_who(row)} changed it after the list was shown ({what}): look at it, then repeat."


def _who(row: Activity) -> str:
    return str(row.actor or "Overturn")
