"""The worklist page and the item page beside their floors: session, person, one raw statement, as many bytes.

A floor writes its rows without escaping or wording anything, between what stands above and below them ready made; it
passes the same middleware and is looked up first. Every way is asked in turns, in one process, through everything that
stands before a view but the socket. Before each round somebody else does something, as they would.

"own change" is the page right after this person did something, when every number is counted anew; "first time" is the
page in a process that has kept nothing yet; "planned once" is the floor whose statement PostgreSQL has planned already,
as it has those of the list. Then the list is asked again while files are imported beside it. Also said: what PostgreSQL
uses of the time of the list, by the kernel's count.

    python -m bench.pages            100,000 and a million denials
    python -m bench.pages 100000     one size, without the growth
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import count
from pathlib import Path
from typing import Any

from bench.stacks import on_many_denials

SIZES = (100_000, 1_000_000)
ROUNDS = 40
ROUNDS_BESIDE = 100
GOALS = {
    "p50": 1.6, "p95": 2.0, "grows": 1.15, "each_grows": 2.0, "deep": 1.5, "postgres": 0.35, "import": 1.5,
}  # fmt: skip
GOAL = "1.6x and 2x the floor, 1.15x growth, 35 % PostgreSQL"
NO_CHOICE = ("list", "item", "first time", "own change")
"""Ways that are no filter, sort or search."""
PERSON = "person050"
IMPORTED_CLAIMS = 4000


def measure(sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    found = {str(size): on_many_denials("bench.pages", size) for size in sizes}
    last, first = found[str(sizes[-1])], found[str(sizes[0])]
    figures = figures_of(last, first)
    return {"sizes": found, "figures": figures, "goals_met": all(figure["met"] for figure in figures.values())}


def figures_of(last: dict[str, Any], first: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Each figure with its goal, of the largest size and of what became of the smallest one."""
    grows = {way: last["p50"][way] / first["p50"][way] for way in last["p50"]}
    slowest = max((way for way in grows if way not in NO_CHOICE), key=lambda way: grows[way])
    ratios = {
        f"{page} {each}": (last[each][page] / last[each][floor], GOALS[each])
        for page, floor in (("list", "floor"), ("item", "item floor"))
        for each in ("p50", "p95")
    }
    figures = ratios | {
        "list grows": (grows["list"], GOALS["grows"]),
        "item grows": (grows["item"], GOALS["grows"]),
        f"{slowest} grows most": (grows[slowest], GOALS["each_grows"]),
        "deep page / first": (last["p50"]["deep"] / last["p50"]["list"], GOALS["deep"]),
        "share of PostgreSQL": (last["postgres"], GOALS["postgres"]),
        "p95 during an import / idle": (last["during_import"], GOALS["import"]),
    }
    return {name: {"is": found, "goal": goal, "met": found <= goal} for name, (found, goal) in figures.items()}


def in_short(result: dict[str, Any]) -> str:
    """The one row of the table of all benchmarks."""
    figures = {name: figure["is"] for name, figure in result["figures"].items()}
    return (
        f"{figures['list p50']:.2f}x and {figures['list p95']:.2f}x the floor, item {figures['item p50']:.2f}x, "
        f"growth {figures['list grows']:.2f}, PostgreSQL {figures['share of PostgreSQL']:.0%}"
    )


def table(result: dict[str, Any]) -> str:
    figures = [
        f"{name:32} {figure['is']:6.2f}  goal {figure['goal']:.2f}: {'met' if figure['met'] else 'MISSED'}"
        for name, figure in result["figures"].items()
    ]
    return "\n".join([*map(_of_size, result["sizes"], result["sizes"].values()), *figures])


def _of_size(size: str, found: dict[str, Any]) -> str:
    """Milliseconds of each way, at half of the rounds and at 95 of 100."""
    ways = [f"{way:16} {found['p50'][way]:8.1f} {found['p95'][way]:8.1f} ms" for way in found["p50"]]
    return "\n".join([f"{int(size):,} denials", *ways, ""])


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
    for _ in range(2):
        for way in ways.values():
            way()
    processors = {"postgres": 0.0, "python": 0.0}
    for _ in range(ROUNDS):
        _somebody_works()
        for name, way in ways.items():
            before = _used()
            with BESIDE.get(name, nullcontext)():
                spent[name].append(_took(way))
            if name == "list":
                for side, used in _used().items():
                    processors[side] += used - before[side]
    return {
        "p50": {name: _at(times, 50) for name, times in spent.items()},
        "p95": {name: _at(times, 95) for name, times in spent.items()},
        "postgres": processors["postgres"] / sum(processors.values()),
        "during_import": _during_import(ways["list"]),
    }


def _took(way: Callable[[], Any]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    way()
    return 1000 * (time.perf_counter() - began)


def _at(times: list[float], hundredth: int) -> float:
    return sorted(times)[len(times) * hundredth // 100]


def _during_import(way: Callable[[], Any]) -> float:
    """The list's p95 while files are imported one after the other, beside that of just before."""
    idle = [_took(way) for _ in range(ROUNDS_BESIDE)]
    with _imports_beside():
        busy = [_took(way) for _ in range(ROUNDS_BESIDE)]
    return _at(busy, 95) / _at(idle, 95)


@contextmanager
def _imports_beside() -> Iterator[None]:
    """Another process takes files all the way to routed items, as a worker does, for as long as this goes on."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.pages", "import", folder]
        worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert worker.stdout is not None
            assert worker.stdout.readline().strip() == "begins"
            yield
            assert worker.poll() is None, "The import ended while the pages were asked."
        finally:
            worker.kill()
            worker.wait()


def _import(folder: str) -> None:
    import django

    django.setup()
    from bench.importing import _received
    from config import pipeline

    first = int(time.time())  # another file than those of an earlier run on the same database
    for seed in count(first):
        file = _received(Path(folder), IMPORTED_CLAIMS, seed)
        if seed == first:
            print("begins", flush=True)
        pipeline.record_file(file.pk, lambda stage, done, total: None)


def _ways(client: Any) -> dict[str, Callable[[], Any]]:
    from worklists.models import WorkItem

    some = WorkItem.objects.open().order_by("?").select_related("payer", "claim", "denial")[0]
    pages = {
        "list": "/items/",
        "own change": "/items/",
        "first time": "/items/",
        "by amount": "/items/?sort=amount",
        "by deadline": "/items/?sort=deadline",
        "payer": f"/items/?payer={some.payer_id}",
        "category": f"/items/?category={some.category}",
        "at risk": "/items/?value=2000-10000",
        "code": f"/items/?code={some.denial.primary_code}",
        "days left": "/items/?left_from=3&left_to=20",
        "age": "/items/?age_from=31&age_to=90",
        "modality": "/items/?modality=mri",
        "deep": _deep(client),
        "item": f"/items/{some.pk}/",
    }
    ways: dict[str, Callable[[], Any]] = {name: _page(client, address) for name, address in pages.items()}
    words = {
        "search number": some.claim.number,
        "search name": some.claim.patient_last,
        "search slip": f"{some.claim.number[:-2]}{some.claim.number[:-3:-1]}",
        "search typo": f"{some.claim.patient_last[:2]}{some.claim.patient_last[3:]}",
    }
    ways |= {name: _search(client, typed) for name, typed in words.items()}
    return {**_floors(client, pages["item"]), **ways}


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


def _floors(client: Any, item: str) -> dict[str, Callable[[], Any]]:
    """Views without anything: one statement, its rows in one format, between what stands above and below them."""
    from django.db import connection

    from accounts.statements import planned_once

    above, _, rest = client.get("/items/").content.decode().partition("<tbody>")
    rows, _, below = rest.partition("</tbody>")
    whole = client.get(item).content.decode()
    pk = item.strip("/").rpartition("/")[2]
    of_one = FLOOR.replace("w.is_open ORDER BY", f"w.id = {pk} ORDER BY")
    made = {
        "floor": (connection.cursor, FLOOR, above, len(rows) // 50, below),
        "planned once": (planned_once, FLOOR, above, len(rows) // 50, below),
        "item floor": (connection.cursor, of_one, "", len(whole), ""),
    }
    return {name: _floor(client, name.replace(" ", "-"), *of) for name, of in made.items()}


def _floor(
    client: Any, name: str, cursor_of: Callable[[], Any], statement: str, above: str, row_bytes: int, below: str
) -> Callable[[], Any]:
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    from config import urls

    def floor(request: HttpRequest) -> HttpResponse:
        assert request.user.is_authenticated
        with cursor_of() as cursor:
            cursor.execute(statement)
            rows = [FLOOR_ROW % row for row in cursor.fetchall()]
        return HttpResponse("".join([above, *(row.ljust(row_bytes) for row in rows), below]))

    urls.urlpatterns.insert(0, path(f"{name}/", floor))
    return _page(client, f"/{name}/")


@contextmanager
def _own_change() -> Iterator[None]:
    _somebody_works(PERSON)
    yield


@contextmanager
def _everything_forgotten() -> Iterator[None]:
    """The other ways find what is kept as they left it."""
    from accounts import statements
    from config.templatetags import kept
    from worklists import asked_once

    all_kept: list[dict[Any, Any]] = [statements._KEPT, statements._TEXTS, kept._kept, asked_once._kept]
    before = [dict(each) for each in all_kept]
    for each in all_kept:
        each.clear()
    yield
    for each, was in zip(all_kept, before, strict=True):
        each.update(was)


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


BESIDE: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "own change": _own_change,
    "first time": _everything_forgotten,
}


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run"]:
            print(json.dumps(_run()))
        case ["import", folder]:
            _import(folder)
        case [size]:
            print(_of_size(size, on_many_denials("bench.pages", int(size))))
        case _:
            print(table(measure()))
