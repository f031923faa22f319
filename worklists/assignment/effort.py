"""How many minutes of work items still ask for, and how many days of work each person has in hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Ceil, Greatest

from accounts.access import WORKERS
from accounts.models import Role, User
from worklists.assignment.absent import away_on
from worklists.models import WorkItem, WorkProfile
from worklists.models.workers import MINUTES_A_DAY

TO_ASK = 5
"""Minutes for a call about an item that waits for its payer."""
IN_WORK = Q(status=WorkItem.Status.TAKEN)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Capacity:
    """What one person works in a day and holds now, in minutes, with the skills that their profile names."""

    user: User
    a_day: int
    held: int
    skills: tuple[str, ...]
    most_taken: int | None
    taken: int = 0
    """Items in work now."""
    items: int = 0
    """All open items, also those that wait."""

    @property
    def days_held(self) -> Decimal | None:
        return self.days(self.held)

    def days(self, minutes: int) -> Decimal | None:
        """How many of their days `minutes` are; None for somebody who works no minutes a day."""
        return (Decimal(minutes) / self.a_day).quantize(TENTH) if self.a_day else None


def workers() -> QuerySet[User]:
    """Whoever may be given work, with their facilities."""
    return User.objects.filter(is_active=True, role__in=WORKERS).prefetch_related("facilities")


def with_teams(people: QuerySet[User]) -> QuerySet[User]:
    return people.prefetch_related("teams")


def whose(pk: int | None) -> User | None:
    """The person of this number, also one who has left: their work may still have to go to somebody."""
    return None if pk is None else User.objects.filter(pk=pk).first()


def mates_here(person: User, today: date) -> list[User]:
    """The specialists in a team with this person who are here today. Managers get work only where they are named."""
    mates = workers().filter(role=Role.SPECIALIST, teams__in=person.teams.all())
    return list(mates.exclude(pk=person.pk).exclude(pk__in=away_on(today)).distinct())


def profile_of(person: User) -> WorkProfile:
    """How this person works; one that is not saved yet where nobody said anything."""
    return WorkProfile.objects.filter(user=person).first() or WorkProfile(user=person)


def minutes() -> Combinable:
    """The minutes of one item, at least 1, as a column of a query."""
    waits = When(status=WorkItem.Status.WAITING, then=Value(TO_ASK))
    expected = Greatest(Cast(Ceil("expected_minutes"), IntegerField()), Value(1))
    return Case(waits, default=expected, output_field=IntegerField())


def capacities(people: Iterable[User], *, without: Iterable[int] = ()) -> list[Capacity]:
    """In the order of `people`; `without` are items that are not counted as held, because they are shared out."""
    people = list(people)
    profiles = {profile.user_id: profile for profile in WorkProfile.objects.filter(user__in=people)}
    rows = WorkItem.objects.filter(is_open=True, assignee__in=people).exclude(pk__in=list(without)).order_by()
    counted = rows.values("assignee").annotate(
        held=Sum(minutes()), taken=Count("pk", filter=IN_WORK), items=Count("pk")
    )
    held = {row["assignee"]: (row["held"], row["taken"], row["items"]) for row in counted}
    return [_capacity(person, profiles.get(person.pk), *held.get(person.pk, (0, 0, 0))) for person in people]


def _capacity(person: User, profile: WorkProfile | None, held: int, taken: int, items: int) -> Capacity:
    if profile is None:
        return Capacity(person, MINUTES_A_DAY, held, (), None, taken, items)
    return Capacity(person, profile.minutes_a_day, held, tuple(profile.skills), profile.most_taken, taken, items)
