"""What was undone is as if it had never been done: also for what waits for somebody to do something."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.worklists.pages import item_at
from worklists import acts, work
from worklists.assignment import reassigning, releasing
from worklists.assignment.sharing import How
from worklists.models import BulkAct, WorkItem
from worklists.watch import reminding, watch_settings, watched

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LONG_AGO = "2020-01-01T12:00:00Z"


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    """Sam's, due in a week, reminded of, and touched by nobody since 2020."""
    watch_settings.load()
    soon = TODAY + timedelta(days=7)
    made = item_at(cast.here, assignee=cast.sam, status="taken", deadline=soon, last_safe_on=soon)
    made.queue.release_after = 2
    made.queue.save()
    WorkItem.objects.update(created_at=LONG_AGO)
    reminding.remind(TODAY)
    return made


def given_to_sue(cast: Cast) -> BulkAct:
    rows = WorkItem.objects.all()
    done = reassigning.reassign(rows, cast.mara, how=How.ONE, receivers=[cast.sue], reason="Even out", today=TODAY)
    assert done.act is not None
    return done.act


def waits_for_somebody(cast: Cast) -> list[bool]:
    """Whether the watch list and the reminders show it."""
    untouched = WorkItem.objects.filter(watched.condition("untouched", TODAY, watch_settings.numbers()))
    return [untouched.exists(), reminding.reminded(cast.sam, TODAY).exists()]


def test_what_was_given_away_and_taken_back_is_untouched_still(cast: Cast, item: WorkItem) -> None:
    assert waits_for_somebody(cast) == [True, True]
    act = given_to_sue(cast)
    assert waits_for_somebody(cast) == [False, False]
    acts.undo(act, cast.mara)
    assert waits_for_somebody(cast) == [True, True]
    assert releasing.release_untouched(TODAY) == 1


def test_a_note_written_before_the_undo_stands(cast: Cast, item: WorkItem) -> None:
    act = given_to_sue(cast)
    work.note([item.pk], cast.mara, text="Asked Sam about it.")
    acts.undo(act, cast.mara)
    assert waits_for_somebody(cast) == [False, False]
    assert releasing.release_untouched(TODAY) == 0
