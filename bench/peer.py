"""The list of work beside the list of tickets of django-helpdesk, with the same work in both, on one PostgreSQL.

Each denial is a ticket of the same queue, age and due date, with one follow-up. Both are asked in turns, each by one
browser of one web server with one worker. Of django-helpdesk the answer with the rows is timed, not the page around it,
which a person waits for as well; of Overturn the whole page.

The goals were set on PostgreSQL 15 (`perf.md`), which answers each statement of these lists in one process. Version 18
spreads those of django-helpdesk over both processors and sorts the last one only as far as the page needs, so figures
name the version. A Python without the package of PostgreSQL takes the server of the machine it runs on.

django-helpdesk is no part of Overturn and needs a Python of its own:

    python -m venv PLACE
    PLACE/bin/pip install django-helpdesk django-bootstrap4-form packaging gunicorn "psycopg[binary]"
    python -m bench.peer PLACE/bin/python             100,000 and a million denials
    python -m bench.peer PLACE/bin/python 100000      one size
    python -m bench.peer run PLACE/bin/python         on the server of DATABASE_URL, filled by `bench.million build`
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64encode
from functools import partial

from bench.serving import ONE_WORKER, Browser, SignedIn, sign_in, took, web_server
from bench.stacks import on_many_denials
from bench.taking import largest_queue

GOALS = {100_000: 12.0, 1_000_000: 60.0}
ROUNDS = 12
ROUNDS_BEFORE = 15
"""As in `bench.pages`. Its statements are planned each time."""
PAGE = 50
PERSON = "person050"
SITE = "bench.helpdesk_site"
ITS = "django.core.wsgi:get_wsgi_application()"
OPEN = [1, 2]


def _run(python: str) -> dict[str, dict[str, float]]:
    """By list the median milliseconds of each side."""
    import django

    django.setup()
    from django.db import connection

    from accounts.models import User

    queue = largest_queue().pk
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        print("On PostgreSQL", *cursor.fetchone(), file=sys.stderr)
    parameters = connection.get_connection_params()
    site = {
        "DJANGO_SETTINGS_MODULE": SITE,
        "HELPDESK_DATABASE": f"helpdesk_of_{parameters['dbname']}",
        "HELPDESK_USER": parameters["user"],
        "HELPDESK_HOST": parameters["host"],
    }
    person, other = sign_in(User.objects.get(username=PERSON)), _tickets(python, site)
    with (
        web_server(*ONE_WORKER) as (place, _),
        web_server(*ONE_WORKER, of=ITS, python=python, **site) as (its_place, _),
    ):
        ours, its = Browser(place, person), Browser(its_place, other)
        lists = {
            "one queue, by due date": (
                f"/items/?queue={queue}&sort=deadline",
                _rows({"queue__id__in": [queue], "status__in": OPEN}, "due_date"),
            ),
            "all that is open": ("/items/", _rows({"status__in": OPEN}, "created")),
        }
        spent: dict[str, dict[str, list[float]]] = {name: {"ours": [], "its": []} for name in lists}
        for address, its_address in lists.values():
            for _ in range(ROUNDS_BEFORE):
                if ours.get(address).count(b'<td class="c-due">') < PAGE:
                    raise RuntimeError("Overturn answered without the rows of a page.")
            if len(json.loads(its.get(its_address))["data"]) < PAGE:
                raise RuntimeError("django-helpdesk answered without the rows of a page.")
        for _ in range(ROUNDS):
            for name, (address, its_address) in lists.items():
                spent[name]["ours"].append(took(partial(ours.get, address)))
                spent[name]["its"].append(took(partial(its.get, its_address)))
    return {name: {side: sorted(times)[ROUNDS // 2] for side, times in sides.items()} for name, sides in spent.items()}


def _rows(chosen: dict[str, list[int]], order: str) -> str:
    """Where django-helpdesk answers with the rows of the first page of a list."""
    asked = {"filtering": chosen, "filtering_null": {}, "sorting": order, "sortreverse": False, "search_string": ""}
    return f"/datatables_ticket_list/{b64encode(json.dumps(asked).encode()).decode()}?draw=1&start=0&length={PAGE}"


def _tickets(python: str, site: dict[str, str]) -> SignedIn:
    """A database with a ticket for each denial, and somebody who may see them all."""
    from django.db import connection

    from worklists.models import Queue

    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{site["HELPDESK_DATABASE"]}"')
    queues = json.dumps(dict(Queue.objects.values_list("pk", "name")))
    made = subprocess.run(
        [python, "-m", SITE], input=queues, stdout=subprocess.PIPE, text=True, env=os.environ | site, check=True
    )
    _copy(site["HELPDESK_DATABASE"])
    return SignedIn(f"sessionid={made.stdout.split()[-1]}", "")


def _copy(database: str) -> None:
    import psycopg
    from django.db import connection

    parameters = connection.get_connection_params()
    with (
        psycopg.connect(**parameters) as own,
        psycopg.connect(**{**parameters, "dbname": database}, autocommit=True) as its,
    ):
        for rows, into in COPIED.items():
            with own.cursor().copy(f"COPY ({rows}) TO STDOUT") as read, its.cursor().copy(f"COPY {into}") as write:
                for part in read:
                    write.write(part)
        its.execute("VACUUM ANALYZE")


COPIED = {
    """
    SELECT w.id, c.number || ': ' || w.reason, w.created_at, w.updated_at, CASE WHEN w.is_open THEN 1 ELSE 4 END,
        false, w.routed_because, 3, w.deadline, w.queue_id, w.id::text
    FROM worklists_workitem w JOIN denials_claim c ON c.id = w.claim_id
    """: """
    helpdesk_ticket (id, title, created, modified, status, on_hold, description, priority, due_date, queue_id,
        secret_key) FROM STDIN
    """,
    "SELECT id, updated_at, 'Routed', routed_because, false FROM worklists_workitem": """
    helpdesk_followup (ticket_id, date, title, comment, public) FROM STDIN
    """,
}


def table(found: dict[int, dict[str, dict[str, float]]]) -> str:
    lines = [
        f"{size:>9,}  {name:24} {side:20} {each[side]:8.1f} ms  {each[side] / each['ours']:6.1f} times"
        for size, lists in found.items()
        for name, each in lists.items()
        for side in each
    ]
    return "\n".join(lines)


def is_met(found: dict[int, dict[str, dict[str, float]]]) -> bool:
    return all(each["its"] / each["ours"] >= GOALS[size] for size, lists in found.items() for each in lists.values())


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run", python]:
            print(json.dumps(_run(python)))
        case [python, *sizes]:
            found = {size: on_many_denials("bench.peer", size, python) for size in map(int, sizes or GOALS)}
            print(table(found))
            print("met" if is_met(found) else "MISSED")
            sys.exit(not is_met(found))
