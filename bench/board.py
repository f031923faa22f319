"""The manager's board read from what was counted ahead, beside the direct aggregate of the same numbers.

The direct way counts open work by queue and by person, what came in and what was closed, as the board would without
counting ahead. Both ways ask on one connection, in turns; each figure is the median. Also said: counting everything
again after a change, the answer to a tab that has everything already, and the forecast with 200 runs.

    python -m bench.board            a million denials
    python -m bench.board 5000000    as the goal asks
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from bench.stacks import on_many_denials

DENIALS = 1_000_000
ROUNDS = 9
GOAL_SHARE = 1 / 30
GOAL = "1/30 of the direct aggregate"


def measure(denials: int = DENIALS) -> dict[str, Any]:
    """Milliseconds of each way, and the share of the direct aggregate that reading the board takes."""
    found = on_many_denials("bench.board", denials)
    return {**found, "denials": denials, "goals_met": found["share"] <= GOAL_SHARE and found["alike"]}


def in_short(result: dict[str, Any]) -> str:
    """The one row of the table of all benchmarks."""
    return f"{result['board_ms']:.1f} ms beside {result['direct_ms']:,.0f} ms direct, 1/{1 / result['share']:,.0f}"


def table(result: dict[str, Any]) -> str:
    alike = "the same numbers" if result["alike"] else "THE NUMBERS DIFFER"
    rows = [
        f"Board of {result['denials']:,} denials, {result['open']:,} open: {in_short(result)}; {alike}",
        f"counted ahead again {result['count_ms']:,.0f} ms, nothing changed {result['idle_ms']:.1f} ms",
        f"forecast: reading {result['basis_ms']:,.0f} ms, 200 runs and the suggestion {result['outlook_ms']:,.0f} ms",
        f"goal {GOAL}: {'met' if result['goals_met'] else 'MISSED'}",
    ]
    return "\n".join(rows)


def _run() -> dict[str, Any]:
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from worklists import board, rollup
    from worklists.forecast.basis import basis_for
    from worklists.forecast.levers import Levers
    from worklists.forecast.outlook import look_ahead
    from worklists.models import WorkItem

    manager, today = get_user_model().objects.filter(role="manager")[0], timezone.localdate()
    rollup.refresh(today, must=True)
    ways: dict[str, Callable[[], object]] = {
        "direct": lambda: _directly(manager, today),
        "board": lambda: (board.read(manager), board.days_of(manager, today)),
        "idle": lambda: rollup.refresh(today),
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            spent[name].append(_milliseconds(way))
    found = {f"{name}_ms": median(times) for name, times in spent.items()}
    direct, (by_queue, _) = _directly(manager, today), board.read(manager)
    alike = all(by_queue[queue]["open"] == row["open"] for queue, row in direct.items())
    count_ms = _milliseconds(lambda: rollup.count_all(today, is_new_day=False))
    basis_ms = _milliseconds(lambda: basis_for(manager, today))
    basis = basis_for(manager, today)
    return {
        **found,
        "share": found["board_ms"] / found["direct_ms"],
        "alike": alike,
        "open": WorkItem.objects.open().count(),
        "count_ms": count_ms,
        "basis_ms": basis_ms,
        "outlook_ms": _milliseconds(lambda: look_ahead(basis, Levers())),
    }


def _directly(manager: Any, today: Any) -> dict[int, dict[str, Any]]:
    """Each list is read to its end, so that nothing is counted only when it is asked for."""
    from django.db.models import Count, Sum

    from worklists import rollup
    from worklists.arrivals_and_closings import arrived_since, cleared_since
    from worklists.models import WorkItem
    from worklists.recovered import RECENT_DAYS, recovered_within

    items, since = WorkItem.objects.visible_to(manager).order_by(), rollup.first_of_week(today)
    rows = items.filter(is_open=True)
    by_queue = {row["queue_id"]: row for row in rows.values("queue_id").annotate(**rollup.measures(today))}
    list(rows.values("assignee_id").annotate(**rollup.measures(today)))
    for moved, person in ((arrived_since(since), "assignee_id"), (cleared_since(since), "resolved_by_id")):
        list(items.filter(moved).values("queue_id").annotate(Count("pk")))
        list(items.filter(moved).values(person).annotate(Count("pk")))
    items.filter(recovered_within(RECENT_DAYS, today)).aggregate(Sum("recovered_amount"))
    return by_queue


def _milliseconds(way: Callable[[], object]) -> float:
    began = time.perf_counter()
    way()
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run"]:
            print(json.dumps(_run()))
        case [size]:
            print(table(measure(int(size))))
        case _:
            print(table(measure()))
