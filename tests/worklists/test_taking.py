"""What "Next" gives out: the deadline lane first, then by rank, a fixed share to thin data, and nothing twice."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import psycopg
import pytest
from django.db import connection

from accounts.models import Role, User
from tests.cast import Cast, make_cast
from tests.factories import ClaimFactory, QueueFactory, TeamFactory, WorkItemFactory
from worklists import taking, work
from worklists.assignment import allowance
from worklists.models import Activity, OrderWeights, Queue, WorkItem
from worklists.taking import next_items
from worklists.taking_sql import BODY, SHIPPED

TODAY = date(2026, 11, 23)
FAR = TODAY + timedelta(days=90)
TAKERS = 64


@pytest.fixture
def queue(cast: Cast) -> Queue:
    return of_the_team()


def of_the_team() -> Queue:
    row: Queue = QueueFactory.create(key="prior_auth")
    row.teams.add(TeamFactory.create(key="prior_auth"))
    return row


def item(facility: Any, **values: Any) -> int:
    claim = ClaimFactory.create(facility=facility)
    values = {"deadline": FAR} | values
    made: WorkItem = WorkItemFactory.create(denial__remitted_claim__claim=claim, **values)
    return made.pk


def days(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def ids(items: list[WorkItem]) -> list[int]:
    return [each.pk for each in items]


@pytest.mark.django_db
def test_what_is_near_its_last_safe_day_comes_before_what_is_worth_more(cast: Cast, queue: Queue) -> None:
    worth_more = item(cast.here, queue=queue, rank_key=1)
    late = item(cast.here, queue=queue, rank_key=2, deadline=days(-1), last_safe_on=days(-4))
    second = item(cast.here, queue=queue, rank_key=9, deadline=days(12), last_safe_on=days(5))
    first = item(cast.here, queue=queue, rank_key=8, deadline=days(0), last_safe_on=days(-3))
    not_yet = item(cast.here, queue=queue, rank_key=7, deadline=days(12), last_safe_on=days(6))

    taken = next_items(cast.sam, today=TODAY, count=5)

    assert ids(taken) == [first, second, worth_more, late, not_yet]


@pytest.mark.django_db
def test_the_site_says_how_long_the_lane_is(cast: Cast, queue: Queue) -> None:
    OrderWeights.objects.create(lane_days=2)
    by_rank = item(cast.here, queue=queue, rank_key=1)
    outside = item(cast.here, queue=queue, rank_key=9, last_safe_on=days(3))
    inside = item(cast.here, queue=queue, rank_key=9, last_safe_on=days(2))

    assert ids(next_items(cast.sam, today=TODAY, count=3)) == [inside, by_rank, outside]


@pytest.mark.django_db
def test_what_was_handed_over_comes_first_and_its_own_lane_before_the_rest(cast: Cast, queue: Queue) -> None:
    free = item(cast.here, queue=queue, rank_key=1, last_safe_on=days(1))
    handed = item(cast.here, queue=queue, rank_key=5, assignee=cast.sam)
    handed_and_near = item(cast.here, queue=queue, rank_key=9, last_safe_on=days(1), assignee=cast.sam)

    assert ids(next_items(cast.sam, today=TODAY, count=3)) == [handed_and_near, handed, free]


@pytest.mark.django_db
def test_several_at_once_come_in_order_from_all_queues_and_each_leaves_its_trace(cast: Cast, queue: Queue) -> None:
    other: Queue = QueueFactory.create(key="coding")
    other.teams.set(queue.teams.all())
    made = [item(cast.here, queue=(queue, other)[number % 2], rank_key=number) for number in range(12)]

    taken = next_items(cast.sam, today=TODAY, count=50)

    assert ids(taken) == made[:10]
    assert {(each.status, each.assignee_id, each.version) for each in taken} == {("taken", cast.sam.pk, 2)}
    told = Activity.objects.values_list("item", "kind", "actor", "status_from", "status_to")
    assert sorted(told) == [(pk, "take", cast.sam.pk, "new", "taken") for pk in made[:10]]


@pytest.mark.django_db
def test_one_in_twenty_goes_to_denials_of_which_little_is_known(cast: Cast, queue: Queue) -> None:
    known = [item(cast.here, queue=queue, rank_key=number) for number in range(60)]
    thin = [item(cast.here, queue=queue, rank_key=1000 + number, is_thin=True) for number in range(10)]

    pulls = [work.next_item(cast.sam, today=TODAY) for _ in range(40)]

    given = [pull.pk for pull in pulls if pull]
    assert [pk for pk in given if pk in thin] == thin[:2]
    assert [pk for pk in given if pk in known] == known[:38]


@pytest.mark.django_db
def test_the_lane_is_never_kept_waiting_by_thin_data(cast: Cast, queue: Queue) -> None:
    OrderWeights.objects.create(thin_share=50)
    item(cast.here, queue=queue, rank_key=1, is_thin=True)
    lane = [item(cast.here, queue=queue, rank_key=9 + number, last_safe_on=days(1)) for number in range(6)]

    assert ids(next_items(cast.sam, today=TODAY, count=6)) == lane


@pytest.mark.django_db
def test_an_item_of_thin_data_whose_turn_it_is_is_given_out_once(cast: Cast, queue: Queue) -> None:
    OrderWeights.objects.create(thin_share=50)
    made = [item(cast.here, queue=queue, rank_key=number, is_thin=True) for number in range(4)]

    assert ids(next_items(cast.sam, today=TODAY, count=4)) == made


@pytest.mark.django_db
def test_other_facilities_and_what_sleeps_are_not_given_out(cast: Cast, queue: Queue) -> None:
    item(cast.there, queue=queue)
    item(cast.here, queue=queue, status="postponed", postponed_until=days(1))
    due = item(cast.here, queue=queue, status="postponed", postponed_until=TODAY)

    assert ids(next_items(cast.sam, today=TODAY, count=5)) == [due]
    assert Activity.objects.get().status_from == "postponed"


@pytest.mark.django_db
def test_a_long_lane_comes_out_in_its_order_from_all_queues_and_then_the_rest(cast: Cast, queue: Queue) -> None:
    """In an order that neither day nor id knows."""
    OrderWeights.objects.create(thin_share=0)
    other: Queue = QueueFactory.create(key="coding")
    other.teams.set(queue.teams.all())
    made = []
    for number in range(80):
        rank = number * 37 % 80
        days_left = number * 7 % 9 - 2
        pk = item(cast.here, queue=(queue, other)[number % 2], rank_key=rank, last_safe_on=days(days_left))
        made.append((days_left > SHIPPED.lane_days, rank, pk))

    taken = [pk for _ in range(9) for pk in ids(next_items(cast.sam, today=TODAY, count=9))]

    assert taken == [pk for _, _, pk in sorted(made)]


@pytest.mark.django_db(transaction=True)
def test_what_others_are_taking_just_now_hides_nothing_of_the_lane() -> None:
    cast = make_cast()
    queue = of_the_team()
    lane = [item(cast.here, queue=queue, rank_key=number, last_safe_on=days(1)) for number in range(7)]
    item(cast.here, queue=queue, rank_key=-1)

    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT FROM worklists_workitem WHERE id = ANY (%s) FOR NO KEY UPDATE", [lane[:-2]])
        taken = next_items(cast.sam, today=TODAY, count=2)

    assert ids(taken) == lane[-2:]


@pytest.mark.django_db
def test_the_database_runs_the_function_that_stands_here() -> None:
    """Whoever changes its text adds a migration that creates it again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'worklists_take'")
        assert cursor.fetchall() == [(BODY,)]


@pytest.mark.django_db(transaction=True)
def test_64_people_at_the_same_moment_get_64_different_items() -> None:
    """Each on a connection of their own, three times over, until more is asked for than there is."""
    cast = make_cast()
    queue = of_the_team()
    for number in range(120):
        item(cast.here, queue=queue, rank_key=number, last_safe_on=days(1 + number % 9), is_thin=number % 3 == 0)
    people = [User.objects.create(username=f"taker{n}", role=Role.SPECIALIST, all_facilities=True) for n in range(64)]
    asked = [taking.values_of(taking.Pull(user, allowance.to_pull(user, queue), TODAY)) for user in people]
    barrier = Barrier(TAKERS)

    def take(values: dict[str, Any]) -> list[int]:
        with psycopg.connect(**connection.get_connection_params() | {"autocommit": True}) as own:
            barrier.wait(timeout=60)
            return [pk for _ in range(3) for pk in taking.choose(own, values)]

    with ThreadPoolExecutor(TAKERS) as pool:
        got = Counter(pk for taken in pool.map(take, asked) for pk in taken)

    assert set(got.values()) == {1}
    assert len(got) == WorkItem.objects.filter(status="taken").count() == Activity.objects.count() == 120
