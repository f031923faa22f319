"""Many people at the same moment: nobody gets what somebody else has, and no change is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier, Event
from time import sleep
from typing import Any

import pytest
from django.db import connections, transaction

from accounts.models import Role, User
from accounts.refusal import Refused
from denials.models import RemittedClaim
from tests.cast import Cast, make_cast
from tests.factories import ClaimFactory, QueueFactory, TeamFactory, WorkItemFactory
from tests.worklists.remitted import deny, remit
from worklists import work
from worklists.models import Activity, Queue, WorkItem, WorkProfile
from worklists.opening import open_items
from worklists.settlement import settle

TODAY = date(2026, 11, 23)


@pytest.fixture
def crowd(transactional_db: None) -> Cast:
    QueueFactory.create(key="unrouted")  # as on every site: making it would put people in line by accident
    return make_cast()


def items_at(facility: object, count: int, **values: Any) -> list[int]:
    claims = [ClaimFactory.create(facility=facility) for _ in range(count)]
    return [WorkItemFactory.create(denial__remitted_claim__claim=claim, **values).pk for claim in claims]


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Runs the calls in threads that start together, each with a connection of its own."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=30)
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def one_under_way(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """Starts the second call when the first has done its work and not committed it yet."""
    is_done = Event()

    def slow() -> None:
        with transaction.atomic():
            first()
            is_done.set()
            sleep(0.5)

    def quick() -> None:
        is_done.wait(timeout=30)
        with transaction.atomic():
            second()

    at_once(slow, quick)


def own_queue(cast: Cast) -> Queue:
    queue = QueueFactory.create(key="prior_auth")
    queue.teams.add(TeamFactory.create(key="prior_auth"))
    return queue


def test_sixteen_people_taking_the_next_item_get_different_ones(crowd: Cast) -> None:
    queue = own_queue(crowd)
    items_at(crowd.here, 64, queue=queue)
    people = [User.objects.create(username=f"taker{n}", role=Role.SPECIALIST, all_facilities=True) for n in range(16)]

    def taker(user: User) -> Callable[[], list[int]]:
        def take_five() -> list[int]:
            taken = [work.next_item(user, today=TODAY) for _ in range(5)]
            return [item.pk for item in taken if item]

        return take_five

    got = Counter(pk for taken in at_once(*[taker(user) for user in people]) for pk in taken)

    assert len(got) == 64
    assert set(got.values()) == {1}
    assert Activity.objects.filter(kind="take").count() == 64


def test_two_nexts_of_one_person_at_once_pass_no_limit(crowd: Cast) -> None:
    items_at(crowd.here, 6, queue=own_queue(crowd))
    WorkProfile.objects.create(user=crowd.sam, most_taken=1)
    pulled: list[list[WorkItem]] = []

    def pull() -> None:
        pulled.append(work.next_items(crowd.sam, today=TODAY))

    one_under_way(pull, pull)

    assert sorted(map(len, pulled)) == [0, 1]
    assert WorkItem.objects.filter(assignee=crowd.sam).count() == 1


def test_of_sixteen_people_who_take_one_item_one_gets_it(crowd: Cast) -> None:
    [item] = items_at(crowd.here, 1)
    people = [User.objects.create(username=f"t{n}", role=Role.SPECIALIST, all_facilities=True) for n in range(16)]

    answers = at_once(*[lambda user=user: work.take([item], user) for user in people])

    assert sum(bool(done.done) for done in answers) == 1
    assert WorkItem.objects.get(pk=item).version == 2


def test_two_managers_who_reassign_the_same_items_lose_nothing_and_do_not_deadlock(crowd: Cast) -> None:
    items = items_at(crowd.here, 40)

    def hand_all(to: User, ids: list[int]) -> Callable[[], Any]:
        return lambda: [work.hand_over(ids, crowd.mara, to=to, reason="Balance") for _ in range(3)]

    answers = at_once(hand_all(crowd.sam, items), hand_all(crowd.sue, items[::-1]))

    given = sum(len(done.done) for answer in answers for done in answer)
    assert Activity.objects.filter(kind="hand_over").count() == given
    for item in WorkItem.objects.all():
        handed = list(item.activities.order_by("pk").values_list("facts", flat=True))
        assert item.version == 1 + len(handed)
        assert [fact["from"] for fact in handed] == [None, *[fact["to"] for fact in handed[:-1]]]
        assert item.assignee_id == handed[-1]["to"]


def test_who_hands_over_starts_from_what_the_one_before_left(crowd: Cast) -> None:
    [item] = items_at(crowd.here, 1)

    def hand(to: User) -> Callable[[], Any]:
        return lambda: work.hand_over([item], crowd.mara, to=to, reason="Balance")

    one_under_way(hand(crowd.sam), hand(crowd.sue))

    facts = list(Activity.objects.order_by("pk").values_list("facts", flat=True))
    assert facts == [{"from": None, "to": crowd.sam.pk}, {"from": crowd.sam.pk, "to": crowd.sue.pk}]


def test_of_two_forms_about_one_version_one_wins_and_the_other_is_told(crowd: Cast) -> None:
    [item] = items_at(crowd.here, 1)

    def postpone(user: User, days: int) -> Callable[[], str]:
        def attempt() -> str:
            try:
                until = TODAY + timedelta(days=days)
                work.postpone([item], user, until=until, because="x", today=TODAY, expected_version=1)
            except Refused as refused:
                return refused.sentence
            return "done"

        return attempt

    answers = sorted(at_once(postpone(crowd.mara, 1), postpone(crowd.ada, 2)), key=len)

    assert answers[0] == "done"
    assert "Nothing was overwritten" in answers[1]


def test_two_remittances_that_deny_one_claim_at_once_make_one_item(crowd: Cast) -> None:
    claim = ClaimFactory.create(facility=crowd.here)
    denials = [deny(claim, trace=f"T-{n}") for n in range(4)]

    def opening(remittance: Any) -> Callable[[], None]:
        def run() -> None:
            with transaction.atomic():
                open_items(remittance)

        return run

    at_once(*[opening(denial.remitted_claim.remittance) for denial in denials])

    assert WorkItem.objects.get().denial == denials[-1]
    kinds = Activity.objects.filter(kind__in=["opened", "denied_again"]).values_list("kind", flat=True)
    assert Counter(kinds) == {"opened": 1, "denied_again": 3}


def test_a_denial_that_arrives_while_the_claims_first_one_is_opened_waits_for_it(crowd: Cast) -> None:
    claim = ClaimFactory.create(facility=crowd.here)
    first, second = (deny(claim, trace=f"T-{n}").remitted_claim.remittance for n in range(2))

    one_under_way(lambda: open_items(first), lambda: open_items(second))

    assert WorkItem.objects.get().round == 2


def test_a_payment_and_a_person_who_resolves_take_turns(crowd: Cast) -> None:
    [item] = items_at(crowd.here, 1)
    remittance = remit(WorkItem.objects.get().claim, charge=1450, paid=900).remittance
    answers: list[Any] = []

    one_under_way(
        lambda: settle(remittance),
        lambda: answers.append(work.resolve([item], crowd.mara, resolution="no_action")),
    )

    assert answers[0].refused[0].sentence == "Resolve: not possible while the item is resolved."
    assert WorkItem.objects.get().settlement == "overturned"


def test_a_payment_that_arrives_while_people_work_settles_each_item_once(crowd: Cast) -> None:
    items = items_at(crowd.here, 12)
    payment: RemittedClaim | None = None
    for item in WorkItem.objects.select_related("claim"):
        payment = remit(item.claim, charge=1450, paid=900, beside=payment)
    assert payment is not None
    remittance = payment.remittance

    def settling() -> None:
        with transaction.atomic():
            settle(remittance)

    at_once(settling, lambda: work.take(items, crowd.sam), settling)

    assert set(WorkItem.objects.values_list("status", flat=True)) == {"resolved"}
    assert Activity.objects.filter(kind="settle").count() == len(items)


@pytest.mark.django_db
def test_the_next_item_is_the_most_urgent_one_of_my_queues_that_is_awake(cast: Cast) -> None:
    queue = own_queue(cast)
    other = QueueFactory.create(key="coding")
    [urgent] = items_at(cast.here, 1, queue=queue, rank_key=5)
    items_at(cast.here, 1, queue=queue, rank_key=9)
    items_at(cast.here, 1, queue=other, rank_key=1)
    items_at(cast.there, 1, queue=queue, rank_key=1)
    items_at(cast.here, 1, queue=queue, rank_key=1, status="taken", assignee=cast.sue)
    items_at(cast.here, 1, queue=queue, rank_key=1, assignee=cast.sue)
    items_at(cast.here, 1, queue=queue, rank_key=1, status="postponed", postponed_until=TODAY + timedelta(days=1))

    taken = work.next_item(cast.sam, today=TODAY)

    assert taken is not None
    assert (taken.pk, taken.status, taken.assignee) == (urgent, "taken", cast.sam)


@pytest.mark.django_db
def test_what_was_handed_to_me_comes_before_what_is_free(cast: Cast) -> None:
    queue = own_queue(cast)
    items_at(cast.here, 1, queue=queue, rank_key=1)
    [handed] = items_at(cast.here, 1, queue=queue, rank_key=9, assignee=cast.sam)

    taken = work.next_item(cast.sam, today=TODAY)

    assert taken is not None
    assert taken.pk == handed


@pytest.mark.django_db
def test_a_postponed_item_is_offered_on_its_day_before_the_sweep_has_run(cast: Cast) -> None:
    own_queue(cast)
    [due] = items_at(cast.here, 1, status="postponed", postponed_until=TODAY)

    taken = work.next_item(cast.sam, today=TODAY)

    assert taken is not None
    assert (taken.pk, taken.postponed_until) == (due, None)


@pytest.mark.django_db
def test_a_named_queue_may_be_worked_by_anybody_who_sees_its_items(cast: Cast) -> None:
    other = QueueFactory.create(key="coding")
    items_at(cast.here, 1, queue=other)

    assert work.next_item(cast.sam, today=TODAY) is None
    assert work.next_item(cast.sam, today=TODAY, queue=other) is not None


@pytest.mark.django_db
def test_somebody_without_a_team_is_offered_every_queue(cast: Cast) -> None:
    cast.sam.teams.clear()
    items_at(cast.here, 1, queue=QueueFactory.create(key="coding"))

    assert work.next_item(cast.sam, today=TODAY) is not None


@pytest.mark.django_db
def test_who_may_only_look_is_offered_nothing(cast: Cast) -> None:
    with pytest.raises(Refused):
        work.next_item(cast.remy, today=TODAY)
