"""What people do from the page of one item: each action posts a form, does one thing and leaves a trace."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from denials.domain.days import add_business_days, next_business_day, previous_business_day
from tests.cast import Cast
from tests.factories import QueueFactory
from tests.worklists.pages import item_at, page_title, signed_in
from worklists import work
from worklists.domain.ticklers import in_full
from worklists.models import Activity, WorkItem
from worklists.wording import day

pytestmark = pytest.mark.django_db
KEY = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    return item_at(cast.here, last="Madeup")


def act(user: User, item: WorkItem, action: str, **form: Any) -> Any:
    return signed_in(user).post(reverse("item_action", args=[item.pk, action]), form)


def form_of(user: User, item: WorkItem, action: str) -> str:
    return signed_in(user).get(reverse("item_action", args=[item.pk, action])).content.decode()


def a_saturday() -> date:
    """One far enough ahead that there is a business day before it."""
    today = timezone.localdate()
    return today + timedelta(days=(5 - today.weekday()) % 7 + 7)


def test_take_and_put_back(cast: Cast, item: WorkItem) -> None:
    assert act(cast.sam, item, "take", version=item.version).headers["Location"] == reverse("item", args=[item.pk])
    item.refresh_from_db()
    assert (item.assignee, item.status) == (cast.sam, "taken")
    act(cast.sam, item, "release", version=item.version)
    item.refresh_from_db()
    assert (item.assignee, item.status) == (None, "new")


def test_a_note_is_kept_with_its_author(cast: Cast, item: WorkItem) -> None:
    act(cast.sam, item, "note", text="Called, reference 5512.")
    note = Activity.objects.get(item=item, kind="note")
    assert (note.actor, note.text) == (cast.sam, "Called, reference 5512.")


def test_the_same_form_sent_twice_adds_one_note(cast: Cast, item: WorkItem) -> None:
    client = signed_in(cast.sam)
    url = reverse("item_action", args=[item.pk, "note"])
    first, again = (client.post(url, {"text": "Called.", "form_key": KEY}) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    assert Activity.objects.filter(item=item, kind="note").count() == 1


def test_postpone_needs_a_day_after_today_and_a_reason(cast: Cast, item: WorkItem) -> None:
    today = timezone.localdate()
    answer = act(cast.sam, item, "postpone", until=today.isoformat(), because="")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Choose a day after today." in text
    assert "This field is required." in text
    until = add_business_days(today, 2)
    WorkItem.objects.filter(pk=item.pk).update(deadline=today + timedelta(days=30))
    act(cast.sam, item, "postpone", until=until.isoformat(), because="Record asked for")
    item.refresh_from_db()
    assert (item.status, item.postponed_until, item.postponed_because) == ("postponed", until, "Record asked for")


def test_the_form_says_which_days_need_a_reason_before_it_is_sent(cast: Cast, item: WorkItem) -> None:
    safe = add_business_days(timezone.localdate(), 7)
    WorkItem.objects.filter(pk=item.pk).update(deadline=safe, last_safe_on=safe)
    text = form_of(cast.sam, item, "postpone")
    why = text.split('name="late_because"')[1].split(">")[0]
    assert f'data-last-safe="{safe.isoformat()}" data-late-days="14 21" data-day-field="until"' in why
    assert "required" not in why
    assert "only for a late day" in text
    assert text.count(", after the last safe day") == 2
    WorkItem.objects.filter(pk=item.pk).update(last_safe_on=timezone.localdate())
    text = form_of(cast.sam, item, "postpone")
    assert " required" in text.split('name="late_because"')[1].split(">")[0]
    assert "only for a late day" not in text


def test_no_reason_for_a_late_day_is_asked_for_where_no_day_is_late(cast: Cast, item: WorkItem) -> None:
    WorkItem.objects.filter(pk=item.pk).update(deadline=None, last_safe_on=None)
    assert "late_because" not in form_of(cast.sam, item, "postpone")
    until = add_business_days(timezone.localdate(), 2)
    assert act(cast.sam, item, "postpone", until=until.isoformat(), because="Record asked for").status_code == 302


def test_postponing_past_the_deadline_is_refused_and_what_was_written_is_kept(cast: Cast, item: WorkItem) -> None:
    today = timezone.localdate()
    WorkItem.objects.filter(pk=item.pk).update(deadline=today + timedelta(days=1))
    form = {"until": (today + timedelta(days=9)).isoformat(), "because": "Record asked for"}
    answer = act(cast.sam, item, "postpone", **form)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "choose an earlier day, or say why it may pass" in text
    assert 'aria-invalid="true"' in text.split('name="late_because"')[1].split(">")[0]
    assert "Record asked for" in text
    assert "data-enter" in text.split('class="form"')[1].split(">")[0], (
        "Enter goes on to the next item, as in the dialog"
    )
    assert act(cast.sam, item, "postpone", **form, late_because="Their portal is down").status_code == 302


def test_a_day_that_is_no_business_day_is_moved_and_said(cast: Cast, item: WorkItem) -> None:
    saturday = a_saturday()
    WorkItem.objects.filter(pk=item.pk).update(deadline=saturday + timedelta(days=60), last_safe_on=None)
    client = signed_in(cast.sam)
    form = {"until": saturday.isoformat(), "because": "Record asked for"}
    told = client.post(reverse("item_action", args=[item.pk, "postpone"]), form, follow=True).content.decode()
    item.refresh_from_db()
    back = next_business_day(saturday)
    words = f"{in_full(saturday)} is no business day: it comes back on {in_full(back)}."
    assert item.postponed_until == back
    assert f"Item {item.pk} is postponed. {words}" in told
    assert item.activities.get(kind="postpone").text == f"Record asked for {words}"


def test_a_day_that_is_no_business_day_never_passes_the_last_safe_one(cast: Cast, item: WorkItem) -> None:
    saturday = a_saturday()
    WorkItem.objects.filter(pk=item.pk).update(deadline=saturday, last_safe_on=saturday)
    assert act(cast.sam, item, "postpone", until=saturday.isoformat(), because="Record asked for").status_code == 302
    item.refresh_from_db()
    assert item.postponed_until == previous_business_day(saturday)


def test_a_day_of_another_century_is_refused_whatever_the_reason(cast: Cast, item: WorkItem) -> None:
    answer = act(cast.sam, item, "postpone", until="9999-12-31", because="Record", late_because="They asked for it")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Friday 31 December 9999 is more than two years ahead: choose a day up to" in text
    assert "They asked for it" in text
    item.refresh_from_db()
    assert item.status == "new"


def test_hand_over_goes_to_a_person_or_to_a_queue(cast: Cast, item: WorkItem) -> None:
    act(cast.sam, item, "hand_over", to=f"person:{cast.sue.pk}", reason="Knows this payer")
    item.refresh_from_db()
    assert item.assignee == cast.sue
    coding = QueueFactory.create(key="coding", name="Coding")
    act(cast.sue, item, "hand_over", to=f"queue:{coding.pk}", reason="Modifier")
    item.refresh_from_db()
    assert item.queue == coding
    assert item.assignee_id is None


def test_handing_over_to_somebody_without_the_facility_is_refused(cast: Cast, item: WorkItem) -> None:
    answer = act(cast.sam, item, "hand_over", to=f"person:{cast.otto.pk}", reason="Cover")
    assert answer.status_code == 422
    assert "does not work for this item" in answer.content.decode()


def test_resolve_keeps_all_that_was_said_of_the_outcome(cast: Cast, item: WorkItem) -> None:
    answer = act(
        cast.sam, item, "resolve", resolution="correction", settlement="overturned", recovered_amount="1450.00",
        root_cause="approval not on the claim", preventable="yes", text="Paid on 12 Nov",
    )  # fmt: skip
    assert answer.headers["Location"] == reverse("item", args=[item.pk])
    item.refresh_from_db()
    assert item.status == "resolved"
    assert (item.resolution, item.settlement, item.recovered_amount) == ("correction", "overturned", Decimal("1450.00"))
    assert (item.preventable, item.root_cause, item.resolved_by) == (True, "approval not on the claim", cast.sam)
    page = signed_in(cast.sam).get(reverse("item", args=[item.pk])).content.decode()
    assert "Corrected claim: overturned" in page


def test_resolve_and_next_opens_the_next_item(cast: Cast, item: WorkItem) -> None:
    following = item_at(cast.here, queue=item.queue)
    following.queue.teams.set(cast.sam.teams.all())
    act(cast.sam, item, "take", version=item.version)
    answer = act(cast.sam, item, "resolve", resolution="no_action", preventable="no", then="next")
    assert answer.headers["Location"] == reverse("item", args=[following.pk])


def test_what_makes_no_sense_is_refused_with_a_sentence(cast: Cast, item: WorkItem) -> None:
    answer = act(
        cast.sam, item, "resolve", resolution="appeal", settlement="upheld", recovered_amount="5", preventable="no"
    )
    assert answer.status_code == 422
    assert "money was recovered" in answer.content.decode()


def test_reopen_needs_a_reason(cast: Cast, item: WorkItem) -> None:
    work.resolve([item.pk], cast.sam, resolution="no_action")
    assert act(cast.sam, item, "reopen", reason="").status_code == 422
    assert act(cast.sam, item, "reopen", reason="Payer took it back").status_code == 302
    item.refresh_from_db()
    assert item.is_open


def test_an_answer_of_the_payer_brings_the_item_back(cast: Cast, item: WorkItem) -> None:
    work.take([item.pk], cast.sam)
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=timezone.localdate() + timedelta(days=20))
    act(cast.sam, item, "return", text="Wants the record")
    item.refresh_from_db()
    assert item.status == "taken"


def test_a_form_about_an_older_version_changes_nothing_and_says_who_was_first(cast: Cast, item: WorkItem) -> None:
    seen = item.version
    work.take([item.pk], cast.mara)
    answer = act(cast.mara, item, "resolve", resolution="correction", preventable="no", version=seen)
    assert answer.status_code == 409
    assert "You changed this item after you opened it in another window" in answer.content.decode()
    item.refresh_from_db()
    assert item.status == "taken"


def test_the_second_of_two_takers_is_told_who_was_first(cast: Cast, item: WorkItem) -> None:
    act(cast.sam, item, "take")
    answer = act(cast.sue, item, "take")
    assert answer.status_code == 422
    assert "Sam Fictional took this item." in answer.content.decode()


ACTIONS = ("take", "release", "note", "postpone", "hand_over", "resolve", "reopen", "return")


@pytest.mark.parametrize("action", ACTIONS)
def test_no_action_reaches_an_item_of_another_facility(cast: Cast, item: WorkItem, action: str) -> None:
    assert act(cast.otto, item, action, text="x", reason="x").status_code == 404
    item.refresh_from_db()
    assert item.version == 1


@pytest.mark.parametrize("action", ACTIONS)
def test_a_read_only_person_may_do_nothing(cast: Cast, item: WorkItem, action: str) -> None:
    assert act(cast.remy, item, action, text="x", reason="x").status_code == 403


@pytest.mark.parametrize("action", ACTIONS)
def test_each_form_is_also_a_page_of_its_own_without_patient_data_in_it(
    cast: Cast, item: WorkItem, action: str
) -> None:
    page = signed_in(cast.sam).get(reverse("item_action", args=[item.pk, action]))
    assert page.status_code == 200
    assert "Madeup" not in page.content.decode()
    assert page_title(page)


def test_an_action_that_does_not_exist_is_not_there(cast: Cast, item: WorkItem) -> None:
    assert act(cast.sam, item, "delete").status_code == 404


def test_what_missed_its_deadline_is_postponed_with_one_reason(cast: Cast, item: WorkItem) -> None:
    today = timezone.localdate()
    WorkItem.objects.filter(pk=item.pk).update(
        deadline=today - timedelta(days=3), last_safe_on=today - timedelta(days=9)
    )
    form = {"until": (today + timedelta(days=9)).isoformat(), "because": "Record asked for"}
    assert act(cast.sam, item, "postpone", **form).status_code == 302


def test_a_last_safe_day_that_passed_asks_for_no_earlier_day(cast: Cast, item: WorkItem) -> None:
    today = timezone.localdate()
    WorkItem.objects.filter(pk=item.pk).update(
        deadline=today + timedelta(days=3), last_safe_on=today - timedelta(days=2)
    )
    answer = act(cast.sam, item, "postpone", until=(today + timedelta(days=2)).isoformat(), because="Record asked for")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "say why it may wait all the same" in text
    assert "Needed for any day: the last safe one was" in text
    assert "choose an earlier day" not in text
    assert ", after the last safe day" not in text


def test_putting_back_says_which_day_is_forgotten(cast: Cast) -> None:
    item = item_at(cast.here, status="taken", assignee=cast.sam)
    on = add_business_days(timezone.localdate(), 3)
    work.postpone([item.pk], cast.sam, until=on, because="Promised", today=timezone.localdate()).or_refuse()
    told = f"It was to come back on {day(on)}"
    client = signed_in(cast.sam)
    address = reverse("item_action", args=[item.pk, "release"])

    assert told in client.get(address).content.decode()
    assert told in client.post(address, follow=True).content.decode()
