"""Asking the rules in force again about open items: seen first, chosen by pair of queues, and nobody's work moves."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone

from accounts.refusal import Refused
from denials.models import Denial
from tests.cast import Cast
from tests.factories import DenialFactory, QueueFactory, RoutingRuleFactory
from tests.worklists.pages import signed_in
from worklists import work
from worklists.models import Queue, WorkItem
from worklists.opening import open_denials
from worklists.routing import rerouting
from worklists.routing.rerouting import Also, preview, reroute_moves

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
EVERYTHING = Also(postponed=True, waiting=True, by_hand=True)


def opened() -> WorkItem:
    made = DenialFactory.create()
    open_denials([Denial.objects.select_related("payer", "facility").get(pk=made.pk)], TODAY)
    return WorkItem.objects.get(denial=made)


@pytest.fixture
def items(cast: Cast) -> dict[str, WorkItem]:
    """Five items that went to Coding; since then a rule sends them to Billing."""
    coding, billing = (QueueFactory.create(key=key, name=key.capitalize()) for key in ("coding", "billing"))
    elsewhere = QueueFactory.create(key="prior_auth", name="Authorization")
    RoutingRuleFactory.create(name="Old", position=20, queue=coding)
    made = {name: opened() for name in ("free", "taken", "postponed", "waiting", "by_hand")}
    work.take([made["taken"].pk], cast.mara)
    postponed = WorkItem.objects.filter(pk=made["postponed"].pk)
    postponed.update(status="postponed", postponed_until=TODAY)
    WorkItem.objects.filter(pk=made["waiting"].pk).update(status="waiting")
    work.move([made["by_hand"].pk], cast.mara, queue=elsewhere, reason="They asked for it")
    RoutingRuleFactory.create(name="New", position=10, queue=billing)
    return made


def opened_before_the_new_rule(items: dict[str, WorkItem]) -> WorkItem:
    """One more that stands where the old rule put it."""
    made = opened()
    WorkItem.objects.filter(pk=made.pk).update(queue=items["free"].queue_id)
    return made


def queue_of(item: WorkItem) -> str:
    return Queue.objects.get(items=item.pk).key


def test_free_items_are_shown_first_and_what_stays_is_counted(cast: Cast, items: dict[str, WorkItem]) -> None:
    found = preview(cast.mara, Also())

    assert [(str(move.now), str(move.then), move.items, move.amount) for move in found.moves] == [
        ("Coding", "Billing", 1, items["free"].amount_at_risk)
    ]
    assert [(item.pk, because) for item, because in found.moves[0].examples] == [
        (items["free"].pk, 'Rule "New" (version 1): it takes every item.')
    ]
    assert (found.owned, found.postponed, found.waiting, found.by_hand) == (1, 1, 1, 1)
    assert queue_of(items["free"]) == "coding"


def test_only_the_ticked_moves_are_made_and_each_says_why(cast: Cast, items: dict[str, WorkItem]) -> None:
    [move] = preview(cast.mara, Also()).moves

    done, left, _ = reroute_moves(cast.mara, Also(), [move.key])

    assert (done.done, done.refused, left) == ([items["free"].pk], [], 0)
    item = WorkItem.objects.get(pk=items["free"].pk)
    assert (item.queue.key, item.version, item.routed_on) == ("billing", 2, TODAY)
    activity = item.activities.first()
    assert activity is not None
    assert (activity.kind, activity.actor, activity.text) == ("routed", cast.mara, item.routed_because)
    assert {queue_of(items[name]) for name in ("taken", "postponed", "waiting")} == {"coding"}
    assert preview(cast.mara, Also()).moves == []


def test_what_is_ticked_beside_goes_along_and_taken_items_never(cast: Cast, items: dict[str, WorkItem]) -> None:
    moves = preview(cast.mara, EVERYTHING).moves
    assert {(str(move.now), move.items) for move in moves} == {("Coding", 3), ("Authorization", 1)}

    reroute_moves(cast.mara, EVERYTHING, [move.key for move in moves])

    assert queue_of(items["taken"]) == "coding"
    assert {queue_of(item) for name, item in items.items() if name != "taken"} == {"billing"}


def test_everything_is_looked_at_and_one_pass_moves_the_most_urgent(
    cast: Cast, items: dict[str, WorkItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rerouting, "MOST", 2)
    WorkItem.objects.filter(pk=items["waiting"].pk).update(rank_key=-1.0)
    WorkItem.objects.filter(pk=items["postponed"].pk).update(rank_key=-2.0)
    [to_billing] = [move for move in preview(cast.mara, EVERYTHING).moves if str(move.now) == "Coding"]
    assert (to_billing.items, [item.pk for item, _ in to_billing.examples]) == (
        3, [items[name].pk for name in ("postponed", "waiting", "free")]
    )  # fmt: skip

    sent = reroute_moves(cast.mara, EVERYTHING, [to_billing.key])

    assert (sent.done.done, sent.left) == (sorted(items[name].pk for name in ("postponed", "waiting")), 1)
    sent = reroute_moves(cast.mara, EVERYTHING, [to_billing.key])
    assert (sent.done.done, sent.left) == ([items["free"].pk], 0)


def test_what_somebody_took_after_the_moves_were_shown_is_refused_by_name(
    cast: Cast, items: dict[str, WorkItem]
) -> None:
    another = opened_before_the_new_rule(items)
    shown = timezone.now()
    [move] = preview(cast.mara, Also()).moves
    assert move.items == 2
    work.take([another.pk], cast.ada)

    sent = reroute_moves(cast.mara, Also(), [move.key], shown)

    assert sent.done.done == [items["free"].pk]
    assert [(each.item_id, each.sentence) for each in sent.done.refused] == [
        (another.pk, "Ada Fictional has this item.")
    ]
    assert queue_of(another) == "coding"


def test_an_item_taken_between_choosing_and_locking_stays(
    cast: Cast, items: dict[str, WorkItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    [move] = preview(cast.mara, Also()).moves
    choose = rerouting._wanted

    def choose_and_lose_one(*args: Any) -> list[int]:
        chosen = choose(*args)
        work.take(chosen, cast.ada)
        return chosen

    monkeypatch.setattr(rerouting, "_wanted", choose_and_lose_one)
    sent = reroute_moves(cast.mara, Also(), [move.key])

    assert (sent.done.done, [each.sentence for each in sent.done.refused]) == ([], ["Ada Fictional has this item."])
    assert queue_of(items["free"]) == "coding"


def test_nothing_ticked_moves_nothing_and_who_does_not_manage_may_not(cast: Cast, items: dict[str, WorkItem]) -> None:
    with pytest.raises(Refused, match="tick the moves"):
        reroute_moves(cast.mara, Also(), [])
    with pytest.raises(Refused, match="only managers"):
        preview(cast.sam, Also())


def test_a_manager_moves_only_what_they_see(cast: Cast, items: dict[str, WorkItem]) -> None:
    cast.mara.all_facilities = False
    cast.mara.save()

    assert preview(cast.mara, EVERYTHING).items == 0


def test_the_page_shows_the_moves_and_makes_them(cast: Cast, items: dict[str, WorkItem]) -> None:
    client = signed_in(cast.mara)
    page = client.get("/settings/rules/reroute/").content.decode()
    [move] = preview(cast.mara, Also()).moves
    assert f'value="{move.key}"' in page

    answer = client.post("/settings/rules/reroute/", {"move": [move.key]}, follow=True)

    said = answer.content.decode()
    assert "Sent where the rules want them: 1 item." in said
    assert queue_of(items["free"]) == "billing"
    [undo_url] = re.findall(r'action="(/acts/\d+/undo/)"', said)
    client.post(undo_url)
    assert queue_of(items["free"]) == "coding"
    assert [str(each.then) for each in preview(cast.mara, Also()).moves] == ["Billing"]
