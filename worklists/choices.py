"""What the filters and forms offer to choose from, read in one query."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property, partial
from hashlib import sha256
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Trim
from django.utils import timezone

from accounts import kept_reads
from accounts.access import ANSWERERS, WORKERS
from accounts.models import Facility, Team, User
from accounts.statements import whose
from denials.models import Category, Payer
from worklists.cached_numbers import Part
from worklists.models import Absence, Queue, RoutingRule

FORMER = "former_"
"""Queues that are switched off and people who no longer work: only what they still hold is looked for."""
AWAY = " (away today)"
Choices = dict[str, list[tuple[str, str]]]


class Offered(Choices):
    """Choices by kind; none of a kind that nothing was read of. Not changed once it is made."""

    def __missing__(self, kind: str) -> list[tuple[str, str]]:
        return []

    @cached_property
    def kept_by(self) -> str:
        return sha256(json.dumps(self).encode()).hexdigest()


NAME = Coalesce(NullIf(Trim(Concat("first_name", Value(" "), "last_name")), Value("")), F("username"))


def for_filters(user: User) -> Offered:
    """Payers, categories, facilities and their service lines, queues, people and routing rules, by label."""
    return by_kind(_of_filters(user))


def filters_part(user: User) -> Part:
    """The same as part of what a page asks for."""
    name = ("choices", timezone.localdate())
    statement = partial(kept_reads.statement_for, user, name, _of_filters)
    return Part((name, whose(user)), statement, of_settings=True, read=by_kind)


def by_kind(rows: Iterable[Mapping[str, Any]]) -> Offered:
    choices = Offered()
    for row in rows:
        choices.setdefault(row["choice_kind"], []).append((row["choice_key"], row["choice_label"]))
    return choices


def _of_filters(user: User) -> QuerySet[Any, Any]:
    return _together(
        _column("payer", Payer.objects.standing(), "pk", F("name")),
        _column("category", Category.objects.all(), "key", F("title")),
        _column("facility", Facility.objects.visible_to(user), "pk", F("name")),
        _column("service_line", _with_service_lines(user), "service_line", F("service_line")).distinct(),
        _column("queue", Queue.objects.filter(is_active=True), "pk", F("name")),
        _column("owner", _workers(), "pk", _name_and_away()),
        _column("rule", RoutingRule.objects.all(), "pk", F("name")),
        _column(FORMER + "queue", Queue.objects.filter(is_active=False), "pk", F("name")),
        _column(FORMER + "owner", User.objects.exclude(pk__in=_workers().values("pk")), "pk", NAME),
    )


def for_hand_over() -> Offered:
    """People who may work, queues that are in use, and teams that have somebody who can answer a question."""
    return by_kind(
        _together(
            _column("person", _workers(), "pk", _name_and_away()),
            _column("queue", Queue.objects.filter(is_active=True), "pk", F("name")),
            _column("team", _teams_that_answer(), "pk", F("name")),
        )
    )


def _with_service_lines(user: User) -> QuerySet[Facility]:
    facilities: QuerySet[Facility] = Facility.objects.visible_to(user).exclude(service_line="")
    return facilities


def _teams_that_answer() -> QuerySet[Team]:
    people = User.objects.filter(is_active=True, role__in=ANSWERERS, teams=OuterRef("pk"))
    return Team.objects.filter(Exists(people))


def _name_and_away() -> Case:
    """The name, and behind it that this person is away today."""
    today = timezone.localdate()
    absences = Absence.objects.filter(person=OuterRef("pk"), is_cancelled=False, ended_at=None)
    is_away = Exists(absences.filter(first_day__lte=today, last_day__gte=today))
    return Case(When(is_away, then=Concat(NAME, Value(AWAY))), default=NAME, output_field=CharField())


def _workers() -> QuerySet[User]:
    return User.objects.filter(is_active=True, role__in=WORKERS)


def _column(kind: str, rows: QuerySet[Any], key: str, label: Any) -> QuerySet[Any, Any]:
    columns = {
        "choice_kind": Value(kind, CharField()),
        "choice_key": Cast(key, CharField()),
        "choice_label": Cast(label, CharField()),
    }
    column: QuerySet[Any, Any] = rows.order_by().annotate(**columns).values(*columns)
    return column


def _together(first: QuerySet[Any, Any], *others: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return first.union(*others, all=True).order_by("choice_label")
