"""Answering the behavioral health checklist of an item. Each answer stays; the latest one counts."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from accounts.models import User
from accounts.refusal import Conflict, Refused
from worklists.changes import lock, write
from worklists.domain.behavioral import Given, Question, faults_of
from worklists.models import Activity, BehavioralAnswer
from worklists.permission import must_work


@transaction.atomic
def answer(item_id: int, user: User, question: str, given: Given, *, seen: int | None = None) -> BehavioralAnswer:
    """Writes down one answer. Raises Refused for one that rests on nothing or contradicts itself.

    Answers are append-only, but the latest counts: Conflict where that is another one than the `seen` one (0: none).
    """
    must_work(user)
    rows, missing = lock([item_id], user)
    if missing:
        raise Refused(missing[0].sentence)
    if faults := faults_of(question, given):
        raise Refused(f"Nothing was saved. {' '.join(faults)}")
    item = rows[0]
    latest = latest_of(item.pk, question)
    if seen is not None and latest is not None and latest.pk != seen:
        raise Conflict(
            f"{latest.by} answered this after you opened it: {latest.get_answer_display().lower()}"
            f"{f' ({latest.where})' if latest.where else ''}. Nothing was overwritten: look at it again, then repeat."
        )
    row = BehavioralAnswer.objects.create(
        item=item, facility_id=item.facility_id, question=question, by=user, **asdict(given)
    )
    text = f"{row.Question(Question(question).value).label}: {row.get_answer_display().lower()}."
    write([item], "note", Activity.Kind.EVIDENCE, user, text=text, facts={"answer": row.pk, "question": question})
    return row


def latest_of(item_id: int, question: str) -> BehavioralAnswer | None:
    """The answer that counts."""
    rows = BehavioralAnswer.objects.filter(item=item_id, question=question).select_related("by")
    return rows.order_by("-pk").first()
