"""The forecast: what is lost at today's pace, which levers change it, and what it rests on."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Role, User
from denials.domain.days import is_business_day
from tests.cast import Cast
from tests.factories import QueueFactory, TeamFactory
from tests.worklists.pages import item_at, shown_items, signed_in
from worklists import work
from worklists.forecast.basis import Basis, basis_for
from worklists.models import Absence, BoardState, Queue, WorkItem, WorkProfile

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 16)
"""A Monday."""


@pytest.fixture(autouse=True)
def _morning() -> Any:
    with time_machine.travel(datetime(2026, 11, 16, 9, tzinfo=ZoneInfo("America/New_York")), tick=False):
        yield


@pytest.fixture
def queues(cast: Cast) -> tuple[Queue, Queue]:
    """One that nobody works, and one of a team of two."""
    nobodys, ours = QueueFactory.create(key="alone", name="Alone"), QueueFactory.create(key="ours", name="Ours")
    nobodys.teams.add(TeamFactory.create(key="empty", name="Empty"))
    ours.teams.set(cast.sam.teams.all())
    User.objects.exclude(pk__in=[cast.sam.pk, cast.sue.pk]).filter(role=Role.SPECIALIST).update(is_active=False)
    cast.mara.teams.clear()
    cast.ada.teams.clear()
    return nobodys, ours


def due_in(days: int, queue: Queue, cast: Cast, dollars: int = 1000, **values: Any) -> WorkItem:
    day = TODAY + timedelta(days=days)
    return item_at(
        cast.here, queue=queue, deadline=day, last_safe_on=day, amount_at_risk=Decimal(dollars), expected_minutes=60,
        denied_on=date(2026, 1, 5), **values,
    )  # fmt: skip


def page(user: User, query: str = "") -> str:
    answer = signed_in(user).get(f"/forecast/{query}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_only_managers_and_admins_see_it(cast: Cast) -> None:
    answers = {user.username: signed_in(user).get("/forecast/").status_code for user in (cast.sam, cast.remy, cast.ada)}
    assert answers == {"sam": 403, "remy": 403, "ada": 200}


def test_with_no_work_it_says_that_nothing_is_lost(cast: Cast) -> None:
    shown = page(cast.mara)
    assert "At today&#x27;s pace nothing passes its last safe day unworked by 27 Dec 2026." in shown
    assert "No open item is endangered" in shown


def test_what_nobody_works_is_lost_and_the_best_move_is_named(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    items = [due_in(10, queues[0], cast) for _ in range(3)]
    due_in(70, queues[0], cast)
    shown = page(cast.mara)
    assert "about 3 items worth $3,000 pass their last safe day unworked" in shown
    assert "Moving 3 items from Alone to Ours saves about $3,000." in shown
    assert all(f'href="/items/{item.pk}/"' in shown for item in items)


def test_the_suggested_page_shows_what_was_promised(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    for _ in range(3):
        due_in(10, queues[0], cast)
    outlook = signed_in(cast.mara).get("/forecast/").context["outlook"]
    shown = page(cast.mara, outlook.suggestion.url.removeprefix("/forecast/"))
    assert "With this change it is none: saves $3,000." in shown
    assert WorkItem.objects.filter(queue=queues[0]).count() == 3


def test_each_number_of_what_is_due_opens_just_these_items(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    dues = [due_in(days, queues[0], cast).pk for days in (0, 10, 41)]
    no_safe_day = due_in(12, queues[1], cast)
    late, too_far = due_in(-1, queues[0], cast), due_in(42, queues[0], cast)
    sent = due_in(9, queues[0], cast, status=WorkItem.Status.WAITING)
    WorkItem.objects.filter(pk=no_safe_day.pk).update(last_safe_on=None)
    WorkItem.objects.filter(pk__in=[late.pk]).update(deadline=TODAY)
    outlook = signed_in(cast.mara).get("/forecast/").context["outlook"]

    def listed(url: str) -> list[int]:
        return sorted(shown_items(signed_in(cast.mara).get(url)))

    assert {row.name: (row.due, listed(row.due_url)) for row in outlook.queues if row.due} == {
        "Alone": (3, sorted(dues)), "Ours": (1, [no_safe_day.pk]),
    }  # fmt: skip
    assert (outlook.basis.open_items, listed(outlook.due_url)) == (4, sorted([*dues, no_safe_day.pk]))
    assert (outlook.basis.late_items, listed(outlook.late_url)) == (1, [late.pk])
    assert {too_far.pk, sent.pk}.isdisjoint([*listed(outlook.due_url), *listed(outlook.late_url)])
    page_of_queue = page(cast.mara)
    assert page_of_queue.count('href="/items/?due=safe_ahead&amp;queue=') == 2


def test_hours_are_advised_where_a_move_saves_less(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    """The other queue has an hour and a half in these days, which saves one item; two hours a week save three."""
    for person in (cast.sam, cast.sue):
        WorkProfile.objects.create(user=person, minutes_a_day=6)
    for _ in range(6):
        due_in(10, queues[0], cast)
    outlook = signed_in(cast.mara).get("/forecast/").context["outlook"]
    assert outlook.suggestion.words == "2 hours more each week for Alone"
    assert outlook.suggestion.saved > 2000


def test_a_lever_filled_in_by_half_says_what_it_needs(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    due_in(4, queues[0], cast)
    shown = page(cast.mara, f"?hours=3&giver={queues[0].pk}&receiver={queues[0].pk}")
    assert "Extra hours need a number and a queue." in shown
    assert "To move items, say how many, from which queue and to which." in shown
    assert "choose two different ones" in shown
    assert "To set a queue aside" not in shown
    assert "With this change" not in shown


def test_why_an_item_was_denied_is_said_in_words_before_its_codes(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    due_in(4, queues[0], cast, reason="CO-197 N54")
    assert re.search(r'data-open>[A-Z][a-z ]{10,}</a> <span class="code">CO-197 N54<', page(cast.mara))


def test_hours_help_and_a_queue_set_aside_costs(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    for _ in range(4):
        due_in(4, queues[0], cast)
    due_in(4, queues[1], cast, dollars=700)
    helped = page(cast.mara, f"?hours=2.4&hours_queue={queues[0].pk}")
    assert re.search(r"With this change it is about 2 worth \$(1,9|2,0)\d\d: saves ", helped)
    assert "With this change it is about 1 worth $700: saves $3,300." in page(
        cast.mara, f"?aside={queues[1].pk}&aside_to={queues[0].pk}"
    )


def test_what_is_worth_less_is_set_aside_and_said_to_be_lost(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    due_in(4, queues[1], cast, dollars=900)
    due_in(4, queues[1], cast, dollars=90)
    shown = page(cast.mara, "?below=100")
    assert "With this change it is about 1 worth $90: costs $90." in shown
    assert "1 open item set aside by choice" in shown


def test_nonsense_in_the_address_changes_nothing_and_is_pointed_at(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    due_in(4, queues[0], cast)
    shown = page(cast.mara, "?number=-4&giver=abc&below=1e99&aside=99999999999999999999")
    assert "about 1 item worth $1,000" in shown
    assert "With this change" not in shown
    assert "errorlist" in shown or 'aria-invalid="true"' in shown


def test_only_what_the_viewer_may_see_counts(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    due_in(4, queues[0], cast)
    cast.mara.all_facilities = False
    cast.mara.save()
    cast.mara.facilities.set([cast.there])
    assert basis_for(cast.mara, TODAY).open_items == 0


def test_what_waits_for_a_payer_is_left_out_and_what_is_late_stands_apart(
    cast: Cast, queues: tuple[Queue, Queue]
) -> None:
    work.wait_for_payer([due_in(4, queues[0], cast).pk], cast.sam, follow_up_on=TODAY + timedelta(days=20))
    late = due_in(4, queues[0], cast)
    WorkItem.objects.filter(pk=late.pk).update(last_safe_on=TODAY - timedelta(days=1))
    basis = basis_for(cast.mara, TODAY)
    assert (basis.open_items, basis.late_items, basis.late_dollars) == (0, 1, 1000.0)


def test_a_postponed_item_is_worked_from_its_day_on(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    item = due_in(4, queues[1], cast)
    until = TODAY + timedelta(days=5)
    work.postpone([item.pk], cast.sam, until=until, because="Waits.", today=TODAY, late_because="It has to")
    assert "about 1 item worth $1,000" in page(cast.mara)


def test_absence_takes_time_away(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    before = basis_for(cast.mara, TODAY).loads[queues[1].pk].minutes
    Absence.objects.create(person=cast.sue, first_day=TODAY, last_day=TODAY + timedelta(days=2), entered_by=cast.mara)
    after = basis_for(cast.mara, TODAY)
    assert after.loads[queues[1].pk].minutes[:4] == (before[0] / 2, before[1] / 2, before[2] / 2, before[3])
    assert after.away_days == 3
    Absence.objects.update(ended_at=timezone.now())
    back = basis_for(cast.mara, TODAY)
    assert (back.away_days, back.loads[queues[1].pk].minutes) == (0, before)


def test_nobody_works_on_weekends_and_holidays(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    minutes = basis_for(cast.mara, TODAY).loads[queues[1].pk].minutes
    idle = {number for number, each in enumerate(minutes) if not each}
    assert idle == {n for n in range(42) if not is_business_day(TODAY + timedelta(days=n))}
    assert (date(2026, 11, 26) - TODAY).days in idle


def test_the_pace_is_what_people_finished(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    for back in range(1, 15):
        day = TODAY - timedelta(days=back)
        if not is_business_day(day):
            continue
        with time_machine.travel(timezone.make_aware(datetime(day.year, day.month, day.day, 12)), tick=False):  # noqa: DTZ001
            done = [due_in(80, queues[1], cast).pk for _ in range(3)]
            work.resolve(done, cast.sam, resolution="no_action")
            work.resolve([due_in(80, queues[1], cast).pk], None, resolution="no_action")
    basis: Basis = basis_for(cast.mara, TODAY)
    assert (basis.is_measured, basis.finished, basis.per_day) == (True, 27, 3.0)
    assert basis.loads[queues[1].pk].minutes[0] == 180.0
    assert basis.loads[queues[0].pk].minutes[0] == 0.0


def test_what_it_rests_on_opens_its_lists(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=5)):
        twice, once, by_nobody = (due_in(20, queues[1], cast) for _ in range(3))
        work.wait_for_payer([twice.pk], cast.sam, follow_up_on=TODAY)
        work.resolve([once.pk], cast.sam, resolution="no_action")
        work.resolve([by_nobody.pk], None, resolution="no_action")
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        work.resolve([twice.pk], cast.sam, resolution="no_action")
    WorkItem.objects.update(denied_on=TODAY)
    for item, back in ((twice, 6), (once, 7), (by_nobody, 62)):
        WorkItem.objects.filter(pk=item.pk).update(denied_on=TODAY - timedelta(days=back))
    client = signed_in(cast.mara)
    outlook = client.get("/forecast/").context["outlook"]

    def listed(url: str) -> set[int]:
        return set(shown_items(client.get(url)))

    assert (outlook.basis.finished, outlook.basis.finished_items) == (3, 2)
    assert listed(outlook.finished_url) == {twice.pk, once.pk}
    assert outlook.basis.denied == 2
    assert listed(outlook.denied_url) == {once.pk, by_nobody.pk}


def test_new_denials_are_those_of_the_same_weekdays(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    for weeks in range(2, 10):
        for _ in range(2):
            due_in(60, queues[1], cast, denial__decided_on=TODAY - timedelta(weeks=weeks))
    WorkItem.objects.update(denied_on=None)
    for item in WorkItem.objects.select_related("denial"):
        WorkItem.objects.filter(pk=item.pk).update(denied_on=item.denial.decided_on)
    basis = basis_for(cast.mara, TODAY)
    came = basis.loads[queues[1].pk].came
    assert basis.denied == 14  # the oldest of eight Mondays is this day nine weeks ago, the newest a week ago
    assert sum(came[0]) == 14
    assert sum(map(sum, came[1:])) == 0


def test_no_patient_stands_in_it(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    due_in(4, queues[0], cast, last="Madeup", claim__number="RC-777123")
    assert not re.search("Madeup|RC-777123", page(cast.mara))


def test_it_costs_the_same_with_more_work(
    cast: Cast, queues: tuple[Queue, Queue], django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        due_in(4 + number, QueueFactory.create(key=f"queue-{number}", name=f"Queue {number}"), cast)
    client = signed_in(cast.mara)
    client.get("/forecast/")
    with django_assert_max_num_queries(18):
        client.get("/forecast/")


def test_it_costs_the_same_with_more_queues_people_and_work(
    cast: Cast, queues: tuple[Queue, Queue], django_assert_max_num_queries: Any
) -> None:
    manager = signed_in(cast.mara)
    manager.get("/forecast/")
    for number in range(5):
        queue = QueueFactory.create(key=f"more{number}", name=f"More {number}")
        queue.teams.set(cast.sam.teams.all())
        due_in(10 + number, queue, cast)
    with django_assert_max_num_queries(12):
        answer = manager.get("/forecast/")
    assert len(answer.context["basis"].names) >= 7
    with django_assert_max_num_queries(12):
        manager.get(f"/forecast/?number=2&giver={queues[0].pk}&receiver={queues[1].pk}")


def test_days_are_counted_once_and_again_on_the_next_day(cast: Cast, queues: tuple[Queue, Queue]) -> None:
    basis_for(cast.mara, TODAY)
    counted = BoardState.objects.get()
    work.take([due_in(10, queues[1], cast).pk], cast.mara)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        basis_for(cast.mara, TODAY)
    assert BoardState.objects.get().version == counted.version
    item_at(cast.here, queue=queues[1], denied_on=TODAY - timedelta(days=6))
    assert basis_for(cast.mara, TODAY).denied == 0
    assert basis_for(cast.mara, TODAY + timedelta(days=1)).denied == 1
