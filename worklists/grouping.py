"""The items of a list in groups of what is alike: one payer's denials by the same codes are worked as one batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Min, Sum

from denials.models import Denial
from worklists import code_words
from worklists.choices import FORMER
from worklists.counts import DUE_THIS_WEEK
from worklists.filter_vocabulary import NOBODY
from worklists.filters import WorkItemFilter
from worklists.models.items import DEADLINE_RUNS

MOST = 200
"""Groups that are shown; those with the most dollars come first."""
COLUMNS = {
    "payer": "payer_id",
    "reason": "reason",
    "category": "category",
    "facility": "facility_id",
    "queue": "queue_id",
    "owner": "assignee_id",
    "provider": "provider",
}
"""By filter the column of an item that says which of its choices the item belongs to."""


class Way(NamedTuple):
    """`fields` are the filters that show one group: what its items have in common."""

    label: str
    fields: tuple[str, ...]


WAYS = {
    "payer_reason": Way("Payer and codes", ("payer", "reason")),
    "payer": Way("Payer", ("payer",)),
    "reason": Way("Codes", ("reason",)),
    "category": Way("Category", ("category",)),
    "facility": Way("Facility", ("facility",)),
    "queue": Way("Queue", ("queue",)),
    "owner": Way("Owner", ("owner",)),
    "provider": Way("Provider", ("provider",)),
}


@dataclass(frozen=True, slots=True)
class Group:
    """What is alike, by the filters that show it and in words, and what it holds."""

    chosen: dict[str, str]
    name: str
    meaning: str
    """What its codes say, or how its provider is called; empty where nothing does."""
    items: int
    amount: Decimal
    due_this_week: int
    first_day: date | None
    """The first deadline that still runs, or the first day to ask the payer in a list that goes by it."""

    @property
    def has_list(self) -> bool:
        """No filter asks for items that have no category."""
        return "" not in self.chosen.values()


def ways_of(chosen: WorkItemFilter) -> dict[str, Way]:
    """How a list can be grouped: not by what it is narrowed to already."""
    fixed = {name for name in COLUMNS if chosen.chosen(name)} | ({"queue"} if chosen.worklist.queue else set())
    return {key: way for key, way in WAYS.items() if not fixed & set(way.fields)}


def groups_of(chosen: WorkItemFilter, way: Way) -> list[Group]:
    """The groups with the most dollars, and one more where there are more than `MOST`."""
    columns = [COLUMNS[name] for name in way.fields]
    runs = None if chosen.worklist.by_follow_up else DEADLINE_RUNS
    found = (
        chosen.matching.order_by()
        .values(*columns)
        .annotate(
            items=Count("pk"),
            amount=Sum(chosen.money),
            due_this_week=Count("pk", filter=chosen.runs_out(None, chosen.today + timedelta(days=DUE_THIS_WEEK))),
            first_day=Min(chosen.day, filter=runs),
            one_denial=Min("denial"),
        )
    )
    rows = list(found.order_by("-amount", "-items", *columns)[: MOST + 1])
    called = _called(rows) if "provider" in way.fields else {}
    return [_group(chosen, way, row, called) for row in rows]


def _called(rows: list[dict[str, Any]]) -> dict[str, str]:
    """The name of each provider as a payer wrote it."""
    named = Denial.objects.filter(pk__in=[row["one_denial"] for row in rows])  # of items that were chosen already
    return dict(named.values_list("fault_provider", "remitted_claim__rendering_name"))


def _group(chosen: WorkItemFilter, way: Way, row: dict[str, Any], called: dict[str, str]) -> Group:
    keys = {name: NOBODY if row[COLUMNS[name]] is None else str(row[COLUMNS[name]]) for name in way.fields}
    return Group(
        chosen=keys,
        name=" · ".join(_label(chosen, name, key) for name, key in keys.items()),
        meaning=code_words.why_of(keys["reason"]) if "reason" in keys else called.get(keys.get("provider", ""), ""),
        items=row["items"],
        amount=row["amount"],
        due_this_week=row["due_this_week"],
        first_day=row["first_day"],
    )


def _label(chosen: WorkItemFilter, name: str, key: str) -> str:
    offered = dict(chosen.choices[name] + chosen.choices[FORMER + name]) | {NOBODY: "Nobody", "": f"No {name}"}
    return offered.get(key, key)
