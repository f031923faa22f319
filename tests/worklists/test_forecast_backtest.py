"""A forecast of four weeks ago against what happened since, on a made-up stream that is worked at a known pace."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Role, User
from denials.domain.days import is_business_day
from tests.cast import Cast
from tests.factories import QueueFactory
from tests.worklists.pages import item_at
from worklists import work
from worklists.domain.forecast import draw
from worklists.domain.forecast_plan import loss_by_week
from worklists.forecast.basis import basis_for
from worklists.models import Queue, WorkItem

pytestmark = pytest.mark.django_db
THEN = date(2026, 9, 14)
BEFORE, AFTER = 77, 28
A_DAY_CAME, A_DAY_DONE = (2, 3, 4, 5), (2, 3, 4)
"""More comes in than is worked: on 3.5 against 3 a day some of it must be lost."""
CHOSEN_BY_DATE = 0.9
"""People take what is due first nine times of ten, else anything."""


def morning(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 9))  # noqa: DTZ001 made aware here


def bring_in(day: date, cast: Cast, queue: Queue, random: Random) -> None:
    for _ in range(random.choice(A_DAY_CAME)):
        safe = day + timedelta(days=random.randint(10, 30))
        item_at(
            cast.here,
            queue=queue,
            denied_on=day,
            last_safe_on=safe,
            deadline=safe + timedelta(days=4),
            amount_at_risk=Decimal(random.choice([90, 240, 400, 950, 2600])),
        )


def work_off(day: date, cast: Cast, random: Random) -> None:
    for _ in range(random.choice(A_DAY_DONE)):
        rows = WorkItem.objects.filter(is_open=True, deadline__gte=day).order_by("last_safe_on", "-amount_at_risk")
        ids = list(rows.values_list("pk", flat=True))
        if ids:
            chosen = ids[0] if random.random() < CHOSEN_BY_DATE else random.choice(ids)
            work.resolve([chosen], random.choice([cast.sam, cast.sue]), resolution="no_action")


def one_day(day: date, cast: Cast, queue: Queue, random: Random) -> None:
    if is_business_day(day):
        with time_machine.travel(morning(day), tick=False):
            bring_in(day, cast, queue, random)
            work_off(day, cast, random)


def what_happened(first: date, last: date) -> tuple[int, Decimal]:
    """Items that nobody had finished by the end of a last safe day between these two."""
    lost = [
        item
        for item in WorkItem.objects.filter(last_safe_on__gte=first, last_safe_on__lte=last)
        if item.resolved_at is None or timezone.localdate(item.resolved_at) > item.last_safe_on
    ]
    return len(lost), sum((item.amount_at_risk for item in lost), Decimal(0))


def test_what_was_forecast_four_weeks_ago_is_near_what_happened(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    queue = QueueFactory.create(key="prior_auth", name="Authorization")
    User.objects.exclude(pk__in=[cast.sam.pk, cast.sue.pk, cast.mara.pk]).filter(role=Role.SPECIALIST).delete()
    random = Random(41)
    for number in range(-BEFORE, 0):
        one_day(THEN + timedelta(days=number), cast, queue, random)
    with time_machine.travel(morning(THEN), tick=False):
        basis = basis_for(cast.mara, THEN)
        weeks = loss_by_week({key: draw(load, "back-test") for key, load in basis.loads.items()})[:4]
    for number in range(AFTER):
        one_day(THEN + timedelta(days=number), cast, queue, random)
    lines = [f"forecast of {THEN}: {basis.open_items} open, {basis.per_day:.1f} finished a day (n={basis.finished})"]
    happened = []
    for number, week in enumerate(weeks):
        first = THEN + timedelta(weeks=number)
        items, dollars = what_happened(first, first + timedelta(days=6))
        happened.append((items, dollars))
        lines.append(
            f"week {number + 1}: {week.items.expected:5.1f} items ({week.items.low:.0f} to {week.items.high:.0f}), "
            f"${week.dollars.expected:7,.0f}; happened {items:3} items, ${dollars:7,.0f}"
        )
    with capsys.disabled():
        print("", *lines, sep="\n")  # noqa: T201 the comparison is what this test is for
    expected, came = sum(week.items.expected for week in weeks), sum(items for items, _ in happened)
    assert basis.is_measured
    assert came >= 8, "The stream must lose something, or the comparison says nothing."
    assert abs(expected - came) <= max(5.0, 0.3 * came)
    dollars_expected, dollars_came = sum(week.dollars.expected for week in weeks), float(sum(d for _, d in happened))
    assert abs(dollars_expected - dollars_came) <= max(2500.0, 0.4 * dollars_came)
