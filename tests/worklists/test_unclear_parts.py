"""A payment under a number of its own that fits several parts of a split claim: a person says which part it pays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Team
from accounts.refusal import Conflict, Refused
from config import pipeline
from denials.domain.exception_kinds import Kind
from denials.models import ChosenPart, ExceptionCase, RemittedClaim
from tests.cast import Cast
from tests.security.payer_says import Said
from tests.worklists.exceptions import case, come_in, prepare
from tests.worklists.pages import signed_in
from worklists import split, work
from worklists.exceptions import deciding
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def part(number: str, *, paid: str = "0.00", charge: str = "200.00", **said: Any) -> Said:
    return Said("RC-1", payer_number=number, charge=charge, paid=paid, **said)


@pytest.fixture
def item(db: None, cast: Cast) -> WorkItem:
    """Two parts of $200 each, denied; then $200 paid under a number that nobody met before."""
    prepare()
    Team.objects.get(key="payment_posting").people.add(cast.sam)
    come_in(part("PART1"), part("PART2"), trace="T1", day=ago(40))
    come_in(part("NEW", paid="200.00"), trace="T2", day=ago(5))
    return WorkItem.objects.get()


def state(item: WorkItem) -> tuple[Any, ...]:
    item.refresh_from_db()
    return item.is_open, item.denied_amount, item.recovered_amount


def result(number: str) -> int:
    found: int = RemittedClaim.objects.get(payer_control_number=number).pk
    return found


def test_nothing_is_counted_and_an_exception_asks(item: WorkItem) -> None:
    assert state(item) == (True, 400, None)
    found = case(Kind.AMBIGUOUS_PART)
    assert found.remitted_claim_id == result("NEW")
    told = item.activities.get(facts__has_key="unclear")
    assert "paid $200.00 under the payer's number NEW, which fits its parts PART1 and PART2 alike" in told.text


def test_the_page_offers_the_parts_and_counts_what_is_chosen(item: WorkItem, cast: Cast) -> None:
    found, client = case(Kind.AMBIGUOUS_PART), signed_in(cast.sam)
    page = client.get(f"/exceptions/{found.pk}/").content.decode()
    assert page.index(">PART1<") < page.index(">PART2<")
    address = f"/exceptions/{found.pk}/choose_part/"
    assert client.post(address, {}).status_code == 422

    assert client.post(address, {"part": result("PART2")}).status_code == 302

    assert state(item) == (True, 200, 200)
    assert item.denial.remitted_claim_id == result("PART1")
    found.refresh_from_db()
    assert (found.state, found.closed_because) == ("fixed", "Chosen by hand.")
    with pytest.raises(Conflict, match="closed in the meantime"):
        deciding.choose_part(found, cast.sam, result("PART1"))


def test_it_may_be_about_all_of_them(item: WorkItem, cast: Cast) -> None:
    deciding.choose_part(case(Kind.AMBIGUOUS_PART), cast.sam, None)
    assert state(item) == (False, 400, 200)


def test_only_a_part_of_the_claim_can_be_chosen(item: WorkItem, cast: Cast) -> None:
    with pytest.raises(Refused, match="choose one of the parts"):
        deciding.choose_part(case(Kind.AMBIGUOUS_PART), cast.sam, result("NEW"))
    assert not ChosenPart.objects.exists()


@pytest.mark.usefixtures("item")
def test_it_is_told_once() -> None:
    item = WorkItem.objects.get()
    pipeline.settle(RemittedClaim.objects.get(pk=result("NEW")).remittance)
    assert item.activities.filter(facts__has_key="unclear").count() == 1
    pipeline.find_exceptions(0, lambda stage, done, total: None)
    assert ExceptionCase.objects.filter(kind=Kind.AMBIGUOUS_PART).count() == 1


def test_one_that_was_taken_back_asks_no_more(item: WorkItem) -> None:
    beside = Said("RC-P", paid="1450.00", payer_number="P9", member="W9")
    come_in(part("NEW", paid="200.00", status="22"), beside, trace="T3", day=ago(2))
    assert ExceptionCase.objects.get(kind=Kind.AMBIGUOUS_PART).state == "fixed"
    assert state(item) == (True, 400, None)


@pytest.mark.parametrize(
    "later",
    [
        part("PART2", paid="200.00"),
        part("NEW", charge="400.00", paid="400.00"),
        part("NEW", charge="150.00", paid="150.00"),
    ],
    ids=["a number that was met", "the whole claim", "a charge that no part has"],
)
def test_what_is_clear_asks_nothing(db: None, cast: Cast, later: Said) -> None:
    prepare()
    come_in(part("PART1"), part("PART2"), trace="T1", day=ago(40))
    come_in(later, trace="T2", day=ago(5))
    assert not ExceptionCase.objects.filter(kind=Kind.AMBIGUOUS_PART).exists()
    assert not WorkItem.objects.get().activities.filter(facts__has_key="unclear").exists()


@pytest.fixture
def denied_again(db: None, cast: Cast) -> WorkItem:
    """Two parts of $200 each, denied, sent back; then $200 denied again under a number that nobody met before."""
    prepare()
    Team.objects.get(key="payment_posting").people.add(cast.sam)
    come_in(part("PART1"), part("PART2"), trace="T1", day=ago(40))
    item = WorkItem.objects.get()
    work.take([item.pk], cast.sam)
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=TODAY).or_refuse()
    come_in(part("NEW"), trace="T2", day=ago(5))
    return item


def test_a_denial_that_fits_both_counts_for_neither_and_asks(denied_again: WorkItem) -> None:
    item = denied_again
    assert (state(item), item.status, item.round) == ((True, 400, None), "taken", 1)
    assert case(Kind.AMBIGUOUS_PART).remitted_claim_id == result("NEW")
    told = item.activities.get(facts__has_key="unclear")
    assert "denied a part again under the payer's number NEW, which fits its parts PART1 and PART2 alike" in told.text


def test_it_takes_the_place_of_the_part_that_is_chosen(denied_again: WorkItem, cast: Cast) -> None:
    item = denied_again
    deciding.choose_part(case(Kind.AMBIGUOUS_PART), cast.sam, result("PART2"))
    assert state(item) == (True, 400, None)
    held = {each.remitted_claim.payer_control_number for each in split.parts_of([item])[item.pk]}
    assert held == {"PART1", "NEW"}
    come_in(part("NEW", paid="200.00"), trace="T3", day=ago(2))
    assert state(item) == (True, 200, 200)
    assert item.denial.remitted_claim_id == result("PART1")


def test_both_parts_under_new_numbers_are_asked_about_and_count_once(denied_again: WorkItem) -> None:
    come_in(part("NEW2"), trace="T3", day=ago(4))
    assert state(denied_again) == (True, 400, None)
    assert ExceptionCase.objects.open().filter(kind=Kind.AMBIGUOUS_PART).count() == 2


def test_what_was_paid_under_its_number_waits_for_the_choice_too(denied_again: WorkItem, cast: Cast) -> None:
    item = denied_again
    come_in(part("NEW", paid="200.00"), trace="T3", day=ago(2))
    assert state(item) == (True, 400, None)
    assert item.activities.filter(text__contains="nothing of it was counted").count() == 2
    first = case(Kind.AMBIGUOUS_PART)
    deciding.choose_part(first, cast.sam, first_of_number("PART1"))
    assert state(item) == (True, 200, 200)


def first_of_number(number: str) -> int:
    found: int = RemittedClaim.objects.filter(payer_control_number=number).earliest("pk").pk
    return found
