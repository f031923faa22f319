"""What the forecast starts from: the open items that can be lost in six weeks, what comes in, and who has time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Avg, Count, DateField, FloatField, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce, Greatest, TruncDate

from accounts.models import User
from denials.domain.days import is_business_day
from worklists import rollup
from worklists.domain.forecast import HORIZON, Cell, Load, Profile
from worklists.forecast import last_safe
from worklists.forecast.pace import PACE_DAYS, finished
from worklists.forecast.working_hours import crew_of, ids_of
from worklists.models import Activity, DayCount, Queue, WorkItem

ARRIVAL_DAYS = 56
"""Eight weeks of denials tell how many come in: eight of each weekday."""
SETTLED_DAYS = 7
"""The newest days are left out: what payers decided then is still arriving."""
ENOUGH = 20
ENOUGH_DAYS = 5
"""Items that were finished, on so many working days: with fewer, time comes from the calendar instead of the pace."""
MOST_PROFILES = 3000
USUAL_PACES = (0.8, 1.0, 1.2)


@dataclass(frozen=True, slots=True)
class Basis:
    """The queues with all that is known of them, and how much each assumption rests on."""

    today: date
    loads: dict[int, Load]
    names: dict[int, str]
    working: tuple[bool, ...]
    open_items: int
    late_items: int
    late_dollars: float
    denied: int
    """Denials of the eight weeks that tell what comes in."""
    finished: int
    """How often people finished an item in the four weeks that tell the pace."""
    finished_items: int
    """The items of these: one that was sent and later closed is one."""
    per_day: float
    """Items that people finish on a working day."""
    days: int
    """Working days that tell it."""
    is_measured: bool
    crew: tuple[str, ...]
    """Who works, by name."""
    away_days: int


def basis_for(user: User, today: date) -> Basis:
    """Reads the work that `user` may see; a handful of questions however much it is."""
    rollup.days_ready(today)
    cells = _cells(user, today)
    every = Queue.objects.annotate(team_ids=ids_of("teams")).order_by("name")
    shown = [queue for queue in every if queue.is_active or queue.pk in cells]
    queues = {queue.pk: queue.name for queue in shown}
    came, denied = _came(user, today)
    profiles = _profiles(user, today)
    crew = crew_of({queue.pk: queue.team_ids for queue in shown if queue.is_active}, today, HORIZON)
    pace = _pace(user, today)
    times = sum(sum(items for items, _ in found.values()) for found in pace.values())
    days = _working_days(pace, today)
    is_measured = times >= ENOUGH and len(days) >= ENOUGH_DAYS
    minutes = _measured_minutes(pace, days) if is_measured else crew.shares({key: _work(cells[key]) for key in cells})
    working = tuple(is_business_day(today + timedelta(days=day)) for day in range(HORIZON))
    loads = {
        key: Load(
            queue=key,
            cells=tuple(cells.get(key, ())),
            minutes=tuple(minutes.get(key, 0.0) * crew.present(key, day) * working[day] for day in range(HORIZON)),
            came=came.get(key, ((),) * 7),
            profiles=tuple(profiles.get(key, ())),
            paces=_paces(pace.get(key, {}), days) if is_measured else USUAL_PACES,
            weekday=today.weekday(),
        )
        for key in queues
    }
    late = [cell for each in cells.values() for cell in each if cell.is_late]
    return Basis(
        today=today,
        loads=loads,
        names=queues,
        working=working,
        open_items=sum(cell.number for each in cells.values() for cell in each if not cell.is_late),
        late_items=sum(cell.number for cell in late),
        late_dollars=sum(sum(cell.dollars) for cell in late),
        denied=denied,
        finished=times,
        finished_items=_finished(user, today).values("item").distinct().count(),
        per_day=times / max(1, len(days)),
        days=len(days),
        is_measured=is_measured,
        crew=crew.names,
        away_days=crew.away_days,
    )


def _cells(user: User, today: date) -> dict[int, list[Cell]]:
    """Open items whose last safe day lies in the six weeks; of late ones, those whose deadline still runs."""
    rows = (
        WorkItem.objects.visible_to(user)
        .filter(last_safe.condition(last_safe.AHEAD, today) | last_safe.condition(last_safe.PASSED, today))
        .order_by()
        .annotate(
            expires=Coalesce("last_safe_on", "deadline"),
            ready=Greatest(Coalesce("postponed_until", Value(today, DateField())), Value(today, DateField())),
        )
        .values("queue_id", "expires", "deadline", "ready")
        .annotate(
            ids=ArrayAgg("pk", order_by=["-amount_at_risk", "pk"]),
            dollars=ArrayAgg(Cast("amount_at_risk", FloatField()), order_by=["-amount_at_risk", "pk"]),
            minutes=Avg("expected_minutes"),
        )
        .order_by("queue_id", "expires", "deadline", "ready")
    )
    found: dict[int, list[Cell]] = defaultdict(list)
    for row in rows:
        found[row["queue_id"]].append(
            Cell(
                expires=(row["expires"] - today).days,
                ends=(row["deadline"] - today).days,
                dollars=tuple(row["dollars"]),
                minutes=max(row["minutes"], 1.0),
                ready=(row["ready"] - today).days,
                ids=tuple(row["ids"]),
            )
        )
    return dict(found)


def _came(user: User, today: date) -> tuple[dict[int, tuple[tuple[int, ...], ...]], int]:
    """By queue and weekday how many denials such days brought; days without any count as well."""
    last = today - timedelta(days=SETTLED_DAYS)
    first = last - timedelta(days=ARRIVAL_DAYS - 1)
    rows = DayCount.objects.visible_to(user).filter(day__gte=first, day__lte=last, denied__gt=0).order_by()
    counted: dict[int, dict[date, int]] = defaultdict(dict)
    for queue, day, number in rows.values_list("queue_id", "day").annotate(number=Sum("denied")):
        counted[queue][day] = number
    days = [first + timedelta(days=number) for number in range(ARRIVAL_DAYS)]
    came = {
        queue: tuple(tuple(found.get(day, 0) for day in days if day.weekday() == weekday) for weekday in range(7))
        for queue, found in counted.items()
    }
    return came, sum(sum(found.values()) for found in counted.values())


def _profiles(user: User, today: date) -> dict[int, list[Profile]]:
    """The newest denials by queue: how long they could wait, what they were worth, how long they take."""
    rows = (
        WorkItem.objects.visible_to(user)
        .filter(denied_on__gte=today - timedelta(days=ARRIVAL_DAYS + SETTLED_DAYS), deadline__isnull=False)
        .order_by("-pk")
        .annotate(safe=Coalesce("last_safe_on", "deadline"))
        .values_list("queue_id", "denied_on", "safe", "deadline", "amount_at_risk", "expected_minutes")[:MOST_PROFILES]
    )
    found: dict[int, list[Profile]] = defaultdict(list)
    for queue, denied_on, safe, deadline, dollars, minutes in rows:
        days, ends = (safe - denied_on).days, (deadline - denied_on).days
        found[queue].append(Profile(days, ends, float(dollars), max(minutes, 1.0)))
    return found


Pace = dict[int, dict[date, tuple[int, float]]]


def _pace(user: User, today: date) -> Pace:
    """By queue and day the items that people sent or closed, and the minutes that such items are expected to take."""
    rows = (
        _finished(user, today)
        .values_list("item__queue_id", TruncDate("at"))
        .annotate(items=Count("item", distinct=True), minutes=Sum("item__expected_minutes"))
    )
    found: Pace = defaultdict(dict)
    for queue, day, items, minutes in rows:
        found[queue][day] = (items, minutes)
    return found


def _finished(user: User, today: date) -> QuerySet[Activity]:
    return finished(today).filter(item__in=WorkItem.objects.visible_to(user)).order_by()


def _measured_minutes(pace: Pace, days: list[date]) -> dict[int, float]:
    """Minutes of work that a queue got on a working day; what was done on a weekend is spread over them."""
    return {queue: sum(minutes for _, minutes in found.values()) / len(days) for queue, found in pace.items()}


def _paces(found: dict[date, tuple[int, float]], days: list[date]) -> tuple[float, ...]:
    """Each working day of these weeks as a share of the usual one."""
    total = sum(found[day][1] for day in days if day in found)
    if not total:
        return (1.0,)
    return tuple(found.get(day, (0, 0.0))[1] * len(days) / total for day in days)


def _working_days(pace: Pace, today: date) -> list[date]:
    """The working days of these weeks, from the first on which anything was finished."""
    first = min((day for found in pace.values() for day in found), default=today)
    days = [today - timedelta(days=number) for number in range(1, PACE_DAYS + 1)]
    return [day for day in days if day >= first and is_business_day(day)]


def _work(cells: list[Cell]) -> float:
    return sum(cell.minutes * cell.number for cell in cells)
