"""Same fault: who is like whom, and the same act with the same words on those ticked, undone together."""

from __future__ import annotations

import importlib
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from config import pipeline
from denials import intake
from denials.domain import same_fault
from denials.models import Denial, Payer
from tests.cast import Cast
from tests.denials.recorded import received
from tests.factories import PayerFactory
from tests.worklists.pages import item_at, panel_of, signed_in
from worklists import alike, sweeping, work
from worklists.domain.ticklers import in_full
from worklists.item_actions import actions_on_each
from worklists.models import Activity, BulkAct, WorkItem

pytestmark = pytest.mark.django_db
FAULT = {"fault_codes": "CO-197 N54", "fault_procedures": "71260-26", "fault_provider": "1999999999"}
RESOLVE = {"resolution": "adjustment", "settlement": "not_contested", "preventable": "yes", "root_cause": "No approval"}


@pytest.fixture
def payer(db: None) -> Payer:
    return PayerFactory.create()


def one(facility: Any, payer: Payer, **values: Any) -> WorkItem:
    fault = {f"denial__{name}": values.pop(name, value) for name, value in FAULT.items()}
    return item_at(facility, claim__payer=payer, **fault, **values)


def resolved(cast: Cast, item: WorkItem) -> BulkAct:
    signed_in(cast.sam).post(f"/items/{item.pk}/resolve/", {**RESOLVE, "version": item.version, "text": "As agreed"})
    return BulkAct.objects.get(rows__item=item)


def test_the_same_fault_agrees_in_every_part_and_near_ones_differ_in_one(cast: Cast, payer: Payer) -> None:
    base, same = one(cast.here, payer), one(cast.here, payer)
    near = [
        one(cast.here, payer, fault_codes="CO-16 N290"),
        one(cast.here, payer, fault_procedures="71260"),
        one(cast.here, payer, fault_provider=""),
        one(cast.here, PayerFactory.create()),
        one(cast.there, payer),
    ]
    one(cast.there, payer, fault_codes="CO-16 N290")  # two parts differ
    closed = one(cast.here, payer)
    work.resolve([closed.pk], cast.mara, resolution="no_action")
    group = alike.like(base, cast.mara, timezone.localdate())
    assert [each.pk for each in group.exact] == [same.pk]
    assert {each.pk for each in group.near} == {each.pk for each in near}
    seen_by_sam = alike.like(base, cast.sam, timezone.localdate())
    assert {each.pk for each in seen_by_sam.near} == {each.pk for each in near[:4]}, (
        "not at a facility that he sees not"
    )
    assert [each.differs for each in group.near if each.pk == near[1].pk] == [["Other procedure: 71260"]]


def test_done_offers_the_others_and_goes_on_to_the_next_all_the_same(cast: Cast, payer: Payer) -> None:
    base, same, other = one(cast.here, payer), one(cast.here, payer), item_at(cast.here)
    base.queue.teams.add(*cast.sam.teams.all())
    work.take([base.pk], cast.sam)
    base.refresh_from_db()
    sent = {**RESOLVE, "version": base.version, "then": "next"}
    page = signed_in(cast.sam).post(f"/items/{base.pk}/resolve/", sent, follow=True)
    assert page.redirect_chain[0][0] in (f"/items/{same.pk}/", f"/items/{other.pk}/")
    text = page.content.decode()
    assert "1 more like this" in text
    assert f'href="/items/{base.pk}/alike/?act={BulkAct.objects.get().pk}"' in text


def test_the_same_act_with_the_same_words_on_those_ticked_is_undone_together(cast: Cast, payer: Payer) -> None:
    base, *like = (one(cast.here, payer, last=f"Madeup{n}") for n in range(5))
    work.take([like[3].pk], cast.sue)
    act = resolved(cast, base)
    client = signed_in(cast.sam)
    page = client.get(f"/items/{base.pk}/alike/?act={act.pk}").content.decode()
    assert "Resolve: the same as you did to item" in page
    assert "Adjusted off" in page
    assert "As agreed" in page
    assert "Ask Sue Fictional or a manager to hand it over." in page
    assert page.count(" checked></td>") == 3
    picked = [like[0].pk, like[1].pk, like[3].pk]
    answer = client.post(f"/items/{base.pk}/alike/", {"act": act.pk, "pick": picked}, follow=True).content.decode()
    assert "Resolved: 2 items." in answer
    assert "Sue Fictional has this item: ask them or a manager to hand it over." in answer
    done = WorkItem.objects.filter(status="resolved").exclude(pk=base.pk)
    assert set(done.values_list("resolution", "root_cause")) == {("adjustment", "No approval")}
    assert set(Activity.objects.filter(item__in=done, kind="resolve").values_list("text", flat=True)) == {"As agreed"}
    swept = BulkAct.objects.latest("pk")
    client.post(f"/acts/{swept.pk}/undo/")
    assert WorkItem.objects.filter(status="resolved").get() == base


def test_a_recovered_amount_is_that_of_one_claim_and_is_not_repeated(cast: Cast, payer: Payer) -> None:
    base, same = one(cast.here, payer), one(cast.here, payer)
    sent = {**RESOLVE, "settlement": "overturned", "recovered_amount": "200.00"}
    client = signed_in(cast.sam)
    client.post(f"/items/{base.pk}/resolve/", sent)
    client.post(f"/items/{base.pk}/alike/", {"act": BulkAct.objects.get().pk, "pick": same.pk})
    assert set(WorkItem.objects.values_list("pk", "recovered_amount")) == {(base.pk, 200), (same.pk, None)}


def test_the_panel_names_the_first_and_says_how_many_more_there_are(cast: Cast, payer: Payer) -> None:
    base, *others = (one(cast.here, payer) for _ in range(10))
    said = panel_of(base, cast.sam, "alike")
    assert len([item for item in others if f"/items/{item.pk}/" in said]) == 8
    assert "9 more open items" in said
    assert "and 1 more" in said
    work.resolve([others[0].pk], cast.sam, resolution="no_action")
    assert "and 1 more" not in panel_of(base, cast.sam, "alike")


def test_nobody_repeats_an_act_of_somebody_else_nor_on_items_that_are_not_alike(cast: Cast, payer: Payer) -> None:
    base, other = one(cast.here, payer), item_at(cast.here)
    act = resolved(cast, base)
    assert (
        "the same as you did" not in signed_in(cast.sue).get(f"/items/{base.pk}/alike/?act={act.pk}").content.decode()
    )
    assert signed_in(cast.sue).post(f"/items/{base.pk}/alike/", {"act": act.pk, "pick": other.pk}).status_code == 422
    answer = signed_in(cast.sam).post(f"/items/{base.pk}/alike/", {"act": act.pk, "pick": other.pk})
    assert "none of the items ticked is open and like this one" in answer.content.decode()
    other.refresh_from_db()
    assert other.is_open


def test_words_that_fit_no_more_are_refused(cast: Cast, payer: Payer) -> None:
    base, same = one(cast.here, payer), one(cast.here, payer)
    until = timezone.localdate().isoformat()
    act = BulkAct.objects.create(kind="postpone", actor=cast.sam, action="postpone", given={"until": [until]})
    act.rows.create(item=base, before={})
    answer = signed_in(cast.sam).post(f"/items/{base.pk}/alike/", {"act": act.pk, "pick": same.pk})
    assert answer.status_code == 422
    assert "the same words do not fit any more" in answer.content.decode()


def test_from_the_item_the_ticked_ones_go_to_the_form_of_any_action_and_come_back(cast: Cast, payer: Payer) -> None:
    base, same = one(cast.here, payer), one(cast.here, payer)
    client = signed_in(cast.sam)
    assert f'value="/items/{base.pk}/alike/"' in client.get(f"/items/{base.pk}/alike/").content.decode()
    sent = {"list": "all_items", "next": f"/items/{base.pk}/alike/", "pick": same.pk, "action": "take:now"}
    assert client.post("/items/many/", sent).headers["Location"] == f"/items/{base.pk}/alike/"
    assert WorkItem.objects.get(assignee=cast.sam) == same


def test_beside_the_same_once_more_stands_what_is_done_to_many_one_by_one(cast: Cast, payer: Payer) -> None:
    base, same = one(cast.here, payer), one(cast.here, payer)
    act, client = resolved(cast, base), signed_in(cast.sam)
    address = f"/items/{base.pk}/alike/?act={act.pk}"
    page = client.get(address)
    offered = re.findall(r'formaction="/items/many/" name="action" value="(\w+)"', page.content.decode())
    assert offered == ["escalate", "note", *(action.name for action in actions_on_each())]
    form = {"list": "all_items", "next": address, "act": act.pk, "pick": same.pk, "note-text": "x"}
    assert f'name="next" value="{address}"' in page.content.decode()
    assert "Draft a letter" in client.post("/items/many/", form | {"action": "draft"}).content.decode()
    assert client.post("/items/many/", form | {"action": "note:now"}).headers["Location"] == address
    assert Activity.objects.get(kind="note").item == same


def test_everything_that_is_offered_can_be_repeated() -> None:
    for name in sweeping.OFFERED:
        assert sweeping.action_of(BulkAct(action=name)) is not None


def test_the_fault_is_written_with_the_conclusion_and_the_migration_writes_the_same(cast: Cast) -> None:
    """Also what a long list of remarks becomes."""
    content = (Path(__file__).parents[1] / "samples" / "auth_missing_imaging-1.835").read_bytes()
    pipeline.run(intake.confirm(received(content), None).pk)
    parts = ("pk", "fault_codes", "fault_procedures", "fault_provider")
    first, *rest = Denial.objects.order_by("pk").values_list(*parts)
    assert first[1].startswith("CO-197")
    assert first[2]
    Denial.objects.filter(pk=first[0]).update(remarks=[f"N{number}" for number in range(900, 940)])
    Denial.objects.update(fault_codes="", fault_procedures="", fault_provider="")
    with connection.schema_editor() as editor:
        importlib.import_module("denials.migrations.0014_same_fault").fill(apps, editor)
    long, *again = Denial.objects.order_by("pk").values_list(*parts)
    assert again == rest
    assert long[2:] == first[2:]
    denial = Denial.objects.get(pk=first[0])
    assert long[1] == same_fault.codes(denial.primary_group, denial.primary_code, denial.remarks, denial.outcome)


def test_nothing_is_called_worked_together_that_is_only_nearly_the_same(cast: Cast, payer: Payer) -> None:
    base, near = one(cast.here, payer), one(cast.here, payer, fault_provider="")
    assert "Look at what is nearly the same" in panel_of(base, cast.sam, "alike")
    one(cast.here, payer)
    assert "Work them together" in panel_of(base, cast.sam, "alike")
    assert "Work them together" not in panel_of(near, cast.remy, "alike")


def postponed_three_days(cast: Cast, item: WorkItem, **also: str) -> BulkAct:
    sent = {"days": "3", "because": "Record asked for", "version": item.version} | also
    signed_in(cast.sam).post(f"/items/{item.pk}/postpone/", sent)
    return BulkAct.objects.get(rows__item=item)


def test_a_postponement_says_how_many_like_it_would_come_back_too_late(cast: Cast, payer: Payer) -> None:
    today = timezone.localdate()
    base, late, _, near = (
        one(cast.here, payer, deadline=today + timedelta(days=90), last_safe_on=today + timedelta(days=days), **part)
        for days, part in ((60, {}), (2, {}), (40, {}), (1, {"fault_provider": ""}))
    )
    act = postponed_three_days(cast, base)
    client, address = signed_in(cast.sam), f"/items/{base.pk}/alike/?act={act.pk}"
    page = client.get(address).content.decode()
    earliest = f"Their earliest last safe day is {in_full(today + timedelta(days=2))}."
    assert f"1 of the 2 selected would come back after the last safe day. {earliest}" in page
    assert "stays as it is: no reason for a late day was given" in page
    marked = [row.split('"')[0] for row in page.split(' name="pick" value="') if "Last safe day" in row]
    assert marked == [str(late.pk), str(near.pk)], "also what is only nearly the same, ticked or not"
    answer = client.post(address.split("?")[0], {"act": act.pk, "pick": late.pk}, follow=True).content.decode()
    assert "choose an earlier day, or say why it may pass" in answer


def test_a_reason_for_a_late_day_holds_for_what_is_like_it(cast: Cast, payer: Payer) -> None:
    today = timezone.localdate()
    base, late = (one(cast.here, payer, last_safe_on=today + timedelta(days=1)) for _ in range(2))
    act = postponed_three_days(cast, base, late_because="The record is late")
    client, address = signed_in(cast.sam), f"/items/{base.pk}/alike/?act={act.pk}"
    assert "is postponed for the same reason as that item" in client.get(address).content.decode()
    client.post(address.split("?")[0], {"act": act.pk, "pick": late.pk})
    late.refresh_from_db()
    assert late.status == "postponed"
