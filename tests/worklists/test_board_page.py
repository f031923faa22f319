"""The board: every queue and person, each number the list it leads to."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.factories import QueueFactory
from tests.worklists.pages import item_at, signed_in
from worklists import work

pytestmark = pytest.mark.django_db


def test_only_managers_and_admins_see_it(cast: Cast) -> None:
    answers = {user.username: signed_in(user).get("/board/").status_code for user in (cast.sam, cast.remy, cast.ada)}
    assert answers == {"sam": 403, "remy": 403, "ada": 200}


def test_queues_and_people_with_counts_dollars_and_what_is_late(cast: Cast) -> None:
    today = timezone.localdate()
    auth = QueueFactory.create(key="prior_auth", name="Authorization")
    late = item_at(cast.here, queue=auth, deadline=today - timedelta(days=2), amount_at_risk=Decimal("100.00"))
    item_at(cast.there, queue=auth, deadline=today + timedelta(days=3), amount_at_risk=Decimal("50.50"))
    done = item_at(cast.here, queue=auth)
    work.take([late.pk], cast.sam)
    work.resolve([done.pk], cast.sam, resolution="no_action")
    board = signed_in(cast.mara).get("/board/").context["board"]
    row = next(row for row in board.queues if row.label == "Authorization").numbers
    assert (row.open, row.at_risk, row.overdue, row.due, row.unowned) == (2, Decimal("150.50"), 1, 1, 1)
    sam = next(row for row in board.people if row.label == "Sam Fictional").numbers
    assert (sam.open, sam.overdue, sam.at_risk) == (1, 1, Decimal("100.00"))
    assert board.total.numbers == row


def test_each_number_leads_to_the_list_of_exactly_these_items(cast: Cast) -> None:
    today = timezone.localdate()
    for days in (-2, -1, 0, 3, 7, 8, 40):
        item_at(cast.here, deadline=today + timedelta(days=days))
    client = signed_in(cast.mara)
    board = client.get("/board/").context["board"]
    row = next(row for row in board.queues if row.label == "Authorization")
    for name in ("open", "overdue", "due", "unowned", "waiting"):
        counts = client.get(row.links[name]).context["counts"]
        assert counts.shown == getattr(row.numbers, name), name


def test_half_dollars_are_rounded_alike_in_the_chart_and_in_the_tables(cast: Cast) -> None:
    due = timezone.localdate() + timedelta(days=16)
    item_at(cast.here, deadline=due, amount_at_risk=Decimal("566.50"))
    page = signed_in(cast.mara).get("/board/").content.decode()
    assert "$567" in page
    assert "$566" not in page


def test_unrouted_stands_first_and_says_why(cast: Cast) -> None:
    item_at(cast.here, queue=QueueFactory.create(key="unrouted", name="Unrouted"))
    page = signed_in(cast.mara).get("/board/")
    assert page.context["board"].queues[0].is_unrouted
    assert "no rule took these" in page.content.decode()


def test_work_of_somebody_who_left_still_has_a_row(cast: Cast) -> None:
    item_at(cast.here, assignee=cast.sue)
    cast.sue.is_active = False
    cast.sue.save()
    assert "no longer works here" in signed_in(cast.mara).get("/board/").content.decode()


def test_a_manager_of_one_facility_counts_only_that_one(cast: Cast) -> None:
    cast.mara.all_facilities = False
    cast.mara.save()
    cast.mara.facilities.add(cast.here)
    item_at(cast.here)
    item_at(cast.there)
    page = signed_in(cast.mara).get("/board/")
    assert page.context["board"].total.numbers.open == 1


def test_no_patient_stands_on_the_board(cast: Cast) -> None:
    item_at(cast.here, last="Madeup", claim__number="RC-777123")
    assert not re.search("Madeup|RC-777123", signed_in(cast.mara).get("/board/").content.decode())


def test_the_board_costs_the_same_with_more_queues(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        item_at(cast.here, queue=QueueFactory.create(key=f"queue-{number}", name=f"Queue {number}"))
    client = signed_in(cast.mara)
    client.get("/board/")  # the first page of a session also writes the session
    with django_assert_max_num_queries(10):
        client.get("/board/")
