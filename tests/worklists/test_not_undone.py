"""What was undone is as if it had never been done: also for what waits for somebody to do something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Team, User
from tests.cast import Cast
from tests.worklists.pages import item_at
from worklists import acts, asking, clarifications, woken, work
from worklists.assignment import reassigning, releasing
from worklists.assignment.sharing import How
from worklists.changes import Done
from worklists.forecast.pace import finished, was_finished
from worklists.models import Activity, BulkAct, Clarification, WorkItem
from worklists.watch import reminding, watch_settings, watched

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NEXT_WEEK = TODAY + timedelta(days=7)
LONG_AGO = "2020-01-01T12:00:00Z"


@pytest.fixture
def access(pat: User) -> Team:
    return pat.teams.get()


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


def ask(items: list[int], cast: Cast, team: Team | None) -> Done:
    assert team is not None
    return asking.ask(items, cast.sam, team=team, text="Active?", due_on=NEXT_WEEK, today=TODAY)


def done_and_undone(cast: Cast, kind: BulkAct.Kind, item: WorkItem, team: Team | None = None) -> None:
    """By Sam, who thinks better of it."""
    verbs: dict[BulkAct.Kind, Callable[[list[int]], Done]] = {
        BulkAct.Kind.RESOLVED: lambda ids: work.resolve(ids, cast.sam, resolution="no_action"),
        BulkAct.Kind.RELEASED: lambda ids: work.release(ids, cast.sam),
        BulkAct.Kind.ASKED: lambda ids: ask(ids, cast, team),
    }
    act, _ = acts.remember(kind, [item.pk], cast.sam, verbs[kind])
    assert act is not None
    assert acts.undo(act, cast.sam).done == [item.pk]


def test_a_closing_that_was_taken_back_is_no_pace_of_work(cast: Cast, item: WorkItem) -> None:
    done_and_undone(cast, BulkAct.Kind.RESOLVED, item)
    tomorrow = TODAY + timedelta(days=1)
    assert not finished(tomorrow).exists()
    assert not WorkItem.objects.filter(was_finished(tomorrow)).exists()
    work.resolve([item.pk], cast.sam, resolution="no_action")
    assert finished(tomorrow).count() == 1


def test_what_came_back_stays_in_the_day_of_who_only_did_something_by_mistake(cast: Cast, item: WorkItem) -> None:
    Activity.objects.create(item=item, kind=Activity.Kind.WOKEN)
    done_and_undone(cast, BulkAct.Kind.RELEASED, item)
    assert list(woken.back_to(cast.sam)) == [item]


def test_an_answer_is_news_still_after_a_mistake(cast: Cast, item: WorkItem, access: Team) -> None:
    ask([item.pk], cast, access).or_refuse()
    asking.answer(item.questions.get(), cast.mara, text="Yes.")
    done_and_undone(cast, BulkAct.Kind.RELEASED, item)
    assert list(clarifications.came_back_to(cast.sam)) == [item]
    assert len(clarifications.on_item(WorkItem.objects.get()).answered) == 1


def test_a_question_that_was_taken_back_at_once_is_no_question_to_the_team(
    cast: Cast, item: WorkItem, access: Team
) -> None:
    done_and_undone(cast, BulkAct.Kind.ASKED, item, team=access)
    assert Clarification.objects.get().state == "withdrawn"
    assert clarifications.numbers_by_team(cast.mara, TODAY) == []
    ask([item.pk], cast, access).or_refuse()
    [numbers] = clarifications.numbers_by_team(cast.mara, TODAY)
    assert (numbers.asked, numbers.open, len(clarifications.to_team(cast.mara, access, "asked", TODAY))) == (1, 1, 1)
