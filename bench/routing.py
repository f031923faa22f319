"""Routing 100,000 new denials by about 200 rules, beside the least that the database can need for it.

The least is one UPDATE of the same rows to a constant queue, rule and words, with one event row each. Both run in
turns in one process, each in a transaction that is rolled back with foreign keys checked in the measured time. Ours
reads the facts, asks the rules, and writes queue, rule, version, list, day and words of each item; afterwards every
item is held against the same rules asked by the database. Asking the rules alone is measured in processor time.

Run as `python -m bench.routing`, or with another number of denials: `python -m bench.routing 20000`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from itertools import chain, islice
from statistics import median
from typing import Any

from bench.stacks import on_many_denials

DENIALS = 100_000
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
    from worklists.bulk_routing import route_many
    from worklists.models import RoutingRule, WorkItem
    from worklists.routing import Router

    items = _as_new()
    Router.current()  # numbers the list of rules once, as any site has it
    wrong: list[int] = []
    turns = []
    for _ in range(rounds):
        limit = _timed(_constant)
        ours = _timed(lambda: route_many(WorkItem.objects.all()), lambda: wrong.append(_wrong()))
        turns.append((limit, ours))
    return {
        "items": items,
        "rules": RoutingRule.objects.filter(is_active=True).count(),
        "share": median(limit / ours for limit, ours in turns),
        "rows_a_second": median(items / ours for _, ours in turns),
        "limit_rows_a_second": median(items / limit for limit, _ in turns),
        "evaluation": _evaluations_a_second() / median(items / ours for _, ours in turns),
        "wrong": max(wrong),
    }


def _as_new() -> int:
    """Every item as one that came in just now and that no rule has seen."""
    from django.db import connection

    from worklists.models import Queue, WorkItem

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE worklists_workitem SET status = 'new', resolution = '', resolved_at = NULL, resolved_by_id = NULL,"
            " settlement = '', recovered_amount = NULL, assignee_id = NULL, taken_at = NULL, postponed_until = NULL,"
            " follow_up_on = NULL, queue_id = %s, rule_id = NULL, rule_version = NULL, routed_because = ''",
            [Queue.objects.get(key="unrouted").pk],
        )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM (FULL, ANALYZE) worklists_workitem")
    return WorkItem.objects.count()


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


def _constant() -> None:
    from django.db import connection

    from worklists.models import RoutingRule, RuleSet

    rule = RoutingRule.objects.order_by("position")[5]
    with connection.cursor() as cursor:
        cursor.execute(LIMIT, [rule.queue_id, rule.pk, RuleSet.objects.all()[0].pk])


LIMIT = """
WITH sent AS (
    UPDATE worklists_workitem SET queue_id = %s, rule_id = %s, rule_version = 1, rule_set_id = %s,
        routed_because = 'Rule "Coding of plan 01" (version 1): owner team is coding, payer is payer 01.',
        routed_on = current_date, version = version + 1, updated_at = now()
    WHERE assignee_id IS NULL RETURNING id
)
INSERT INTO worklists_activity (item_id, kind, at, status_from, status_to, text, facts)
SELECT id, 'routed', now(), '', '', 'Rule "Coding of plan 01" (version 1): owner team is coding, payer is payer 01.',
    '{"queue": 1, "rule": 1, "rule_version": 1, "rule_set": 1, "on": "2026-11-22"}'
FROM sent
"""


def _wrong() -> int:
    """Items that are not where the database says that these rules want them."""
    from django.utils import timezone

    from worklists import routing_sql, rule_sets
    from worklists.models import WorkItem

    wanted = routing_sql.picks(rule_sets.current_rules(), WorkItem.objects.all(), timezone.localdate())
    stands = dict(WorkItem.objects.values_list("pk", "rule"))
    return sum(stands[item] != (rule and rule.id) for item, rule in wanted)


def _evaluations_a_second() -> float:
    """Denials a second of processor time for which all rules are asked, in order, until one matches."""
    from worklists import routing_sql
    from worklists.domain.routing import Facts
    from worklists.models import WorkItem
    from worklists.routing import Router

    router = Router.current()
    names = routing_sql.names_asked(router.book.asks)
    found = routing_sql.alike(WorkItem.objects.all(), names, router.on)
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
