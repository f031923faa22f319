"""Counts the board ahead, set-based, and again when work has changed. One at a time, and nobody waits for another."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, DecimalField, Exists, F, Min, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import User
from denials.domain.days import is_business_day
from worklists.arrivals_and_closings import arrived_since, cleared_since
from worklists.domain import weeks
from worklists.domain.transitions import DEADLINE_RUNS
from worklists.models import Activity, BoardCell, BoardState, DayCount, WorkItem
from worklists.recovered import RECENT_DAYS, recovered_within

FRESH_SECONDS = 30
"""How old the board's numbers may be before they are counted again."""
WEEK = 7
HISTORY_DAYS = 70
"""Days that are kept, ten of each weekday: what the forecast expects comes from them."""
LATE_COMMITS = 100
"""A change may become visible after a later one; so many rows back it is still seen."""
WORK_VERSION = f"""
(SELECT concat_ws('.', coalesce(max(id), 0), coalesce(sum(id), 0))
    FROM (SELECT id FROM worklists_activity ORDER BY id DESC LIMIT {LATE_COMMITS}) AS newest)
"""
"""Read off the end of an index. With a bound on the id instead of a limit, PostgreSQL expects a third of all rows."""
LOCK = 4021
ZERO = Value(Decimal("0.00"), DecimalField(max_digits=16, decimal_places=2))


def ready_for(user: User, today: date) -> datetime:
    """As of when the numbers are, counted again first if older than `FRESH_SECONDS` or this person's last change."""
    own = Activity.objects.filter(actor=user, at__gt=OuterRef("as_of"))
    state = BoardState.objects.annotate(is_behind=Exists(own)).first()
    if state is None:
        return refresh(today, must=True)
    is_old = timezone.now() - state.as_of > timedelta(seconds=FRESH_SECONDS)
    if is_old or state.is_behind or state.today != today:
        return refresh(today)
    return state.as_of


def days_ready(today: date) -> None:
    """Counts the days before this week, where nobody did today: what changes on a day leaves them as they are."""
    if not BoardState.objects.filter(today=today).exists():
        refresh(today, must=True)


@transaction.atomic
def refresh(today: date, *, must: bool = False) -> datetime:
    """Counts everything again unless nothing changed. While somebody else counts, theirs will do; `must` waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)" if must else "SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        is_mine = must or cursor.fetchone() == (True,)
    state = BoardState.objects.first()
    if not is_mine:
        return state.as_of if state else timezone.now()
    now, version = timezone.now(), work_version()
    if state is None or (state.version, state.today) != (version, today):
        count_all(today, is_new_day=state is None or state.today != today)
    BoardState.objects.update_or_create(pk=1, defaults={"as_of": now, "today": today, "version": version})
    return now


def counted_version() -> str:
    """Up to which change of work the board is counted."""
    return BoardState.objects.values_list("version", flat=True).first() or ""


def work_version() -> str:
    """A word that changes whenever work does: every change of an item leaves an Activity. Costs next to nothing."""
    return _version(f"SELECT {WORK_VERSION}")


def work_and_news_version() -> str:
    """The same for pages that also show what people were told about it."""
    return _version(f"SELECT {WORK_VERSION}, ({NEWEST_TOLD})")


def _version(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return ".".join(map(str, cursor.fetchone()))


NEWEST_TOLD = "SELECT coalesce(max(id), 0) FROM worklists_notification"


def measures(today: date) -> dict[str, Any]:
    """What is counted of open items, by the column that keeps it."""
    runs = Q(status__in=DEADLINE_RUNS)  # what was sent is answered, its deadline runs no more
    return {
        "open": Count("pk"),
        "at_risk": _dollars(Q()),
        "overdue": Count("pk", filter=runs & Q(deadline__lt=today)),
        "due": Count("pk", filter=runs & Q(deadline__gte=today, deadline__lte=today + timedelta(days=WEEK))),
        "unowned": Count("pk", filter=Q(assignee=None)),
        "waiting": Count("pk", filter=Q(status=WorkItem.Status.WAITING)),
        "asking": Count("pk", filter=Q(status=WorkItem.Status.ASKING)),
        "escalated": Count("pk", filter=Q(escalated_on__isnull=False)),
        "oldest": Min("denied_on"),
        **{span.key: _dollars(runs & _within(span)) for span in weeks.spans(today)},
        "undated": _dollars(runs & Q(deadline=None)),
    }


def first_of_week(today: date) -> date:
    """Seven days back, today included."""
    return today - timedelta(days=WEEK - 1)


def working_days(today: date) -> int:
    """How many of these seven days are neither weekend nor federal holiday."""
    first = first_of_week(today)
    return sum(is_business_day(first + timedelta(days=number)) for number in range(WEEK))


def count_all(today: date, *, is_new_day: bool) -> None:
    items, since = WorkItem.objects.order_by(), first_of_week(today)
    open_items, arrived = items.filter(is_open=True), items.filter(arrived_since(since))
    cleared, recovered = items.filter(cleared_since(since)), items.filter(recovered_within(RECENT_DAYS, today))
    BoardCell.objects.all().delete()
    for column, group in (("queue_id", "queue_id"), ("owner_id", "assignee_id")):
        _keep(column, open_items, group, measures(today))
        _keep(column, arrived, group, {"arrived": Count("pk")})
    _keep("queue_id", cleared, "queue_id", {"cleared": Count("pk")})
    _keep("owner_id", cleared, "resolved_by_id", {"cleared": Count("pk")})
    _keep("queue_id", recovered, "queue_id", {"recovered": Sum("recovered_amount"), "recovered_items": Count("pk")})
    _count_days(today - timedelta(days=HISTORY_DAYS) if is_new_day else since)


def _keep(column: str, rows: QuerySet[Any], group: str, counted: dict[str, Any]) -> None:
    """One row for each facility and queue, or facility and person; what has none is counted by the other."""
    found = rows.filter(**{f"{group}__isnull": False}).values_list("facility_id", group).annotate(**counted)
    _insert(BoardCell, ["facility_id", column, *counted], found)


def _count_days(since: date) -> None:
    DayCount.objects.filter(day__gte=since).delete()
    items = WorkItem.objects.order_by()
    for column, rows, on in (
        ("arrived", items.filter(arrived_since(since)), TruncDate("created_at")),
        ("cleared", items.filter(cleared_since(since)), TruncDate("resolved_at")),
        ("denied", items.filter(denied_on__gte=since), F("denied_on")),
    ):
        found = rows.annotate(on=on).values_list("facility_id", "queue_id", "on").annotate(n=Count("pk"))
        _insert(DayCount, ["facility_id", "queue_id", "day", column], found)


def _insert(model: type[BoardCell] | type[DayCount], columns: list[str], found: QuerySet[Any, Any]) -> None:
    """INSERT ... SELECT: the rows never leave the database. What is not counted here is 0."""
    others = [f for f in model._meta.local_concrete_fields if f.has_default() and f.attname not in columns]
    sql, values = found.query.sql_with_params()
    names = ", ".join([*columns, *(field.attname for field in others)])
    zeros = "".join(", 0" for _ in others)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({names}) SELECT counted.*{zeros} FROM ({sql}) AS counted", values
        )


def _within(span: weeks.Span) -> Q:
    first = Q(deadline__gte=span.first) if span.first else Q()
    last = Q(deadline__lte=span.last) if span.last else Q()
    return first & last


def _dollars(which: Q) -> Any:
    return Sum("amount_at_risk", filter=which, default=ZERO)
