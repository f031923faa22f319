"""Which items are escalated, for whom, and what stands about it: queries."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.access import MANAGERS
from accounts.asked import whole_number
from accounts.models import User
from worklists.domain.transitions import DEADLINE_RUNS
from worklists.models import Escalation, EscalationRule, Queue, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.watch import watched

State = Escalation.State


def meets(rule: EscalationRule, today: date) -> Q:
    """Which open items a rule raises. What nothing can save any more is for the ledger, not for a rule about days."""
    wanted = Q(is_open=True, status__in=DEADLINE_RUNS)
    if rule.category:
        wanted &= Q(category=rule.category)
    if rule.codes:
        wanted &= Q(denial__primary_code__in=rule.codes.upper().split())
    if rule.at_least is not None:
        wanted &= Q(amount_at_risk__gte=rule.at_least)
    if rule.days_left is not None:
        wanted &= Q(last_safe_on__lte=today + timedelta(days=rule.days_left), deadline__gte=today)
    if rule.untouched_days is not None:
        wanted &= watched.untouched_since(today, rule.untouched_days)
    if rule.rounds is not None:
        wanted &= Q(round__gte=rule.rounds)
    if rule.question_late_days is not None:
        wanted &= watched.answer_overdue(today - timedelta(days=rule.question_late_days - 1))
    return wanted


def managed_by(user: User) -> QuerySet[Queue]:
    """The queues whose matters come to this manager: of their teams, and those that no manager's team owns."""
    if not user.may_manage:
        return Queue.objects.none()
    managers = User.objects.filter(is_active=True, role__in=MANAGERS, teams__queues=OuterRef("pk"))
    return Queue.objects.filter(Q(pk__in=Queue.objects.filter(teams__people=user)) | ~Exists(managers))


def for_person(user: User) -> QuerySet[Escalation]:
    """The escalations that run and are addressed to `user`: by name, by team, or as manager of the item's queue."""
    to_managers = Q(team=None, person=None, item__queue__in=managed_by(user).values("pk"))
    mine = Q(person=user) | Q(team__in=user.teams.values("pk")) | to_managers
    rows: QuerySet[Escalation] = Escalation.objects.visible_to(user).exclude(state=State.ENDED).filter(mine)
    return rows


def rules_called(pk: str) -> list[tuple[str, str]]:
    """The rule that a list asks for, with its name; nothing where there is none."""
    asked = whole_number(pk)
    return [(pk, rule.name) for rule in EscalationRule.objects.filter(pk=asked)] if asked is not None else []


def unseen_by(user: User, rule: int | None = None) -> WorkItemQuerySet:
    """Open items with an escalation to `user` that nobody has acknowledged; by one rule alone, if it is given."""
    waiting = for_person(user).filter(state=State.OPEN, item=OuterRef("pk"))
    if rule is not None:
        waiting = waiting.filter(rule=rule)
    rows: WorkItemQuerySet = WorkItem.objects.visible_to(user).open().filter(escalated_on__isnull=False)
    return rows.filter(Exists(waiting))


def rows_for(item: WorkItem, user: User) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """The escalations that run, the highest step first, and the teams of `user`; neither where none runs any more."""
    running = item.escalations.exclude(state=State.ENDED).order_by("-step", "-pk")
    teams = user.teams.values_list("pk")
    if not item.is_escalated:
        return running.none(), teams.none()
    return running.select_related("team", "person", "raised_by", "acknowledged_by"), teams


def may_handle(user: User, running: list[Escalation], teams: Container[int]) -> bool:
    """Managers, and whom one of them is addressed to; `teams` are those of the user."""
    if user.may_manage:
        return True
    return user.may_work and any(each.person_id == user.pk or each.team_id in teams for each in running)
