"""Questions and escalations that hang on items: written down before an act, and put back as they were by undo.

Both verbs expect the caller's transaction and locked items.
"""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.utils import timezone

from accounts.models import User
from worklists.models import BulkAct, Clarification, Escalation

Kind = BulkAct.Kind
QUESTIONS, ESCALATIONS = "worklists_clarification", "worklists_escalation"
TOUCHED = {
    Kind.RESOLVED: (QUESTIONS, ESCALATIONS),
    Kind.ASKED: (QUESTIONS,),
    Kind.WITHDRAWN: (QUESTIONS,),
    Kind.ESCALATED: (ESCALATIONS,),
    Kind.ACKNOWLEDGED: (ESCALATIONS,),
    Kind.HANDED_ON: (ESCALATIONS,),
    Kind.DEESCALATED: (ESCALATIONS,),
}
"""Which of them an act of this kind may change."""
RUNNING = {QUESTIONS: "state = 'open'", ESCALATIONS: "state <> 'ended'"}
COLUMNS = {
    QUESTIONS: ("state", "answer", "file", "why", "ended_by_id", "ended_at"),
    ESCALATIONS: (
        "state", "team_id", "person_id", "acknowledged_by_id", "acknowledged_at", "ended_by_id", "ended_at", "why",
    ),
}  # fmt: skip
BECAUSE = "It was undone."


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


def put_back(act: BulkAct, user: User, items: list[int], today: date) -> None:
    """What ran before runs again; what the act itself began ends with it."""
    with connection.cursor() as cursor:
        for table in TOUCHED.get(Kind(act.kind), ()):
            values = ", ".join(f"{name} = b.{name}" for name in COLUMNS[table])
            cursor.execute(RESTORE.format(table=table, values=values), [table, act.pk, items])
    now = timezone.now()
    ended = {"ended_by": user, "ended_at": now, "why": BECAUSE}
    if act.kind == Kind.ASKED:
        begun = Clarification.objects.filter(item__in=items, asked_by=act.actor_id, asked_at__gte=act.at)
        begun.filter(state=Clarification.State.OPEN).update(state=Clarification.State.WITHDRAWN, **ended)
    if act.kind == Kind.ESCALATED:
        raised = Escalation.objects.filter(item__in=items, raised_by=act.actor_id, raised_at__gte=act.at)
        raised.exclude(state=Escalation.State.ENDED).update(state=Escalation.State.ENDED, **ended)
    with connection.cursor() as cursor:
        cursor.execute(MARK, [today, items])


def _running(table: str) -> str:
    rows = f"SELECT jsonb_agg(e) FROM {table} e WHERE e.item_id = r.item_id AND e.{RUNNING[table]}"
    return f"coalesce(({rows}), '[]')"


RESTORE = """
UPDATE {table} e SET {values}
FROM worklists_bulkactrow r, jsonb_populate_recordset(NULL::{table}, r.beside -> %s) b
WHERE r.act_id = %s AND r.item_id = ANY(%s) AND b.id = e.id
"""
MARK = """
UPDATE worklists_workitem w SET escalated_on = %s
WHERE w.id = ANY(%s) AND w.is_open AND w.escalated_on IS NULL
    AND EXISTS (SELECT 1 FROM worklists_escalation e WHERE e.item_id = w.id AND e.state <> 'ended')
"""
"""A rule may have raised an item since, which leaves its version as it is."""
