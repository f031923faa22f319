"""What a person said a payment of a split claim is about can be seen, changed, taken back and undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Team
from appeals.models import Appeal
from denials.domain.exception_kinds import Kind
from denials.models import ChosenPart, ExceptionCase
from tests.cast import Cast
from tests.worklists.exceptions import case, come_in, prepare
from tests.worklists.pages import signed_in
from tests.worklists.test_unclear_parts import TODAY, ago, part, result, state
from worklists import acts, choosing_parts, work
from worklists.exceptions import deciding
from worklists.models import Activity, BulkAct, WorkItem

pytestmark = pytest.mark.django_db
WHY = "The payer's letter names it"


@pytest.fixture
def item(db: None, cast: Cast) -> WorkItem:
    """Two parts of $200 each, denied; $200 paid under a new number, which Sam said is about the first of them."""
    prepare()
    Team.objects.get(key="payment_posting").people.add(cast.sam)
    come_in(part("PART1"), part("PART2"), trace="T1", day=ago(40))
    come_in(part("NEW", paid="200.00"), trace="T2", day=ago(5))
    choose("PART1", cast)
    return WorkItem.objects.get()


def choose(number: str | None, cast: Cast) -> None:
    deciding.choose_part(case(Kind.AMBIGUOUS_PART), cast.sam, result(number) if number else None)


def change(item: WorkItem, cast: Cast, to: str, **more: Any) -> Any:
    instead = f"{result('NEW')}:{to if to in ('all', 'unknown') else result(to)}"
    address = reverse("item_action", args=[item.pk, "part_chosen"])
    item.refresh_from_db()
    form = {"instead": instead, "reason": WHY, "version": item.version} | more
    return signed_in(cast.sam).post(address, form)


def stands_for(item: WorkItem) -> str:
    item.refresh_from_db()
    return str(item.denial.remitted_claim.payer_control_number)


def undo(cast: Cast) -> None:
    assert acts.undo(BulkAct.objects.latest("pk"), cast.sam).refused == []


def test_the_item_says_who_chose_and_leads_to_the_change(item: WorkItem, cast: Cast) -> None:
    client = signed_in(cast.sam)
    page = client.get(reverse("item_panel", args=[item.pk, "results"])).content.decode()
    assert "under the payer&#x27;s number NEW (remittance T2) counts for part PART1." in page
    assert f"Said by {cast.sam}" in page
    address = reverse("item_action", args=[item.pk, "part_chosen"])
    assert address in page
    offered = client.get(address).content.decode()
    assert "part PART2 ($200.00)" in offered
    assert "part PART1 ($200.00)" not in offered


def test_another_part_takes_its_place_and_can_be_undone(item: WorkItem, cast: Cast) -> None:
    assert (state(item), stands_for(item)) == ((True, 200, 200), "PART2")

    assert change(item, cast, "PART2").status_code == 302

    assert (state(item), stands_for(item)) == ((True, 200, 200), "PART1")
    told = item.activities.filter(kind=Activity.Kind.PART_CHOSEN).latest("pk")
    assert told.actor == cast.sam
    assert f"is about part PART2, not about part PART1, as {cast.sam} had said on " in told.text
    assert WHY in told.text
    undo(cast)
    assert (state(item), stands_for(item)) == ((True, 200, 200), "PART2")
    assert ChosenPart.objects.get().part_id == result("PART1")


def test_taken_back_it_counts_for_nothing_and_an_exception_asks_again(item: WorkItem, cast: Cast) -> None:
    change(item, cast, "unknown")
    assert state(item) == (True, 400, None)
    assert not ChosenPart.objects.exists()
    choose("PART2", cast)
    assert (state(item), stands_for(item)) == ((True, 200, 200), "PART1")


def test_undoing_that_closes_the_exception_again(item: WorkItem, cast: Cast) -> None:
    change(item, cast, "unknown")
    undo(cast)
    assert state(item) == (True, 200, 200)
    assert ChosenPart.objects.get().chosen_by == cast.sam
    assert not ExceptionCase.objects.open().filter(kind=Kind.AMBIGUOUS_PART).exists()


def test_an_item_closed_by_a_wrong_choice_is_open_again(item: WorkItem, cast: Cast) -> None:
    change(item, cast, "all")
    assert state(item) == (False, 200, 200)

    change(item, cast, "PART1")

    assert (state(item), item.settlement, stands_for(item)) == ((True, 200, 200), "partial", "PART2")
    assert item.resolution == ""
    undo(cast)
    assert state(item) == (False, 200, 200)


def test_what_people_closed_stays_closed_and_is_told(item: WorkItem, cast: Cast) -> None:
    work.resolve([item.pk], cast.mara, resolution="adjustment", settlement="not_contested").or_refuse()
    change(item, cast, "unknown")
    item.refresh_from_db()
    assert (item.is_open, item.recovered_amount) == (False, 200)
    assert "The item stays closed as people closed it" in item.activities.latest("pk").text


def test_an_older_page_changes_nothing(item: WorkItem, cast: Cast) -> None:
    assert change(item, cast, "PART2", version=1).status_code == 409
    assert ChosenPart.objects.get().part_id == result("PART1")


def test_no_reason_no_change(item: WorkItem, cast: Cast) -> None:
    assert change(item, cast, "PART2", reason=" ").status_code == 422
    assert ChosenPart.objects.get().part_id == result("PART1")


def test_somebody_else_s_item_is_left_to_them_and_managers(item: WorkItem, cast: Cast) -> None:
    ChosenPart.objects.update(chosen_by=cast.mara)
    work.take([item.pk], cast.mara)
    assert change(item, cast, "PART2").status_code == 422
    assert choosing_parts.standing(item.claim_id).get().part_id == result("PART1")


def test_a_letter_that_a_wrong_choice_decided_waits_again(item: WorkItem, cast: Cast) -> None:
    who = dict.fromkeys(("drafted_by", "signer", "sent_by"), cast.sam)
    days = {"letter_date": ago(20), "sent_on": ago(20), "follow_up_on": TODAY}
    about = {"item": item, "denial": item.denial, "facility": item.facility}
    letter = Appeal.objects.create(
        status="sent", channel="fax", amount=200, subject="x", body="x", **about, **days, **who
    )
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=TODAY).or_refuse()
    change(item, cast, "all")
    letter.refresh_from_db()
    assert (state(item)[0], letter.status, letter.outcome) == (False, "decided", "overturned")

    change(item, cast, "PART1")

    letter.refresh_from_db()
    assert (state(item)[0], item.status, letter.status, letter.outcome) == (True, "waiting", "sent", "")
