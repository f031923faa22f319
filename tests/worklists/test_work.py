"""Take, put back, note, postpone, hand over, move: by whom, from which state, and what is told to those refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Conflict, Refused
from tests.cast import Cast
from tests.factories import DEADLINE, ClaimFactory, QueueFactory, WorkItemFactory
from worklists import work
from worklists.changes import Done
from worklists.models import Activity, Queue, WorkItem

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
SOON = TODAY + timedelta(days=7)


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    return item_at(cast.here)


@pytest.fixture
def coding(db: None) -> Queue:
    return QueueFactory.create(key="coding", name="Coding")


def item_at(facility: object, **values: Any) -> WorkItem:
    claim = ClaimFactory.create(facility=facility)
    return WorkItemFactory.create(denial__remitted_claim__claim=claim, **values)


def taken_by(user: User, facility: object) -> WorkItem:
    return item_at(facility, status="taken", assignee=user)


def latest(item: WorkItem) -> Activity:
    item.refresh_from_db()
    return item.activities.get()


def refusal(done: Done) -> str:
    assert not done.done
    [refused] = done.refused
    return refused.sentence


def test_taking_gives_the_item_an_owner_and_leaves_one_activity(item: WorkItem, cast: Cast) -> None:
    done = work.take([item.pk], cast.sam)

    activity = latest(item)
    assert (done.done, done.refused) == ([item.pk], [])
    assert (item.status, item.assignee, item.version) == ("taken", cast.sam, 2)
    assert item.taken_at is not None
    assert (activity.kind, activity.actor) == ("take", cast.sam)
    assert (activity.status_from, activity.status_to) == ("new", "taken")


def test_who_comes_second_learns_who_was_first(item: WorkItem, cast: Cast) -> None:
    work.take([item.pk], cast.sue)

    assert refusal(work.take([item.pk], cast.sam)) == "Sue Fictional took this item."
    assert refusal(work.take([item.pk], cast.sue)) == "You have this item already."


def test_an_item_handed_to_somebody_is_not_taken_by_another_specialist(cast: Cast) -> None:
    item = item_at(cast.here, assignee=cast.sue)

    assert "Sue Fictional has this item" in refusal(work.take([item.pk], cast.sam))
    assert work.take([item.pk], cast.mara).done == [item.pk]


def test_many_items_are_taken_and_the_refused_ones_say_why(cast: Cast) -> None:
    free, hers, elsewhere = item_at(cast.here), taken_by(cast.sue, cast.here), item_at(cast.there)

    done = work.take([free.pk, hers.pk, elsewhere.pk], cast.sam)

    assert done.done == [free.pk]
    assert {refused.item_id: refused.sentence for refused in done.refused} == {
        hers.pk: "Sue Fictional took this item.",
        elsewhere.pk: "This item does not exist, or is at another facility.",
    }


def test_a_query_of_items_works_like_a_list_of_ids(cast: Cast) -> None:
    items = sorted(item_at(cast.here).pk for _ in range(3))

    assert work.take(WorkItem.objects.open(), cast.sam).done == items


@pytest.mark.parametrize("verb", ["take", "release", "note", "postpone", "hand_over", "move", "resolve", "reopen"])
def test_who_may_only_look_changes_nothing(verb: str, item: WorkItem, cast: Cast, coding: Queue) -> None:
    arguments: dict[str, dict[str, Any]] = {
        "note": {"text": "x"},
        "postpone": {"until": SOON, "because": "x", "today": TODAY},
        "hand_over": {"to": cast.sue, "reason": "x"},
        "move": {"queue": coding, "reason": "x"},
        "resolve": {"resolution": "adjustment"},
        "reopen": {"reason": "x"},
    }

    with pytest.raises(Refused, match="your role may look"):
        getattr(work, verb)([item.pk], cast.remy, **arguments.get(verb, {}))

    assert not Activity.objects.exists()


def test_putting_back_frees_the_item(cast: Cast) -> None:
    item = taken_by(cast.sam, cast.here)

    work.release([item.pk], cast.sam).or_refuse()

    item.refresh_from_db()
    assert (item.status, item.assignee, item.taken_at) == ("new", None, None)


def test_only_its_owner_or_a_manager_puts_an_item_back(cast: Cast) -> None:
    item = taken_by(cast.sue, cast.here)

    assert "Sue Fictional has this item" in refusal(work.release([item.pk], cast.sam))
    assert work.release([item.pk], cast.mara).done == [item.pk]


def test_what_nobody_has_cannot_be_put_back(item: WorkItem, cast: Cast) -> None:
    assert refusal(work.release([item.pk], cast.sam)) == "Put back: not possible while the item is open and unowned."


def test_anybody_who_works_may_note_also_on_somebody_elses_item(cast: Cast) -> None:
    item = taken_by(cast.sue, cast.here)

    work.note([item.pk], cast.sam, text="  Called the payer.  ").or_refuse()

    activity = latest(item)
    assert (activity.kind, activity.text, activity.status_to) == ("note", "Called the payer.", "")
    assert item.status == "taken"


def test_an_empty_note_is_refused(item: WorkItem, cast: Cast) -> None:
    with pytest.raises(Refused, match="note is empty"):
        work.note([item.pk], cast.sam, text=" \n")


def test_postponing_hides_the_item_until_its_day_with_the_reason(item: WorkItem, cast: Cast) -> None:
    work.postpone([item.pk], cast.sam, until=SOON, because="Records asked for", today=TODAY).or_refuse()

    activity = latest(item)
    assert (item.status, item.postponed_until, item.postponed_because) == ("postponed", SOON, "Records asked for")
    assert (activity.text, activity.facts["until"]) == ("Records asked for", SOON.isoformat())
    assert not WorkItem.objects.awake(TODAY).exists()


@pytest.mark.parametrize("until", [TODAY, TODAY - timedelta(days=1)])
def test_postponing_needs_a_day_after_today(item: WorkItem, cast: Cast, until: date) -> None:
    with pytest.raises(Refused, match="a day after today"):
        work.postpone([item.pk], cast.sam, until=until, because="x", today=TODAY)


@pytest.mark.parametrize("because", ["", "   ", "x" * 301])
def test_postponing_needs_a_reason_that_fits(item: WorkItem, cast: Cast, because: str) -> None:
    with pytest.raises(Refused, match="Nothing was changed"):
        work.postpone([item.pk], cast.sam, until=SOON, because=because, today=TODAY)


def test_postponing_past_the_last_safe_day_needs_a_reason_of_its_own(item: WorkItem, cast: Cast) -> None:
    past: dict[str, Any] = {"until": DEADLINE + timedelta(days=1), "because": "Payer portal is down", "today": TODAY}

    assert "The last safe day is 15 Dec 2026" in refusal(work.postpone([item.pk], cast.sam, **past))
    assert work.postpone([item.pk], cast.sam, **past, late_because="It opens in January").done == [item.pk]
    assert latest(item).facts["late_because"] == "It opens in January"


def test_postponing_to_the_deadline_itself_is_allowed(item: WorkItem, cast: Cast) -> None:
    assert work.postpone([item.pk], cast.sam, until=DEADLINE, because="x", today=TODAY).done


def test_postponed_items_come_back_on_their_day_to_whom_they_belong(cast: Cast) -> None:
    free = item_at(cast.here, status="postponed", postponed_until=SOON, postponed_because="x")
    mine = item_at(cast.here, status="postponed", postponed_until=SOON, assignee=cast.sam)
    later = item_at(cast.here, status="postponed", postponed_until=SOON + timedelta(days=1))
    cast.sue.is_active = False
    cast.sue.save(update_fields=["is_active"])
    left = item_at(cast.here, status="postponed", postponed_until=SOON, assignee=cast.sue)

    assert work.wake_postponed(today=SOON).done == [free.pk, mine.pk, left.pk]
    assert work.wake_postponed(today=SOON).done == []

    rows = {row.pk: (row.status, row.assignee, row.postponed_because) for row in WorkItem.objects.all()}
    assert rows[free.pk] == rows[left.pk] == ("new", None, "")
    assert rows[mine.pk] == ("taken", cast.sam, "")
    assert rows[later.pk][0] == "postponed"
    assert latest(mine).actor is None


def test_handing_over_keeps_the_state_and_says_from_whom_to_whom(cast: Cast) -> None:
    item = taken_by(cast.sam, cast.here)

    work.hand_over([item.pk], cast.sam, to=cast.sue, reason="Holiday").or_refuse()

    activity = latest(item)
    assert (item.status, item.assignee) == ("taken", cast.sue)
    assert (activity.text, activity.facts) == ("Holiday", {"from": cast.sam.pk, "to": cast.sue.pk})


def test_what_changes_hands_is_held_from_then_on(item: WorkItem, cast: Cast) -> None:
    """Not from when the one before took it; what is free nobody holds."""
    took = timezone.now() - timedelta(days=26)
    sams, waiting = taken_by(cast.sam, cast.here), taken_by(cast.sam, cast.here)
    work.wait_for_payer([waiting.pk], cast.sam, follow_up_on=TODAY).or_refuse()
    WorkItem.objects.filter(pk__in=[sams.pk, waiting.pk]).update(taken_at=took)
    handed = timezone.now()
    work.hand_over([sams.pk, waiting.pk, item.pk], cast.mara, to=cast.sue, reason="Holiday").or_refuse()
    of_hers = WorkItem.objects.filter(assignee=cast.sue)
    assert set(of_hers.filter(taken_at__gte=handed)) == {sams, waiting}
    assert of_hers.get(taken_at=None) == item  # new: handed over, and not taken yet

    coding = QueueFactory.create(key="coding", name="Coding")
    work.move([waiting.pk], cast.mara, queue=coding, reason="Theirs").or_refuse()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.assignee, waiting.taken_at) == ("waiting", None, None)


def test_a_specialist_hands_over_free_items_and_their_own_a_manager_any(item: WorkItem, cast: Cast) -> None:
    hers = taken_by(cast.sue, cast.here)

    assert work.hand_over([item.pk], cast.sam, to=cast.sue, reason="x").done
    assert "Sue Fictional has this item" in refusal(work.hand_over([hers.pk], cast.sam, to=cast.sam, reason="x"))
    assert work.hand_over([hers.pk], cast.mara, to=cast.sam, reason="x").done


def test_a_receiver_who_cannot_work_the_item_is_refused_with_the_reason(item: WorkItem, cast: Cast) -> None:
    def said(receiver: User) -> str:
        return refusal(work.hand_over([item.pk], cast.mara, to=receiver, reason="x"))

    cast.sue.is_active = False

    assert said(cast.otto) == "Otto Fictional does not work for this item's facility."
    assert said(cast.remy) == "Remy Fictional may look at items but not work them: choose somebody else."
    assert said(cast.sue) == "Sue Fictional no longer works here: choose somebody else."


def test_handing_over_to_its_owner_is_refused(cast: Cast) -> None:
    item = taken_by(cast.sam, cast.here)

    assert refusal(work.hand_over([item.pk], cast.sam, to=cast.sam, reason="x")) == (
        "Sam Fictional has this item already."
    )


def test_handing_over_needs_a_reason(item: WorkItem, cast: Cast) -> None:
    with pytest.raises(Refused, match="say why"):
        work.hand_over([item.pk], cast.sam, to=cast.sue, reason=" ")


@pytest.mark.parametrize("status", ["taken", "postponed"])
def test_moving_puts_the_item_back_first_so_the_new_queue_starts_free(status: str, cast: Cast, coding: Queue) -> None:
    item = item_at(cast.here, status=status, assignee=cast.sam, postponed_until=SOON)

    work.move([item.pk], cast.sam, queue=coding, reason="A modifier is missing").or_refuse()

    item.refresh_from_db()
    assert (item.queue, item.status, item.assignee, item.postponed_until) == (coding, "new", None, None)
    assert item.routed_because == "Sam Fictional moved it here: A modifier is missing"
    moved, released = item.activities.all()
    assert (released.kind, released.status_from, released.status_to) == ("release", status, "new")
    assert (moved.kind, moved.facts["to_queue"]) == ("move", coding.pk)


def test_what_waits_for_the_payer_goes_on_waiting_in_the_new_queue(cast: Cast, coding: Queue) -> None:
    item = item_at(cast.here, status="waiting", assignee=cast.sam, follow_up_on=SOON)

    work.move([item.pk], cast.sam, queue=coding, reason="x").or_refuse()

    assert (latest(item).kind, item.status, item.assignee, item.follow_up_on) == ("move", "waiting", None, SOON)


def test_an_item_is_not_moved_to_where_it_is_nor_to_a_queue_that_is_off(item: WorkItem, cast: Cast) -> None:
    assert refusal(work.move([item.pk], cast.sam, queue=item.queue, reason="x")) == (
        "This item is in Authorization already."
    )
    with pytest.raises(Refused, match="switched off"):
        work.move([item.pk], cast.sam, queue=QueueFactory.create(key="old", is_active=False), reason="x")


def test_what_was_sent_waits_with_the_sender_and_its_route(item: WorkItem, cast: Cast) -> None:
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=SOON, facts={"appeal": 7}, text="Faxed").or_refuse()

    activity = latest(item)
    assert (item.status, item.assignee, item.follow_up_on, item.resolution) == ("waiting", cast.sam, SOON, "appeal")
    assert activity.facts == {"appeal": 7, "route": "appeal", "follow_up_on": SOON.isoformat()}


def test_the_answer_of_the_payer_brings_the_item_back(cast: Cast) -> None:
    hers = item_at(cast.here, status="waiting", assignee=cast.sue, follow_up_on=SOON)
    free = item_at(cast.here, status="waiting", follow_up_on=SOON)

    work.return_from_payer([hers.pk, free.pk], None, text="Upheld")

    assert (latest(hers).status_to, hers.assignee, hers.follow_up_on) == ("taken", cast.sue, None)
    assert (latest(free).status_to, free.assignee) == ("new", None)


def test_a_form_about_an_item_that_changed_meanwhile_is_a_conflict(item: WorkItem, cast: Cast) -> None:
    work.take([item.pk], cast.sue)
    before = Activity.objects.count()

    with pytest.raises(Conflict, match=r"Sue Fictional changed this item after you opened it \(taken\)"):
        work.postpone([item.pk], cast.mara, until=SOON, because="x", today=TODAY, expected_version=item.version)

    assert Activity.objects.count() == before
    with pytest.raises(Conflict, match=r"You changed this item after you opened it in another window \(taken\)"):
        work.postpone([item.pk], cast.sue, until=SOON, because="x", today=TODAY, expected_version=item.version)


def test_a_form_about_the_current_version_goes_through(item: WorkItem, cast: Cast) -> None:
    assert work.take([item.pk], cast.sam, expected_version=item.version).done


def test_a_refused_form_about_one_item_becomes_the_answer(cast: Cast) -> None:
    with pytest.raises(Refused, match="another facility"):
        work.take([item_at(cast.there).pk], cast.sam).or_refuse()
