"""What a replay found, as it is kept: counts, keys of queues, and ids of rules, people and items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from accounts.access import WORKERS
from worklists.domain.queue_days import Compared, Waiting, compare
from worklists.domain.replay import Answer, Case, Replay, Scope
from worklists.domain.routing import Facts
from worklists.domain.transitions import Status
from worklists.models import Queue, WorkItem
from worklists.ranking import current_weights
from worklists.replays.cases import Period, Row
from worklists.replays.people import Given, loads

PACE_DAYS = 28
WEEK = 7
OTHERS_SHOWN = 10


@dataclass(slots=True)
class Control:
    """Whether the rules in force, asked again, answer as they did: what was routed by this very list."""

    routed: int = 0
    same: int = 0
    others: list[int] = field(default_factory=list)

    def check(self, row: Row, answer: Answer, queue: str) -> None:
        self.routed += 1
        rule = answer.rule_now
        found = (answer.now, rule.id if rule else None, rule.version if rule else None)
        if found == (queue, row.rule_id, row.rule_version):
            self.same += 1
        elif len(self.others) < OTHERS_SHOWN:
            self.others.append(row.pk)


def count(
    replay: Replay, rows: Iterable[tuple[Row, Facts]], period: Period, days: int, rule_set_id: int, today: date
) -> dict[str, Any]:
    """Takes every item through both lists, and sums up."""
    keys = dict(Queue.objects.values_list("pk", "key"))
    given = Given.by([*replay.now, *replay.then], today)
    control, waiting = Control(), []
    for row, facts in rows:
        is_recent = row.decided >= period.since
        case = Case(row.pk, facts, row.amount_at_risk, row.expected_minutes, is_recent, row.is_open)
        answer = replay.take(case)
        given.add(row, case, answer)
        if row.rule_set_id == rule_set_id:
            control.check(row, answer, keys[row.queue_id])
        if row.is_open and _is_awake(row, today):
            waiting.append(_waiting(row, answer, keys[row.queue_id]))
    pace = paces(today)
    weeks = Decimal(days) / WEEK
    return {
        "recent": _scope(replay.recent),
        "open": _scope(replay.open),
        "examples": [[*pair, items] for pair, items in sorted(replay.examples().items())],
        "rules": _rules(replay),
        "control": {"routed": control.routed, "same": control.same, "others": control.others},
        "days": _days(compare(waiting, pace, today, current_weights().lane_days)),
        "pace": {key: round(value, 2) for key, value in pace.items()},
        "people": loads(replay.recent, given, members_by_queue(), float(weeks)),
    }


def paces(today: date) -> dict[str, float]:
    """Items that each queue finished in a week lately. One that finished none gets what its people did elsewhere."""
    since = today - timedelta(days=PACE_DAYS)
    done = WorkItem.objects.filter(status=Status.RESOLVED, resolved_at__date__gte=since, resolved_by__isnull=False)
    by_queue = dict(done.order_by().values_list("queue__key").annotate(items=Count("pk")))
    people = done.order_by().values("resolved_by").distinct().count()
    each = sum(by_queue.values()) / people if people else 0.0
    return {
        key: by_queue.get(key, 0) / PACE_DAYS * WEEK or len(members) * each / PACE_DAYS * WEEK
        for key, members in members_by_queue().items()
    }


def members_by_queue() -> dict[str, list[int]]:
    """Who works each queue: the active people of its teams; of a queue without a team, nobody."""
    found: dict[str, list[int]] = {key: [] for key in Queue.objects.values_list("key", flat=True)}
    works = Q(teams__people__is_active=True, teams__people__role__in=WORKERS)
    for key, person in Queue.objects.filter(works).order_by("key").values_list("key", "teams__people").distinct():
        found[key].append(person)
    return found


def _is_awake(row: Row, today: date) -> bool:
    return row.status != Status.WAITING and (row.postponed_until is None or row.postponed_until <= today)


def _waiting(row: Row, answer: Answer, queue: str) -> Waiting:
    """Only what re-routing would move changes its queue: what nobody owns and no person put where it is."""
    may_move = row.assignee_id is None and not row.is_moved_by_hand
    then = answer.then if may_move and answer.now != answer.then else queue
    return Waiting(row.pk, row.rank_key, row.last_safe_on, row.deadline, row.amount_at_risk, queue, then)


def _scope(scope: Scope) -> dict[str, Any]:
    pairs = [
        [now, then, each.items, str(each.amount), round(each.minutes)]
        for (now, then), each in sorted(scope.pairs.items(), key=lambda pair: (-pair[1].items, pair[0]))
    ]
    return {"items": scope.items, "moved": scope.moved, "other_rule": scope.other_rule, "pairs": pairs}


def _rules(replay: Replay) -> dict[str, Any]:
    shadows = {
        str(rule.id): [[taker, items] for taker, items in replay.taken_before[rule.id].most_common(3)]
        for rule in replay.idle
    }
    return {
        "now": {str(rule): items for rule, items in replay.hits_now.items()},
        "then": {str(rule): items for rule, items in replay.hits_then.items()},
        "idle": shadows,
    }


def _days(found: Compared) -> dict[str, Any]:
    def sums(by_queue: Mapping[str, tuple[int, Decimal]]) -> list[list[Any]]:
        return [[queue, items, str(amount)] for queue, (items, amount) in sorted(by_queue.items())]

    return {
        "worse": sums(found.worse),
        "better": sums(found.better),
        "late_either_way": found.late_either_way,
        "worst": [
            [late.item, late.queue, str(late.amount), _day(late.last_safe), _day(late.day_now), _day(late.day_then)]
            for late in found.worst
        ],
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
