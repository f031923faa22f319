"""Absences: what is due meanwhile moves to somebody who is there, and what is left of it comes back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Role, User
from accounts.refusal import Refused
from denials.domain.days import add_business_days
from worklists.assignment import reassigning, sharing
from worklists.assignment.absent import away_between
from worklists.assignment.effort import workers
from worklists.assignment.sharing import How, Plan, Share
from worklists.domain.transitions import DEADLINE_RUNS
from worklists.models import Absence, Activity, BulkAct, BulkActRow, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.wording import day

MARGIN = 2
"""Business days after somebody is back in which they cannot be expected to have caught up."""


def may_plan(person: User, by: User) -> bool:
    """People their own absences, managers anybody's."""
    return by.is_active and by.may_work and (by.may_manage or by.pk == person.pk)


def check(absence: Absence, by: User, today: date) -> None:
    """Raises Refused when this absence cannot be as it stands."""
    who = absence.person
    if not may_plan(who, by):
        raise Refused("Nothing was saved: a manager enters the absences of other people.")
    if absence.last_day < max(absence.first_day, today):
        raise Refused("Nothing was saved: the last day lies before the first one, or has passed.")
    same_days = Absence.objects.filter(person=who, first_day__lte=absence.last_day, last_day__gte=absence.first_day)
    other = same_days.filter(is_cancelled=False, ended_at=None).exclude(pk=absence.pk).first()
    if other is not None:
        days = f"{day(other.first_day)} to {day(other.last_day)}"
        raise Refused(f"Nothing was saved: {who} is entered as away from {days} already. Change that absence instead.")
    cover = absence.cover
    if cover is not None and cover.pk in away_between(absence.first_day, absence.last_day):
        raise Refused(f"Nothing was saved: {cover} is away in these days too. Choose somebody else.")


def plan(absence: Absence, today: date) -> Plan:
    """Who gets what is due, as things stand. Somebody who is away by now covers for nobody: then the specialists of the
    team do; managers only where they are named. What nobody of them may have goes back to its queue, so that nothing
    due waits for somebody who is away.
    """
    away = away_between(max(absence.first_day, today), absence.last_day)
    there = workers().exclude(pk=absence.person_id).exclude(pk__in=away)
    receivers: list[User] = []
    how = How.QUEUE
    if absence.cover_id is not None:
        receivers, how = list(there.filter(pk=absence.cover_id)), How.ONE
    if absence.goes_to != Absence.GoesTo.QUEUE and not receivers:
        mates = there.filter(role=Role.SPECIALIST, teams__in=absence.person.teams.all())
        receivers, how = list(mates.distinct()), How.CAPACITY
    if not receivers:
        how = How.QUEUE
    made = sharing.plan(_due(absence), absence.person, how, receivers, today)
    return sharing.rest_to_queues(made, _due(absence), today)


def stays(absence: Absence, made: Plan) -> int:
    """How many open items remain with the person."""
    return WorkItem.objects.filter(is_open=True, assignee=absence.person).count() - made.count


@transaction.atomic
def save(absence: Absence, by: User, today: date) -> BulkAct | None:
    """Keeps an absence, and begins it at once when its first day has come. The act that moved what is due, if any."""
    check(absence, by, today)
    if absence._state.adding:
        absence.entered_by = by
    absence.save()
    return _begin(absence, today, by) if absence.first_day <= today else None


@transaction.atomic
def call_off(absence: Absence, by: User) -> BulkAct | None:
    """The person is here after all: what was moved and left alone comes back now."""
    absence = Absence.objects.select_for_update().select_related("person").get(pk=absence.pk)
    if not may_plan(absence.person, by):
        raise Refused("Nothing was changed: a manager changes the absences of other people.")
    if absence.is_cancelled or absence.ended_at:
        raise Refused("Nothing was changed: this absence is over already.")
    if absence.begun_at is None:
        absence.is_cancelled = True
        absence.save(update_fields=["is_cancelled"])
        return None
    return _end(absence, by)


def keep(today: date) -> None:
    """Begins what begins, moves what became due since, and ends what is over. Harmless to run again."""
    now = Absence.objects.filter(is_cancelled=False, ended_at=None)
    for pk in now.filter(first_day__lte=today, last_day__gte=today).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            _begin(_locked(pk), today, None)
    for pk in now.filter(last_day__lt=today).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            _end(_locked(pk), None)


def _locked(pk: int) -> Absence:
    return Absence.objects.select_for_update(of=("self",)).select_related("person", "cover").get(pk=pk)


def _begin(absence: Absence, today: date, by: User | None) -> BulkAct | None:
    if absence.is_cancelled or absence.ended_at:
        return None
    list(_due(absence).select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
    reason = f"{absence.person} is away until {day(absence.last_day)}."
    act = reassigning.carry_out(plan(absence, today), None, reason, BulkAct.Kind.COVERED, absence=absence, by=by)
    if absence.begun_at is None:
        absence.begun_at = timezone.now()
        absence.save(update_fields=["begun_at"])
    return act


def _end(absence: Absence, by: User | None) -> BulkAct | None:
    if absence.is_cancelled or absence.ended_at:
        return None
    rows = _left_alone(absence).select_for_update(of=("self",), no_key=True)
    back = Plan(How.ONE, [Share.of(absence.person, sorted(rows.values_list("pk", flat=True)))], [])
    act = None
    if absence.person.is_active and absence.person.may_work:
        reason = f"{absence.person} is back."
        act = reassigning.carry_out(back, None, reason, BulkAct.Kind.CAME_BACK, absence=absence, by=by)
    absence.ended_at = timezone.now()
    absence.save(update_fields=["ended_at"])
    return act


def _due(absence: Absence) -> WorkItemQuerySet:
    """What of the person's work asks for somebody before they have caught up, and was not moved for this absence yet.

    What somebody gave them while they were away, knowing it, stays with them.
    """
    until = add_business_days(absence.last_day, MARGIN)
    runs = Q(status__in=DEADLINE_RUNS)
    is_due = (
        runs & (Q(last_safe_on__lte=until) | Q(last_safe_on=None, deadline__lte=until))
        | Q(status=WorkItem.Status.WAITING, follow_up_on__lte=until)
        | Q(status=WorkItem.Status.POSTPONED, postponed_until__lte=until)
    )
    rows: WorkItemQuerySet = WorkItem.objects.filter(is_due, is_open=True, assignee=absence.person_id)
    if absence.begun_at is None:
        return rows
    given = Activity.objects.filter(
        item=OuterRef("pk"), kind=Activity.Kind.HANDED_OVER, actor__isnull=False, at__gt=absence.begun_at
    )
    return rows.exclude(Exists(_moved(absence).filter(item=OuterRef("pk")))).exclude(Exists(given))


def _moved(absence: Absence) -> QuerySet[BulkActRow]:
    return BulkActRow.objects.filter(act__absence=absence, act__kind=BulkAct.Kind.COVERED)


def _left_alone(absence: Absence) -> WorkItemQuerySet:
    """What was moved, is still where it was moved to, and was touched by nobody since."""
    touched = Activity.objects.filter(item=OuterRef("item"), actor__isnull=False, at__gt=OuterRef("act__at"))
    still = Q(item__assignee=F("owner_after")) | Q(item__assignee=None, owner_after=None)
    rows = _moved(absence).filter(still, is_undone=False, item__is_open=True).exclude(Exists(touched))
    found: WorkItemQuerySet = WorkItem.objects.visible_to(absence.person).filter(pk__in=rows.values("item"))
    return found
