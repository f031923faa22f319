"""Answering the behavioral health checklist of an item. Each answer stays; the latest one counts."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from accounts.models import User
from accounts.refusal import Refused
from worklists.changes import lock, write
from worklists.domain.behavioral import Given, Question, faults_of
from worklists.models import Activity, BehavioralAnswer
from worklists.permission import must_work


@transaction.atomic
def answer(item_id: int, user: User, question: str, given: Given) -> BehavioralAnswer:
    """Writes down one answer. Raises Refused for one that rests on nothing or contradicts itself."""
    must_work(user)
    rows, missing = lock([item_id], user)
    if missing:
        raise Refused(missing[0].sentence)
    if faults := faults_of(question, given):
        raise Refused(f"Nothing was saved. {' '.join(faults)}")
    item = rows[0]
    row = BehavioralAnswer.objects.create(
        item=item, facility_id=item.facility_id, question=question, by=user, **asdict(given)
    )
    text = f"{row.Question(Question(question).value).label}: {row.get_answer_display().lower()}."
    write([item], "note", Activity.Kind.EVIDENCE, user, text=text, facts={"answer": row.pk, "question": question})
    return row
