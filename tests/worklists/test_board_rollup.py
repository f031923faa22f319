"""The board counted ahead: exactly what its lists hold, for exactly who may see it, as of when it says."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from tests.cast import Cast
from tests.factories import QueueFactory
from tests.worklists.pages import item_at, signed_in
from worklists import rollup, work
from worklists.board import Board, BoardRow, board_for
from worklists.domain import weeks
from worklists.models import BoardState, DayCount, WorkItem

pytestmark = pytest.mark.django_db
COUNTED = ("open", "overdue", "due", "unowned", "waiting", "asking", "escalated", "arrived", "cleared")


@pytest.fixture
def stocked(cast: Cast) -> Cast:
    """Work of every state and age at both clinics, in two queues and one that is switched off."""
    today = timezone.localdate()
    queues = [QueueFactory.create(key=key, name=key.title()) for key in ("auth", "coding", "gone")]
    queues[2].is_active = False
    queues[2].save()
    deadlines = [None, -3, 0, 4, 6, 7, 12, 20, 27, 35, 41, 42, 48, 90]
    for number, (days, place) in enumerate(product(deadlines, (cast.here, cast.there))):
        item = item_at(
            place,
            queue=queues[number % 3],
            deadline=None if days is None else today + timedelta(days=days),
            amount_at_risk=Decimal(100 + number),
            rank_key=float(number),
        )
        worker = cast.sam if place == cast.here else cast.otto
        if number % 4 == 1:
            work.take([item.pk], worker)
        if number % 5 == 2:
            work.wait_for_payer([item.pk], worker, follow_up_on=today + timedelta(days=9))
        if number % 6 == 3:
            work.resolve([item.pk], worker, resolution="appeal", settlement="overturned", recovered_amount=Decimal(50))
        if number % 7 == 0:
            WorkItem.objects.filter(pk=item.pk).update(created_at=timezone.now() - timedelta(days=number))
    for status, values in (("asking", {}), ("taken", {"escalated_on": today})):
        WorkItem.objects.filter(pk=item_at(cast.here, queue=queues[0], assignee=cast.sam).pk).update(
            status=status, **values
        )
    cast.sue.is_active = False
    cast.sue.save()
    WorkItem.objects.filter(pk=item_at(cast.here).pk).update(assignee=cast.sue)
    return cast


def of_one_clinic(user: User, cast: Cast) -> User:
    user.all_facilities = False
    user.save()
    user.facilities.set([cast.here])
    return user


@pytest.mark.parametrize("is_limited", [False, True])
def test_every_number_is_that_of_the_list_it_opens(stocked: Cast, is_limited: bool) -> None:
    user = of_one_clinic(stocked.mara, stocked) if is_limited else stocked.mara
    client = signed_in(user)
    board: Board = client.get("/board/").context["board"]
    seen = 0
    for row in [board.total, *board.queues, *board.people]:
        for name in COUNTED:
            if row.links[name] and (number := getattr(row.numbers, name)):
                assert shown(client, row.links[name]).shown == number, (row.label, name)
                seen += 1
        for week in row.weeks:
            if week.amount or row is board.total:
                assert shown(client, week.url).at_risk == week.amount, (row.label, week.key)
    for day in board.days:
        assert shown(client, day.arrived_url).shown == day.arrived
        assert shown(client, day.cleared_url).shown == day.cleared
    assert shown(client, board.recovered.url).shown == board.recovered.items
    assert seen > 25


def shown(client: Any, url: str) -> Any:
    return client.get(url).context["counts"]


def test_the_oldest_denial_opens_the_denials_of_its_day(stocked: Cast) -> None:
    client = signed_in(stocked.mara)
    row = client.get("/board/").context["board"].total
    assert row.numbers.oldest == WorkItem.objects.filter(is_open=True).earliest("denied_on").denied_on
    found = client.get(row.links["oldest"]).context["counts"].shown
    assert found == WorkItem.objects.filter(is_open=True, denied_on=row.numbers.oldest).count()


@pytest.mark.parametrize("is_limited", [False, True])
def test_what_was_counted_ahead_equals_what_is_counted_directly(stocked: Cast, is_limited: bool) -> None:
    user = of_one_clinic(stocked.mara, stocked) if is_limited else stocked.mara
    today = timezone.localdate()
    total = board_for(user, today).total
    directly = WorkItem.objects.visible_to(user).filter(is_open=True).aggregate(**rollup.measures(today))
    for name in ("open", "at_risk", "overdue", "due", "unowned", "waiting", "asking", "escalated", "oldest"):
        assert getattr(total.numbers, name) == directly[name], name
    assert {week.key: week.amount for week in total.weeks} == {key: directly[key] for key in (*weeks.KEYS, "undated")}


def test_somebody_without_a_facility_sees_nothing(stocked: Cast) -> None:
    stocked.mara.all_facilities = False
    stocked.mara.save()
    board = board_for(stocked.mara, timezone.localdate())
    assert board.total.numbers.open == 0
    assert sum(day.arrived for day in board.days) == 0


def test_each_row_of_queues_adds_up_to_the_total(stocked: Cast) -> None:
    board = board_for(stocked.mara, timezone.localdate())
    for name in (*COUNTED, "at_risk"):
        assert sum(getattr(row.numbers, name) for row in board.queues) == getattr(board.total.numbers, name), name


def test_the_backlog_is_in_working_days_and_says_when_there_is_no_pace(cast: Cast) -> None:
    today = timezone.localdate()
    item_at(cast.here)
    assert the_queue(board_for(cast.mara, today)).numbers.backlog is None
    assert "no pace" in signed_in(cast.mara).get("/board/").content.decode()
    done = [item_at(cast.here).pk for _ in range(5)]
    for _ in range(6):
        item_at(cast.here)
    work.resolve(done, cast.mara, resolution="no_action")
    numbers = the_queue(board_for(cast.mara, today)).numbers
    assert (numbers.open, numbers.cleared) == (7, 5)
    working = rollup.working_days(today)
    assert numbers.backlog == -(-7 * working // 5)


def the_queue(board: Board) -> BoardRow:
    return next(row for row in board.queues if row.label == "Authorization")


def test_others_changes_show_after_half_a_minute_and_ones_own_at_once(cast: Cast) -> None:
    today = timezone.localdate()
    items = [item_at(cast.here).pk for _ in range(3)]
    assert board_for(cast.mara, today).total.numbers.open == 3
    work.resolve(items[:1], cast.sam, resolution="no_action")
    assert board_for(cast.mara, today).total.numbers.open == 3
    BoardState.objects.update(as_of=timezone.now() - timedelta(seconds=rollup.FRESH_SECONDS + 1))
    assert board_for(cast.mara, today).total.numbers.open == 2
    work.resolve(items[1:2], cast.mara, resolution="no_action")
    assert board_for(cast.mara, today).total.numbers.open == 1


def test_it_says_as_of_when(cast: Cast) -> None:
    item_at(cast.here)
    board = board_for(cast.mara, timezone.localdate())
    assert board.as_of == BoardState.objects.get().as_of
    at = timezone.localtime(board.as_of)
    assert f"as of {at:%H:%M}" in signed_in(cast.mara).get("/board/").content.decode()


def test_nothing_is_counted_again_while_no_work_changes(cast: Cast) -> None:
    today = timezone.localdate()
    item_at(cast.here)
    rollup.refresh(today)
    first = set(DayCount.objects.values_list("pk"))
    rollup.refresh(today)
    assert set(DayCount.objects.values_list("pk")) == first
    work.note([WorkItem.objects.get().pk], cast.sam, text="A change.")
    rollup.refresh(today)
    assert set(DayCount.objects.values_list("pk")) != first


def test_a_new_day_is_counted_from_its_own_morning(cast: Cast) -> None:
    today = timezone.localdate()
    item_at(cast.here, deadline=today)
    assert board_for(cast.mara, today).total.numbers.overdue == 0
    assert board_for(cast.mara, today + timedelta(days=1)).total.numbers.overdue == 1


def test_the_days_are_those_of_the_practice_not_of_greenwich(cast: Cast) -> None:
    late_evening = timezone.make_aware(datetime(2026, 11, 17, 23, 30))  # noqa: DTZ001 made aware here
    WorkItem.objects.filter(pk=item_at(cast.here).pk).update(created_at=late_evening)
    rollup.refresh(late_evening.date() + timedelta(days=1))
    assert [each.day for each in DayCount.objects.filter(arrived=1)] == [late_evening.date()]


@pytest.mark.django_db(transaction=True)
def test_while_somebody_else_counts_the_numbers_that_are_there_are_shown(cast: Cast) -> None:
    today = timezone.localdate()
    item_at(cast.here)
    before = rollup.refresh(today)
    work.note([WorkItem.objects.get().pk], cast.sam, text="A change.")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [rollup.LOCK])
        assert rollup.refresh(today) == before
        assert board_for(cast.mara, today).total.numbers.open == 1
    finally:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [rollup.LOCK])
        other.close()
    assert rollup.refresh(today) > before
