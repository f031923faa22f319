"""The queues, teams and routing rules that a new site starts with: one queue for each owner team of the dictionary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction

from accounts.models import Team
from worklists.models import Queue, RoutingRule

SHIPPED = Path(__file__).with_name("default_queues.json")
STEP = 10
"""Positions leave room, so that a site can put its own rules between ours."""


class Loaded(NamedTuple):
    """How many rows were added; those that exist already are left as they are."""

    teams: int
    queues: int
    rules: int


@transaction.atomic
def load_defaults() -> Loaded:
    """Adds what is missing of the shipped teams, queues and rules. What an admin changed or ordered stays.

    Teams of other departments own no queue: they answer questions.

    Rules come only to a site that has none: adding one back that an admin deleted would undo a decision.
    """
    shipped: dict[str, Any] = json.loads(SHIPPED.read_text())
    counts = [0, 0]
    for key, name, purpose in shipped["teams"]:
        team, is_new = Team.objects.get_or_create(key=key, defaults={"name": name})
        counts[0] += is_new
        counts[1] += _add_queue(key, name, purpose, [team])
    for key, name in shipped["colleagues"]:
        counts[0] += Team.objects.get_or_create(key=key, defaults={"name": name})[1]
    for key, name, purpose, teams in shipped["queues"]:
        counts[1] += _add_queue(key, name, purpose, list(Team.objects.filter(key__in=teams)))
    return Loaded(counts[0], counts[1], _add_rules(shipped))


def _add_queue(key: str, name: str, purpose: str, teams: list[Team]) -> bool:
    queue, is_new = Queue.objects.get_or_create(key=key, defaults={"name": name, "purpose": purpose})
    if is_new:
        queue.teams.set(teams)
    return is_new


def _add_rules(shipped: dict[str, Any]) -> int:
    if RoutingRule.objects.exists():
        return 0
    queues = {queue.key: queue for queue in Queue.objects.all()}
    first = shipped["exceptions"]
    wanted = [(first["name"], {"exceptions": first["values"]}, first["queue"])]
    # One desk sends every attachment, whichever team the code names: what was sent is known in one place.
    documents = shipped["documents"]
    wanted += [(documents["name"], {"category": documents["values"]}, documents["queue"])]
    wanted += [(f"Work of {name}", {"owner_team": [key]}, key) for key, name, _ in shipped["teams"]]
    rules = [
        RoutingRule(position=STEP * count, name=name, conditions=conditions, queue=queues[queue])
        for count, (name, conditions, queue) in enumerate(wanted, start=1)
    ]
    return len(RoutingRule.objects.bulk_create(rules))
