"""Raising items to somebody above: by rules, once for each last day, or by a person; and taking them down again."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from itertools import islice

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from accounts.models import User
from denials.domain.escalation_path import steps_of
from worklists.changes import Check, Done, Items, Refusal, lock, must_be_current, sort_out, write
from worklists.models import Activity, Escalation, EscalationRule, WorkItem
from worklists.permission import must_work, receiver_may_work
from worklists.watch import escalations
from worklists.watch.watch_settings import in_words
from worklists.wording import reason_for

State = Escalation.State
BATCH = 500
SENT, DONE = "The payer has it now.", "The item was resolved."


def evaluate(today: date) -> int:
    """Asks every rule about everything open; first ends what was sent or resolved. Harmless to run again: a rule raises
    an item once for each last day. Returns how many escalations it raised.
    """
    end_settled()
    return sum(
        _raise_by(pk, today) for pk in EscalationRule.objects.filter(is_active=True).values_list("pk", flat=True)
    )


@transaction.atomic
def end_settled() -> int:
    """Ends the escalations of items that nobody has to work any more. What a person raised about an item that waits for
    the payer stays: a payer that does not answer is a reason to raise it.
    """
    running = Escalation.objects.exclude(state=State.ENDED)
    sent = running.filter(item__status=WorkItem.Status.WAITING, rule__isnull=False)
    done = running.filter(item__is_open=False)
    items = list((sent | done).values_list("item", flat=True))
    ended = sum(_end(rows, None, why) for rows, why in ((sent, SENT), (done, DONE)))
    settled = WorkItem.objects.filter(pk__in=items)
    settled.filter(~Exists(running.filter(item=OuterRef("pk")))).update(escalated_on=None)
    return ended


@transaction.atomic
def _raise_by(rule_id: int, today: date) -> int:
    """Everything that one rule raises, set-based. The rule's row is locked, so that two runs take turns."""
    rule = EscalationRule.objects.select_for_update(of=("self",)).get(pk=rule_id)
    day = Coalesce(Cast("deadline", CharField()), Value("none"))
    cause = Concat(Value(f"rule:{rule.pk}:"), day, output_field=CharField())
    known = Escalation.objects.filter(item=OuterRef("pk"), cause=OuterRef("cause"))
    wanted = WorkItem.objects.filter(escalations.meets(rule, today)).annotate(cause=cause).filter(~Exists(known))
    locked = wanted.select_related("denial").select_for_update(of=("self",), no_key=True).order_by("pk")
    rows = locked.iterator(chunk_size=BATCH)
    raised = 0
    while batch := list(islice(rows, BATCH)):
        Escalation.objects.bulk_create(_by_rule(row, rule) for row in batch)
        _mark(batch, today)
        Activity.objects.bulk_create(
            Activity(item=row, kind=Activity.Kind.ESCALATED, text=f"Rule “{rule.name}”", facts={"rule": rule.pk})
            for row in batch
        )
        raised += len(batch)
    return raised


def _by_rule(row: WorkItem, rule: EscalationRule) -> Escalation:
    return Escalation(
        item=row,
        facility_id=row.facility_id,
        cause=row.cause,  # type: ignore[attr-defined]
        rule=rule,
        rule_version=rule.version,
        because=f"Rule “{rule.name}” (version {rule.version}): {in_words(rule)}."[:400],
        step=rule.step,
        step_words=step_of(row.denial.escalation_path, rule.step),
        team_id=rule.team_id,
        person_id=rule.person_id,
    )


def step_of(path: str, step: int) -> str:
    """That step of a code's escalation path, such as "coding manager"; beyond its end the last, without a path ""."""
    steps = steps_of(path)
    return steps[min(step, len(steps)) - 1][:120] if steps else ""


@transaction.atomic
def escalate(
    items: Items, user: User, *, reason: str, to: User | None = None, today: date, expected_version: int | None = None
) -> Done:
    """A person raises items, to the managers of their queues or to one person. Anybody who may work may do so."""
    must_work(user)
    reason = reason_for("escalate it", reason)
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    fit, refused = sort_out(rows, "escalate", *([_sees(to)] if to else []))
    paths = dict(WorkItem.objects.filter(pk__in=[row.pk for row in fit]).values_list("pk", "denial__escalation_path"))
    Escalation.objects.bulk_create(
        Escalation(
            item=row,
            facility_id=row.facility_id,
            cause=f"person:{uuid.uuid4().hex}",
            because=reason,
            step_words=step_of(paths[row.pk], 1),
            person=to,
            raised_by=user,
        )
        for row in fit
    )
    _mark(fit, today)
    said = f"To {to or 'the managers of the queue'}: {reason}"
    return Done(write(fit, "escalate", Activity.Kind.ESCALATED, user, text=said), missing + refused)


@transaction.atomic
def acknowledge(items: Items, user: User, *, expected_version: int | None = None) -> Done:
    """Says that somebody above has seen them and looks after them."""
    fit, refused = _handled(items, user, "acknowledge", expected_version)
    running = Escalation.objects.filter(item__in=[row.pk for row in fit], state=State.OPEN)
    running.update(state=State.ACKNOWLEDGED, acknowledged_by=user, acknowledged_at=timezone.now())
    return Done(write(fit, "acknowledge", Activity.Kind.ACKNOWLEDGED, user), refused)


@transaction.atomic
def hand_on(items: Items, user: User, *, to: User, reason: str, expected_version: int | None = None) -> Done:
    """Gives the escalations of items to one person, who has to look at them now."""
    reason = reason_for("hand it on", reason)
    fit, refused = _handled(items, user, "acknowledge", expected_version, _sees(to))
    running = Escalation.objects.filter(item__in=[row.pk for row in fit]).exclude(state=State.ENDED)
    running.update(person=to, team=None, state=State.OPEN, acknowledged_by=None, acknowledged_at=None)
    said = f"To {to}: {reason}"
    return Done(write(fit, "acknowledge", Activity.Kind.ESCALATED, user, text=said), refused)


@transaction.atomic
def deescalate(items: Items, user: User, *, reason: str, expected_version: int | None = None) -> Done:
    """Ends the escalations of items. The same rule raises them again only with another last day."""
    reason = reason_for("end the escalation", reason)
    fit, refused = _handled(items, user, "deescalate", expected_version)
    running = Escalation.objects.filter(item__in=[row.pk for row in fit]).exclude(state=State.ENDED)
    _end(running, user, reason)
    kind = Activity.Kind.DEESCALATED
    return Done(write(fit, "deescalate", kind, user, text=reason, escalated_on=None), refused)


def _handled(
    items: Items, user: User, action: str, expected_version: int | None, *checks: Check
) -> tuple[list[WorkItem], list[Refusal]]:
    """The locked items whose escalations this person may handle, and the others with the reason."""
    must_work(user)
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    by_item: dict[int, list[Escalation]] = {}
    for each in Escalation.objects.filter(item__in=[row.pk for row in rows]).exclude(state=State.ENDED):
        by_item.setdefault(each.item_id, []).append(each)

    teams = set(user.teams.values_list("pk", flat=True))

    def is_theirs(row: WorkItem) -> str:
        if row.pk not in by_item:
            return "This item is not escalated."
        if not escalations.may_handle(user, by_item[row.pk], teams):
            return "Only managers, and whom it was escalated to, may do this."
        return ""

    fit, refused = sort_out(rows, action, is_theirs, *checks)
    return fit, missing + refused


def _sees(to: User) -> Check:
    """As for handing over, except that the person may have the item already."""
    may_receive = receiver_may_work(to)

    def check(row: WorkItem) -> str:
        return "" if row.assignee_id == to.pk and to.is_active else may_receive(row)

    return check


def _end(rows: QuerySet[Escalation], user: User | None, why: str) -> int:
    return rows.update(state=State.ENDED, ended_by=user, ended_at=timezone.now(), why=why)


def _mark(rows: Iterable[WorkItem], today: date) -> None:
    WorkItem.objects.filter(pk__in=[row.pk for row in rows]).update(escalated_on=Coalesce(F("escalated_on"), today))
