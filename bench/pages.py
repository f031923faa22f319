"""A worklist page beside the floor: session, person, one raw statement, as many bytes from plain formatting.

Every way is asked in turns, in one process, through everything that stands before a view but the socket. Before each
round somebody else does something, as they would. "own change" is the page right after this person did something,
when every number is counted anew. Also said: what PostgreSQL uses of the time of both, by the kernel's count.

    python -m bench.pages            100,000 and a million denials
    python -m bench.pages 100000     one size, without the growth
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.stacks import on_many_denials

SIZES = (100_000, 1_000_000)
ROUNDS = 40
GOALS = {"p50": 1.6, "p95": 2.0, "grows": 1.15, "each_grows": 2.0, "deep": 1.5, "postgres": 0.35}
GOAL = "1.6x and 2x the floor, 1.15x growth, 35 % PostgreSQL"
PERSON = "person050"


def measure(sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    found = {str(size): on_many_denials("bench.pages", size) for size in sizes}
    last, first = found[str(sizes[-1])], found[str(sizes[0])]
    grows = {way: last["p50"][way] / first["p50"][way] for way in last["p50"]}
    met = (
        last["p50"]["list"] / last["p50"]["floor"] <= GOALS["p50"]
        and last["p95"]["list"] / last["p95"]["floor"] <= GOALS["p95"]
        and grows["list"] <= GOALS["grows"]
        and all(each <= GOALS["each_grows"] for each in grows.values())
        and last["p50"]["deep"] / last["p50"]["list"] <= GOALS["deep"]
        and last["postgres"] <= GOALS["postgres"]
    )
    return {"sizes": found, "grows": grows, "largest": last, "goals_met": met}


def in_short(result: dict[str, Any]) -> str:
    """The one row of the table of all benchmarks."""
    last = result["largest"]
    ratios = [last[each]["list"] / last[each]["floor"] for each in ("p50", "p95")]
    return (
        f"{ratios[0]:.2f}x and {ratios[1]:.2f}x the floor, growth {result['grows']['list']:.2f}, "
        f"PostgreSQL {last['postgres']:.0%}"
    )


def _run() -> dict[str, Any]:
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from accounts.models import User

    settings.COUNTS_SECONDS = 20  # as a site has it; tests count for each page
    client = Client()
    client.force_login(User.objects.get(username=PERSON))
    ways = _ways(client)
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    processors = {"postgres": 0.0, "python": 0.0}
    for _ in range(ROUNDS):
        _somebody_works()
        for name, way in ways.items():
            if name == "own change":
                _somebody_works(PERSON)
            before = _used()
            began = time.perf_counter()
            way()
            spent[name].append(1000 * (time.perf_counter() - began))
            if name == "list":
                for side, used in _used().items():
                    processors[side] += used - before[side]
    for times in spent.values():
        times.sort()
    return {
        "p50": {name: times[len(times) // 2] for name, times in spent.items()},
        "p95": {name: times[len(times) * 95 // 100] for name, times in spent.items()},
        "postgres": processors["postgres"] / sum(processors.values()),
    }


def _ways(client: Any) -> dict[str, Callable[[], Any]]:
    from worklists.models import WorkItem

    some = WorkItem.objects.open().order_by("?").select_related("payer", "claim", "denial")[0]
    deep = _deep(client)
    pages = {
        "list": "/items/",
        "own change": "/items/",
        "by amount": "/items/?sort=amount",
        "by deadline": "/items/?sort=deadline",
        "payer": f"/items/?payer={some.payer_id}",
        "category": f"/items/?category={some.category}",
        "at risk": "/items/?value=2000-10000",
        "code": f"/items/?code={some.denial.primary_code}",
        "days left": "/items/?left_from=3&left_to=20",
        "age": "/items/?age_from=31&age_to=90",
        "modality": "/items/?modality=mri",
        "deep": deep,
    }
    ways: dict[str, Callable[[], Any]] = {name: _page(client, address) for name, address in pages.items()}
    words = {
        "search number": some.claim.number,
        "search name": some.claim.patient_last,
        "search slip": f"{some.claim.number[:-2]}{some.claim.number[:-3:-1]}",
        "search typo": f"{some.claim.patient_last[:2]}{some.claim.patient_last[3:]}",
    }
    ways |= {name: _search(client, typed) for name, typed in words.items()}
    return {"floor": _floor(client), **ways}


def _page(client: Any, address: str) -> Callable[[], Any]:
    def ask() -> Any:
        answer = client.get(address)
        assert answer.status_code == 200, address
        return answer

    return ask


def _search(client: Any, typed: str) -> Callable[[], Any]:
    def ask() -> Any:
        answer = client.post("/search/", {"q": typed})
        assert answer.status_code == 302, typed
        return answer

    return ask


def _deep(client: Any) -> str:
    """The address of the page that begins at depth 10,000, or as deep as the list is."""
    from worklists.models import WorkItem

    rows = WorkItem.objects.open().order_by("amount_at_risk", "pk").values_list("pk", flat=True)
    return f"/items/?sort=amount&after={rows[min(10_000, len(rows) // 2)]}"


def _floor(client: Any) -> Callable[[], Any]:
    """A view without anything: one statement, its rows in one format, between what stands above and below them."""
    from django.db import connection
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    from config import urls

    whole = client.get("/items/").content.decode()
    above, _, rest = whole.partition("<tbody>")
    row_bytes = len(rest.partition("</tbody>")[0]) // 50
    below = rest.partition("</tbody>")[2]

    def floor(request: HttpRequest) -> HttpResponse:
        assert request.user.is_authenticated
        with connection.cursor() as cursor:
            cursor.execute(FLOOR)
            rows = [FLOOR_ROW % row for row in cursor.fetchall()]
        return HttpResponse("".join([above, *(row.ljust(row_bytes) for row in rows), below]))

    urls.urlpatterns.append(path("floor/", floor))
    return _page(client, "/floor/")


def _somebody_works(username: str = "person051") -> None:
    from accounts.models import User
    from worklists.models import Activity, WorkItem

    Activity.objects.create(item=WorkItem.objects.open()[0], kind="note", actor=User.objects.get(username=username))


def _used() -> dict[str, float]:
    """Processor seconds so far: of this process, and of the servers that work for this database."""
    from django.db import connection

    if not hasattr(_used, "pids"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
            _used.pids = [pid for (pid,) in cursor.fetchall()]  # type: ignore[attr-defined]
    servers = 0.0
    for pid in _used.pids:  # type: ignore[attr-defined]
        schedule = Path(f"/proc/{pid}/schedstat")
        if schedule.exists():
            servers += int(schedule.read_text().split()[0]) / 1e9
    return {"postgres": servers, "python": time.process_time()}


FLOOR = """
SELECT w.id, w.amount_at_risk, w.deadline, c.patient_last, c.patient_first, c.number, p.name, w.reason, d.next_action,
    coalesce(u.last_name, '')
FROM worklists_workitem w JOIN denials_claim c ON c.id = w.claim_id JOIN denials_payer p ON p.id = w.payer_id
JOIN denials_denial d ON d.id = w.denial_id LEFT JOIN accounts_user u ON u.id = w.assignee_id
WHERE w.is_open ORDER BY w.rank_key, w.id LIMIT 50
"""
FLOOR_ROW = "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s, %s %s</td><td>%s</td><td>%s %s</td><td>%s</td></tr>"


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run"]:
            print(json.dumps(_run()))
        case [size]:
            print(json.dumps(on_many_denials("bench.pages", int(size)), indent=2))
        case _:
            print(json.dumps(measure(), indent=2))
