"""My day: what asks for one person today, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.factories import QueueFactory
from tests.worklists.pages import item_at, shown_items, signed_in
from worklists import work

pytestmark = pytest.mark.django_db


def parts(cast: Cast) -> dict[str, list[int]]:
    found = signed_in(cast.sam).get("/my-day/").context["parts"]
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
        "Due now": [due.pk],
        "Ask the payer": [sent.pk],
        "In your hands": [rest.pk],
        "Nobody has taken these": [free.pk],
    }


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
    late, later, free, _ = (item_at(cast.here, queue=queue, deadline=today + timedelta(days=d)) for d in (-3, 9, 5, 6))
    work.take([late.pk, later.pk], cast.sam)
    client = signed_in(cast.sam)
    urls = {part.title: part.url for part in client.get("/my-day/").context["parts"]}
    assert shown_items(client.get(urls["Due now"])) == [late.pk]
    assert shown_items(client.get(urls["Nobody has taken these"])) == [free.pk]
