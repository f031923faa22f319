"""How much a person may take at once and from where; "Next" and the item page refuse with the same words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.once import new_form_key
from tests.cast import Cast
from tests.factories import QueueFactory
from tests.worklists.pages import item_at, signed_in
from worklists import work
from worklists.changes import Done
from worklists.models import Queue, WorkProfile

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def coding(cast: Cast) -> Queue:
    queue: Queue = QueueFactory.create(key="coding", name="Coding")
    queue.teams.set(cast.sam.teams.all())
    return queue


def profile(user: Any, **values: Any) -> None:
    WorkProfile.objects.create(user=user, **values)


def refusals(done: Done) -> list[str]:
    return [refusal.sentence for refusal in done.refused]


def test_next_hands_out_nothing_beyond_the_limit_and_says_why(cast: Cast, coding: Queue) -> None:
    profile(cast.sam, most_taken=2)
    for _ in range(3):
        item_at(cast.here, queue=coding)
    assert [bool(work.next_item(cast.sam, today=TODAY)) for _ in range(3)] == [True, True, False]
    client = signed_in(cast.sam)
    client.post("/next/")
    page = client.get("/queues/").content.decode()
    assert "You hold 2 of 2 items: finish or put back one first." in page
    assert "Nothing is left" not in page


def test_putting_one_back_makes_room(cast: Cast, coding: Queue) -> None:
    profile(cast.sam, most_taken=1)
    first, second = item_at(cast.here, queue=coding), item_at(cast.here, queue=coding)
    work.take([first.pk], cast.sam)
    assert refusals(work.take([second.pk], cast.sam)) == ["You hold 1 of 1 items: finish or put back one first."]
    work.release([first.pk], cast.sam)
    assert work.take([second.pk], cast.sam).done == [second.pk]


def test_of_many_rows_only_as_many_are_taken_as_there_is_room(cast: Cast, coding: Queue) -> None:
    profile(cast.sam, most_taken=2)
    items = [item_at(cast.here, queue=coding).pk for _ in range(3)]
    done = work.take(items, cast.sam)
    assert (done.done, refusals(done)) == (items[:2], ["You hold 2 of 2 items: finish or put back one first."])


def test_what_waits_or_is_postponed_is_not_in_work(cast: Cast, coding: Queue) -> None:
    profile(cast.sam, most_taken=1)
    sent, free = item_at(cast.here, queue=coding), item_at(cast.here, queue=coding)
    work.take([sent.pk], cast.sam)
    work.wait_for_payer([sent.pk], cast.sam, follow_up_on=TODAY)
    assert work.take([free.pk], cast.sam).done == [free.pk]


def test_a_queue_may_have_a_limit_of_its_own(cast: Cast, coding: Queue) -> None:
    Queue.objects.filter(pk=coding.pk).update(most_taken=1)
    other = QueueFactory.create(key="billing", name="Billing")
    other.teams.set(cast.sam.teams.all())
    item_at(cast.here, queue=coding)
    handed = item_at(cast.here, queue=coding, assignee=cast.sam)
    item_at(cast.here, queue=other)
    taken = [work.next_item(cast.sam, today=TODAY) for _ in range(3)]
    assert [item and item.queue.key for item in taken] == ["coding", "billing", None]
    assert taken[0] == handed
    rest = coding.items.get(assignee=None)
    assert refusals(work.take([rest.pk], cast.sam)) == [
        "You hold 1 of 1 items of Coding: finish or put back one first."
    ]


def test_a_queue_that_managers_hand_out_gives_nothing_free(cast: Cast, coding: Queue) -> None:
    Queue.objects.filter(pk=coding.pk).update(handing_out="push")
    free = item_at(cast.here, queue=coding)
    assert work.next_item(cast.sam, today=TODAY) is None
    sentence = "Items of Coding are handed out by a manager: ask one for them."
    assert refusals(work.take([free.pk], cast.sam)) == [sentence]
    client = signed_in(cast.sam)
    client.post("/next/", {"queue": "coding"})
    assert sentence in client.get("/queues/coding/").content.decode()
    work.hand_over([free.pk], cast.mara, to=cast.sam, reason="Yours")
    assert work.next_item(cast.sam, today=TODAY) == free


def test_skills_decide_what_is_offered_and_a_manager_may_hand_it_over_anyway(cast: Cast, coding: Queue) -> None:
    Queue.objects.filter(pk=coding.pk).update(skills=["Oncology coding", "Medicare"])
    profile(cast.sam, skills=["medicare"])
    profile(cast.sue, skills=["medicare", "oncology coding"])
    first, second = item_at(cast.here, queue=coding), item_at(cast.here, queue=coding)
    assert work.next_item(cast.sam, today=TODAY) is None
    assert refusals(work.take([first.pk], cast.sam)) == [
        "Coding asks for skills that your profile does not name: Oncology coding. A manager can add them."
    ]
    assert work.next_item(cast.sue, today=TODAY) == first
    work.hand_over([second.pk], cast.mara, to=cast.sam, reason="To learn")
    assert work.next_item(cast.sam, today=TODAY) == second


def test_one_closed_queue_does_not_close_the_others(cast: Cast, coding: Queue) -> None:
    Queue.objects.filter(pk=coding.pk).update(handing_out="push")
    item_at(cast.here, queue=coding)
    other = QueueFactory.create(key="billing", name="Billing")
    other.teams.set(cast.sam.teams.all())
    client = signed_in(cast.sam)
    client.post("/next/")
    page = client.get("/queues/").content.decode()
    assert "Nothing is left to take in your queues." in page
    assert "Items of Coding are handed out by a manager" in page


def test_the_item_page_says_why_it_was_not_taken(cast: Cast, coding: Queue) -> None:
    profile(cast.sam, most_taken=1)
    first, second = item_at(cast.here, queue=coding), item_at(cast.here, queue=coding)
    work.take([first.pk], cast.sam)
    answer = signed_in(cast.sam).post(f"/items/{second.pk}/take/")
    assert answer.status_code == 422
    assert "You hold 1 of 1 items" in answer.content.decode()


@pytest.mark.parametrize(
    ("of_queue", "of_person", "gives"),
    [
        ({}, {}, 2),
        ({"handing_out": "push"}, {}, 0),
        ({"skills": ["Medicare"]}, {}, 0),
        ({"skills": ["Medicare"]}, {"skills": ["medicare"]}, 2),
        ({"most_taken": 1}, {}, 1),
        ({}, {"most_taken": 1}, 1),
    ],
)
@pytest.mark.parametrize("asked", ["", "coding"])
def test_the_button_of_a_page_keeps_to_what_a_person_may_take(
    cast: Cast, coding: Queue, of_queue: dict[str, Any], of_person: dict[str, Any], gives: int, asked: str
) -> None:
    """It takes a shorter way where nothing is asked of anybody (`worklists.taking.next_address`)."""
    Queue.objects.filter(pk=coding.pk).update(**of_queue)
    profile(cast.sam, **of_person)
    item_at(cast.here, queue=QueueFactory.create(key="others", name="Others"))
    items = [item_at(cast.here, queue=coding, rank_key=float(number)) for number in range(2)]
    client = signed_in(cast.sam)

    led = [client.post("/next/", {"queue": asked, "form_key": new_form_key()}).headers["Location"] for _ in range(3)]

    assert [place for place in led if place.startswith("/items/")] == [f"/items/{item.pk}/" for item in items[:gives]]
