"""Routing 100,000 new denials by about 200 rules, beside the least that the database can need for it.

They are two of three open ones in a database of 1,000,000 denials with 150,000 open, spread over all of it; the others
keep their queues and owners. The least is one UPDATE of the same rows to a constant queue, rule and words, with one
event row each. Both run in turns in one process, each in a transaction that is rolled back with foreign keys checked in
the measured time. Ours reads the facts, asks the rules, and writes queue, rule, version, list, day and words of each
item; afterwards every item is held against the same rules asked by the database. Asking the rules alone is measured in
processor time. A first round is not counted, so that both find their rows in memory.

Run as `python -m bench.routing`, or with another number of denials: `python -m bench.routing 20000`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from itertools import chain, islice
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.stacks import on_many_denials

if TYPE_CHECKING:
    from worklists.models.items import WorkItemQuerySet

DENIALS = 1_000_000
NEW = 0.1
"""Share of the denials that are made new."""
ROUNDS = 5
SAMPLE = 30_000
GOAL_SHARE = 0.80
GOAL_EVALUATION = 5.0
GOAL = f"{GOAL_SHARE:.0%} of constant UPDATE + event, each with its rule"


def measure(denials: int = DENIALS) -> dict[str, Any]:
    result = on_many_denials("bench.routing", denials, ROUNDS)
    met = result["share"] >= GOAL_SHARE and result["evaluation"] >= GOAL_EVALUATION and result["wrong"] == 0
    return {**result, "goals_met": met}


def in_short(result: dict[str, Any]) -> str:
    """The one row of the table of all benchmarks."""
    return f"{result['share']:.0%} of the limit; rules asked {result['evaluation']:.0f} times as fast as written"


class _Rolled(Exception):
    """Takes a measured transaction back."""


def _run(rounds: int) -> dict[str, Any]:
    from worklists.models import RoutingRule, WorkItem
    from worklists.routing.bulk import route_many
    from worklists.routing.router import Router

    came = _as_new()
    new = WorkItem.objects.filter(created_at=came)
    Router.current()  # numbers the list of rules once, as any site has it
    wrong: list[int] = []
    turns = []
    for number in range(1 + rounds):
        limit = _timed(lambda: _constant(came))
        ours = _timed(lambda: route_many(new), lambda: wrong.append(_wrong(new)))
        if number:
            turns.append((limit, ours))
    items = new.count()
    return {
        "items": items,
        "rules": RoutingRule.objects.filter(is_active=True).count(),
        "share": median(limit / ours for limit, ours in turns),
        "rows_a_second": median(items / ours for _, ours in turns),
        "limit_rows_a_second": median(items / limit for limit, _ in turns),
        "evaluation": _evaluations_a_second(new) / median(items / ours for _, ours in turns),
        "wrong": max(wrong),
    }


def _as_new() -> datetime:
    """Some open items as if they came in just now and no rule had seen them. Returns when."""
    from django.db import connection
    from django.utils import timezone

    from worklists.models import Queue, WorkItem

    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE worklists_workitem SET created_at = %s, status = 'new', assignee_id = NULL, taken_at = NULL,"
            " postponed_until = NULL, postponed_because = '', follow_up_on = NULL, queue_id = %s, rule_id = NULL,"
            " rule_version = NULL, routed_because = ''"
            " WHERE id IN (SELECT id FROM worklists_workitem WHERE is_open ORDER BY md5(id::text) LIMIT %s)",
            [now, Queue.objects.get(key="unrouted").pk, round(NEW * WorkItem.objects.count())],
        )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE worklists_workitem")
    return now


def _timed(work: Callable[[], object], then: Callable[[], object] = lambda: None) -> float:
    from django.db import connection, transaction

    took = 0.0
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            began = time.perf_counter()
            work()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            took = time.perf_counter() - began
            then()
            raise _Rolled
    except _Rolled:
        with connection.cursor() as cursor:  # what was rolled back lies in the table until it is cleared away
            cursor.execute("VACUUM worklists_workitem, worklists_activity")
        return took


def _constant(came: datetime) -> None:
    from django.db import connection

    from worklists.models import RoutingRule, RuleSet

    rule = RoutingRule.objects.order_by("position")[5]
    with connection.cursor() as cursor:
        cursor.execute(LIMIT, [rule.queue_id, rule.pk, RuleSet.objects.all()[0].pk, came])


LIMIT = """
WITH sent AS (
    UPDATE worklists_workitem SET queue_id = %s, rule_id = %s, rule_version = 1, rule_set_id = %s,
        routed_because = 'Rule "Coding of plan 01" (version 1): owner team is coding, payer is payer 01.',
        routed_on = current_date, version = version + 1, updated_at = now()
    WHERE created_at = %s AND assignee_id IS NULL RETURNING id
)
INSERT INTO worklists_activity (item_id, kind, at, status_from, status_to, text, facts)
SELECT id, 'routed', now(), '', '', 'Rule "Coding of plan 01" (version 1): owner team is coding, payer is payer 01.',
    '{"queue": 1, "rule": 1, "rule_version": 1, "rule_set": 1, "on": "2026-11-22"}'
FROM sent
"""


def _wrong(new: WorkItemQuerySet) -> int:
    """Items that are not where the database says that these rules want them."""
    from django.utils import timezone

    from worklists.routing import in_sql, rule_sets

    wanted = in_sql.picks(rule_sets.current_rules(), new, timezone.localdate())
    stands = dict(new.values_list("pk", "rule"))
    return sum(stands[item] != (rule and rule.id) for item, rule in wanted)


def _evaluations_a_second(new: WorkItemQuerySet) -> float:
    """Denials a second of processor time for which all rules are asked, in order, until one matches."""
    from worklists.domain.routing import Facts
    from worklists.routing import in_sql
    from worklists.routing.router import Router

    router = Router.current()
    names = in_sql.names_asked(router.book.asks)
    found = in_sql.alike(new, names, router.on)
    each = chain.from_iterable([Facts(**dict(zip(names, row.known, strict=True)))] * len(row.items) for row in found)
    facts = list(islice(each, SAMPLE))
    began = time.process_time()
    for one in facts:
        router.book.first(one)
    return len(facts) / (time.process_time() - began)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run", rounds]:
            import django

            django.setup()
            print(json.dumps(_run(int(rounds))))
        case [size]:
            print(json.dumps(measure(int(size)), indent=2))
        case _:
            print(json.dumps(measure(), indent=2))
