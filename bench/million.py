"""A large made-up practice as rows, for benchmarks: a million denials of three years, 150,000 of them open.

Skewed as practices are: few payers, codes and queues hold most of the work; amounts are lognormal (median $243, 99 of
100 below $4,000). 15 of 100 denials are open, most of them from the last 120 days; four of ten open ones belong to
somebody, one of ten is postponed. Every item stands where the routing rules of that database send it.

    python -m bench.million 20000        builds so many in a throw-away database, prints what was made, and drops it
    from bench.million import build      with Django set up, on a migrated and empty database
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from typing import Any

from bench import million_rows
from bench.stacks import on_many_denials

PAYERS, FACILITIES, PEOPLE = 60, 12, 200
PAYERS_WITH_RULES = 15
"""The largest payers have a rule for each owner team: about 190 rules in all, as large sites have."""
PAYERS_WITH_QUEUES, TEAMS_WITH_QUEUES = 4, 4
SERVICE_LINES = ("radiology", "behavioral health", "surgery", "primary care")
MANAGERS = 10


def build(denials: int, today: date) -> dict[str, int]:
    """Fills the database up to `today`. Returns how many rows each table got. Takes about two minutes for a million."""
    from django.core.management import call_command
    from django.db import connection

    call_command("prepare", verbosity=0, stdout=sys.stderr)
    payers, facilities, people = _payers(), _facilities(), _people()
    _own_queues_and_rules()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")  # five millions take longer than any page may
        # What is made here fits together; checking each row of it would take as long again.
        cursor.execute("SET session_replication_role = replica")
        million_rows.draw(cursor, denials, today, payers=payers, facilities=facilities, people=people)
        million_rows.set_homes(cursor, _homes())
        made = million_rows.write(cursor, denials, today)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")
    return made


def _payers() -> list[int]:
    from denials.models import Payer

    kinds = [kind for kind in Payer.Kind.values if kind != Payer.Kind.UNKNOWN]
    rows = [
        Payer(key=f"payer_{n:02d}", name=f"Example Health Plan {n:02d}", kind=kinds[n % len(kinds)])
        for n in range(1, PAYERS + 1)
    ]
    return [row.pk for row in Payer.objects.bulk_create(rows)]


def _facilities() -> list[int]:
    from accounts.models import Facility

    lines = SERVICE_LINES
    rows = [
        Facility(name=f"Example Clinic {n:02d}", npi=f"19{n:08d}", service_line=lines[n % len(lines)])
        for n in range(1, FACILITIES + 1)
    ]
    return [row.pk for row in Facility.objects.bulk_create(rows)]


def _people() -> list[int]:
    """Specialists of one or two teams each, and managers of all; the first teams are the largest."""
    from accounts.models import Role, Team, User

    rows = [
        User(
            username=f"person{n:03d}",
            first_name="Person",
            last_name=f"Fictional {n:03d}",
            role=Role.MANAGER if n <= MANAGERS else Role.SPECIALIST,
            all_facilities=True,
        )
        for n in range(1, PEOPLE + 1)
    ]
    people = User.objects.bulk_create(rows)
    teams = list(Team.objects.exclude(queues=None).order_by("pk").distinct())
    link = User.teams.through
    link.objects.bulk_create(
        link(user_id=user.pk, team_id=teams[place].pk)
        for n, user in enumerate(people)
        for place in {n * n // PEOPLE * len(teams) // PEOPLE, n % len(teams)}
    )
    return [user.pk for user in people]


def _own_queues_and_rules() -> None:
    """Asked before the shipped rules: the work of the largest payers by team, some of it in queues of its own."""
    from django.db import transaction

    from accounts.models import Team
    from worklists.models import Queue, RoutingRule

    queues = {queue.key: queue for queue in Queue.objects.all()}
    teams = list(Team.objects.filter(key__in=queues).order_by("pk"))  # others only answer questions
    shipped = list(RoutingRule.objects.order_by("position"))
    rules = []
    for payer in range(1, PAYERS_WITH_RULES + 1):
        for place, team in enumerate(teams):
            queue = queues[team.key]
            if payer <= PAYERS_WITH_QUEUES and place < TEAMS_WITH_QUEUES:
                queue = Queue.objects.create(key=f"{team.key}_{payer:02d}", name=f"{team.name}, plan {payer:02d}")
                queue.teams.add(team)
            conditions = {"owner_team": [team.key], "payer_key": [f"payer_{payer:02d}"]}
            name = f"{team.name} of plan {payer:02d}"
            rules.append(RoutingRule(name=name, queue=queue, conditions=conditions))
    for position, rule in enumerate([shipped[0], *rules, *shipped[1:]], start=1):
        rule.position = position
    with transaction.atomic():  # two rules may have one place until it ends
        RoutingRule.objects.bulk_create(rules)
        RoutingRule.objects.bulk_update(shipped, ["position"])


def _homes() -> list[tuple[str, int, int, int | None, int | None, str]]:
    """Where the rules send work, by owner team and payer: nothing else of these denials is asked for."""
    from accounts.models import Team
    from denials.models import Payer
    from worklists.domain.routing import Facts
    from worklists.routing.router import Router

    router = Router.current()
    homes = []
    for team in Team.objects.exclude(queues=None).values_list("key", flat=True).distinct():
        for payer, key in Payer.objects.values_list("pk", "key"):
            place = router.settle(router.book.route(Facts(owner_team=team, payer_key=key)))
            homes.append((team, payer, place.queue_id, place.rule_id, place.rule_version, place.because))
    return homes


def _build_here(denials: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.utils import timezone

    began = time.perf_counter()
    made = build(denials, timezone.localdate())
    return {**made, "seconds": round(time.perf_counter() - began, 1)}


def _count() -> dict[str, int]:
    import django

    django.setup()
    from worklists.models import Activity, WorkItem

    return {
        "items": WorkItem.objects.count(),
        "open": WorkItem.objects.open().count(),
        "owned": WorkItem.objects.open().exclude(assignee=None).count(),
        "unrouted": WorkItem.objects.filter(queue__key="unrouted").count(),
        "activities": Activity.objects.count(),
    }


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["build", size]:
            print(json.dumps(_build_here(int(size))))
        case ["run"]:
            print(json.dumps(_count()))
        case [size]:
            print(json.dumps(on_many_denials("bench.million", int(size))))
