"""Each way in which open items may be lost: its tile counts just what its list shows, and the list repairs it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from denials.models import Job
from tests.cast import Cast
from tests.factories import DenialFactory, QueueFactory, RemittanceFactory
from tests.worklists.pages import item_at, shown_items, signed_in
from worklists import asking, capped, work
from worklists.models import Activity, WorkItem
from worklists.watch import unworked, watching

TODAY = timezone.localdate()
FAR = TODAY + timedelta(days=300)


def one_of_each(cast: Cast) -> dict[str, WorkItem]:
    """One item for each kind, and ordinary ones beside them."""

    def here(**values: Any) -> WorkItem:
        return item_at(cast.here, **{"deadline": FAR, "last_safe_on": FAR, **values})

    gone = User.objects.create(username="gone", role="specialist", is_active=False)
    made = {
        "no_queue": here(queue=QueueFactory.create(key="old", name="Old", is_active=False)),
        "owner_left": here(assignee=gone, status="taken"),
        "owner_elsewhere": here(assignee=cast.otto, status="taken"),
        "deferred": here(
            status="postponed", assignee=cast.sam, postponed_until=TODAY + timedelta(days=9),
            last_safe_on=TODAY + timedelta(days=8),
        ),
        "past": here(deadline=TODAY - timedelta(days=1)),
        "untouched": here(assignee=cast.sam, status="taken"),
        "asking": here(assignee=cast.sam, status="taken"),
        "no_answer": here(status="waiting", assignee=cast.sam, follow_up_on=TODAY - timedelta(days=1)),
    }  # fmt: skip
    WorkItem.objects.filter(pk=made["untouched"].pk).update(created_at="2020-01-01T12:00:00Z")
    team = cast.sue.teams.get()
    earlier = TODAY - timedelta(days=9)
    asking.ask([made["asking"].pk], cast.sam, team=team, text="?", due_on=TODAY - timedelta(days=2), today=earlier)
    here()
    here(status="waiting", assignee=cast.sam, follow_up_on=TODAY)
    here(status="postponed", assignee=cast.sam, postponed_until=TODAY + timedelta(days=9))
    return made


def test_each_tile_counts_just_what_its_list_shows(cast: Cast) -> None:
    made = one_of_each(cast)
    item_at(cast.there, deadline=date(2020, 1, 1))
    cast.mara.all_facilities = False
    cast.mara.save()
    cast.mara.facilities.add(cast.here)
    client = signed_in(cast.mara)
    tiles = client.get(reverse("watch")).context["losing"]
    assert {tile.kind.key: (tile.count, tile.amount) for tile in tiles} == {
        key: (1, Decimal("1450.00")) for key in made
    }
    for tile in tiles:
        assert shown_items(client.get(tile.url)) == [made[tile.kind.key].pk], tile.kind.key


def test_who_may_only_read_by_now_has_left_their_work(cast: Cast) -> None:
    item = item_at(cast.here, assignee=cast.sam, status="taken")
    User.objects.filter(pk=cast.sam.pk).update(role="read_only")
    tiles = signed_in(cast.mara).get(reverse("watch")).context["losing"]
    tile = next(tile for tile in tiles if tile.kind.key == "owner_left")
    assert tile.count == 1
    assert shown_items(signed_in(cast.mara).get(tile.url)) == [item.pk]


def test_a_tile_reads_no_more_rows_than_it_takes_to_say_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (capped, watching):
        monkeypatch.setattr(module, "CAP", 2)
    for _ in range(4):
        item_at(cast.here, deadline=TODAY - timedelta(days=1))
    page = signed_in(cast.mara).get(reverse("watch"))
    tile = next(each for each in page.context["losing"] if each.kind.key == "past")
    assert (tile.shown, tile.amount) == ("2+", Decimal("4350.00"))
    assert "More than $4,350" in page.content.decode()


@pytest.mark.parametrize(
    ("key", "sent", "status"),
    [
        ("deferred", {"bring_back-reason": "Too late otherwise"}, "taken"),
        ("asking", {"withdraw-reason": "Found elsewhere"}, "taken"),
        ("no_answer", {"ask_again-on": FAR.isoformat(), "ask_again-text": "On hold for an hour"}, "waiting"),
    ],
)
def test_its_list_offers_what_repairs_it(cast: Cast, key: str, sent: dict[str, str], status: str) -> None:
    item = one_of_each(cast)[key]
    client, address = signed_in(cast.mara), f"/items/?watch={key}"
    action = next(iter(sent)).partition("-")[0]
    assert f'value="{action}"' in client.get(address).content.decode()
    form = {"list": "all_items", "query": f"watch={key}", "action": f"{action}:now", "everything": "1", **sent}
    assert client.post(reverse("bulk"), form).status_code == 302
    assert shown_items(client.get(address)) == []
    assert WorkItem.objects.get(pk=item.pk).status == status


def test_what_is_brought_back_goes_to_its_queue_where_its_owner_works_no_items_any_more(cast: Cast) -> None:
    item = one_of_each(cast)["deferred"]
    User.objects.filter(pk=cast.sam.pk).update(role="read_only")
    sent = {"list": "all_items", "action": "bring_back:now", "pick": [item.pk], "bring_back-reason": "Too late"}
    assert signed_in(cast.mara).post(reverse("bulk"), sent).status_code == 302
    item.refresh_from_db()
    assert (item.status, item.assignee) == ("new", None)


def test_a_person_who_may_only_look_repairs_nothing(cast: Cast) -> None:
    one_of_each(cast)
    sent = {"list": "all_items", "action": "bring_back:now", "pick": [1], "bring_back-reason": "x"}
    assert signed_in(cast.remy).post(reverse("bulk"), sent).status_code == 403


def test_denials_that_became_no_work_are_counted_and_made_work(cast: Cast) -> None:
    item_at(cast.here)
    lost = DenialFactory.create(remitted_claim__claim__facility=cast.here, amount_at_risk=Decimal(800))
    DenialFactory.create(
        remitted_claim__claim__facility=cast.here, is_denial=False, outcome="pending", denied_amount=0, amount_at_risk=0
    )
    DenialFactory.create(remitted_claim__claim__facility=cast.here, remitted_claim__remittance__state="classified")
    later = item_at(cast.here)
    earlier = DenialFactory.create(remitted_claim__claim=later.claim)
    Activity.objects.create(item=later, kind="opened", facts={"denial": earlier.pk})

    assert list(unworked.unworked(cast.mara)) == [lost]
    client = signed_in(cast.mara)
    page = client.get(reverse("watch"))
    assert (page.context["unworked"].number, page.context["unworked"].amount) == (1, Decimal(800))
    assert client.post(reverse("open_unworked")).status_code == 302

    assert WorkItem.objects.get(denial=lost).is_open
    assert unworked.counted(cast.mara).number == 0


def test_every_denial_is_looked_at_when_a_job_has_ended_and_no_more_than_once_a_minute(cast: Cast) -> None:
    def counted_after(seconds: int) -> int:
        with time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False):
            return unworked.counted(cast.mara).number

    assert unworked.counted(cast.mara).number == 0
    DenialFactory.create(remitted_claim__claim__facility=cast.here)
    assert unworked.counted(cast.ada).number == 0
    assert unworked.counted(cast.sam).number == 1
    assert counted_after(unworked.KEPT_SECONDS + 1) == 0
    Job.objects.create(kind="record_file", subject=1, state=Job.State.DONE, finished_at=timezone.now())
    assert counted_after(unworked.KEPT_SECONDS - 1) == 0
    assert counted_after(unworked.KEPT_SECONDS + 1) == 1


def test_to_be_sure_every_denial_is_looked_at_again_after_an_hour(cast: Cast) -> None:
    with time_machine.travel(timezone.now() - timedelta(seconds=unworked.SURE_SECONDS + 1), tick=False):
        assert unworked.counted(cast.mara).number == 0
    DenialFactory.create(remitted_claim__claim__facility=cast.here)
    assert unworked.counted(cast.mara).number == 1


def test_held_payments_lead_to_the_files_that_hold_them(cast: Cast) -> None:
    held = RemittanceFactory.create(facility=cast.here, state="held", file__name="held.835")
    RemittanceFactory.create(facility=cast.here, file__name="fine.835")
    page = signed_in(cast.mara).get("/remittances/?part=held").content.decode()
    assert held.file.name in page
    assert "fine.835" not in page


def test_postponing_again_takes_nothing_from_the_list(cast: Cast) -> None:
    item = one_of_each(cast)["deferred"]
    work.release([item.pk], cast.sam)
    assert shown_items(signed_in(cast.mara).get("/items/?watch=deferred")) == []
