"""The numbers over a list: all of them in one query, none of them reading more than the cap."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from worklists import capped
from worklists.asked_once import Part
from worklists.capped import CAP, CappedCount, CappedSum, in_words
from worklists.filters import TABS, WorkItemFilter

DUE_THIS_WEEK = 7
BESIDE = ("columns", "view", "sort", "after", "before", "search")
"""What of an address changes no number."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a list holds now, by tab, with the money and the near deadlines of what is shown."""

    tabs: dict[str, int]
    shown: int
    at_risk: Decimal
    due_this_week: int
    recovered: Decimal = Decimal("0.00")

    @property
    def is_capped(self) -> bool:
        return self.shown > CAP

    @property
    def shown_in_words(self) -> str:
        return in_words(self.shown)

    @property
    def due_in_words(self) -> str:
        return in_words(self.due_this_week)


def part(chosen: WorkItemFilter, user: User) -> Part:
    """All numbers of one list, as part of what a page asks for; `of_rows` makes them of its row."""
    return Part(_of_counts(chosen, user), lambda: _counted(chosen, user))


def of_rows(chosen: WorkItemFilter, rows: list[dict[str, Any]]) -> Counts:
    if not chosen.is_understood or not rows:
        return Counts(dict.fromkeys(TABS, 0), 0, Decimal("0.00"), 0)
    [found] = rows
    return Counts(
        tabs={tab: found[f"tab_{tab or 'all'}"] for tab in TABS},
        shown=found["shown"],
        at_risk=Decimal(found["at_risk"]),
        due_this_week=found["due_this_week"],
        recovered=Decimal(found["recovered"]),
    )


def _counted(chosen: WorkItemFilter, user: User) -> QuerySet[Any, Any]:
    base = chosen.without_tab()
    matching = chosen.matching
    near = matching.filter(chosen.runs_out(None, chosen.today + timedelta(days=DUE_THIS_WEEK)))
    columns: dict[str, Any] = {f"tab_{tab or 'all'}": CappedCount(chosen.tab_rows(base, tab)) for tab in TABS}
    return User.objects.filter(pk=user.pk).values(
        **columns,
        shown=CappedCount(matching),
        at_risk=CappedSum(matching, "amount_at_risk"),
        due_this_week=CappedCount(near),
        recovered=CappedSum(matching, "recovered_amount"),
    )


def _of_counts(chosen: WorkItemFilter, user: User) -> Hashable | None:
    key = key_of(chosen, user)
    return None if key is None else ("counts", key)


def key_of(chosen: WorkItemFilter, user: User) -> Hashable | None:
    """What the statements of a list depend on beside its order; None where they also rest on settings."""
    if any(chosen.chosen(name) for name in ("watch", "news")):
        return None
    asked = tuple(sorted((name, value) for name, value in chosen.asked.items() if name not in BESIDE))
    whose = (user.pk, user.role, user.all_facilities, user.is_active)
    found = tuple(chosen.found.items) if chosen.chosen("search") else None  # finding nothing is not asking for all
    return (whose, chosen.worklist.key, chosen.today, asked, found, capped.CAP)
