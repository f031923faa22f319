"""Absences as pages show them: those that are still to come or under way first."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from accounts.models import User
from worklists.models import Absence, BulkAct

SHOWN = 200


def seen_by(user: User) -> QuerySet[Absence]:
    rows = _told() if user.may_manage else _told().filter(person=user)
    return rows[:SHOWN]


def of_person(whose: User) -> QuerySet[Absence]:
    return _told().filter(person=whose)[:20]


def one(user: User, pk: int) -> Absence:
    """Somebody else's is not there, except for managers. Raises Http404."""
    found = Absence.objects.select_related("person", "cover").filter(pk=pk).first()
    if found is None or not (user.may_manage or found.person_id == user.pk):
        raise Http404
    return found


def next_of(user: User, today: date) -> Absence | None:
    """The absence that this person is in, or that comes next."""
    return (
        _told()
        .filter(person=user, is_cancelled=False, ended_at=None, last_day__gte=today)
        .order_by("first_day")
        .first()
    )


def _told() -> QuerySet[Absence]:
    moved = Count("acts__rows", filter=Q(acts__kind=BulkAct.Kind.COVERED, acts__rows__is_undone=False))
    return (
        Absence.objects.select_related("person", "cover", "entered_by")
        .annotate(moved=moved)
        .order_by("-last_day", "-pk")
    )
