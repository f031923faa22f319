"""Undo: for ten minutes, each item as it was, but never over what somebody did since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.refusal import Refused
from tests.cast import Cast
from tests.factories import QueueFactory, TeamFactory
from tests.remittance_text import Payment, file_of
from tests.settings_forms import save
from tests.worklists.pages import item_at, signed_in
from worklists import acts, asking, repairing, work
from worklists.changes import Done
from worklists.evidence import gathering
from worklists.models import Activity, BulkAct, Clarification, WorkItem
from worklists.notes import writing
from worklists.restored import RESTORED

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
UNTIL = TODAY + timedelta(days=9)
Kind = BulkAct.Kind


def as_it_stands(item: WorkItem) -> dict[str, Any]:
    return dict(WorkItem.objects.values(*RESTORED).get(pk=item.pk))


@pytest.fixture
def items(cast: Cast) -> list[WorkItem]:
    """Free, handed over, taken, postponed and waiting: one of each."""
    made = [item_at(cast.here) for _ in range(5)]
    WorkItem.objects.filter(pk=made[1].pk).update(assignee=cast.sam)
    work.take([item.pk for item in made[2:]], cast.sam)
    work.postpone([made[3].pk], cast.sam, until=UNTIL, because="Records asked for", today=TODAY)
    work.wait_for_payer([made[4].pk], cast.sam, follow_up_on=UNTIL)
    return made


def do(cast: Cast, items: list[WorkItem], kind: Kind) -> BulkAct:
    coding = QueueFactory.create(key="coding", name="Coding")
    verbs: dict[Kind, Any] = {
        Kind.HANDED_OVER: lambda ids: work.hand_over(ids, cast.mara, to=cast.sue, reason="Cover"),
        Kind.MOVED: lambda ids: work.move(ids, cast.mara, queue=coding, reason="Theirs"),
        Kind.POSTPONED: lambda ids: work.postpone(ids, cast.mara, until=UNTIL, because="Payer down", today=TODAY),
        Kind.RELEASED: lambda ids: work.release(ids, cast.mara),
    }
    act, _ = acts.remember(kind, [item.pk for item in items], cast.mara, verbs[kind], reason="Cover")
    assert act is not None
    return act


@pytest.mark.parametrize(
    ("kind", "number"), [(Kind.HANDED_OVER, 5), (Kind.MOVED, 5), (Kind.POSTPONED, 4), (Kind.RELEASED, 3)]
)
def test_undo_gives_back_each_column_and_leaves_an_activity(
    cast: Cast, items: list[WorkItem], kind: Kind, number: int
) -> None:
    before = [as_it_stands(item) for item in items]
    act = do(cast, items, kind)
    assert (act.done, act.rows.count()) == (number, number)
    assert [as_it_stands(item) for item in items] != before
    done = acts.undo(act, cast.mara)
    assert (len(done.done), done.refused) == (number, [])
    assert [as_it_stands(item) for item in items] == before
    told = Activity.objects.filter(kind="undo")
    assert set(told.values_list("item", flat=True)) == set(done.done)
    assert {activity.actor for activity in told} == {cast.mara}


def test_undo_brings_all_back_where_some_were_closed_with_what_a_remittance_paid(cast: Cast) -> None:
    paid, unpaid = item_at(cast.here), item_at(cast.here)
    WorkItem.objects.filter(pk=paid.pk).update(settlement="partial", recovered_amount=150)
    before = [as_it_stands(paid), as_it_stands(unpaid)]

    def close(ids: list[int]) -> Done:
        return work.resolve(ids, cast.mara, resolution="no_action", settlement="upheld")

    act, _ = acts.remember(Kind.RESOLVED, [paid.pk, unpaid.pk], cast.mara, close)
    assert act is not None
    money = WorkItem.objects.order_by("pk").values_list("status", "settlement", "recovered_amount")
    assert list(money) == [("resolved", "partial", 150), ("resolved", "upheld", None)]
    acts.undo(act, cast.mara)
    assert [as_it_stands(paid), as_it_stands(unpaid)] == before


def test_what_somebody_changed_since_stays_and_says_who_did_what(cast: Cast, items: list[WorkItem]) -> None:
    act = do(cast, items, Kind.HANDED_OVER)
    work.take([items[0].pk], cast.sue)
    done = acts.undo(act, cast.mara)
    [refused] = done.refused
    assert (refused.item_id, refused.sentence) == (items[0].pk, "Sue Fictional changed it since: taken.")
    assert as_it_stands(items[0])["assignee_id"] == cast.sue.pk
    assert as_it_stands(items[1])["assignee_id"] == cast.sam.pk
    row = act.rows.get(item=items[0])
    assert (row.is_undone, row.kept_because) == (False, refused.sentence)


def test_who_left_or_a_queue_that_was_switched_off_gets_nothing_back(cast: Cast, items: list[WorkItem]) -> None:
    act = do(cast, items, Kind.HANDED_OVER)
    cast.sam.is_active = False
    cast.sam.save()
    done = acts.undo(act, cast.mara)
    assert done.done == [items[0].pk]
    assert {refusal.sentence for refusal in done.refused} == {"Sam Fictional, who had it, may not work items any more."}


def test_a_queue_that_was_switched_off_gets_nothing_back(cast: Cast, items: list[WorkItem]) -> None:
    old = items[0].queue
    act = do(cast, items, Kind.MOVED)
    old.is_active = False
    old.save()
    done = acts.undo(act, cast.mara)
    assert {refusal.sentence for refusal in done.refused} == {"Authorization, where it was, is switched off."}
    assert len(done.refused) == 5


def test_ten_minutes_and_once_and_only_by_who_did_it_or_a_manager(cast: Cast, items: list[WorkItem]) -> None:
    with time_machine.travel(timezone.now() - timedelta(minutes=11), tick=False):
        old = do(cast, items[:1], Kind.HANDED_OVER)
    fresh = do(cast, items[1:2], Kind.HANDED_OVER)
    with pytest.raises(Refused, match="for 10 minutes only"):
        acts.undo(old, cast.mara)
    with pytest.raises(Refused, match="whoever did this, or a manager"):
        acts.undo(fresh, cast.sam)
    acts.undo(fresh, cast.ada)
    with pytest.raises(Refused, match="undone before"):
        acts.undo(fresh, cast.mara)


def test_an_act_that_changed_nothing_is_not_kept(cast: Cast, items: list[WorkItem]) -> None:
    act, done = acts.remember(
        Kind.RELEASED, [items[0].pk], cast.mara, lambda ids: Done([], work.release(ids, cast.mara).refused)
    )
    assert (act, len(done.refused)) == (None, 1)
    assert not BulkAct.objects.exists()


def hand_over_many(client: Client, cast: Cast, items: list[WorkItem]) -> str:
    sent = {"list": "all_items", "action": "hand_over:now", "hand_over-to": f"person:{cast.sue.pk}",
            "hand_over-reason": "Cover", "pick": [item.pk for item in items]}  # fmt: skip
    return str(client.post("/items/many/", sent).headers["Location"])


def test_the_toast_offers_undo_and_the_page_tells_what_came_of_it(cast: Cast, items: list[WorkItem]) -> None:
    client = signed_in(cast.mara)
    page = client.get(hand_over_many(client, cast, items)).content.decode()
    act = BulkAct.objects.get()
    assert f'action="/acts/{act.pk}/undo/"' in page
    work.take([items[0].pk], cast.sue)
    answer = client.post(f"/acts/{act.pk}/undo/")
    assert answer.headers["Location"] == f"/acts/{act.pk}/"
    told = client.get(f"/acts/{act.pk}/").content.decode()
    assert "Undone: 4 items are as before. 1 could not be undone" in told
    assert "Sue Fictional changed it since: taken." in told
    assert "Undo the rest" in told
    assert 'data-key="z"' not in told.split("<main")[1].split("</main>")[0]  # Z goes on to the act before


def test_the_page_of_acts_shows_ones_own_and_to_managers_everybodys(cast: Cast, items: list[WorkItem]) -> None:
    sam, mara = signed_in(cast.sam), signed_in(cast.mara)
    own = {"list": "all_items", "action": "release:now", "pick": [items[2].pk]}
    assert sam.post("/items/many/", own).status_code == 302
    act = BulkAct.objects.get()
    assert f'href="/acts/{act.pk}/"' in sam.get("/acts/").content.decode()
    assert f'href="/acts/{act.pk}/"' not in mara.get("/acts/").content.decode()
    assert f'href="/acts/{act.pk}/"' in mara.get("/acts/?whose=everybody").content.decode()
    assert signed_in(cast.sue).get(f"/acts/{act.pk}/").status_code == 404
    assert sam.post(f"/acts/{act.pk}/undo/").status_code == 302
    assert as_it_stands(items[2])["assignee_id"] == cast.sam.pk


def test_too_late_says_so_and_changes_nothing(cast: Cast, items: list[WorkItem]) -> None:
    with time_machine.travel(timezone.now() - timedelta(minutes=11), tick=False):
        act = do(cast, items, Kind.HANDED_OVER)
    answer = signed_in(cast.mara).post(f"/acts/{act.pk}/undo/")
    assert answer.status_code == 422
    assert WorkItem.objects.filter(assignee=cast.sue).count() == 5


def test_the_last_act_is_undone_from_anywhere(cast: Cast) -> None:
    item = item_at(cast.here)
    client = signed_in(cast.sam)
    sent = {"resolution": "correction", "preventable": "no"}
    client.post(reverse("item_action", args=[item.pk, "take"]))
    client.post(reverse("item_action", args=[item.pk, "resolve"]), sent)

    answer = client.post(reverse("act_undo_last"), follow=True)
    assert answer.redirect_chain == [(reverse("item", args=[item.pk]), 302)]
    assert f"Undone: “Resolved”. Item {item.pk} is as before." in answer.content.decode()
    assert WorkItem.objects.get(pk=item.pk).status == "taken"
    assert "Undone: “Taken”." in client.post(reverse("act_undo_last"), follow=True).content.decode()
    assert WorkItem.objects.get(pk=item.pk).status == "new"
    assert "nothing in the last ten minutes" in client.post(reverse("act_undo_last"), follow=True).content.decode()


def test_nobody_undoes_the_last_act_of_somebody_else_by_key(cast: Cast) -> None:
    item = item_at(cast.here)
    signed_in(cast.sam).post(reverse("item_action", args=[item.pk, "take"]))
    signed_in(cast.mara).post(reverse("act_undo_last"))
    assert WorkItem.objects.get(pk=item.pk).assignee == cast.sam


def test_each_further_undo_takes_back_the_step_before(cast: Cast) -> None:
    item, other = item_at(cast.here, deadline=timezone.localdate() + timedelta(days=60)), item_at(cast.here)
    client = signed_in(cast.sam)
    stood = [as_it_stands(item)]
    for action, sent in (
        ("take", {}),
        ("postpone", {"until": timezone.localdate() + timedelta(days=2), "because": "Record"}),
        ("resolve", {"resolution": "correction", "preventable": "no"}),
    ):
        assert client.post(reverse("item_action", args=[item.pk, action]), sent).status_code == 302
        stood.append(as_it_stands(item))
    client.post(reverse("item_action", args=[other.pk, "take"]))
    assert client.post(reverse("act_undo_last")).headers["Location"] == f"/items/{other.pk}/"
    for before in reversed(stood[:-1]):
        assert client.post(reverse("act_undo_last")).headers["Location"] == f"/items/{item.pk}/"
        assert as_it_stands(item) == before
    assert "nothing in the last ten minutes" in client.post(reverse("act_undo_last"), follow=True).content.decode()


def test_what_somebody_else_did_between_two_steps_stops_at_it_with_words(cast: Cast) -> None:
    item = item_at(cast.here)
    client = signed_in(cast.sam)
    client.post(reverse("item_action", args=[item.pk, "take"]))
    until = timezone.localdate() + timedelta(days=2)
    work.postpone([item.pk], cast.mara, until=until, because="Down", today=timezone.localdate(), late_because="Down")
    client.post(reverse("item_action", args=[item.pk, "release"]))
    client.post(reverse("act_undo_last"))
    assert as_it_stands(item)["assignee_id"] == cast.sam.pk
    told = client.post(reverse("act_undo_last"), follow=True).content.decode()
    assert "Nothing was undone: Mara Fictional changed it since: postponed." in told
    assert as_it_stands(item)["assignee_id"] == cast.sam.pk


def test_undo_never_reaches_past_something_that_left_no_act(cast: Cast) -> None:
    """Refused, or a note on another item: Z says so, and what was done before stays as it is."""
    item, other = item_at(cast.here), item_at(cast.here)
    client = signed_in(cast.sam)
    client.post(reverse("item_action", args=[item.pk, "take"]))
    work.take([other.pk], cast.sue)
    refused = {"to": f"person:{cast.sam.pk}", "reason": "Mine"}
    for address, sent in (
        (reverse("item_action", args=[other.pk, "hand_over"]), refused),
        (reverse("item_note", args=[other.pk]), {"text": "Called them."}),
        (reverse("bulk"), {"action": "take", "item": [other.pk], "confirmed": "1"}),
    ):
        client.post(address, sent)
        told = client.post(reverse("act_undo_last"), follow=True)
        assert "left nothing that Z could take back" in told.content.decode()
        assert told.redirect_chain == [(reverse("acts"), 302)]
        assert WorkItem.objects.get(pk=item.pk).status == "taken"


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("item_answer", {"question": "goals", "answer": "yes", "where": "p. 4"}),
        ("item_imaging", {"mark": "report_signed", "at": "2026-11-20T10:00"}),
        ("item_fact authorizations", {"number": "A-77", "decision": "approved", "valid_from": "2026-09-01"}),
        ("my_phrase_new", {"key": "mine", "name": "Mine", "text": "Called.", "channel": "call"}),
        ("saved_view_new", {"name": "Mine"}),
    ],
)
def test_undo_stops_at_whatever_else_was_kept(cast: Cast, address: str, sent: dict[str, str]) -> None:
    """An answer, a step, a fact about another item, or a setting of one's own."""
    item, other = item_at(cast.here), item_at(cast.here)
    client = signed_in(cast.sam)
    client.post(reverse("item_action", args=[item.pk, "take"]))
    name, *kind = address.split()
    of_item = name.startswith("item_")
    said = client.post(reverse(name, args=[other.pk, *kind] if of_item else []), sent)
    assert said.status_code == 302
    told = client.post(reverse("act_undo_last"), follow=True)
    assert "left nothing that Z could take back" in told.content.decode()
    assert WorkItem.objects.get(pk=item.pk).status == "taken"


def renames_a_team(client: Client) -> Any:
    return save(client, "teams", TeamFactory.create().pk, name="Renamed")


def sends_a_file(client: Client) -> Any:
    return client.post(reverse("upload"), {"file": SimpleUploadedFile("november.835", file_of(Payment()))})


@pytest.mark.parametrize("keep", [renames_a_team, sends_a_file])
def test_undo_stops_at_a_setting_and_at_a_file_that_came_in(cast: Cast, keep: Callable[[Client], Any]) -> None:
    item, client = item_at(cast.here), signed_in(cast.ada)
    client.post(reverse("item_action", args=[item.pk, "take"]))
    assert keep(client).status_code == 302
    told = client.post(reverse("act_undo_last"), follow=True).content.decode()
    assert "left nothing that Z could take back" in told
    assert WorkItem.objects.get(pk=item.pk).status == "taken"


def test_undo_is_named_by_the_key_that_somebody_chose(cast: Cast) -> None:
    cast.sam.keys = {"z": "#"}
    cast.sam.save()
    item, client = item_at(cast.here), signed_in(cast.sam)
    client.post(reverse("item_action", args=[item.pk, "take"]))
    page = client.post(reverse("item_note", args=[item.pk]), {"text": "Called."}, follow=True).content.decode()
    assert "# still takes back “Taken”" in page
    client.post(reverse("item_note", args=[item_at(cast.here).pk]), {"text": "Called."})
    told = client.post(reverse("act_undo_last"), follow=True).content.decode()
    assert "left nothing that # could take back" in told


def test_undo_stops_at_an_answer_to_a_colleague(cast: Cast) -> None:
    """Answering a question brings another item back: what was done before stays as it is."""
    item, other = item_at(cast.here), item_at(cast.here)
    team = TeamFactory.create()
    cast.sue.teams.add(team)
    asking.ask([other.pk], cast.sam, team=team, text="Was it active?", due_on=UNTIL, today=TODAY)
    client = signed_in(cast.sue)
    client.post(reverse("item_action", args=[item.pk, "take"]))
    client.post(reverse("question_action", args=[Clarification.objects.get().pk, "answer"]), {"text": "Yes."})
    assert WorkItem.objects.get(pk=other.pk).status == "taken"
    client.post(reverse("act_undo_last"))
    assert WorkItem.objects.get(pk=item.pk).status == "taken"


def test_work_goes_on_by_key_from_what_was_undone(cast: Cast) -> None:
    items = [item_at(cast.here), item_at(cast.here)]
    act, _ = acts.remember(
        BulkAct.Kind.TAKEN, [each.pk for each in items], cast.sam, lambda ids: work.take(ids, cast.sam)
    )
    assert act is not None
    for page in (reverse("act", args=[act.pk]), reverse("acts")):
        assert 'data-key="."' in signed_in(cast.sam).get(page).content.decode()


ADDITIONS: dict[str, Callable[[Cast, WorkItem], object]] = {
    "a note of one's own": lambda cast, item: work.note([item.pk], cast.sam, text="Called"),
    "a colleague's note": lambda cast, item: work.note([item.pk], cast.sue, text="Called"),
    "a contact": lambda cast, item: writing.write_down(
        item.pk, cast.sue, writing.Note("Asked", channel="call", spoke_to="Ada"), today=timezone.localdate()
    ),
    "a pin": lambda cast, item: (
        work.note([item.pk], cast.sue, text="Called"),
        writing.pin(item.pk, cast.sue, note=Activity.objects.filter(kind="note").latest("pk").pk, is_pinned=True),
    ),
    "a document": lambda cast, item: gathering.say(item, cast.sue, "Verified: Report"),
}


@pytest.mark.parametrize("added", ADDITIONS)
@pytest.mark.parametrize("action", ["resolve", "hand_over"])
def test_what_was_only_added_since_keeps_nobody_from_an_undo_and_stands(cast: Cast, action: str, added: str) -> None:
    item = item_at(cast.here)
    client = signed_in(cast.sam)
    sent = {
        "resolve": {"resolution": "correction", "preventable": "no"},
        "hand_over": {"to": f"person:{cast.sue.pk}", "reason": "Hers"},
    }
    before = as_it_stands(item)
    client.post(reverse("item_action", args=[item.pk, action]), sent[action])
    ADDITIONS[added](cast, item)
    kinds = list(Activity.objects.filter(item=item, kind__in=("note", "pin", "evidence")).values_list("kind"))
    page = client.post(reverse("act_undo_last"), follow=True)
    assert f"Item {item.pk} is as before." in page.content.decode()
    assert as_it_stands(item) == before
    assert kinds
    assert list(Activity.objects.filter(item=item, kind__in=("note", "pin", "evidence")).values_list("kind")) == kinds


def test_a_note_on_an_item_says_that_z_still_takes_back_what_was_done_to_it(cast: Cast) -> None:
    item = item_at(cast.here)
    client = signed_in(cast.sam)
    client.post(reverse("item_action", args=[item.pk, "take"]))
    page = client.post(reverse("item_note", args=[item.pk]), {"text": "Called", "channel": "internal"}, follow=True)
    assert f"Note added to item {item.pk}. It stays: Z still takes back “Taken”." in page.content.decode()
    assert "Undone: “Taken”." in client.post(reverse("act_undo_last"), follow=True).content.decode()
    assert WorkItem.objects.get(pk=item.pk).status == "new"


def test_each_further_undo_passes_over_notes_between_and_in_the_acts(cast: Cast) -> None:
    """A note with a promised day is one act: its day is taken back, its note stands."""
    item = item_at(cast.here, deadline=timezone.localdate() + timedelta(days=60))
    client = signed_in(cast.sam)
    stood = [as_it_stands(item)]
    client.post(reverse("item_action", args=[item.pk, "take"]))
    work.note([item.pk], cast.sue, text="Is it yours?")
    stood.append(as_it_stands(item))
    promised = {"text": "Called", "channel": "call", "promised_on": timezone.localdate() + timedelta(days=2)}
    assert client.post(reverse("item_note", args=[item.pk]), promised).status_code == 302
    assert as_it_stands(item) != stood[-1]
    work.note([item.pk], cast.sue, text="What did they say?")
    for before in reversed(stood):
        client.post(reverse("act_undo_last"))
        assert as_it_stands(item) == before
    assert Activity.objects.filter(item=item, kind="note").count() == 3


def test_another_day_to_ask_again_is_a_change_though_it_is_told_as_a_note(cast: Cast) -> None:
    item = item_at(cast.here, assignee=cast.sam)
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=UNTIL)
    act, _ = acts.remember(
        Kind.HANDED_OVER, [item.pk], cast.sam, lambda ids: work.hand_over(ids, cast.sam, to=cast.sue, reason="Hers")
    )
    assert act is not None
    later = timezone.localdate() + timedelta(days=9)
    repairing.ask_again([item.pk], cast.sue, on=later, text="No answer", today=timezone.localdate())
    work.note([item.pk], cast.mara, text="I see")
    [refused] = acts.undo(act, cast.sam).refused
    assert refused.sentence == "Sue Fictional changed it since: noted."


def test_an_undo_that_undid_nothing_says_so_and_may_be_tried_again(cast: Cast) -> None:
    item = item_at(cast.here)
    client = signed_in(cast.mara)
    client.post(reverse("item_action", args=[item.pk, "hand_over"]), {"to": f"person:{cast.sue.pk}", "reason": "Hers"})
    act = BulkAct.objects.get()
    since, _ = acts.remember(Kind.TAKEN, [item.pk], cast.sue, lambda ids: work.take(ids, cast.sue))
    assert since is not None
    for _ in range(2):
        page = client.post(reverse("act_undo_last"), follow=True)
        told = page.content.decode()
        assert page.redirect_chain == [(reverse("act", args=[act.pk]), 302)]
        assert "Nothing was undone: Sue Fictional changed it since: taken." in told
        assert "These could not be undone and stand as they are. Once nothing is in the way any more" in told
        assert f'action="/acts/{act.pk}/undo/"' in told
    act.refresh_from_db()
    assert act.undone_at is None
    acts.undo(since, cast.sue)
    assert f"Item {item.pk} is as before." in client.post(reverse("act_undo_last"), follow=True).content.decode()
    assert "Every item is as it was before." in client.get(reverse("act", args=[act.pk])).content.decode()


def test_the_rest_of_what_was_undone_in_part_is_undone_once_nothing_is_in_the_way(
    cast: Cast, items: list[WorkItem]
) -> None:
    before = [as_it_stands(item) for item in items]
    act = do(cast, items, Kind.HANDED_OVER)
    since, _ = acts.remember(Kind.TAKEN, [items[0].pk], cast.sue, lambda ids: work.take(ids, cast.sue))
    assert since is not None
    client, page = signed_in(cast.mara), reverse("act", args=[act.pk])
    client.post(reverse("act_undo", args=[act.pk]))
    undone_at = BulkAct.objects.get(pk=act.pk).undone_at

    again = client.post(reverse("act_undo", args=[act.pk]), follow=True).content.decode()
    assert "Nothing was undone: Sue Fictional changed it since: taken." in again
    acts.undo(since, cast.sue)
    assert "Undo the rest" in client.get(reverse("acts")).content.decode()
    assert "Undone in part by Mara Fictional" in client.get(page).content.decode()
    done = client.post(reverse("act_undo", args=[act.pk]), follow=True).content.decode()
    assert f"Item {items[0].pk} is as before." in done
    assert [as_it_stands(item) for item in items] == before
    assert "Every item is as it was before." in client.get(page).content.decode()
    assert Activity.objects.filter(kind="undo", item=items[1].pk).count() == 1
    with pytest.raises(Refused, match="undone before"):
        acts.undo(act, cast.mara)
    act.refresh_from_db()
    assert (act.undone_at, act.undone_by) == (undone_at, cast.mara)


def test_the_rest_of_what_was_undone_in_part_is_left_after_ten_minutes(cast: Cast, items: list[WorkItem]) -> None:
    act = do(cast, items, Kind.HANDED_OVER)
    work.take([items[0].pk], cast.sue)
    acts.undo(act, cast.mara)
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        client = signed_in(cast.mara)
        assert "Undone in part" in client.get(reverse("acts")).content.decode()
        assert "The time to undo is over." in client.get(reverse("act", args=[act.pk])).content.decode()
        with pytest.raises(Refused, match="for 10 minutes only"):
            acts.undo(act, cast.mara)
