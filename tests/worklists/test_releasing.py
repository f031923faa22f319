"""What nobody touches goes back to its queue: when, why, and who hears of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from config import tasks
from tests.cast import Cast
from tests.factories import QueueFactory
from tests.worklists.pages import item_at, shown_items, signed_in
from worklists import work
from worklists.assignment import releasing
from worklists.models import Absence, Activity, BulkAct, Queue, WorkItem

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 20, 15, tzinfo=timezone.get_default_timezone())
MONDAY, TUESDAY, WEDNESDAY = (FRIDAY.date() + timedelta(days=days) for days in (3, 4, 5))


@pytest.fixture
def queue(cast: Cast) -> Queue:
    """Items go back after two business days without a touch."""
    made: Queue = QueueFactory.create(key="coding", name="Coding", release_after=2)
    made.teams.set(cast.sam.teams.all())
    return made


def on_friday(cast: Cast, queue: Queue, number: int, to: User | None = None) -> list[WorkItem]:
    with time_machine.travel(FRIDAY, tick=False):
        items = [item_at(cast.here, queue=queue) for _ in range(number)]
        if to:
            work.hand_over([item.pk for item in items], cast.mara, to=to, reason="Yours")
    return items


def owners(*items: WorkItem) -> list[str]:
    rows = {row.pk: row for row in WorkItem.objects.select_related("assignee")}
    return [f"{rows[item.pk].status} {rows[item.pk].assignee}" for item in items]


def test_two_whole_business_days_must_have_passed(cast: Cast, queue: Queue) -> None:
    handed, taken = on_friday(cast, queue, 2, to=cast.sam)
    with time_machine.travel(FRIDAY, tick=False):
        work.take([taken.pk], cast.sam)
    assert releasing.release_untouched(TUESDAY) == 0
    assert owners(handed, taken) == ["new Sam Fictional", "taken Sam Fictional"]
    assert releasing.release_untouched(WEDNESDAY) == 2
    assert owners(handed, taken) == ["new None", "new None"]
    assert releasing.release_untouched(WEDNESDAY) == 0
    told = Activity.objects.filter(kind="release")
    assert {(each.actor, each.text, each.facts["from"]) for each in told} == {
        (None, "Put back: nobody touched it for 2 business days.", cast.sam.pk)
    }
    assert BulkAct.objects.get().kind == "auto_release"


def test_a_holiday_is_no_business_day(cast: Cast, queue: Queue) -> None:
    with time_machine.travel(FRIDAY + timedelta(days=5), tick=False):  # the day before Thanksgiving
        items = [item_at(cast.here, queue=queue)]
        work.take([items[0].pk], cast.sam)
    assert releasing.release_untouched(FRIDAY.date() + timedelta(days=10)) == 0
    assert releasing.release_untouched(FRIDAY.date() + timedelta(days=11)) == 1


def test_what_was_touched_waits_or_is_postponed_stays(cast: Cast, queue: Queue) -> None:
    noted, sent, postponed, idle = on_friday(cast, queue, 4, to=cast.sam)
    with time_machine.travel(FRIDAY, tick=False):
        work.wait_for_payer([sent.pk], cast.sam, follow_up_on=WEDNESDAY)
        until = WEDNESDAY + timedelta(days=9)
        work.postpone([postponed.pk], cast.sam, until=until, because="Records asked for", today=FRIDAY.date())
    with time_machine.travel(FRIDAY + timedelta(days=3), tick=False):
        work.note([noted.pk], cast.sam, text="Called")
    assert releasing.release_untouched(WEDNESDAY) == 1
    assert owners(noted, sent, postponed, idle) == [
        "new Sam Fictional",
        "waiting Sam Fictional",
        "postponed Sam Fictional",
        "new None",
    ]


def test_the_days_of_an_absence_do_not_count_against_its_person(cast: Cast, queue: Queue) -> None:
    on_friday(cast, queue, 1, to=cast.sam)
    Absence.objects.create(person=cast.sam, first_day=MONDAY, last_day=MONDAY, entered_by=cast.sam)
    assert releasing.release_untouched(WEDNESDAY) == 0
    assert releasing.release_untouched(WEDNESDAY + timedelta(days=5)) == 1


def test_days_after_somebody_came_back_early_count_again(cast: Cast, queue: Queue) -> None:
    on_friday(cast, queue, 1, to=cast.sam)
    until = WEDNESDAY + timedelta(days=9)
    absence = Absence.objects.create(person=cast.sam, first_day=MONDAY, last_day=until, entered_by=cast.sam)
    assert releasing.release_untouched(WEDNESDAY) == 0
    Absence.objects.filter(pk=absence.pk).update(ended_at=FRIDAY)
    assert releasing.release_untouched(WEDNESDAY) == 1


def test_a_queue_that_says_nothing_never_puts_back(cast: Cast, queue: Queue) -> None:
    on_friday(cast, queue, 1, to=cast.sam)
    Queue.objects.update(release_after=None)
    assert releasing.release_untouched(WEDNESDAY) == 0


def test_the_former_owner_and_the_managers_hear_of_it(cast: Cast, queue: Queue) -> None:
    [item] = on_friday(cast, queue, 1, to=cast.sam)
    Queue.objects.update(release_after=1)
    with time_machine.travel(FRIDAY + timedelta(days=5), tick=False):
        tasks.release_untouched()
        page = signed_in(cast.sam).get("/my-day/").content.decode()
        assert "Put back because untouched" in page
        assert f"/items/{item.pk}/" in page
        assert "Put back because untouched" not in signed_in(cast.sue).get("/my-day/").content.decode()
        assert shown_items(signed_in(cast.mara).get("/put-back/")) == [item.pk]
        watch = signed_in(cast.mara).get("/watch/").content.decode()
        assert "Put back, untouched" in watch
        work.take([item.pk], cast.sue)
        assert "Put back because untouched" not in signed_in(cast.sam).get("/my-day/").content.decode()
