"""One action on many items: who may, what "all that match" means, and an honest answer."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from denials.domain.days import add_business_days, next_business_day, previous_business_day
from tests.cast import Cast
from tests.factories import QueueFactory
from tests.worklists.pages import item_at, signed_in
from worklists import work
from worklists.domain.ticklers import in_full
from worklists.models import Activity, WorkItem
from worklists.watch import escalating

pytestmark = pytest.mark.django_db
KEY = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"


def hand_over(client: Client, to: User, **form: Any) -> Any:
    values = {"list": "all_items", "action": "hand_over:now", "hand_over-to": f"person:{to.pk}",
              "hand_over-reason": "Cover for a week", **form}  # fmt: skip
    return client.post("/items/many/", values)


def ticked(page: Any) -> set[int]:
    return {int(pk) for pk in re.findall(r'value="(\d+)" data-pick [^>]*checked', page.content.decode())}


def test_a_manager_hands_over_what_is_ticked_with_the_reason_recorded(cast: Cast) -> None:
    first, second, other = (item_at(cast.here) for _ in range(3))
    client = signed_in(cast.mara)
    answer = hand_over(client, cast.sue, pick=[first.pk, second.pk])
    assert answer.headers["Location"] == "/items/"
    assert set(WorkItem.objects.filter(assignee=cast.sue)) == {first, second}
    assert set(Activity.objects.filter(kind="hand_over").values_list("item", "text")) == {
        (first.pk, "Cover for a week"),
        (second.pk, "Cover for a week"),
    }
    assert "Handed over: 2 items." in client.get("/items/").content.decode()
    assert other.assignee is None


def test_managers_reassign_without_opening_a_menu(cast: Cast) -> None:
    item_at(cast.here)
    for user, has_it in ((cast.mara, True), (cast.sam, False)):
        dock = signed_in(user).get("/items/").content.decode().partition('<div class="dock">')[2]
        in_sight, _, in_menu = dock.partition("</details>")[0].partition('<div class="menu-body">')
        assert ("Split or reassign" in in_sight, "Put back" in in_menu) == (has_it, has_it)


@pytest.mark.parametrize(("who", "behind_more"), [("sam", ["Hand over", "Postpone"]), ("mara", ["End escalation"])])
def test_what_does_not_fit_one_line_under_a_list_stands_behind_more(
    cast: Cast, who: str, behind_more: list[str]
) -> None:
    escalating.escalate([item_at(cast.here).pk], cast.sam, reason="x", today=timezone.localdate())
    dock = signed_in(getattr(cast, who)).get("/escalated/").content.decode().partition('<div class="dock">')[2]
    in_sight, _, in_menu = dock.partition("</details>")[0].partition('<div class="menu-body">')
    buttons = [re.findall(r">([A-Z][^<]+?)(?: <kbd>.</kbd>)?</button>", part) for part in (in_sight, in_menu)]
    assert len(buttons[0]) == 3
    assert buttons[1][: len(behind_more)] == behind_more


def test_all_that_match_means_the_filter_as_the_server_reads_it(cast: Cast) -> None:
    today = timezone.localdate()
    late = [item_at(cast.here, deadline=today - timedelta(days=1)) for _ in range(3)]
    item_at(cast.here, deadline=today + timedelta(days=9))
    hand_over(signed_in(cast.mara), cast.sue, everything="1", query="tab=overdue", pick=[late[0].pk])
    assert set(WorkItem.objects.filter(assignee=cast.sue)) == set(late)


def test_all_that_match_stays_within_the_facilities_of_who_asks(cast: Cast) -> None:
    cast.mara.all_facilities = False
    cast.mara.save()
    cast.mara.facilities.add(cast.here)
    ours, theirs = item_at(cast.here), item_at(cast.there)
    hand_over(signed_in(cast.mara), cast.sue, everything="1", pick=[theirs.pk])
    assert list(WorkItem.objects.filter(assignee=cast.sue)) == [ours]


def test_ticking_an_item_of_another_facility_does_nothing_to_it(cast: Cast) -> None:
    theirs = item_at(cast.there)
    signed_in(cast.sam).post(
        "/items/many/", {"list": "all_items", "action": "note:now", "note-text": "Hello", "pick": theirs.pk}
    )
    assert not Activity.objects.filter(item=theirs).exists()


def test_a_filter_that_is_not_understood_never_widens_to_everything(cast: Cast) -> None:
    item_at(cast.here)
    answer = hand_over(signed_in(cast.mara), cast.sue, everything="1", query="due=soonish", pick=[1])
    assert answer.status_code == 422
    assert not WorkItem.objects.filter(assignee=cast.sue).exists()


def test_what_was_refused_is_said_with_its_reason_and_stays_ticked(cast: Cast) -> None:
    free = item_at(cast.here)
    closed = item_at(cast.here)
    elsewhere = item_at(cast.there)
    work.resolve([closed.pk], cast.mara, resolution="no_action")
    client = signed_in(cast.mara)
    hand_over(client, cast.sue, pick=[free.pk, closed.pk, elsewhere.pk], query="status=any")
    page = client.get("/items/?status=any")
    text = page.content.decode()
    assert '<h2 id="refused-title">2 not changed, 1 done</h2>' in text
    refused = text.partition('id="refused-title"')[2].partition("</section>")[0]
    assert f'<a href="/items/{closed.pk}/">{closed.claim.number}</a>' in refused
    assert "does not work for this item" in text
    assert "not possible while the item is resolved" in text
    assert ticked(page) == {closed.pk, elsewhere.pk}
    assert ticked(client.get("/items/?status=any")) == set()


def test_a_form_with_something_missing_is_shown_again_with_the_ticks_kept(cast: Cast) -> None:
    item = item_at(cast.here)
    answer = hand_over(signed_in(cast.mara), cast.sue, pick=[item.pk], **{"hand_over-reason": ""})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "This field is required." in text
    assert f'name="pick" value="{item.pk}"' in text


def test_without_javascript_the_button_leads_to_the_form_as_a_page(cast: Cast) -> None:
    item = item_at(cast.here)
    answer = signed_in(cast.mara).post(
        "/items/many/", {"list": "all_items", "action": "postpone", "pick": item.pk, "query": "tab=due"}
    )
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "1 item of All items" in text
    assert 'href="/items/?tab=due"' in text


def test_a_preview_changes_nothing_and_names_what_would_stay_by_its_claim(cast: Cast) -> None:
    free, closed = item_at(cast.here), item_at(cast.here)
    work.resolve([closed.pk], cast.mara, resolution="no_action")
    answer = hand_over(signed_in(cast.mara), cast.sue, action="hand_over:preview", pick=[free.pk, closed.pk])
    text = answer.content.decode()
    assert "Preview: 1 of 2 would be changed" in text
    assert f'<a href="/items/{closed.pk}/">{closed.claim.number}</a>' in text
    button = text.partition('value="hand_over:now"')[2]
    assert button.startswith(' autofocus aria-describedby="preview-title">Hand over 1 item<')
    assert not WorkItem.objects.filter(assignee=cast.sue).exists()


def test_a_row_that_can_wait_no_longer_than_a_day_says_which(cast: Cast) -> None:
    today = timezone.localdate()
    soon, late, sent, gone = (
        item_at(cast.here, deadline=today + timedelta(days=days), last_safe_on=today + timedelta(days=days - 4))
        for days in (20, 30, 20, -1)
    )
    work.wait_for_payer([sent.pk], cast.mara, follow_up_on=today + timedelta(days=9))
    text = signed_in(cast.mara).get("/items/").content.decode()
    said = dict(re.findall(r'name="pick" value="(\d+)"[^>]* data-safe="([^"]+)"', text))
    assert said == {
        str(soon.pk): str(today + timedelta(days=16)), str(late.pk): str(today + timedelta(days=26))
    }, "what waits for the payer and what missed its deadline has no such day left"  # fmt: skip
    form = {"list": "all_items", "action": "postpone", "pick": [late.pk, soon.pk, sent.pk, gone.pk]}
    asked = signed_in(cast.mara).post("/items/many/", form).content.decode()
    assert f"The earliest last safe day of these items is {in_full(today + timedelta(days=16))}." in asked
    tried = {
        "action": "postpone:preview",
        "postpone-because": "Record",
        "postpone-until": str(today + timedelta(days=20)),
    }
    asked = signed_in(cast.mara).post("/items/many/", form | tried).content.decode()
    assert "Preview: 2 of 4 would be changed" in asked
    assert "The earliest last safe day of these items is" in asked
    asked = signed_in(cast.mara).post("/items/many/", form | {"pick": [sent.pk, gone.pk]}).content.decode()
    assert "earliest last safe day" not in asked


def test_many_come_back_on_a_business_day_each_before_its_last_safe_one(cast: Cast) -> None:
    today = timezone.localdate()
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 + 7)
    far, near = (
        item_at(cast.here, deadline=day, last_safe_on=day) for day in (saturday + timedelta(days=60), saturday)
    )
    form = {"list": "all_items", "pick": [far.pk, near.pk], "postpone-because": "Record"}
    form |= {"postpone-until": saturday.isoformat()}
    client = signed_in(cast.mara)
    words = f"{in_full(saturday)} is no business day: they come back on {in_full(next_business_day(saturday))}, and on"
    preview = client.post("/items/many/", form | {"action": "postpone:preview"}).content.decode()
    assert "Preview: 2 of 2 would be changed" in preview
    assert words in preview
    client.post("/items/many/", form | {"action": "postpone:now"})
    assert f"Postponed: 2 items. {words}" in client.get("/items/").content.decode()
    far.refresh_from_db()
    near.refresh_from_db()
    days = (next_business_day(saturday), previous_business_day(saturday))
    assert (far.postponed_until, near.postponed_until) == days


def shown_by(client: Client) -> dict[str, str]:
    """What the form of the list carries, as it is shown now."""
    found = re.search(r'name="shown_at" value="([^"]+)"', client.get("/items/").content.decode())
    assert found is not None
    return {"list": "all_items", "shown_at": found[1]}


def put_off(by: User, item: WorkItem, days: int = 2) -> Any:
    today = timezone.localdate()
    until = add_business_days(today, days)
    return work.postpone([item.pk], by, until=until, because="Waiting for the ward", today=today).or_refuse()


POSTPONED = {"postpone-days": "5", "postpone-because": "Cover for a week"}


def far_off(cast: Cast) -> WorkItem:
    return item_at(cast.here, deadline=timezone.localdate() + timedelta(days=90), last_safe_on=None)


def test_what_a_colleague_changed_since_the_list_was_shown_stays_and_is_named(cast: Cast) -> None:
    theirs, free = far_off(cast), far_off(cast)
    client = signed_in(cast.sam)
    form = {**shown_by(client), **POSTPONED, "pick": [theirs.pk, free.pk]}
    put_off(cast.mara, theirs)
    theirs.refresh_from_db()
    before = theirs.postponed_until
    client.post("/items/many/", form | {"action": "postpone:now"})
    theirs.refresh_from_db()
    free.refresh_from_db()
    assert (theirs.postponed_until, theirs.assignee) == (before, None)
    assert (free.status, free.assignee) == ("postponed", cast.sam)
    page = client.get("/items/")
    told = page.content.decode()
    assert "1 not changed, 1 done" in told
    assert "Mara Fictional changed it after the list was shown (postponed): look at it, then repeat." in told
    assert f'<a href="/items/{theirs.pk}/">{theirs.claim.number}</a>' in told
    form = {**shown_by(client), **POSTPONED, "pick": [theirs.pk]}
    assert client.post("/items/many/", form | {"action": "postpone:now"}).status_code == 302
    theirs.refresh_from_db()
    assert theirs.assignee == cast.sam, "The list was shown anew, with what had changed."


def test_the_preview_says_what_was_done_and_changes_it_only_where_it_is_ticked_again(cast: Cast) -> None:
    theirs, free = far_off(cast), far_off(cast)
    client = signed_in(cast.sam)
    form = {**shown_by(client), **POSTPONED, "pick": [theirs.pk, free.pk]}
    put_off(cast.mara, theirs)
    preview = client.post("/items/many/", form | {"action": "postpone:preview"}).content.decode()
    assert "Preview: 1 of 2 would be changed" in preview
    assert "1 changed by somebody else since the list was shown" in preview
    assert f"Change {theirs.claim.number} all the same" in preview
    assert "Waiting for the ward" in preview
    assert f'name="shown_at" value="{form["shown_at"]}"' in preview
    again = re.findall(r'name="known" value="(\d+)"', preview)
    assert len(again) == 1

    both = client.post("/items/many/", form | {"action": "postpone:preview", "known": again}).content.decode()
    assert "Preview: 2 of 2 would be changed" in both
    assert f'type="hidden" name="known" value="{again[0]}"' in both

    put_off(cast.mara, theirs, days=3)
    client.post("/items/many/", form | {"action": "postpone:now", "known": again})
    theirs.refresh_from_db()
    assert theirs.assignee is None, "It was changed once more, and nobody has read that."
    again = [str(Activity.objects.filter(item=theirs).latest("pk").pk)]
    client.post("/items/many/", form | {"action": "postpone:now", "known": again})
    theirs.refresh_from_db()
    assert theirs.assignee == cast.sam


def test_what_one_changed_oneself_and_what_only_adds_is_held_up_by_nothing(cast: Cast) -> None:
    own, theirs = far_off(cast), far_off(cast)
    client = signed_in(cast.sam)
    form = shown_by(client)
    put_off(cast.sam, own)
    put_off(cast.mara, theirs)
    client.post("/items/many/", {**form, **POSTPONED, "action": "postpone:now", "pick": [own.pk]})
    assert "Postponed: 1 item." in client.get("/items/").content.decode()
    note = {"action": "note:now", "note-text": "Called", "pick": [own.pk, theirs.pk]}
    client.post("/items/many/", form | note)
    assert Activity.objects.filter(kind="note", text="Called").count() == 2


def test_all_that_match_leaves_out_what_a_colleague_changed_too(cast: Cast) -> None:
    theirs, free = far_off(cast), far_off(cast)
    client = signed_in(cast.sam)
    form = {**shown_by(client), **POSTPONED, "everything": "1", "query": ""}
    work.take([theirs.pk], cast.mara)
    work.release([theirs.pk], cast.mara)
    client.post("/items/many/", form | {"action": "postpone:now"})
    assert set(WorkItem.objects.filter(status="postponed")) == {free}


def test_nothing_ticked_is_said_so(cast: Cast) -> None:
    answer = hand_over(signed_in(cast.mara), cast.sue)
    assert answer.status_code == 422
    assert "no item is ticked" in answer.content.decode()


def test_specialists_hand_over_their_own_and_nobody_elses(cast: Cast) -> None:
    own, mates = item_at(cast.here, assignee=cast.sam), item_at(cast.here, assignee=cast.mara)
    client = signed_in(cast.sam)
    hand_over(client, cast.sue, pick=[own.pk, mates.pk])
    assert list(WorkItem.objects.filter(assignee=cast.sue)) == [own]
    assert "Mara Fictional has this item: ask them" in client.get("/items/").content.decode()


def test_specialists_postpone_note_and_put_back_many(cast: Cast) -> None:
    item = item_at(cast.here, deadline=timezone.localdate() + timedelta(days=30))
    client = signed_in(cast.sam)
    form = {"list": "all_items", "action": "postpone:now", "pick": item.pk, "postpone-because": "Record asked for",
            "postpone-until": (timezone.localdate() + timedelta(days=3)).isoformat()}  # fmt: skip
    assert client.post("/items/many/", form).status_code == 302
    item.refresh_from_db()
    assert item.status == "postponed"
    assert client.post(
        "/items/many/", {"list": "all_items", "action": "note:now", "pick": item.pk, "note-text": "Called"}
    ).status_code == 302  # fmt: skip
    assert Activity.objects.filter(item=item, kind="note", text="Called").exists()
    WorkItem.objects.filter(pk=item.pk).update(assignee=cast.sam)
    client.post("/items/many/", {"list": "all_items", "action": "release:now", "pick": item.pk})
    item.refresh_from_db()
    assert (item.status, item.assignee) == ("new", None)


def test_a_read_only_person_may_not(cast: Cast) -> None:
    assert hand_over(signed_in(cast.remy), cast.sue, pick=[1]).status_code == 403


def test_the_same_form_twice_changes_things_once(cast: Cast) -> None:
    item = item_at(cast.here)
    client = signed_in(cast.mara)
    for _ in range(2):
        assert hand_over(client, cast.sue, pick=[item.pk], form_key=KEY).status_code == 302
    assert Activity.objects.filter(item=item, kind="hand_over").count() == 1


def test_moving_many_to_another_queue(cast: Cast) -> None:
    items = [item_at(cast.here), item_at(cast.there)]
    coding = QueueFactory.create(key="coding", name="Coding")
    hand_over(
        signed_in(cast.mara), cast.sue, pick=[item.pk for item in items], **{"hand_over-to": f"queue:{coding.pk}"}
    )
    assert set(coding.items.all()) == set(items)
