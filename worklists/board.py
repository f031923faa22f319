"""Where the work stands, by queue and by person: read from what was counted ahead, however much work there is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Min, Q, Sum
from django.urls import reverse

from accounts.access import WORKERS
from accounts.formatting import dollars
from accounts.models import User
from worklists import rollup
from worklists.domain import weeks
from worklists.filter_vocabulary import NOBODY
from worklists.models import BoardCell, DayCount, Queue, WorkItem
from worklists.models.queues import UNROUTED
from worklists.recovered import RECENT_DAYS
from worklists.rollup import WEEK

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much work there is, how pressing it is, and how fast it comes and goes. `arrived`, `cleared`: seven days."""

    open: int = 0
    at_risk: Decimal = NOTHING
    overdue: int = 0
    due: int = 0
    unowned: int = 0
    waiting: int = 0
    asking: int = 0
    escalated: int = 0
    oldest: date | None = None
    arrived: int = 0
    cleared: int = 0
    backlog: int | None = None
    """Working days until what is open is closed, at the pace of the last seven days; None: nothing was closed."""


@dataclass(frozen=True, slots=True)
class Week:
    """The dollars whose deadline lies in one week, and the list of them."""

    key: str
    amount: Decimal
    url: str

    @property
    def label(self) -> str:
        return weeks.WORDS[self.key]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One queue or one person. `links` leads from each number to the list of exactly these items."""

    label: str
    url: str
    numbers: Numbers
    weeks: list[Week]
    links: dict[str, str]
    is_unrouted: bool = False
    note: str = ""

    @property
    def is_quiet(self) -> bool:
        """Nothing open, and nothing came or went."""
        return not (self.numbers.open or self.numbers.arrived or self.numbers.cleared)

    @property
    def has_weeks(self) -> bool:
        return any(week.amount for week in self.weeks)


@dataclass(frozen=True, slots=True)
class Day:
    """What came in and what was closed on one day."""

    day: date
    arrived: int
    cleared: int
    arrived_url: str
    cleared_url: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came back lately, and the list of it."""

    amount: Decimal
    items: int
    url: str
    days: int = RECENT_DAYS


@dataclass(frozen=True, slots=True)
class Board:
    """What a manager sees, and as of when."""

    total: BoardRow
    recovered: Recovered
    queues: list[BoardRow]
    people: list[BoardRow]
    days: list[Day]
    weeks: list[weeks.Span]
    as_of: datetime

    @property
    def quiet_queues(self) -> list[BoardRow]:
        return [row for row in self.queues if row.is_quiet]

    @property
    def quiet_people(self) -> list[BoardRow]:
        return [row for row in self.people if row.is_quiet]

    @property
    def has_undated(self) -> bool:
        return any(week.amount for week in self.total.weeks if week.key == weeks.UNDATED)

    @property
    def week_bars(self) -> list[dict[str, Any]]:
        """For `components/months.html`: what is past and the next weeks. What is later would dwarf them."""
        shown = [week for week in self.total.weeks if week.key not in (weeks.LATER, weeks.UNDATED)]
        most = max((week.amount for week in shown), default=NOTHING)
        tones = {weeks.PAST: "late", weeks.week_key(0): "soon"}
        return [
            {
                "label": week.label,
                "value": dollars(week.amount),
                "share": int(100 * week.amount / most) if most else 0,
                "url": week.url,
                "tone": tones.get(week.key, ""),
            }
            for week in shown
        ]

    @property
    def later(self) -> Week:
        return next(week for week in self.total.weeks if week.key == weeks.LATER)


SUMS = (
    "open", "at_risk", "overdue", "due", "unowned", "waiting", "asking", "escalated", "arrived", "cleared",
    "recovered", "recovered_items", *weeks.KEYS, weeks.UNDATED,
)  # fmt: skip
Counted = dict[str, Any]


def board_for(user: User, today: date) -> Board:
    """The work that `user` may see. Queues and people without any stay listed: an empty one is news too."""
    as_of = rollup.ready_for(user, today)
    by_queue, by_person = read(user)
    total = _sum(list(by_queue.values()))
    queues = [
        _queue_row(queue, by_queue.get(queue.pk, {}), today)
        for queue in Queue.objects.all()
        if queue.is_active or queue.pk in by_queue
    ]
    people = [
        _person_row(worker, by_person.get(worker.pk, {}), today)
        for worker in User.objects.filter(Q(is_active=True, role__in=WORKERS) | Q(pk__in=[*by_person]))
    ]
    return Board(
        total=BoardRow(
            "All queues", reverse("all_items"), _numbers(total, today), _weeks(total, {}), _links({}, total)
        ),
        recovered=Recovered(
            total.get("recovered", NOTHING), total.get("recovered_items", 0), _address(recovered=RECENT_DAYS)
        ),
        queues=sorted(queues, key=lambda row: (not row.is_unrouted, -row.numbers.open, row.label)),
        people=sorted(people, key=lambda row: (-row.numbers.overdue, -row.numbers.open, row.label)),
        days=days_of(user, today),
        weeks=weeks.spans(today),
        as_of=as_of,
    )


def read(user: User) -> tuple[dict[int, Counted], dict[int, Counted]]:
    """What was counted, by queue and by person, of the facilities that `user` may see."""
    rows = BoardCell.objects.visible_to(user).order_by().values("queue_id", "owner_id")
    by_queue: dict[int, Counted] = {}
    by_person: dict[int, Counted] = {}
    for row in rows.annotate(**{f"all_{name}": Sum(name) for name in SUMS}, all_oldest=Min("oldest")):
        counted = {name.removeprefix("all_"): value for name, value in row.items() if name.startswith("all_")}
        if row["queue_id"] is not None:
            by_queue[row["queue_id"]] = counted
        else:
            by_person[row["owner_id"]] = counted
    return by_queue, by_person


def _queue_row(queue: Queue, counted: Counted, today: date) -> BoardRow:
    who = {"queue": queue.pk}
    return BoardRow(
        label=queue.name,
        url=reverse("queue", args=[queue.key]),
        numbers=_numbers(counted, today),
        weeks=_weeks(counted, who),
        links=_links(who, counted),
        is_unrouted=queue.key == UNROUTED,
        note="" if queue.is_active else "switched off",
    )


def _person_row(worker: User, counted: Counted, today: date) -> BoardRow:
    who = {"owner": worker.pk}
    return BoardRow(
        label=str(worker),
        url=_address(**who),
        numbers=_numbers(counted, today),
        weeks=_weeks(counted, who),
        links=_links(who, counted),
        note="" if worker.is_active else "no longer works here",
    )


def _numbers(counted: Counted, today: date) -> Numbers:
    found = {field.name: counted[field.name] for field in fields(Numbers) if field.name in counted}
    return Numbers(**found, backlog=_backlog(counted.get("open", 0), counted.get("cleared", 0), today))


def _backlog(open_items: int, cleared: int, today: date) -> int | None:
    """Rounded up, so that a rest of work is a rest of a day."""
    days = rollup.working_days(today)
    return -(-open_items * days // cleared) if cleared and days else None


def _weeks(counted: Counted, who: Counted) -> list[Week]:
    spans = [*((key, "overdue" if key == weeks.PAST else key) for key in weeks.KEYS), (weeks.UNDATED, weeks.UNDATED)]
    return [Week(key, counted.get(key, NOTHING), _address(**who, due=due)) for key, due in spans]


def _links(who: Counted, counted: Counted) -> dict[str, str]:
    closer = {"closed_by": who["owner"]} if "owner" in who else who
    is_held = "owner" in who and counted.get("open")
    return {
        "reassign": f"{reverse('reassign')}?{urlencode(who)}" if is_held else "",
        "open": _address(**who),
        "overdue": _address(**who, due="overdue"),
        "due": _address(**who, due=WEEK),
        "unowned": _address(**who, owner=NOBODY) if "owner" not in who else "",
        "waiting": _address(**who, status=WorkItem.Status.WAITING.value),
        "asking": _address(**who, status=WorkItem.Status.ASKING.value),
        "escalated": _address(**who, escalated="yes"),
        "arrived": _address(**who, arrived=WEEK),
        "cleared": _address(**closer, cleared=WEEK),
        "oldest": _address(**who, denied_on=counted["oldest"]) if counted.get("oldest") else "",
    }


def days_of(user: User, today: date) -> list[Day]:
    first = rollup.first_of_week(today)
    rows = DayCount.objects.visible_to(user).filter(day__gte=first).order_by().values_list("day")
    found = {day: (came, went) for day, came, went in rows.annotate(Sum("arrived"), Sum("cleared"))}
    return [
        Day(day, came, went, _address(arrived_on=day), _address(cleared_on=day))
        for day in (first + timedelta(days=number) for number in range(WEEK))
        for came, went in [found.get(day, (0, 0))]
    ]


def _address(**query: Any) -> str:
    return f"{reverse('all_items')}?{urlencode(query)}" if query else reverse("all_items")


def _sum(rows: list[Counted]) -> Counted:
    """What all queues have together: each item stands in exactly one."""
    if not rows:
        return {}
    total: Counted = {name: sum(row[name] for row in rows) for name in SUMS}
    return total | {"oldest": min((row["oldest"] for row in rows if row["oldest"]), default=None)}
