"""Counts by night what our own outcomes and timed work say, and ranks the open work anew that it moves.

Counted are rounds that ended: a denial of ours that the payer answered by another denial, and one whose item was
closed with an outcome. What was closed without one, or never contested, says nothing about the payer and is left out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection, transaction

from denials.models import Denial
from worklists.domain.chances import Estimate, Facts, Prior, Tally, age_of, estimates, level_of, path
from worklists.models import Experience, OrderWeights, Resolution, Settlement, WorkItem
from worklists.ranking import RANKED, Ranker, current_weights

STEADY_DAYS = 0.5
"""A group keeps the figures it has until new ones would move its items by this much: most nights move few."""
BATCH = 2000
BY_US = frozenset(Resolution.values) - {Resolution.REPROCESSED}
"""What a payer did by itself says nothing about an action of ours."""


class Outcome(NamedTuple):
    """One decided round, or the work that was timed on one item."""

    category: str
    code: str
    remarks: list[str]
    payer: int
    action: str
    service_on: date | None
    decided_on: date | None
    is_paid: bool | None
    """None for a row that only tells minutes."""
    share: float | None
    minutes: float | None


class Recounted(NamedTuple):
    """How many groups have new figures, and how many open items got another place for it."""

    groups: int
    items: int


def recount(today: date) -> Recounted:
    """Counts everything again. Harmless to run twice: the second time nothing differs."""
    row = current_weights()
    changed = _keep(count(row, today), row, today)
    return Recounted(len(changed), _rank_again(changed))


def count(row: OrderWeights, today: date) -> dict[str, tuple[Tally, Estimate]]:
    """By group what was counted, and the figures after shrinking."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    tallies["all"]
    for outcome in _outcomes(today - timedelta(days=row.history_days)):
        _tally(outcome, tallies)
    prior = Prior(row.prior_strength, row.default_chance / 100, 1.0, row.default_minutes)
    figures = estimates(tallies, prior)
    return {key: (tallies[key], figures[key]) for key in tallies}


def _tally(outcome: Outcome, tallies: dict[str, Tally]) -> None:
    action = outcome.action if outcome.action in BY_US else ""
    age = age_of(outcome.service_on, outcome.decided_on)
    facts = Facts(outcome.category, outcome.code, tuple(outcome.remarks), str(outcome.payer), action, age)
    for key in path(facts):
        tally = tallies[key]
        if outcome.is_paid is not None:
            tally.decided += 1
            tally.paid += outcome.is_paid
        if outcome.is_paid and outcome.share is not None:
            tally.amounts += 1
            tally.shares += min(max(outcome.share, 0.0), 1.0)
        if outcome.minutes is not None:
            tally.timed += 1
            tally.minutes += outcome.minutes


def _outcomes(since: date) -> Iterable[Outcome]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DECLARE outcomes NO SCROLL CURSOR FOR {DECIDED}", {"since": since, "decided": SETTLED})
        cursor.execute(FETCH)
        while rows := cursor.fetchall():
            yield from map(Outcome._make, rows)
            cursor.execute(FETCH)
        cursor.execute("CLOSE outcomes")


FETCH = "FETCH 5000 FROM outcomes"
SETTLED = [Settlement.OVERTURNED.value, Settlement.PARTLY_OVERTURNED.value, Settlement.UPHELD.value]
DECIDED = """
WITH answered AS (
    SELECT item_id, (facts->>'answered')::bigint AS denial_id, facts->>'action' AS action,
        (facts->>'recovered')::numeric AS recovered
    FROM worklists_activity WHERE kind = 'denied_again' AND facts ? 'answered' AND at >= %(since)s
), earlier AS (
    SELECT item_id, sum(recovered) AS recovered FROM answered GROUP BY item_id
), rounds AS (
    SELECT denial_id, action, recovered > 0 AS is_paid, recovered, NULL::float8 AS minutes FROM answered
    UNION ALL
    SELECT i.denial_id, i.resolution, i.settlement <> 'upheld',
        CASE WHEN i.settlement = 'upheld' THEN 0 ELSE i.recovered_amount - coalesce(e.recovered, 0) END, NULL
    FROM worklists_workitem i LEFT JOIN earlier e ON e.item_id = i.id
    WHERE i.status = 'resolved' AND i.settlement = ANY (%(decided)s) AND i.resolved_at >= %(since)s
    UNION ALL
    SELECT i.denial_id, i.resolution, NULL, NULL, t.minutes
    FROM (SELECT item_id, sum(coalesce(corrected_seconds, seconds)) / 60.0 AS minutes
        FROM worklists_worktime GROUP BY item_id HAVING max(at) >= %(since)s) t
    JOIN worklists_workitem i ON i.id = t.item_id WHERE i.status IN ('waiting', 'resolved')
)
SELECT d.category, CASE WHEN d.primary_code = '' THEN '' ELSE d.primary_group || '-' || d.primary_code END,
    d.remarks, d.payer_id, r.action, c.service_from, d.decided_on, r.is_paid,
    (r.recovered / nullif(d.amount_at_risk, 0))::float8, r.minutes::float8
FROM rounds r JOIN denials_denial d ON d.id = r.denial_id JOIN denials_claim c ON c.id = d.claim_id
"""


def _keep(counted: Mapping[str, tuple[Tally, Estimate]], row: OrderWeights, today: date) -> set[str]:
    """Writes the groups whose figures differ enough to matter; those nothing is known of any more go."""
    stored = {each.key: each for each in Experience.objects.all()}
    fresh, moved = [], []
    for key, (tally, figures) in counted.items():
        before = stored.get(key)
        if before is None:
            fresh.append(_fill(Experience(key=key, level=level_of(key)), tally, figures, today))
        elif _moves(before, tally, figures, row):
            moved.append(_fill(before, tally, figures, today))
    gone = stored.keys() - counted.keys()
    with transaction.atomic():
        Experience.objects.filter(key__in=gone).delete()
        Experience.objects.bulk_create(fresh, batch_size=BATCH)
        Experience.objects.bulk_update(moved, FIELDS, batch_size=BATCH)
    return {each.key for each in [*fresh, *moved]} | gone


FIELDS = ["decided", "paid", "amounts", "timed", "mean", "chance", "share", "minutes", "counted_on"]


def _fill(row: Experience, tally: Tally, figures: Estimate, today: date) -> Experience:
    row.decided, row.paid, row.amounts, row.timed = tally.decided, tally.paid, tally.amounts, tally.timed
    row.mean, row.chance, row.share, row.minutes = figures.mean, figures.chance, figures.share, figures.minutes
    row.counted_on = today
    return row


def _moves(before: Experience, tally: Tally, figures: Estimate, row: OrderWeights) -> bool:
    """Whether items of this group would count as due half a day earlier or later, or cease to be thin data."""
    if (before.decided < row.thin_below) != (tally.decided < row.thin_below):
        return True
    was, now = _a_minute(before), _a_minute(figures)
    return was != now and (min(was, now) <= 0 or abs(math.log(now / was)) * row.tau_days >= STEADY_DAYS)


def _a_minute(each: Experience | Estimate) -> float:
    """For each dollar at risk."""
    return each.chance * each.share / each.minutes


def _rank_again(changed: set[str]) -> int:
    """Gives open items of these groups their new place, in batches. Returns how many rows were written."""
    if not changed:
        return 0
    written, last = 0, 0
    rows = WorkItem.objects.open().order_by("pk")
    while ids := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        written += _rank_batch(ids, changed)
        last = ids[-1]
    return written


@transaction.atomic
def _rank_batch(ids: list[int], changed: set[str]) -> int:
    items = list(WorkItem.objects.open().filter(pk__in=ids).select_for_update(of=("self",), no_key=True).order_by("pk"))
    denials: dict[int, Denial] = Denial.objects.in_bulk([item.denial_id for item in items])
    ranker = Ranker.of(list(denials.values()))
    moved = []
    for item in items:
        denial = denials[item.denial_id]
        if changed.isdisjoint(ranker.keys_of(denial)):
            continue
        before = [getattr(item, name) for name in RANKED]
        ranker.rank(item, denial)
        if before != [getattr(item, name) for name in RANKED]:
            moved.append(item)
    WorkItem.objects.bulk_update(moved, RANKED, batch_size=500)
    return len(moved)
