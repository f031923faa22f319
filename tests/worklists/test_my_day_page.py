"""My day: what asks for one person today, and for nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.factories import QueueFactory
from tests.worklists.pages import item_at, shown_items, signed_in
from worklists import work
from worklists.day import asked_of
from worklists.models import RecordRequest, WorkItem

pytestmark = pytest.mark.django_db


def parts(cast: Cast) -> dict[str, list[int]]:
    found = signed_in(cast.sam).get("/my-day/").context["day"].parts
    return {part.title: [row.pk for row in part.rows] for part in found}


def test_own_work_comes_by_what_presses_then_what_nobody_has_taken(cast: Cast) -> None:
    today = timezone.localdate()
    queue = QueueFactory.create(key="prior_auth", name="Authorization")
    queue.teams.set(cast.sam.teams.all())
    due, rest, sent, sent_later, free, sues = (
        item_at(cast.here, queue=queue, deadline=today + timedelta(days=days)) for days in (2, 60, 60, 60, 1, 1)
    )
    work.take([due.pk, rest.pk, sent.pk, sent_later.pk], cast.sam)
    work.take([sues.pk], cast.sue)
    work.wait_for_payer([sent.pk], cast.sam, follow_up_on=today)
    work.wait_for_payer([sent_later.pk], cast.sam, follow_up_on=today + timedelta(days=9))
    assert parts(cast) == {
        "Due soon": [due.pk],
        "Ask the payer": [sent.pk],
        "In your hands": [rest.pk],
        "Nobody has taken these": [free.pk],
        "Waiting for payers": [sent_later.pk],
    }
    page = signed_in(cast.sam).get("/my-day/").content.decode()
    summary = page.partition('id="summary"')[2].partition("</output>")[0]
    assert "3 to do today: Due soon 1 · Ask the payer 1 · Nobody has taken these 1." in summary, "as the rail counts"
    assert "Also here: In your hands 1 · Waiting for payers 1" in summary
    assert in_the_rail(page) == 3
    before, _, after = page.partition("Up to here: 3 to do today, each item counted once.")
    assert [title for title in parts(cast) if f"{title} <span" in after] == ["In your hands", "Waiting for payers"]
    assert "Nobody has taken these <span" in before


def in_the_rail(page: str) -> int:
    found = re.search(r'id="count-my-day" data-live>(\d+)<', page)
    assert found is not None
    return int(found[1])


def test_what_a_tickler_brought_back_stands_there_until_something_is_done_with_it(cast: Cast) -> None:
    today = timezone.localdate()
    back, given = (item_at(cast.here, deadline=today + timedelta(days=60)) for _ in range(2))
    work.take([back.pk], cast.sam)
    work.postpone([back.pk], cast.sam, until=today + timedelta(days=1), because="Record", today=today)
    WorkItem.objects.filter(pk=back.pk).update(postponed_until=today)
    work.wake_postponed(today)
    work.hand_over([given.pk], cast.mara, to=cast.sam, reason="Yours now")
    found = parts(cast)
    assert found["Back from a tickler"] == [back.pk]
    assert found["New to you"] == [given.pk]
    page = signed_in(cast.sam).get("/my-day/").content.decode()
    assert "1 to do today: Back from a tickler 1." in page
    assert in_the_rail(page) == 1
    work.note([back.pk], cast.sam, text="Called")
    assert "Back from a tickler" not in parts(cast)
    page = signed_in(cast.sam).get("/my-day/").content.decode()
    assert "Nothing here has to be done today" in page
    assert in_the_rail(page) == 0


def test_the_number_is_that_of_the_items_listed_as_to_do_today(cast: Cast) -> None:
    today = timezone.localdate()
    queue = QueueFactory.create(key="prior_auth", name="Authorization")
    queue.teams.set(cast.sam.teams.all())
    both, back, free, given, rest = (
        item_at(cast.here, queue=queue, deadline=today + timedelta(days=days)) for days in (1, 60, 1, 60, 60)
    )
    work.take([both.pk, back.pk, rest.pk], cast.sam)
    work.postpone([both.pk, back.pk], cast.sam, until=today + timedelta(days=1), because="Record", today=today)
    WorkItem.objects.filter(pk__in=[both.pk, back.pk]).update(postponed_until=today)
    work.wake_postponed(today)
    work.hand_over([given.pk], cast.mara, to=cast.sam, reason="Yours now")
    page = signed_in(cast.sam).get("/my-day/")
    day = page.context["day"]
    listed = [row.pk for part in day.pressing for row in part.rows]
    assert sorted(listed) == sorted([both.pk, back.pk, free.pk])
    assert in_the_rail(page.content.decode()) == day.asked == len(listed)
    assert day.parts == [*day.pressing, *day.others], "what is to do today stands before what has more time"


def test_a_full_day_asks_the_database_six_times(cast: Cast, django_assert_max_num_queries: Any) -> None:
    today = timezone.localdate()
    items = [item_at(cast.here, deadline=today + timedelta(days=days)) for days in (-2, 0, 3, 40)]
    work.take([item.pk for item in items], cast.sam)
    client = signed_in(cast.sam)
    client.get("/my-day/")
    with django_assert_max_num_queries(6):
        assert client.get("/my-day/").status_code == 200


def test_an_item_of_another_facility_never_asks(cast: Cast) -> None:
    queue = QueueFactory.create(key="prior_auth", name="Authorization")
    queue.teams.set(cast.sam.teams.all())
    item_at(cast.there, queue=queue, deadline=timezone.localdate())
    assert parts(cast) == {}


def test_a_day_with_nothing_in_it_says_what_to_do(cast: Cast) -> None:
    assert "Nothing asks for you today" in signed_in(cast.sam).get("/my-day/").content.decode()


def test_each_part_leads_to_the_list_of_exactly_its_items(cast: Cast) -> None:
    today = timezone.localdate()
    queue = QueueFactory.create(key="prior_auth", name="Authorization")
    queue.teams.set(cast.sam.teams.all())
    days = (-3, 0, 4, 9, 5, 6)
    late, now, soon, later, free, _ = (
        item_at(cast.here, queue=queue, deadline=today + timedelta(days=d)) for d in days
    )
    work.take([late.pk, now.pk, soon.pk, later.pk], cast.sam)
    client = signed_in(cast.sam)
    urls = {part.title: part.url for part in client.get("/my-day/").context["day"].parts}
    assert shown_items(client.get(urls["Overdue"])) == [late.pk]
    assert shown_items(client.get(urls["Due today"])) == [now.pk]
    assert shown_items(client.get(urls["Due soon"])) == [soon.pk]
    assert shown_items(client.get(urls["Nobody has taken these"])) == [free.pk]


def test_what_has_more_time_opens_without_what_presses(cast: Cast) -> None:
    today = timezone.localdate()
    near, far = today + timedelta(days=2), today + timedelta(days=60)
    given, begun, sent = ([item_at(cast.here, deadline=day) for day in (near, far)] for _ in range(3))
    work.hand_over([item.pk for item in given], cast.mara, to=cast.sam, reason="Yours")
    work.take([item.pk for item in begun + sent], cast.sam)
    for item, day in zip(sent, (today, today + timedelta(days=9)), strict=True):
        WorkItem.objects.filter(pk=item.pk).update(status="waiting", follow_up_on=day)
    client = signed_in(cast.sam)
    urls = {part.title: part.url for part in client.get("/my-day/").context["day"].others}
    found = {title: shown_items(client.get(url)) for title, url in urls.items()}
    assert found == {"New to you": [given[1].pk], "In your hands": [begun[1].pk], "Waiting for payers": [sent[1].pk]}


def test_records_that_others_still_owe_stand_in_the_day_of_who_asked_and_of_who_has_the_item(cast: Cast) -> None:
    today = timezone.localdate()
    late, due, closed = (item_at(cast.here, deadline=today + timedelta(days=60)) for _ in range(3))
    work.take([late.pk], cast.sue)
    days = {late: today - timedelta(days=1), due: today, closed: today - timedelta(days=3)}
    for item, due_on in days.items():
        values = {"facility": item.facility, "to": "him", "due_on": due_on, "asked_by": cast.sam}
        RecordRequest.objects.create(item=item, asked_on=today - timedelta(days=5), **values)
    work.resolve([closed.pk], cast.sam, resolution="no_action")
    assert parts(cast)["Records are overdue"] == [late.pk]
    assert shown_items(signed_in(cast.sam).get("/items/?news=records")) == [late.pk]
    assert late.pk in asked_of(cast.sue, today).values_list("pk", flat=True)
    assert "Records are overdue" in signed_in(cast.sue).get("/my-day/").content.decode()
    assert "Records are overdue" not in signed_in(cast.mara).get("/my-day/").content.decode()


def test_an_item_stands_once_in_a_day_and_the_later_part_says_that_it_stands_above(cast: Cast) -> None:
    today = timezone.localdate()
    both, only = (item_at(cast.here, deadline=today + timedelta(days=60)) for _ in range(2))
    work.take([both.pk, only.pk], cast.sam)
    work.postpone([both.pk], cast.sam, until=today + timedelta(days=1), because="Record", today=today)
    WorkItem.objects.filter(pk=both.pk).update(postponed_until=today)
    work.wake_postponed(today)
    assert parts(cast) == {"Back from a tickler": [both.pk], "In your hands": [only.pk]}
    page = signed_in(cast.sam).get("/my-day/").content.decode()
    assert "2, 1 of them above" in page
