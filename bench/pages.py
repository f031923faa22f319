"""The worklist page and the item page beside their floors: session, person, one raw statement, as many bytes.

A floor writes its rows without escaping or wording anything, between what stands above and below them ready made; it
passes the same middleware and is looked up first. Every way is asked in turns, by one browser on one line, of the web
server as production runs it but with one worker. Before each round somebody else does something, as they would.

"own change" is the page right after this person did something, when every number is counted anew; "first time" is the
page in a process that has kept nothing yet; "planned once" is the floor whose statement PostgreSQL has planned already,
as it has those of the list. Then the list is asked again while files are imported beside it. Also said: what PostgreSQL
uses of the processor for the list, by the kernel's count, beside the web server.

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
from contextlib import contextmanager, nullcontext
from itertools import count
from pathlib import Path
from typing import Any

from bench import page_floors, page_ways
from bench.serving import ONE_WORKER, Browser, sign_in, took, web_server
from bench.stacks import on_many_denials

SIZES = (100_000, 1_000_000)
ROUNDS = 40
ROUNDS_BEFORE = 15
"""Each thread of the server has a connection of its own, which plans a statement five times before it keeps it."""
ROUNDS_OF_FILTERS = 5
ROUNDS_BESIDE = 100
GOALS = {
    "p50": 1.6, "p95": 2.0, "grows": 1.15, "each_grows": 2.0, "deep": 1.5, "postgres": 0.35, "import": 1.5,
}  # fmt: skip
GOAL = "1.6x and 2x the floor, 1.15x growth, 35 % PostgreSQL"
PERSON, LIMITED = "person050", "person052"
FORGET = {"first time": "all"}
IMPORTED_CLAIMS = 4000
Way = Callable[[], object]


def measure(sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    found = {str(size): on_many_denials("bench.pages", size) for size in sizes}
    last, first = found[str(sizes[-1])], found[str(sizes[0])]
    figures = figures_of(last, first)
    return {"sizes": found, "figures": figures, "goals_met": all(figure["met"] for figure in figures.values())}


def figures_of(last: dict[str, Any], first: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Each figure with its goal, of the largest size and of what became of the smallest one."""
    grows = {way: last["p50"][way] / first["p50"][way] for way in last["p50"]}
    search = max((way for way in grows if way.startswith("search ")), key=lambda way: grows[way])
    of_filters = {
        kind: {way: last[kind][way] / first[kind][way] for way in last[kind]} for kind in ("filters", "filters_anew")
    }
    kept, anew = (max(found, key=lambda way: found[way]) for found in of_filters.values())
    ratios = {
        f"{page} {each}": (last[each][page] / last[each][floor], GOALS[each])
        for page, floor in (("list", "floor"), ("item", "item floor"))
        for each in ("p50", "p95")
    }
    figures = ratios | {
        "list grows": (grows["list"], GOALS["grows"]),
        "item grows": (grows["item"], GOALS["grows"]),
        f"{search} grows most": (grows[search], GOALS["each_grows"]),
        f"filter {kept} grows most": (of_filters["filters"][kept], GOALS["each_grows"]),
        f"filter {anew}, counted anew, grows most": (of_filters["filters_anew"][anew], GOALS["each_grows"]),
        "filters that grow more": (sum(each > GOALS["each_grows"] for each in of_filters["filters"].values()), 0),
        "filters that grow more, counted anew": (
            sum(each > GOALS["each_grows"] for each in of_filters["filters_anew"].values()),
            0,
        ),
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
    filters = [f"{way:50} {took:8.1f} {found['filters_anew'][way]:8.1f} ms" for way, took in found["filters"].items()]
    return "\n".join([f"{int(size):,} denials", *ways, "filters, their numbers kept and counted anew", *filters, ""])


def _run() -> dict[str, Any]:
    import django

    django.setup()
    from django.test import Client

    from accounts.models import User

    person = User.objects.get(username=PERSON)
    client = Client()
    client.force_login(person)
    item = _some_item()
    floors = page_floors.floors(client, item)
    addresses, searches, filters = _addresses(item, floors), _searches(item), page_ways.filters()
    signed_in, limited = sign_in(person), sign_in(page_ways.limit(User.objects.get(username=LIMITED)))
    with tempfile.NamedTemporaryFile("w", suffix=".json") as told:
        json.dump(floors, told)
        told.flush()
        with web_server(*ONE_WORKER, of="bench.page_server", BENCH_FLOORS=told.name) as (place, server):
            browser = Browser(place, signed_in)
            ways = {name: _page(browser, address, FORGET.get(name, "")) for name, address in addresses.items()}
            ways |= {name: _search(browser, typed) for name, typed in searches.items()}
            return {
                **_in_turns(ways, server),
                **_filtered(browser, Browser(place, limited), filters),
                "during_import": _during_import(ways["list"]),
            }


def _page(browser: Browser, address: str, forgotten: str = "") -> Way:
    headers = {"Forget": forgotten} if forgotten else {}
    return lambda: browser.get(address, **headers)


def _search(browser: Browser, typed: str) -> Way:
    return lambda: browser.post("/search/", q=typed)


def _in_turns(ways: dict[str, Way], server: int) -> dict[str, Any]:
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS_BEFORE):
        for way in ways.values():
            way()
    processors = Processors(server)
    for _ in range(ROUNDS):
        _somebody_works()
        for name, way in ways.items():
            if name == "own change":
                _somebody_works(PERSON)
            with processors if name == "list" else nullcontext():
                spent[name].append(took(way))
    return {
        "p50": {name: _at(times, 50) for name, times in spent.items()},
        "p95": {name: _at(times, 95) for name, times in spent.items()},
        "postgres": processors.share_of_postgres(),
    }


def _filtered(browser: Browser, limited: Browser, addresses: dict[str, str]) -> dict[str, dict[str, float]]:
    """Each filter and order by a common and a rare value: with its numbers kept, and with them counted anew, as for who
    chooses it first.
    """
    asked = {name: (browser, address) for name, address in addresses.items()}
    asked |= {f"{name}, two facilities": (limited, addresses[name]) for name in page_ways.OF_LIMITED}
    spent: dict[str, dict[str, list[float]]] = {"filters": {}, "filters_anew": {}}
    for number in range(ROUNDS_OF_FILTERS + 1):
        for name, (who, address) in asked.items():
            for kind, forgotten in (("filters_anew", "counts"), ("filters", "")):
                milliseconds = took(_page(who, address, forgotten))
                if number:  # the first time statements are made
                    spent[kind].setdefault(name, []).append(milliseconds)
    return {kind: {name: _at(times, 50) for name, times in found.items()} for kind, found in spent.items()}


def _at(times: list[float], hundredth: int) -> float:
    return sorted(times)[len(times) * hundredth // 100]


def _during_import(way: Way) -> float:
    """The list's p95 while files are imported one after the other, beside that of just before."""
    idle = [took(way) for _ in range(ROUNDS_BESIDE)]
    with _imports_beside():
        busy = [took(way) for _ in range(ROUNDS_BESIDE)]
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


def _some_item() -> Any:
    from worklists.models import WorkItem

    return WorkItem.objects.open().order_by("?").select_related("payer", "claim", "denial")[0]


def _addresses(item: Any, floors: dict[str, Any]) -> dict[str, str]:
    return {
        **{name: page_floors.address_of(name) for name in floors},
        "list": "/items/",
        "own change": "/items/",
        "first time": "/items/",
        "deep": _deep(),
        "item": f"/items/{item.pk}/",
    }


def _searches(item: Any) -> dict[str, str]:
    number, name = item.claim.number, item.claim.patient_last
    return {
        "search number": number,
        "search name": name,
        "search slip": f"{number[:-2]}{number[:-3:-1]}",
        "search typo": f"{name[:2]}{name[3:]}",
    }


def _deep() -> str:
    """The address of the page that begins at depth 10,000, or as deep as the list is."""
    from worklists.models import WorkItem

    rows = WorkItem.objects.open().order_by("amount_at_risk", "pk").values_list("pk", flat=True)
    return f"/items/?sort=amount&after={rows[min(10_000, len(rows) // 2)]}"


def _somebody_works(username: str = "person051") -> None:
    from accounts.models import User
    from worklists.models import Activity, WorkItem

    Activity.objects.create(item=WorkItem.objects.open()[0], kind="note", actor=User.objects.get(username=username))


class Processors:
    """Processor seconds of the web server and of the database's servers while it is entered, by the kernel's count."""

    def __init__(self, server: int) -> None:
        from django.db import connection

        workers = [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            backends = [pid for (pid,) in cursor.fetchall()]
        self.of = {"postgres": backends, "python": workers}
        self.spent = dict.fromkeys(self.of, 0)

    def __enter__(self) -> None:
        for side, pids in self.of.items():
            self.spent[side] -= _nanoseconds(pids)

    def __exit__(self, *_: object) -> None:
        for side, pids in self.of.items():
            self.spent[side] += _nanoseconds(pids)

    def share_of_postgres(self) -> float:
        return self.spent["postgres"] / sum(self.spent.values())


def _nanoseconds(pids: list[int]) -> int:
    threads = [each for pid in pids for each in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    return sum(int(each.read_text().split()[0]) for each in threads)


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
