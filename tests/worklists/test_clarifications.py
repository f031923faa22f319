"""A question to another team: the item waits with its deadline running, and comes back with the answer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from accounts.models import Team, User
from accounts.refusal import Conflict, Refused
from tests.cast import Cast
from tests.factories import DEADLINE, TeamFactory
from tests.worklists.pages import item_at
from tests.worklists.remitted import deny, remit
from worklists import asking, clarifications, work
from worklists.asking_forms import ANSWER_WITHIN, AskForm
from worklists.lists import my_queues, workable
from worklists.models import Activity, Clarification, WorkItem
from worklists.opening import open_items
from worklists.settlement import settle

TODAY, DUE_ON = date(2026, 11, 16), date(2026, 11, 19)
State = Clarification.State


@pytest.fixture
def access(pat: User) -> Team:
    return pat.teams.get()


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    made = item_at(cast.here)
    work.take([made.pk], cast.sam)
    return fresh(made)


def fresh(item: WorkItem) -> WorkItem:
    return WorkItem.objects.get(pk=item.pk)


def asked(item: WorkItem, user: User, team: Team, **values: Any) -> Clarification:
    about: dict[str, Any] = {"text": "Was the plan active?", "due_on": DUE_ON, "today": TODAY, **values}
    asking.ask([item.pk], user, team=team, **about).or_refuse()
    row: Clarification = item.questions.order_by("-pk")[0]
    return row


def test_what_was_asked_waits_with_its_deadline_running(cast: Cast, item: WorkItem, access: Team) -> None:
    question = asked(item, cast.sam, access)

    assert (question.team, question.due_on, question.asked_by, question.state) == (access, DUE_ON, cast.sam, "open")
    assert (fresh(item).status, fresh(item).assignee) == ("asking", cast.sam)
    assert not WorkItem.objects.filter(workable(TODAY), pk=item.pk).exists()
    assert my_queues(cast.sam, TODAY).rows.filter(pk=item.pk, deadline=DEADLINE).exists()
    assert item.activities.get(kind=Activity.Kind.ASKED).text.startswith("To Patient access, answer by 19 Nov 2026")


def test_a_free_item_becomes_the_askers(cast: Cast, access: Team) -> None:
    free = item_at(cast.here)
    asked(free, cast.sam, access)
    assert fresh(free).assignee == cast.sam


def test_the_answer_brings_it_back_to_its_owner(cast: Cast, item: WorkItem, access: Team, pat: User) -> None:
    question = asked(item, cast.sam, access)

    asking.answer(question, pat, text="Yes, since January.")

    question.refresh_from_db()
    assert (question.state, question.answer, question.ended_by) == ("answered", "Yes, since January.", pat)
    assert (fresh(item).status, fresh(item).assignee) == ("taken", cast.sam)
    assert list(clarifications.came_back_to(cast.sam)) == [item]
    assert list(clarifications.came_back_to(cast.sue)) == []


def test_an_answer_is_news_until_its_owner_did_something(cast: Cast, item: WorkItem, access: Team, pat: User) -> None:
    asking.answer(asked(item, cast.sam, access), pat, text="Yes.")
    work.note([item.pk], cast.sue, text="Seen by somebody else")
    assert list(clarifications.came_back_to(cast.sam)) == [item]

    work.note([item.pk], cast.sam, text="Seen")
    assert list(clarifications.came_back_to(cast.sam)) == []


def test_with_two_questions_it_is_back_when_both_are_answered(
    cast: Cast, item: WorkItem, access: Team, pat: User
) -> None:
    first = asked(item, cast.sam, access)
    second = asked(item, cast.sam, access, text="Which plan?")
    asking.answer(first, pat, text="Yes.")
    assert fresh(item).status == "asking"
    asking.answer(second, pat, text="Gold.")
    assert fresh(item).status == "taken"


def test_what_nobody_has_any_more_goes_to_its_queue(cast: Cast, item: WorkItem, access: Team, pat: User) -> None:
    question = asked(item, cast.sam, access)
    User.objects.filter(pk=cast.sam.pk).update(is_active=False)
    asking.answer(question, pat, text="Yes.")
    assert (fresh(item).status, fresh(item).assignee) == ("new", None)


def test_a_team_passes_it_on_and_each_keeps_its_own_time(cast: Cast, item: WorkItem, access: Team, pat: User) -> None:
    question = asked(item, cast.sam, access)
    ours = cast.sue.teams.get()

    following = asking.pass_on(question, pat, to=ours, reason="They hold the approval.")

    question.refresh_from_db()
    assert (question.state, question.why) == ("passed", "They hold the approval.")
    assert (following.team, following.due_on, following.asked_by) == (ours, DUE_ON, cast.sam)
    assert fresh(item).status == "asking"
    with pytest.raises(Conflict, match="ended this question"):
        asking.answer(question, pat, text="Too late.")
    asking.answer(following, cast.sue, text="Approved.")
    assert fresh(item).status == "taken"


def test_who_asked_takes_it_back(cast: Cast, item: WorkItem, access: Team) -> None:
    question = asked(item, cast.sam, access)
    with pytest.raises(Refused, match="who asked"):
        asking.withdraw(question, cast.sue, reason="Found it")
    asking.withdraw(question, cast.sam, reason="Found it")
    assert fresh(item).status == "taken"
    assert Clarification.objects.get(pk=question.pk).state == State.WITHDRAWN


def test_only_the_team_and_managers_answer(cast: Cast, item: WorkItem, access: Team) -> None:
    question = asked(item, cast.sam, access)
    for user in (cast.sam, cast.sue, cast.remy):
        with pytest.raises(Refused, match="only people of Patient access"):
            asking.answer(question, user, text="I think so")
    asking.answer(question, cast.mara, text="They said yes by phone.")
    assert fresh(item).status == "taken"


def test_who_could_never_be_answered_is_told(cast: Cast, item: WorkItem, access: Team, pat: User) -> None:
    about: dict[str, Any] = {"text": "Why?", "today": TODAY, "due_on": DUE_ON}
    empty = TeamFactory.create(key="provider", name="Providers")
    assert "Nobody in Providers" in asking.ask([item.pk], cast.sam, team=empty, **about).refused[0].sentence
    pat.facilities.clear()
    assert "Nobody in Patient access" in asking.ask([item.pk], cast.sam, team=access, **about).refused[0].sentence
    assert fresh(item).status == "taken"


def test_an_answer_is_asked_for_before_the_deadline(cast: Cast, item: WorkItem, access: Team) -> None:
    late: dict[str, Any] = {"team": access, "text": "Why?", "due_on": date(2026, 12, 16)}
    refused = asking.ask([item.pk], cast.sam, today=TODAY, **late).refused
    assert refused[0].sentence == "The deadline is 15 Dec 2026: ask for the answer by an earlier day."
    WorkItem.objects.filter(pk=item.pk).update(deadline=date(2026, 11, 1))
    assert asking.ask([item.pk], cast.sam, today=TODAY, **late).done == [item.pk]


def test_where_no_working_day_is_left_the_next_one_is_offered_and_taken(
    cast: Cast, item: WorkItem, access: Team
) -> None:
    friday, saturday, monday = date(2026, 11, 13), date(2026, 11, 14), date(2026, 11, 16)
    WorkItem.objects.filter(pk=item.pk).update(deadline=saturday)

    assert days_offered(friday, saturday) == [monday]
    assert asking.ask([item.pk], cast.sam, team=access, text="Why?", due_on=monday, today=friday).done == [item.pk]


def test_only_days_until_the_deadline_are_offered() -> None:
    monday, thursday = date(2026, 11, 16), date(2026, 11, 19)
    assert days_offered(monday, thursday) == [date(2026, 11, 17), date(2026, 11, 18), thursday]
    for passed in (None, monday, date(2026, 11, 1)):
        assert len(days_offered(monday, passed)) == len(ANSWER_WITHIN)
    chosen = AskForm(offered={}, today=monday, deadline=date(2026, 11, 18)).fields["due_on"].initial
    assert chosen == "2026-11-18"


def days_offered(today: date, deadline: date | None) -> list[date]:
    form = AskForm(offered={}, today=today, deadline=deadline)
    return [date.fromisoformat(value) for value, _ in form.fields["due_on"].choices]  # type: ignore[attr-defined]


def test_somebody_elses_item_is_not_asked_about(cast: Cast, item: WorkItem, access: Team) -> None:
    about: dict[str, Any] = {"team": access, "text": "Why?", "today": TODAY, "due_on": DUE_ON}
    assert "has this item" in asking.ask([item.pk], cast.sue, **about).refused[0].sentence
    with pytest.raises(Refused):
        asking.ask([item.pk], cast.remy, **about)


def test_a_payment_that_settles_the_item_closes_the_question_with_a_note(cast: Cast, access: Team) -> None:
    denial = deny(item_at(cast.here).claim, on=date(2026, 11, 3))
    made = WorkItem.objects.get(claim=denial.claim)
    open_items(denial.remitted_claim.remittance)
    asked(made, cast.sam, access)

    settle(remit(made.claim, on=date(2026, 11, 20), charge=1450, paid=1450).remittance)

    assert fresh(made).status == "resolved"
    assert made.questions.get().state == State.OVERTAKEN
    assert "needs no answer any more" in made.activities.get(kind=Activity.Kind.WITHDRAWN).text


def test_resolving_closes_the_question_too(cast: Cast, item: WorkItem, access: Team) -> None:
    question = asked(item, cast.sam, access)
    work.resolve([item.pk], cast.sam, resolution="adjustment")
    question.refresh_from_db()
    assert (question.state, question.ended_by) == ("overtaken", None)
    assert question.ended_at is not None


def test_it_is_counted_and_timed_by_team(cast: Cast, access: Team, pat: User) -> None:
    items = [item_at(cast.here) for _ in range(4)]
    with time_machine.travel(datetime(2026, 11, 12, 15, tzinfo=UTC)):
        rows = [
            asked(each, cast.sam, access, today=date(2026, 11, 12), due_on=date(2026, 11, 13)) for each in items[:3]
        ]
    for day, row in zip((13, 17), rows[:2], strict=True):
        with time_machine.travel(datetime(2026, 11, day, 15, tzinfo=UTC)):
            asking.answer(row, pat, text="Yes.")

    (numbers,) = clarifications.numbers_by_team(cast.mara, date(2026, 11, 18))

    assert (numbers.team, numbers.asked, numbers.open, numbers.overdue, numbers.answered) == (
        "Patient access",
        3,
        1,
        1,
        2,
    )
    assert numbers.median_days == 3  # of one day (Friday) and three (Tuesday), the later middle one
    assert numbers.share == 0.75
