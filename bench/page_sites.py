"""Sites whose pages are asked for in turns: each a web server with one worker on a database of its own.

What is asked there is found out in a process of its own (`prepare`), so that the one that asks holds nothing but the
browsers.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, cycle
from pathlib import Path
from typing import Any

import psycopg

from bench import page_floors, page_ways
from bench.serving import ONE_WORKER, Browser, SignedIn, sign_in, web_server
from bench.stacks import last_told

Way = Callable[[], object]
Environment = dict[str, str]
PERSON, OTHER, LIMITED = "person050", "person051", "person052"
FORGET = {"first time": "all"}
IMPORTED_CLAIMS = 4000
ITEMS = 10
"""Whose pages are asked for in turns: one that was drawn alone decided the figure."""
NOTED = """
INSERT INTO worklists_activity (item_id, kind, actor_id, at, status_from, status_to, text, facts)
SELECT id, 'note', %s, now(), '', '', '', '{}' FROM worklists_workitem WHERE is_open LIMIT 1
"""


@dataclass
class Site:
    environment: Environment
    asked: dict[str, Any]
    """What `prepare` found out."""
    browser: Browser
    limited: Browser
    """Of somebody who sees two facilities."""
    database: psycopg.Connection[Any]
    processors: Processors

    def ways(self) -> dict[str, Way]:
        """Each page and search by its name."""
        pages = {name: self.page(*found, forgotten=FORGET.get(name, "")) for name, found in self.asked["pages"].items()}
        return pages | {name: self._search(typed) for name, typed in self.asked["searches"].items()}

    def lists(self, forgotten: str) -> dict[str, Way]:
        """Each filter and order by its name."""
        filters = self.asked["filters"]
        ways = {name: self.page(address, forgotten=forgotten) for name, address in filters.items()}
        return ways | {
            f"{name}, two facilities": self.page(filters[name], forgotten=forgotten, browser=self.limited)
            for name in page_ways.OF_LIMITED
        }

    def page(self, *addresses: str, forgotten: str = "", browser: Browser | None = None) -> Way:
        """Of several addresses the next one each time."""
        headers, following = {"Forget": forgotten} if forgotten else {}, cycle(addresses)
        return lambda: (browser or self.browser).get(next(following), **headers)

    def _search(self, typed: str) -> Way:
        return lambda: self.browser.post("/search/", q=typed)

    def somebody_works(self, username: str = OTHER) -> None:
        self.database.execute(NOTED, [self.asked["people"][username]])


@contextmanager
def site(environment: Environment) -> Iterator[Site]:
    """Prepared and served."""
    asked = last_told(environment, "bench.page_sites", "prepare")
    with (
        tempfile.NamedTemporaryFile("w", suffix=".json") as told,
        psycopg.connect(environment["DATABASE_URL"], autocommit=True) as database,
    ):
        json.dump(asked["floors"], told)
        told.flush()
        served = environment | {"BENCH_FLOORS": told.name}
        with web_server(*ONE_WORKER, of="bench.page_server", **served) as (place, server):
            usual, limited = (Browser(place, SignedIn(*signed_in)) for signed_in in asked["signed_in"])
            yield Site(environment, asked, usual, limited, database, Processors(server, database))


def prepare() -> dict[str, Any]:
    """What is asked for, as whom, and what pages are held against."""
    import django

    django.setup()
    from django.test import Client

    from accounts.models import User
    from worklists.models import WorkItem

    people = {user.username: user for user in User.objects.filter(username__in=[PERSON, OTHER, LIMITED])}
    client = Client()
    client.force_login(people[PERSON])
    items = list(WorkItem.objects.open().order_by("?").select_related("payer", "claim", "denial")[:ITEMS])
    floors = page_floors.floors(client, items)
    signed_in = [sign_in(people[PERSON]), sign_in(page_ways.limit(people[LIMITED]))]
    return {
        "floors": floors,
        "pages": _pages(items),
        "searches": _searches(items[0]),
        "filters": page_ways.filters(),
        "people": {name: user.pk for name, user in people.items()},
        "signed_in": [(each.cookies, each.token) for each in signed_in],
    }


def _pages(items: list[Any]) -> dict[str, list[str]]:
    """The addresses of each kind of page."""
    return {
        "floor": [page_floors.address_of("floor")],
        "planned once": [page_floors.address_of("planned once")],
        "item floor": [page_floors.address_of(page_floors.item_floor(item)) for item in items],
        "list": ["/items/"],
        "own change": ["/items/"],
        "first time": ["/items/"],
        "deep": [_deep()],
        "item": [f"/items/{item.pk}/" for item in items],
    }


def _searches(item: Any) -> dict[str, str]:
    """The name that most open items have, and one that few have: there, others may be meant that are written alike."""
    from django.db.models import Count

    from worklists.models import WorkItem

    number, rows = item.claim.number, WorkItem.objects.open().order_by()
    counted = rows.values_list("claim__patient_last").annotate(n=Count("pk")).order_by("n", "claim__patient_last")
    rare, name = counted[0][0], counted.reverse()[0][0]
    return {
        "search number": number,
        "search name": name,
        "search rare name": rare,
        "search slip": f"{number[:-2]}{number[:-3:-1]}",
        "search typo": f"{name[:2]}{name[3:]}",
    }


def _deep() -> str:
    """The address of the page that begins at depth 10,000, or as deep as the list is."""
    from worklists.models import WorkItem

    rows = WorkItem.objects.open().order_by("amount_at_risk", "pk").values_list("pk", flat=True)
    return f"/items/?sort=amount&after={rows[min(10_000, len(rows) // 2)]}"


@contextmanager
def imports_beside(environment: Environment) -> Iterator[None]:
    """Another process takes files all the way to routed items, as a worker does, for as long as this goes on."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.page_sites", "import", folder]
        worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        try:
            assert worker.stdout is not None
            assert worker.stdout.readline().strip() == "begins"
            yield
            assert worker.poll() is None, "The import ended while the pages were asked."
        finally:
            worker.kill()
            worker.wait()


@contextmanager
def counts_beside() -> Iterator[None]:
    """Another process keeps a processor busy, standing back as a worker does, and touches nothing."""
    counts = "from config.celery import settle_in; settle_in()\nwhile True: pass"
    counting = subprocess.Popen([sys.executable, "-c", counts])
    try:
        yield
    finally:
        counting.kill()
        counting.wait()


def _import(folder: str) -> None:
    import django

    django.setup()
    from django.utils import timezone

    from bench.importing import _received
    from config import pipeline
    from config.celery import settle_in

    settle_in()
    yesterday = timezone.localdate() - timedelta(days=1)
    first = int(time.time())  # another file than those of an earlier run on the same database
    for seed in count(first):
        file = _received(Path(folder), IMPORTED_CLAIMS, seed, yesterday)
        if seed == first:
            print("begins", flush=True)
        pipeline.record_file(file.pk, lambda stage, done, total: None)


class Processors:
    """Processor seconds of a web server and of its connections' servers while it is entered, by the kernel's count."""

    def __init__(self, server: int, database: psycopg.Connection[Any]) -> None:
        self.server, self.database = server, database
        self.spent = {"postgres": 0, "python": 0}
        self.of: dict[str, list[int]] = {}

    def find(self) -> None:
        """The processes, once the web server has its connections."""
        workers = Path(f"/proc/{self.server}/task/{self.server}/children").read_text()
        found = self.database.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        self.of = {"postgres": [pid for (pid,) in found], "python": [int(pid) for pid in workers.split()]}

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
        case ["prepare"]:
            print(json.dumps(prepare()))
        case ["import", folder]:
            _import(folder)
