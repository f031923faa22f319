"""Reminders: raised once for each day and distance, dismissed by doing something, told to managers near the end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from tests.cast import Cast
from tests.worklists.pages import item_at, signed_in
from worklists import work
from worklists.models import Reminder, ReminderDay, WorkItem
from worklists.watch import reminding, watch_settings

DEADLINE, SAFE = date(2026, 12, 15), date(2026, 12, 8)


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    watch_settings.load()
    return item_at(cast.here, assignee=cast.sam, status="taken", deadline=DEADLINE, last_safe_on=SAFE)


def raised(on: date) -> list[tuple[str, int]]:
    reminding.remind(on)
    return sorted(Reminder.objects.values_list("kind", "days_before"))


def test_each_distance_is_told_once_for_the_safe_day_and_the_deadline(item: WorkItem) -> None:
    assert raised(SAFE - timedelta(days=15)) == []
    assert raised(SAFE - timedelta(days=14)) == [("safe", 14)]
    assert raised(SAFE - timedelta(days=13)) == [("safe", 14)]
    assert raised(SAFE - timedelta(days=7)) == [("deadline", 14), ("safe", 7), ("safe", 14)]
    assert reminding.remind(SAFE - timedelta(days=7)) == 0


def test_after_days_without_a_run_only_todays_distance_is_told(item: WorkItem) -> None:
    assert raised(SAFE - timedelta(days=5)) == [("deadline", 14), ("safe", 7)]


def test_one_day_that_is_both_is_one_reminder(cast: Cast, item: WorkItem) -> None:
    WorkItem.objects.update(last_safe_on=DEADLINE)
    assert raised(DEADLINE) == [("deadline", 0)]
    assert raised(DEADLINE + timedelta(days=1)) == [("deadline", 0)]


def test_what_was_sent_or_resolved_is_not_reminded_of(cast: Cast, item: WorkItem) -> None:
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=DEADLINE)
    assert raised(SAFE) == []


def test_acting_dismisses_it_until_the_next_one(cast: Cast, item: WorkItem) -> None:
    near = SAFE - timedelta(days=14)
    reminding.remind(near)
    assert list(reminding.reminded(cast.sam, near)) == [item]
    assert list(reminding.reminded(cast.sue, near)) == []

    work.note([item.pk], cast.sam, text="Called")

    assert list(reminding.reminded(cast.sam, near)) == []
    reminding.remind(SAFE - timedelta(days=7))
    assert list(reminding.reminded(cast.sam, SAFE - timedelta(days=7))) == [item]


def test_a_day_that_moved_takes_its_reminders_with_it(cast: Cast, item: WorkItem) -> None:
    near = SAFE - timedelta(days=14)
    reminding.remind(near)
    WorkItem.objects.update(last_safe_on=SAFE + timedelta(days=30), deadline=DEADLINE + timedelta(days=30))
    assert list(reminding.reminded(cast.sam, near)) == []


def test_managers_are_told_near_the_end_and_of_what_nobody_has(cast: Cast, item: WorkItem) -> None:
    free = item_at(cast.here, deadline=DEADLINE, last_safe_on=SAFE)
    reminding.remind(SAFE - timedelta(days=14))
    assert list(reminding.reminded_as_manager(cast.mara, SAFE - timedelta(days=14))) == [free]
    reminding.remind(SAFE - timedelta(days=1))
    assert set(reminding.reminded_as_manager(cast.mara, SAFE - timedelta(days=1))) == {free, item}
    assert list(reminding.reminded_as_manager(cast.sam, SAFE - timedelta(days=1))) == []


@pytest.mark.parametrize("why", ["left", "reads only", "moved"])
def test_managers_are_told_of_what_its_owner_cannot_work(cast: Cast, item: WorkItem, why: str) -> None:
    match why:
        case "left":
            User.objects.filter(pk=cast.sam.pk).update(is_active=False)
        case "reads only":
            User.objects.filter(pk=cast.sam.pk).update(role="read_only")
        case "moved":
            cast.sam.facilities.set([cast.there])

    reminding.remind(SAFE - timedelta(days=14))

    assert list(reminding.reminded_as_manager(cast.mara, SAFE - timedelta(days=14))) == [item]


def test_the_days_are_the_sites_own(cast: Cast, item: WorkItem) -> None:
    ReminderDay.objects.all().update(is_active=False)
    assert raised(SAFE) == []
    ReminderDay.objects.create(days_before=20)
    assert raised(SAFE - timedelta(days=20)) == [("safe", 20)]


def test_they_stand_in_my_day(cast: Cast) -> None:
    today = timezone.localdate()
    watch_settings.load()
    item_at(cast.here, assignee=cast.sam, status="taken", deadline=today + timedelta(days=12), last="Remembered")
    reminding.remind(today)
    page = signed_in(cast.sam).get("/my-day/").content.decode()
    assert "Reminders" in page
    assert "No e-mail is sent" in page
    assert "Remembered" in page
