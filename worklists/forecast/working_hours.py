"""Who has time for which queue, day by day: people's minutes, their teams, and the days on which they are away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from accounts.access import WORKERS
from accounts.models import Role, User
from worklists.models import Absence
from worklists.models.workers import MINUTES_A_DAY


@dataclass(frozen=True, slots=True)
class Crew:
    """People by the queues of their teams; a specialist without a team works every queue."""

    names: tuple[str, ...]
    people: dict[int, int]
    """Minutes that each person works on a day."""
    by_queue: dict[int, tuple[int, ...]]
    away: frozenset[tuple[int, int]]
    """Person and day from today, for each day away."""

    @property
    def away_days(self) -> int:
        return len(self.away)

    def present(self, queue: int, day: int) -> float:
        """The share of the time of this queue's people that is there on a day; 1 where nobody is known."""
        people = self.by_queue.get(queue, ())
        total = sum(self.people[person] for person in people)
        here = sum(self.people[person] for person in people if (person, day) not in self.away)
        return here / total if total else 1.0

    def shares(self, work: dict[int, float]) -> dict[int, float]:
        """Minutes a day for each queue: each person's time, split over their queues by the work that stands there."""
        found: dict[int, float] = defaultdict(float)
        for person, minutes in self.people.items():
            queues = [queue for queue, people in self.by_queue.items() if person in people]
            weights = {queue: work.get(queue, 0.0) + 1.0 for queue in queues}
            for queue, weight in weights.items():
                found[queue] += minutes * weight / sum(weights.values())
        return dict(found)


def crew_of(queues: Mapping[int, Collection[int]], today: date, days: int) -> Crew:
    """Specialists, and managers who belong to a team; with their absences in these days. `queues`: each one that is
    worked, with its teams.
    """
    workers = User.objects.filter(is_active=True, role__in=WORKERS).annotate(
        team_ids=ids_of("teams"), minutes=Coalesce("work_profile__minutes_a_day", MINUTES_A_DAY)
    )
    workers = workers.order_by("last_name", "first_name", "username")  # a query that groups leaves the usual order out
    crew = [person for person in workers if person.role == Role.SPECIALIST or person.team_ids]
    by_queue = {
        queue: tuple(person.pk for person in crew if not person.team_ids or {*person.team_ids} & {*teams})
        for queue, teams in queues.items()
    }
    people = {person.pk: person.minutes for person in crew}
    return Crew(tuple(map(str, crew)), people, by_queue, _away(people, today, days))


def ids_of(related: str) -> ArrayAgg:
    """The ids of what a row is related to, read with the row."""
    return ArrayAgg(related, filter=Q(**{f"{related}__isnull": False}), default=Value([]))


def _away(people: dict[int, int], today: date, days: int) -> frozenset[tuple[int, int]]:
    last = today + timedelta(days=days - 1)
    standing = Absence.objects.filter(is_cancelled=False, ended_at=None)
    rows = standing.filter(person__in=people, first_day__lte=last, last_day__gte=today)
    return frozenset(
        (person, day)
        for person, first, until in rows.values_list("person_id", "first_day", "last_day")
        for day in range(max(0, (first - today).days), min(days, (until - today).days + 1))
    )
