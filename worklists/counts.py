"""The numbers over a list: all of them in one query, none of them reading more than the cap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from accounts import statements
from accounts.models import User
from worklists.asked_once import Part
from worklists.capped import CAP, CappedCount, CappedSum, in_words
from worklists.filters import TABS, WorkItemFilter

DUE_THIS_WEEK = 7


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
    key = ("counts", chosen.rests_on, CAP)
    return Part(key, lambda: statements.statement_of(key, lambda: _counted(chosen, user)))


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
    columns: dict[str, Any] = {
        f"tab_{tab or 'all'}": CappedCount(chosen.tab_rows(base, tab), *chosen.looked_for_by(tab)) for tab in TABS
    }
    order = chosen.looked_for_by(chosen.chosen("tab"))
    return User.objects.filter(pk=user.pk).values(
        **columns,
        shown=CappedCount(matching, *order),
        at_risk=CappedSum(matching, "amount_at_risk", *order),
        due_this_week=CappedCount(near, chosen.day),
        recovered=CappedSum(matching, "recovered_amount", *order),
    )
