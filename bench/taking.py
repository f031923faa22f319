"""Next: how fast items are given out, and whether one ever goes to two people.

The limit is the same write by a known id: the UPDATE of the same columns, with the same triggers and keys to check, and
the same row of history, in one statement, of items of other queues. Each client is a process with a connection and a
person of its own, and changes sides every half second: what happens to the machine, its disk and its log happens to
both. What was given out in a round is given back after it. Nobody works what they get, so that the deadline lane of the
queue is empty before a round ends. A first round is not counted, so that both sides find their rows in memory.

Over HTTP 16 people press Next in the web server as production runs it (session, person, form key, allowance, the
statement, the answer); beside it stands what the statement alone gives to 16 clients.

Run as `python -m bench.taking`, with a number of denials for a smaller database.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Any

from bench import pressing
from bench.stacks import on_many_denials

DENIALS = 1_000_000
SECONDS = 3.0
"""Of each side in a round."""
TURNS = 6
ROUNDS = 5
GOALS = {"one": 0.80, "sixteen": 0.45, "batches": 0.70, "http": 0.35}
GOAL = "80, 45, 70 % of the limit; HTTP 35 % of 16; 0 doubles"
CLIENTS = {"one": 1, "sixteen": 16, "batches": 16}
TAKERS = 64
_began = datetime.now(UTC)
Client = Callable[[Any, Any, float], list[int]]
"""Works on a connection with what it is given, once and then until a moment; answers the ids."""
Side = tuple[Client, list[Any]]
"""With what each client is given."""


def measure(denials: int = DENIALS) -> dict[str, Any]:
    result = on_many_denials("bench.taking", denials)
    met = all(result["shares"][name] >= goal for name, goal in GOALS.items()) and result["doubles"] == 0
    return {**result, "goals_met": met}


def in_short(result: dict[str, Any]) -> str:
    """The one row of the table of all benchmarks."""
    shares = result["shares"]
    told = ", ".join(f"{shares[name]:.0%}" for name in CLIENTS)
    return f"{told} of the limit; HTTP {shares['http']:.0%}; {result['doubles']} doubles with {TAKERS}"


def _run() -> dict[str, Any]:
    import django

    django.setup()
    from django.db import connection

    asked, free = _asked(), _free()
    parameters = connection.get_connection_params()
    connection.close()
    shares: dict[str, list[float]] = {}
    with pressing.browsers(_specialists(CLIENTS["sixteen"]), largest_queue().key) as browsers:
        for number in range(1 + ROUNDS):
            for name, clients in CLIENTS.items():
                each = 10 if name == "batches" else 1
                known = [(values, iter(free[at::clients])) for at, values in enumerate(asked[:clients])]
                wanted = [{**values, "count": each} for values in asked[:clients]]
                found = _together([(_keyed, known), (_next, wanted)], parameters)
                limit, ours = (sum(rate for _, rate in side) for side in found)
                _give_back()
                if number:
                    shares.setdefault(name, []).append(ours / limit)
                if name == "sixteen":
                    http = pressing.items_a_second(browsers, SECONDS)
                    _give_back()
                    if number:
                        shares.setdefault("http", []).append(http / ours)
    [got] = _together([(_next, asked)], parameters)
    counts = Counter(pk for taken, _ in got for pk in taken)
    return {
        "shares": {name: median(found) for name, found in shares.items()},
        "rounds": shares,
        "taken_by_64": len(counts),
        "doubles": sum(number - 1 for number in counts.values()),
    }


def largest_queue() -> Any:
    """The one in which most is free to take."""
    from django.db.models import Count

    from worklists.models import Queue, WorkItem

    free = WorkItem.objects.open().filter(assignee=None).values("queue").annotate(number=Count("pk"))
    return Queue.objects.get(pk=free.order_by("-number")[0]["queue"])


def _asked() -> list[dict[str, Any]]:
    """What so many specialists ask of the largest queue."""
    from django.utils import timezone

    from worklists.assignment import allowance
    from worklists.taking import Pull, values_of

    queue, today = largest_queue(), timezone.localdate()
    return [values_of(Pull(user, allowance.to_pull(user, queue), today, queue)) for user in _specialists(TAKERS)]


def _specialists(count: int) -> list[Any]:
    from accounts.models import Role, User

    return list(User.objects.filter(role=Role.SPECIALIST).order_by("pk")[:count])


def _free() -> list[int]:
    """Ids to update, none of the queue that is asked, in an order that no index knows."""
    from worklists.models import WorkItem

    free = WorkItem.objects.filter(status="new", assignee=None).exclude(queue=largest_queue())
    return list(free.order_by("?").values_list("pk", flat=True))


def _give_back() -> None:
    """What was given out is free again for the next measurement."""
    from django.db import connection

    from worklists.models import WorkItem

    taken = WorkItem.objects.filter(status="taken", taken_at__gt=_began)
    taken.update(status="new", assignee=None, taken_at=None)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM worklists_workitem")
    connection.close()


def _together(sides: list[Side], parameters: Any) -> list[list[tuple[list[int], float]]]:
    """Starts one client for each of what is given. What each did on each side, and how many a second."""
    context = multiprocessing.get_context("fork")
    clients = list(zip(*([(work, given) for given in each] for work, each in sides), strict=True))
    barrier, answers = context.Barrier(len(clients)), context.Queue()
    started = [context.Process(target=_client, args=(barrier, answers, parameters, own)) for own in clients]
    for process in started:
        process.start()
    found = [answers.get(timeout=120) for _ in started]
    for process in started:
        process.join()
    return [list(side) for side in zip(*found, strict=True)]


def _client(barrier: Any, answers: Any, parameters: Any, sides: tuple[tuple[Client, Any], ...]) -> None:
    import psycopg

    numbers, seconds = [0] * len(sides), [0.0] * len(sides)
    with psycopg.connect(**{**parameters, "autocommit": True}) as own:
        taken = [work(own, given, 0.0) for work, given in sides]  # what a connection learns once is not timed
        for turn in range(TURNS):
            for place in range(len(sides)):
                side = (place + turn) % len(sides)
                work, given = sides[side]
                barrier.wait(timeout=60)
                began = time.perf_counter()
                done = work(own, given, began + SECONDS / TURNS)
                seconds[side] += time.perf_counter() - began
                numbers[side] += len(done)
                taken[side] += done
    answers.put([(ids, number / lasted) for ids, number, lasted in zip(taken, numbers, seconds, strict=True)])


def _next(own: Any, values: Any, until: float) -> list[int]:
    from worklists.taking import choose

    taken: list[int] = []
    while chosen := choose(own, values):
        taken += chosen
        if time.perf_counter() >= until:
            break
    return taken


def _keyed(own: Any, given: Any, until: float) -> list[int]:
    """The same write where the id is known and nobody chooses."""
    from psycopg import Cursor

    values, ids = given
    done: list[int] = []
    for pk in ids:
        done += [pk for (pk,) in Cursor(own).execute(KEYED, {**values, "id": pk}, prepare=True)]
        if time.perf_counter() >= until:
            break
    return done


KEYED = """
WITH taken AS (
    UPDATE worklists_workitem SET status = 'taken', assignee_id = %(user)s, taken_at = %(now)s,
        postponed_until = NULL, postponed_because = '', follow_up_on = NULL, version = version + 1, updated_at = %(now)s
    WHERE id = %(id)s RETURNING id
), told AS (
    INSERT INTO worklists_activity (item_id, kind, actor_id, at, status_from, status_to, text, facts)
    SELECT id, 'take', %(user)s, %(now)s, 'new', 'taken', '', '{}' FROM taken
)
SELECT id FROM taken
"""


if __name__ == "__main__":
    if sys.argv[1:] == ["run"]:
        print(json.dumps(_run()))
    else:
        print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else DENIALS), indent=2))
