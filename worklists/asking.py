"""Asking another team about an item: the item waits with its deadline running, and comes back with the answer."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.access import ANSWERERS
from accounts.models import Team, User
from accounts.refusal import Conflict, Refused
from denials.domain.days import add_business_days
from denials.scans import Scan
from worklists.changes import Check, Done, Items, lock, must_be_current, sort_out, write
from worklists.models import Activity, Clarification, WorkItem
from worklists.permission import free_or_own, must_work, works_here
from worklists.wording import day, reason_for

State = Clarification.State
LONGEST = 2000


@transaction.atomic
def ask(
    items: Items,
    user: User,
    *,
    team: Team,
    text: str,
    due_on: date,
    today: date,
    expected_version: int | None = None,
) -> Done:
    """Asks `team` about each item, to be answered by `due_on`. The items wait; a free one becomes the asker's, so that
    the answer comes back to a person. An item may wait for several answers.
    """
    must_work(user)
    text = _said(text, "question")
    if due_on <= today:
        raise Refused("Nothing was asked: give the other team at least until the next working day.")
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    fit, refused = sort_out(rows, "ask", free_or_own(user), _somebody_sees_it(team), _before_deadline(due_on, today))
    questions = Clarification.objects.bulk_create(
        Clarification(item=row, facility_id=row.facility_id, team=team, text=text, asked_by=user, due_on=due_on)
        for row in fit
    )
    done: list[int] = []
    for row, question in zip(fit, questions, strict=True):
        owner = {"assignee": user, "taken_at": timezone.now()} if row.assignee_id is None else {}
        facts = {"question": question.pk, "team": team.pk, "due_on": due_on.isoformat()}
        said = f"To {team}, answer by {day(due_on)}: {text}"
        done += write([row], "ask", Activity.Kind.ASKED, user, text=said, facts=facts, **owner)
    return Done(done, missing + refused)


@transaction.atomic
def answer(question: Clarification, user: User, *, text: str, scan: Scan | None = None) -> Clarification:
    """Keeps the answer. With the last one the item is back with its owner, or in its queue if that person has left."""
    text = _said(text, "answer")
    row, item = _open(question, user)
    _must_be_of_the_team(row, user)
    _end(row, user, State.ANSWERED, answer=text, file=_kept(row, scan) if scan else "")
    _come_back(item, user, Activity.Kind.ANSWERED, f"{row.team}: {text}", {"question": row.pk})
    return row


@transaction.atomic
def pass_on(question: Clarification, user: User, *, to: Team, reason: str) -> Clarification:
    """Hands the question to the team that knows. It keeps its day; the item goes on waiting."""
    reason = reason_for("pass it on", reason)
    row, item = _open(question, user)
    _must_be_of_the_team(row, user)
    if to == row.team:
        raise Refused("Nothing was changed: the question is with this team already. Choose another one.")
    if sentence := _somebody_sees_it(to)(item):
        raise Refused(f"Nothing was changed. {sentence}")
    _end(row, user, State.PASSED, why=reason)
    following = Clarification.objects.create(
        item=item,
        facility_id=row.facility_id,
        team=to,
        text=row.text,
        asked_by_id=row.asked_by_id,
        due_on=row.due_on,
        passed_from=row,
    )
    facts = {"question": following.pk, "from": row.team_id, "to": to.pk}
    write([item], "note", Activity.Kind.PASSED_ON, user, text=f"From {row.team} to {to}: {reason}", facts=facts)
    return following


@transaction.atomic
def withdraw(question: Clarification, user: User, *, reason: str) -> Clarification:
    """Takes a question back: by who asked, who has the item, or a manager. Work on the item goes on."""
    must_work(user)
    reason = reason_for("withdraw the question", reason)
    row, item = _open(question, user)
    if not may_withdraw(row, user):
        raise Refused("Nothing was changed: who asked, who has the item, or a manager may withdraw the question.")
    _end(row, user, State.WITHDRAWN, why=reason)
    text = f"The question to {row.team} was withdrawn: {reason}"
    _come_back(item, user, Activity.Kind.WITHDRAWN, text, {"question": row.pk})
    return row


def may_withdraw(question: Clarification, user: User) -> bool:
    return user.may_work and (user.may_manage or user.pk in (question.asked_by_id, question.item.assignee_id))


def may_answer(question: Clarification, user: User) -> bool:
    """People of the team asked, and managers, who may have heard the answer."""
    if user.role not in ANSWERERS:
        return False
    return user.may_manage or user.teams.filter(pk=question.team_id).exists()


def _open(question: Clarification, user: User) -> tuple[Clarification, WorkItem]:
    """The question and its item, both locked, the item first as everywhere."""
    rows, missing = lock([question.item_id], user)
    if missing:
        raise Refused(missing[0].sentence)
    row = Clarification.objects.select_for_update(of=("self",)).select_related("team").get(pk=question.pk)
    if row.state != State.OPEN:
        who = str(row.ended_by) if row.ended_by else "A remittance"
        raise Conflict(
            f"{who} ended this question before you ({row.get_state_display().lower()}). Nothing was changed."
        )
    row.item = rows[0]
    return row, rows[0]


def _end(row: Clarification, user: User, state: State, **values: Any) -> None:
    values |= {"state": state, "ended_by": user, "ended_at": timezone.now()}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def _come_back(item: WorkItem, user: User, kind: Activity.Kind, text: str, facts: dict[str, Any]) -> None:
    """The item goes on waiting while another question is open."""
    if Clarification.objects.filter(item=item, state=State.OPEN).exists():
        write([item], "note", kind, user, text=text, facts=facts)
    elif works_here(item.assignee):
        write([item], "answered", kind, user, text=text, facts=facts)
    else:
        write([item], "answered_unowned", kind, user, text=text, facts=facts, assignee=None)


def _must_be_of_the_team(question: Clarification, user: User) -> None:
    if not may_answer(question, user):
        raise Refused(f"Nothing was saved: only people of {question.team} and managers answer this question.")


def _said(text: str, what: str) -> str:
    text = text.strip()
    if not text:
        raise Refused(f"Nothing was saved: write the {what} in words.")
    if len(text) > LONGEST:
        raise Refused(f"Nothing was saved: shorten the {what} from {len(text):,} to {LONGEST:,} characters.")
    return text


def _somebody_sees_it(team: Team) -> Check:
    """Refuses what would wait for ever: a team in which nobody may answer about this facility."""
    people = list(team.people.filter(is_active=True, role__in=ANSWERERS).prefetch_related("facilities"))

    def check(row: WorkItem) -> str:
        if any(who.all_facilities or row.facility_id in {place.pk for place in who.facilities.all()} for who in people):
            return ""
        return f"Nobody in {team} may see this facility, so nobody could answer: ask an administrator, or another team."

    return check


def _before_deadline(due_on: date, today: date) -> Check:
    """An answer after the last day is too late. Once no working day is left before it, any is better than none."""
    soonest = add_business_days(today, 1)

    def check(row: WorkItem) -> str:
        if row.deadline is None or row.deadline < soonest or due_on <= row.deadline:
            return ""
        return f"The deadline is {day(row.deadline)}: ask for the answer by an earlier day."

    return check


def _kept(question: Clarification, scan: Scan) -> str:
    """Writes what came with the answer into private storage, under a name that says nothing."""
    name = f"questions/{question.pk}/{uuid.uuid4().hex}.{scan.ending}"
    return default_storage.save(name, ContentFile(scan.content))
