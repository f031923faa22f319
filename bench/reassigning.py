"""Ten thousand items change hands: planned by capacity, written with their history, and undone; against the bare write.

    python -m bench.reassigning

The bare limit is one UPDATE of the same rows and one INSERT of an activity each, in the same run.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.stacks import on_many_denials

DENIALS, ITEMS, RECEIVERS = 80_000, 10_000, 30
MOST_TIMES_BARE = 30
GOAL = f"within {MOST_TIMES_BARE} times the bare write, every item given and given back"
BARE = (
    "UPDATE worklists_workitem SET assignee_id = %s, version = version + 1, updated_at = now() WHERE id = ANY(%s)",
    "INSERT INTO worklists_activity (item_id, kind, at, status_from, status_to, text, facts)"
    " SELECT id, 'hand_over', now(), '', '', 'bench', '{}' FROM worklists_workitem"
    " WHERE assignee_id = %s AND id = ANY(%s)",
)


def measure() -> dict[str, Any]:
    found = on_many_denials("bench.reassigning", DENIALS)
    found["times_bare"] = round(found["reassign_seconds"] / found["bare_seconds"], 1)
    is_whole = found["given"] == found["given_back"] == ITEMS
    found["goals_met"] = is_whole and found["times_bare"] <= MOST_TIMES_BARE
    return found


def in_short(found: dict[str, Any]) -> str:
    words = f"{found['given']:,} items in {found['reassign_seconds']:.1f} s, undone in {found['undo_seconds']:.1f} s"
    return f"{words}; {found['times_bare']} times bare"


def run() -> None:
    import django

    django.setup()
    from django.db import connection, transaction
    from django.utils import timezone

    from accounts.models import User
    from worklists import acts, effort, reassigning
    from worklists.models import Queue, WorkItem
    from worklists.sharing import How

    Queue.objects.update(skills=[])
    manager = User.objects.filter(role="manager", all_facilities=True).order_by("pk").first()
    receivers = list(effort.workers().filter(all_facilities=True).order_by("pk")[:RECEIVERS])
    assert manager is not None
    ids = list(WorkItem.objects.open().order_by("pk").values_list("pk", flat=True)[:ITEMS])

    def bare() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in BARE:
                cursor.execute(statement, [manager.pk, ids])
            transaction.set_rollback(True)

    today = timezone.localdate()
    WorkItem.objects.filter(pk__in=ids).update(assignee=None, status="new", taken_at=None, postponed_until=None)
    bare_seconds = min(_timed(bare)[0] for _ in range(3))
    asked: dict[str, Any] = {"how": How.CAPACITY, "receivers": receivers, "reason": "Bench", "today": today}
    seconds, done = _timed(lambda: reassigning.reassign(WorkItem.objects.filter(pk__in=ids), manager, **asked))
    undo_seconds, undone = _timed(lambda: acts.undo(done.act, manager))
    print(json.dumps({
        "bare_seconds": bare_seconds,
        "reassign_seconds": seconds,
        "undo_seconds": undo_seconds,
        "receivers": len(receivers),
        "given": done.act.done,
        "given_back": len(undone.done),
    }))  # fmt: skip


def _timed(call: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    answer = call()
    return time.perf_counter() - started, answer


if __name__ == "__main__":
    if sys.argv[1:] == ["run"]:
        run()
    else:
        print(json.dumps(measure(), indent=2))
