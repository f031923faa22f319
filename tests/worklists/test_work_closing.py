"""Resolve an item with what came of it, and reopen it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts.refusal import Refused
from tests.cast import Cast
from tests.factories import ClaimFactory, DenialFactory, WorkItemFactory
from worklists import work
from worklists.domain.transitions import Status, allowed_jumps
from worklists.models import Activity, WorkItem

pytestmark = pytest.mark.django_db
OUTCOME: dict[str, Any] = {
    "resolution": "appeal",
    "settlement": "overturned",
    "root_cause": "Approval was for another code",
    "recovered_amount": Decimal("812.40"),
    "preventable": True,
}
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
JUMPS = allowed_jumps()
FORBIDDEN = [(one, other) for one in Status for other in Status if one != other and (one, other) not in JUMPS]


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    claim = ClaimFactory.create(facility=cast.here)
    return WorkItemFactory.create(
        denial__remitted_claim__claim=claim, status="taken", assignee=cast.sam, queue__key="prior_auth"
    )


def test_resolving_keeps_what_was_done_and_what_came_of_it(item: WorkItem, cast: Cast) -> None:
    work.resolve([item.pk], cast.sam, **OUTCOME).or_refuse()

    item.refresh_from_db()
    assert {name: getattr(item, name) for name in OUTCOME} == OUTCOME
    assert (item.status, item.resolved_by, item.assignee) == ("resolved", cast.sam, cast.sam)
    assert item.resolved_at is not None
    activity = item.activities.get()
    assert (activity.status_from, activity.status_to) == ("taken", "resolved")
    assert activity.facts["recovered_amount"] == "812.40"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"resolution": ""}, "choose how the item was resolved"),
        ({"resolution": "magic"}, "choose how the item was resolved"),
        ({"settlement": "magic"}, "choose an outcome"),
        ({"recovered_amount": Decimal("-0.01")}, "cannot be below zero"),
        ({"recovered_amount": Decimal("NaN")}, "cannot be below zero"),
        ({"settlement": "upheld"}, "money was recovered"),
        ({"root_cause": "x" * 301}, "shorten the text"),
    ],
)
def test_an_outcome_that_contradicts_itself_is_refused(
    item: WorkItem, cast: Cast, wrong: dict[str, Any], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        work.resolve([item.pk], cast.sam, **{**OUTCOME, **wrong})

    assert not Activity.objects.exists()


def test_no_more_can_be_recovered_than_was_charged(item: WorkItem, cast: Cast) -> None:
    done = work.resolve([item.pk], cast.sam, **{**OUTCOME, "recovered_amount": Decimal("1450.01")})

    assert done.refused[0].sentence == "$1,450.01 is more than the claim's charge of $1,450.00."


def test_a_recovered_amount_is_for_one_item_at_a_time(item: WorkItem, cast: Cast) -> None:
    other = WorkItemFactory.create()

    done = work.resolve([item.pk, other.pk], cast.mara, **OUTCOME)

    assert [refused.item_id for refused in done.refused] == [item.pk, other.pk]


def test_many_items_are_resolved_alike(item: WorkItem, cast: Cast) -> None:
    other = WorkItemFactory.create()

    assert work.resolve([item.pk, other.pk], cast.mara, resolution="no_action").done == [item.pk, other.pk]


def test_a_resolved_item_cannot_be_resolved_taken_or_moved(item: WorkItem, cast: Cast) -> None:
    work.resolve([item.pk], cast.sam, **OUTCOME)

    for done in (
        work.resolve([item.pk], cast.sam, resolution="no_action"),
        work.take([item.pk], cast.sam),
        work.hand_over([item.pk], cast.mara, to=cast.sue, reason="x"),
    ):
        assert "not possible while the item is resolved" in done.refused[0].sentence


def test_somebody_elses_item_is_not_resolved_by_a_specialist(item: WorkItem, cast: Cast) -> None:
    assert "Sam Fictional has this item" in work.resolve([item.pk], cast.sue, **OUTCOME).refused[0].sentence


def test_reopening_takes_the_outcome_off_and_keeps_the_owner(item: WorkItem, cast: Cast) -> None:
    work.resolve([item.pk], cast.sam, **OUTCOME)

    work.reopen([item.pk], cast.sue, reason="The payer paid another claim").or_refuse()

    item.refresh_from_db()
    assert (item.status, item.assignee, item.resolution, item.settlement) == ("new", cast.sam, "", "")
    assert (item.recovered_amount, item.resolved_at, item.resolved_by) == (None, None, None)
    assert item.root_cause == OUTCOME["root_cause"]
    assert item.activities.get(kind="resolve").facts["recovered_amount"] == "812.40"


def test_an_item_reopened_after_its_owner_left_is_free(item: WorkItem, cast: Cast) -> None:
    work.resolve([item.pk], cast.sam, **OUTCOME)
    cast.sam.is_active = False
    cast.sam.save(update_fields=["is_active"])

    work.reopen([item.pk], cast.mara, reason="x").or_refuse()

    item.refresh_from_db()
    assert item.assignee is None


def test_an_item_is_not_reopened_beside_an_open_one_of_the_same_claim(item: WorkItem, cast: Cast) -> None:
    work.resolve([item.pk], cast.sam, **OUTCOME)
    denial = DenialFactory.create(remitted_claim__claim=item.claim)
    newer = WorkItemFactory.create(denial=denial)

    assert "has an open item already" in work.reopen([item.pk], cast.mara, reason="x").refused[0].sentence

    work.resolve([newer.pk], cast.mara, resolution="no_action")
    done = work.reopen([item.pk, newer.pk], cast.mara, reason="x")
    assert (done.done, [refused.item_id for refused in done.refused]) == ([item.pk], [newer.pk])


@pytest.mark.parametrize(("source", "target"), FORBIDDEN)
def test_the_database_refuses_every_jump_that_no_action_makes(item: WorkItem, source: Status, target: Status) -> None:
    shaped = {"assignee": item.assignee, "resolution": "appeal", "resolved_at": NOW, "postponed_until": NOW.date()}
    other = WorkItemFactory.create(status=source, **shaped)

    with (
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="Invalid transition"),
        transaction.atomic(),
    ):
        cursor.execute("UPDATE worklists_workitem SET status = %s WHERE id = %s", [target, other.pk])


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("status = 'resolved'", "resolved_item_says_how"),
        ("assignee_id = NULL", "taken_item_has_owner"),
        ("recovered_amount = -1", "recovered_not_negative"),
        ("status = 'postponed'", "postponed_item_has_date"),
    ],
)
def test_the_database_refuses_an_item_that_makes_no_sense(item: WorkItem, change: str, constraint: str) -> None:
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        cursor.execute(f"UPDATE worklists_workitem SET {change} WHERE id = %s", [item.pk])


def test_what_people_did_cannot_be_changed_or_deleted(item: WorkItem, cast: Cast) -> None:
    work.note([item.pk], cast.sam, text="Called")

    for statement in ("UPDATE worklists_activity SET text = ''", "DELETE FROM worklists_activity"):
        with (
            connection.cursor() as cursor,
            pytest.raises(ProgrammingError, match="Cannot update or delete"),
            transaction.atomic(),
        ):
            cursor.execute(statement)
