"""Closed cases like an item, counted by what was done and what came of it; and a few to look at.

Three levels: payer and all codes, reason code of any payer, category. Of each the latest `MOST` are counted, over the
facilities that the person may see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import CharField, F, Func, QuerySet, Value

from accounts.models import User
from accounts.one_statement import read_in_one
from worklists.closing import WON
from worklists.domain.chances import Prior
from worklists.domain.similar import Action, Counted, Group, best, groups
from worklists.models import Resolution, Settlement, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.ranking import weights_from, weights_rows

MOST = 1000
EXAMPLES = 5
DECIDED = (*WON, Settlement.UPHELD)
LEVEL_WORDS = {"same": "{payer}, {reason}", "code": "{code} of any payer", "category": "{category}"}
COLUMNS = ("resolution", "settlement", "recovered_amount", "denied_on", "resolved_at")
COUNT = """
SELECT level, resolution, count(*), count(*) FILTER (WHERE settlement = 'overturned'),
    count(*) FILTER (WHERE settlement = 'partial'), count(*) FILTER (WHERE settlement = 'upheld'),
    coalesce(sum(recovered_amount), 0),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY (resolved_at::date - denied_on)::float8)
FROM ({near}) AS near GROUP BY level, resolution
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """One level in words. `best` is what brought the most for each decided case, if enough were decided."""

    group: Group
    words: str
    best: Action | None
    is_capped: bool
    """Only the latest `MOST` were counted."""

    @property
    def actions(self) -> list[tuple[str, Action]]:
        """What was done, in words."""
        return [(action_words(each.action), each) for each in self.group.actions]

    @property
    def best_words(self) -> str:
        return f"{action_words(self.best.action)} brought the most for each decided case." if self.best else ""


@dataclass(frozen=True, slots=True)
class Example:
    """One closed case that this person may open."""

    pk: int
    payer: str
    reason: str
    action: str
    outcome: str
    recovered: Decimal | None
    closed_on: date
    days: int | None
    root_cause: str


def similar_to(item: WorkItem, user: User) -> tuple[list[Shown], list[Example]]:
    """The levels of which there are cases, the closest first; and a few decided cases, in two queries."""
    rows, decided = read_in_one(weights_rows(), _decided(item, user))
    weights = weights_from(rows)
    prior = Prior(weights.prior_strength, weights.default_chance / 100)
    levels = [
        Shown(group, _words(group.level, item), best(group, weights.thin_below), group.tally.cases >= MOST)
        for group in groups(_counted(item, user), prior)
    ]
    return levels, _examples(decided)


def _decided(item: WorkItem, user: User) -> QuerySet[WorkItem, Any]:
    columns = ("pk", "payer__name", "reason", "root_cause", *COLUMNS)
    parts = [
        rows.filter(settlement__in=DECIDED).values_list(Value(place), *columns)[:EXAMPLES]
        for place, rows in enumerate(_levels(item, user).values())
    ]
    return parts[0].union(*parts[1:], all=True)


def _examples(decided: list[tuple[Any, ...]]) -> list[Example]:
    """The closest level first, and in it the latest."""
    found: dict[int, Example] = {}
    for row in sorted(decided, key=lambda row: row[0]):
        example = _example(*row[1:])
        found.setdefault(example.pk, example)
    return list(found.values())[:EXAMPLES]


def action_words(action: str) -> str:
    return Resolution(action).label if action in Resolution.values else "Not told"


def code_of(reason: str) -> str:
    """The first word of an item's reason: group and reason code, or what stands for it."""
    return reason.partition(" ")[0]


def _levels(item: WorkItem, user: User) -> dict[str, WorkItemQuerySet]:
    closed = WorkItem.objects.visible_to(user).filter(status=WorkItem.Status.RESOLVED).exclude(pk=item.pk)
    code = Func(F("reason"), Value(" "), Value(1), function="SPLIT_PART", output_field=CharField())
    levels = {
        "same": closed.filter(payer=item.payer_id, reason=item.reason),
        "code": closed.annotate(code=code).filter(code=code_of(item.reason)),
        "category": closed.filter(category=item.category),
    }
    return {level: rows.order_by(F("resolved_at").desc()) for level, rows in levels.items()}


def _counted(item: WorkItem, user: User) -> list[Counted]:
    parts, values = [], []
    for level, rows in _levels(item, user).items():
        sql, params = rows.values(*COLUMNS)[:MOST].query.sql_with_params()
        parts.append(f"(SELECT %s AS level, latest.* FROM ({sql}) AS latest)")
        values += [level, *params]
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(near=" UNION ALL ".join(parts)), values)
        return [Counted(*row) for row in cursor.fetchall()]


def _words(level: str, item: WorkItem) -> str:
    words = {"payer": item.payer, "reason": item.reason, "code": code_of(item.reason), "category": item.category}
    said = LEVEL_WORDS[level].format(**words).replace("_", " ")
    return said[:1].upper() + said[1:] if level == "category" else said


def _example(
    pk: int, payer: str, reason: str, root_cause: str, resolution: str, settlement: str, *more: Any
) -> Example:
    recovered, denied_on, resolved_at = more
    return Example(
        pk=pk,
        payer=payer,
        reason=reason,
        action=action_words(resolution),
        outcome=Settlement(settlement).label,
        recovered=recovered,
        closed_on=resolved_at.date(),
        days=(resolved_at.date() - denied_on).days if denied_on else None,
        root_cause=root_cause,
    )
