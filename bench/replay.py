"""Replaying a draft of the rules over 90 days of denials and everything open, at a million denials.

The draft moves the largest payer's work to another team, adds a rule on amounts, and asks one rule sooner, so that both
lists are asked about each item. Seconds are those of the job, from the first row read to the result kept.

    python -m bench.replay           a million denials, as the issue asks
    python -m bench.replay 20000     the same on fewer
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from bench.stacks import on_many_denials

DENIALS = 1_000_000
DAYS = 90
GOAL_SECONDS = 30.0
GOAL = f"{DAYS} days in {GOAL_SECONDS:.0f} s"


def measure(denials: int = DENIALS) -> dict[str, Any]:
    """Items replayed, seconds, and the share of the seconds that the goal allows."""
    found = on_many_denials("bench.replay", denials)
    share = found["seconds"] / GOAL_SECONDS
    return {**found, "share": share, "goals_met": share <= 1 and found["routed_alike"]}


def in_short(result: dict[str, Any]) -> str:
    """The one row of the table of all benchmarks."""
    return (
        f"{result['recent']:,} denials, {result['open']:,} open in {result['seconds']:.1f} s"
        f" ({result['items'] / result['seconds']:,.0f}/s), {result['share']:.0%} of the goal"
    )


def table(result: dict[str, Any]) -> str:
    alike = "each routing reproduced" if result["routed_alike"] else "ROUTINGS DIFFER"
    return f"Replay over {DAYS} days: {in_short(result)}; {result['moved']:,} would move; {alike}"


def _run() -> dict[str, Any]:
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from worklists.models import RuleSetReplay
    from worklists.replays import replaying

    manager = get_user_model().objects.filter(role="manager")[0]
    bundle = _draft(manager)
    replay = replaying.ask(bundle, manager, DAYS)
    began = time.perf_counter()
    replaying.run(replay.pk, lambda done, total: None, today=timezone.localdate())
    seconds = time.perf_counter() - began
    result: dict[str, Any] = RuleSetReplay.objects.get(pk=replay.pk).result or {}
    return {
        "seconds": seconds,
        "items": sum(result["rules"]["now"].values()),
        "recent": result["recent"]["items"],
        "open": result["open"]["items"],
        "moved": result["recent"]["moved"],
        "routed_alike": result["control"]["routed"] == result["control"]["same"],
    }


def _draft(manager: Any) -> Any:
    from accounts.governance import areas, gathering, proposing
    from accounts.governance.proposing import Reasons
    from worklists.models import Queue, RoutingRule

    area, why = areas.area_keyed("rules"), Reasons("A benchmark")
    first, *rules = RoutingRule.objects.order_by("position")
    other = Queue.objects.exclude(pk=rules[0].queue_id).order_by("pk")[0]
    proposing.propose(area, manager, rules[0], {"queue": [str(other.pk)]}, why)
    proposing.propose(area, manager, rules[-1], {"before": [str(rules[0].pk)]}, why)
    new = {"name": ["Large and due soon"], "queue": [str(other.pk)], "at_least": ["2000"], "before": [str(first.pk)]}
    proposing.propose(area, manager, None, new, why)
    return gathering.gather(area, manager)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run"]:
            print(json.dumps(_run()))
        case [size]:
            print(table(measure(int(size))))
        case _:
            print(table(measure()))
