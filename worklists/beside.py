"""What hangs on items, such as questions, escalations and ticks: written down before an act, and put back by undo.

Both verbs expect the caller's transaction and locked items.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone

from accounts.models import User
from worklists.models import BulkAct, Clarification, Escalation, PlaybookStepDone
from worklists.restored import still_stand

Kind = BulkAct.Kind
QUESTIONS, ESCALATIONS, TICKS = "worklists_clarification", "worklists_escalation", "worklists_playbookstepdone"
PIECES, REQUESTS = "worklists_evidencepiece", "worklists_recordrequest"
TOUCHED = {
    Kind.RESOLVED: (QUESTIONS, ESCALATIONS),
    Kind.ASKED: (QUESTIONS,),
    Kind.WITHDRAWN: (QUESTIONS,),
    Kind.ESCALATED: (ESCALATIONS,),
    Kind.ACKNOWLEDGED: (ESCALATIONS,),
    Kind.HANDED_ON: (ESCALATIONS,),
    Kind.DEESCALATED: (ESCALATIONS,),
    Kind.UNTICKED: (TICKS,),
    **dict.fromkeys(BulkAct.OF_EVIDENCE, (PIECES, REQUESTS)),
}
"""Which of them an act of this kind may change."""
RUNNING = {
    QUESTIONS: "e.state = 'open'",
    ESCALATIONS: "e.state <> 'ended'",
    TICKS: "true",
    PIECES: "true",
    REQUESTS: "e.state = 'open'",
}
COLUMNS = {
    QUESTIONS: ("state", "answer", "file", "why", "ended_by_id", "ended_at"),
    ESCALATIONS: (
        "state", "team_id", "person_id", "acknowledged_by_id", "acknowledged_at", "ended_by_id", "ended_at", "why",
    ),
}  # fmt: skip
BECAUSE = "It was undone."
OF_PLAYBOOK = ":"
"""Stands between playbook and step where a step of many items was ticked."""


@dataclass(frozen=True, slots=True)
class More:
    """What acts of one kind leave behind beside what stands here, such as letters. Both are given ids of items."""

    in_the_way: Callable[[BulkAct, Sequence[int]], dict[int, str]]
    """By item, why it cannot be taken back any more."""
    put_back: Callable[[BulkAct, User, Sequence[int]], None]


_MORE: dict[Kind, More] = {}


def also(kind: Kind, more: More) -> None:
    """Called in the `ready()` of the app whose verb it is."""
    _MORE[kind] = more


def keep(act: BulkAct) -> None:
    """Writes down what runs about the items of an act before it is done."""
    tables = TOUCHED.get(Kind(act.kind), ())
    if not tables:
        return
    parts = ", ".join(f"'{table}', {_running(table)}" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE worklists_bulkactrow r SET beside = jsonb_build_object({parts}) WHERE act_id = %s", [act.pk]
        )


def in_the_way(act: BulkAct, items: Sequence[int]) -> dict[int, str]:
    """By item, why what hangs on it cannot be put back any more."""
    more = _MORE.get(Kind(act.kind))
    return more.in_the_way(act, items) if more else {}


def put_back(act: BulkAct, user: User, items: list[int], today: date) -> None:
    """What ran before runs again; what the act itself began ends with it."""
    with connection.cursor() as cursor:
        for table in filter(RESTORE.__contains__, TOUCHED.get(Kind(act.kind), ())):
            cursor.execute(RESTORE[table], [table, act.pk, items])
    now = timezone.now()
    ended = {"ended_by": user, "ended_at": now, "why": BECAUSE}
    if act.kind == Kind.ASKED:
        begun = Clarification.objects.filter(item__in=items, asked_by=act.actor_id, asked_at__gte=act.at)
        begun.filter(state=Clarification.State.OPEN).update(state=Clarification.State.WITHDRAWN, **ended)
    if act.kind == Kind.ESCALATED:
        raised = Escalation.objects.filter(item__in=items, raised_by=act.actor_id, raised_at__gte=act.at)
        raised.exclude(state=Escalation.State.ENDED).update(state=Escalation.State.ENDED, **ended)
    if act.kind == Kind.TICKED:
        set_by = PlaybookStepDone.objects.filter(item__in=items, by=act.actor_id, at__gte=act.at)
        set_by.filter(step__in=[each.rpartition(OF_PLAYBOOK)[2] for each in act.given["step"]]).delete()
    if more := _MORE.get(Kind(act.kind)):
        more.put_back(act, user, items)
    if act.kind in (*BulkAct.OF_STEPS, *BulkAct.OF_EVIDENCE):
        still_stand(items)
    with connection.cursor() as cursor:
        cursor.execute(MARK, [today, items])


def _running(table: str) -> str:
    rows = f"SELECT jsonb_agg(e) FROM {table} e WHERE e.item_id = r.item_id AND {RUNNING[table]}"
    return f"coalesce(({rows}), '[]')"


AS_BEFORE = """
UPDATE {table} e SET {values}
FROM worklists_bulkactrow r, jsonb_populate_recordset(NULL::{table}, r.beside -> %s) b
WHERE r.act_id = %s AND r.item_id = ANY(%s) AND b.id = e.id
"""
TICK_AGAIN = """
INSERT INTO worklists_playbookstepdone (id, item_id, round, playbook, step, by_id, at)
SELECT b.id, b.item_id, b.round, b.playbook, b.step, b.by_id, b.at
FROM worklists_bulkactrow r JOIN worklists_bulkact a ON a.id = r.act_id,
    jsonb_populate_recordset(NULL::worklists_playbookstepdone, r.beside -> %s) b
WHERE r.act_id = %s AND r.item_id = ANY(%s) AND a.given -> 'step' ? b.step
ON CONFLICT DO NOTHING
"""
"""Only what this act took off, by whom and when it was ticked; somebody may have ticked it again since."""
RESTORE = {
    **{
        table: AS_BEFORE.format(table=table, values=", ".join(f"{name} = b.{name}" for name in names))
        for table, names in COLUMNS.items()
    },
    TICKS: TICK_AGAIN,
}
MARK = """
UPDATE worklists_workitem w SET escalated_on = %s
WHERE w.id = ANY(%s) AND w.is_open AND w.escalated_on IS NULL
    AND EXISTS (SELECT 1 FROM worklists_escalation e WHERE e.item_id = w.id AND e.state <> 'ended')
"""
"""A rule may have raised an item since, which leaves its version as it is."""
