"""The numbers over a list: all of them in one query, none of them counting beyond the cap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from accounts import statements
from accounts.models import User
from worklists.cached_numbers import Part
from worklists.capped import CAP, CappedCount, in_words
from worklists.filter_vocabulary import DUE_WITHIN, POSTPONED, TABS
from worklists.filters import WorkItemFilter
from worklists.pooled import COUNT, MONEY, Narrower, Pool

DUE_THIS_WEEK = 7
NEAR = "near"
BY_DEADLINE = ("due", "overdue")
ENDS = {"overdue": -1, NEAR: DUE_THIS_WEEK, "due": DUE_WITHIN}
"""After so many days from today nothing more belongs to such a part."""
NOTHING = Q(pk__in=())


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
    whole = found["whole"]
    shown = found.get("of_tab", whole)
    money = Decimal(shown[MONEY])
    return Counts(
        tabs={tab: found["postponed"] if tab == POSTPONED else whole[tab or COUNT] for tab in TABS},
        shown=shown[COUNT],
        at_risk=Decimal("0.00") if chosen.shows_resolved else money,
        due_this_week=shown[NEAR],
        recovered=money if chosen.shows_resolved else Decimal("0.00"),
    )


def _counted(chosen: WorkItemFilter, user: User) -> QuerySet[Any, Any]:
    base, tab = chosen.without_tab(), chosen.chosen("tab")
    whole = chosen.tab_rows(base, "")
    narrower = {each: chosen.of_tab(each) for each in TABS if each not in ("", POSTPONED)}
    columns: dict[str, Any] = {
        "whole": _pool(chosen, whole, "", narrower),
        "postponed": CappedCount(chosen.tab_rows(base, POSTPONED), *chosen.looked_for_by(POSTPONED)),
    }
    if tab:
        columns["of_tab"] = _pool(chosen, chosen.matching, tab, {})
    return User.objects.filter(pk=user.pk).values(**columns)


def _pool(chosen: WorkItemFilter, rows: QuerySet[Any], tab: str, narrower: dict[str, Q]) -> Pool:
    """The numbers of these rows, and of narrower parts of them."""
    near = chosen.runs_out(None, chosen.today + timedelta(days=DUE_THIS_WEEK))
    if chosen.shows_resolved and not chosen.worklist.by_follow_up:
        # No deadline of theirs runs. To find that out, PostgreSQL would pass over all open work.
        narrower, near = {name: NOTHING if name in BY_DEADLINE else part for name, part in narrower.items()}, NOTHING
    orders = {name: chosen.looked_for_by(name) for name in narrower} | {NEAR: (chosen.day,)}
    passed = {name: chosen.runs_out_after(days) for name, days in ENDS.items()}
    parts = {name: Narrower(part, orders[name], passed.get(name)) for name, part in {**narrower, NEAR: near}.items()}
    return Pool(rows, chosen.money, chosen.looked_for_by(tab), parts)
