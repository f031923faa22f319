"""Money that a payer takes back by a provider adjustment (PLB) alone: told once, and nothing is changed by it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import Team, User
from config import pipeline
from denials import exceptions
from denials.domain.exception_kinds import Kind
from denials.models import ExceptionCase, HeldUp
from tests.cast import Cast
from tests.denials.test_exceptions import case, come_in, held, site
from tests.security.payer_says import Said
from tests.worklists.pages import signed_in
from worklists import acts, notifications, notifying, taken_outside, work
from worklists.exceptions import deciding
from worklists.models import Activity, BulkAct, Resolution, Settlement, WorkItem

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TAKEN = "1450.00"
site = site
OTHER = Said("RC-P", paid="9000.00", charge="9000.00", payer_number="PCN9", member="W9")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def won(cast: Cast) -> WorkItem:
    """Denied, sent by Sam, paid in full and closed by the payment."""
    come_in(Said("RC-1"), trace="T1", day=ago(60))
    item = WorkItem.objects.get()
    work.take([item.pk], cast.sam)
    come_in(Said("RC-1", paid="1450.00"), trace="T2", day=ago(40))
    item.refresh_from_db()
    assert (item.status, item.settlement, item.assignee) == ("resolved", "overturned", cast.sam)
    notifying.tell()
    return item


def take_outside(
    *outside: tuple[str, str, str], trace: str = "T3", days: int = 5, claims: tuple[Said, ...] = ()
) -> None:
    come_in(*claims, OTHER, trace=trace, day=ago(days), outside=outside)


def told(item: WorkItem) -> list[str]:
    return list(item.activities.filter(kind=Activity.Kind.WITHHELD).order_by("pk").values_list("text", flat=True))


def news(user: User) -> list[str]:
    notifying.tell()
    return [row.words for row in notifications.listed(user, only_unread=True)]


def test_a_closed_item_its_owner_and_the_exceptions_are_told_and_its_amounts_stay(won: WorkItem, cast: Cast) -> None:
    before = (won.status, won.settlement, won.recovered_amount)
    take_outside(("WO", "PCN1", TAKEN))
    won.refresh_from_db()
    assert (won.status, won.settlement, won.recovered_amount) == before
    assert told(won) == [
        "Remittance T3 took $1,450.00 of this claim back by PLB WO; no result says so. The item was left closed:"
        " overturned, $1,450.00 recovered. To count it, reopen the item and close it with what is left."
    ]
    sentence = f"The payer took money of item {won.pk} back without a result: its amounts stand as before."
    assert sentence in news(cast.sam)
    assert sentence not in news(cast.mara)
    found = case(Kind.TAKEBACK)
    assert held(Kind.TAKEBACK) == [("RC-1", Decimal("1450.00"))]
    assert found.due_on == ago(5) + timedelta(days=30)
    assert "by a provider adjustment (PLB WO) alone" in found.reason
    page = signed_in(cast.mara).get(f"/exceptions/{found.pk}/").content.decode()
    assert f"/items/{won.pk}/" in page
    assert "Closed: " in page
    assert "provider-adjustment-1-amount" in page


def test_the_page_of_the_item_says_so_until_somebody_closes_it_again(won: WorkItem, cast: Cast) -> None:
    take_outside(("WO", "PCN1", TAKEN))
    client, address = signed_in(cast.sam), f"/items/{won.pk}/"
    [said] = told(won)
    assert said in client.get(address).content.decode()
    work.reopen([won.pk], cast.sam, reason="Taken back")
    assert said in client.get(address).content.decode()
    by_mistake, _ = acts.remember(
        BulkAct.Kind.RESOLVED, [won.pk], cast.sam, lambda ids: work.resolve(ids, cast.sam, resolution="no_action")
    )
    assert by_mistake is not None
    acts.undo(by_mistake, cast.sam)
    assert said in client.get(address).content.decode()
    work.resolve(
        [won.pk], cast.sam, resolution=Resolution.ADJUSTED, settlement=Settlement.NOT_CONTESTED, text="Too small"
    )
    assert said not in client.get(address).content.decode()


def test_an_open_item_is_told_that_its_amounts_stay(cast: Cast) -> None:
    come_in(Said("RC-1", paid="450.00"), day=ago(40))
    item = WorkItem.objects.get()
    work.take([item.pk], cast.sam)
    take_outside(("WO", "PCN1", "450.00"))
    assert told(item)[0].endswith("ask the payer why, and count it when you close it.")
    item.refresh_from_db()
    assert (item.status, item.denied_amount) == ("taken", Decimal("1000.00"))
    assert any(f"item {item.pk} back" in words for words in news(cast.sam))


def test_managers_are_told_where_the_owner_may_not_work_it_any_more(won: WorkItem, cast: Cast) -> None:
    cast.sam.facilities.clear()
    cast.sam.all_facilities = False
    cast.sam.save()
    take_outside(("WO", "PCN1", TAKEN))
    assert any(f"item {won.pk} back" in words for words in news(cast.mara))


@pytest.mark.parametrize("days", [20, 5, 2])
def test_beside_a_reversal_that_is_known_nothing_is_told_twice(won: WorkItem, days: int) -> None:
    """Before the reversal, in its own payment and after it."""
    reversal = Said("RC-1", paid="1450.00", status="22")
    if days == 5:
        take_outside(("WO", "PCN1", TAKEN), claims=(reversal,))
    else:
        come_in(reversal, OTHER, trace="T3", day=ago(days))
        take_outside(("WO", "PCN1", TAKEN), trace="T4", days=days - 1)
    assert told(won) == []
    assert not HeldUp.objects.filter(provider_adjustment__isnull=False).exists()


def test_a_reversal_that_comes_later_closes_the_case(won: WorkItem) -> None:
    take_outside(("WO", "PCN1", TAKEN), days=9)
    come_in(Said("RC-1", paid="1450.00", status="22"), OTHER, trace="T4", day=ago(3))
    assert (case(Kind.TAKEBACK).state, len(told(won))) == ("fixed", 1)


def test_a_reversal_that_was_paid_again_explains_nothing(won: WorkItem) -> None:
    come_in(Said("RC-1", paid="1450.00", status="22"), Said("RC-1", paid="1450.00"), trace="T3", day=ago(30))
    take_outside(("WO", "PCN1", TAKEN), trace="T4")
    assert held(Kind.TAKEBACK) == [("RC-1", Decimal("1450.00"))]


@pytest.mark.parametrize(
    "outside",
    [
        (("WO", "PCN1", "-1450.00"), ("WO", "PCN1", "1450.00")),
        (("72", "PCN1", "-1450.00"), ("WO", "PCN1", "1450.00")),
        (("L6", "PCN1", "3.10"),),
        (("WO", "ELSEWHERE", "1450.00"),),
        (("FB", "0", "1450.00"),),
    ],
)
def test_what_is_given_back_or_names_no_claim_takes_nothing(
    won: WorkItem, outside: tuple[tuple[str, str, str], ...]
) -> None:
    take_outside(*outside)
    assert told(won) == []
    assert not ExceptionCase.objects.filter(kind=Kind.TAKEBACK).exists()


def test_what_two_adjustments_take_is_counted_once(won: WorkItem) -> None:
    take_outside(("WO", "PCN1", "1000.00"), days=9)
    take_outside(("WO", "RC-1", "450.00"), trace="T4", days=4)
    assert sorted(row.amount for row in HeldUp.objects.filter(case__kind=Kind.TAKEBACK)) == [
        Decimal("450.00"),
        Decimal("1000.00"),
    ]
    assert len(told(won)) == 2


def test_running_again_tells_nothing_twice(won: WorkItem) -> None:
    take_outside(("WO", "PCN1", TAKEN))
    remittance = case(Kind.TAKEBACK).held.get().remittance
    taken_outside.tell(remittance)
    exceptions.open_from([remittance.pk])
    assert (len(told(won)), ExceptionCase.objects.filter(kind=Kind.TAKEBACK).count()) == (1, 1)


def test_the_claim_may_come_after_the_adjustment(cast: Cast) -> None:
    take_outside(("WO", "PCN1", "450.00"))
    assert not ExceptionCase.objects.filter(kind=Kind.TAKEBACK).exists()
    come_in(Said("RC-1", paid="450.00"), trace="T4", day=ago(40))
    assert held(Kind.TAKEBACK) == [("RC-1", Decimal("450.00"))]
    assert len(told(WorkItem.objects.get(claim__number="RC-1"))) == 1


@pytest.fixture
def other(won: WorkItem, cast: Cast) -> WorkItem:
    """Another claim that our own number of is what the payer calls the first one."""
    come_in(Said("PCN1", payer_number="PCN7", paid="450.00", member="W7"), trace="T8", day=ago(50))
    found: WorkItem = WorkItem.objects.get(claim__number="PCN1")
    Team.objects.get(key="payment_posting").people.add(cast.sam)
    return found


def test_a_reference_that_fits_several_claims_says_so_and_offers_them(
    won: WorkItem, other: WorkItem, cast: Cast
) -> None:
    take_outside(("WO", "PCN1", "450.00"))
    assert told(other) == []
    assert told(won)[0].endswith(
        "Its reference fits 2 claims, and this one fits best: the exception offers the others."
    )
    found, client = case(Kind.TAKEBACK), signed_in(cast.sam)
    page = client.get(f"/exceptions/{found.pk}/").content.decode()
    assert "Its reference fits 2 claims" in page
    meant = next(each.result for each in deciding.claims_offered(found, cast.sam) if not each.is_chosen)
    address = f"/exceptions/{found.pk}/choose_claim/"
    assert client.post(address, {"result": found.remitted_claim_id}).status_code == 422

    assert client.post(address, {"result": meant.pk}).status_code == 302

    assert held(Kind.TAKEBACK) == [("PCN1", Decimal("450.00"))]
    assert len(told(other)) == 1
    assert told(won)[0] not in client.get(f"/items/{won.pk}/").content.decode()
    assert told(other)[0] in client.get(f"/items/{other.pk}/").content.decode()
    exceptions.open_from([found.held.get().remittance_id])
    assert held(Kind.TAKEBACK) == [("PCN1", Decimal("450.00"))]


def test_it_may_be_said_otherwise_again(won: WorkItem, other: WorkItem, cast: Cast) -> None:
    take_outside(("WO", "PCN1", "450.00"))
    for claim in ("PCN1", "RC-1"):
        found = case(Kind.TAKEBACK)
        offered = deciding.claims_offered(found, cast.sam)
        deciding.choose_claim(found, cast.sam, next(e.result.pk for e in offered if e.result.claim_number == claim))
    assert held(Kind.TAKEBACK) == [("RC-1", Decimal("450.00"))]
    assert list(taken_outside.not_counted_yet(other)) == []
    assert len(taken_outside.not_counted_yet(won)) == 1


def test_a_reference_that_fits_one_claim_offers_nothing(won: WorkItem, cast: Cast) -> None:
    take_outside(("WO", "PCN1", TAKEN))
    assert deciding.claims_offered(case(Kind.TAKEBACK), cast.mara) == []


@pytest.mark.parametrize("reference", ["RC-1", "PCN1", "PCN2"], ids=["our number", "the payer's", "that of a part"])
def test_whatever_number_it_names_a_claim_that_comes_later_is_found(cast: Cast, reference: str) -> None:
    take_outside(("WO", reference, "450.00"))
    parts = (Said("RC-1", paid="450.00"), Said("RC-1", paid="100.00", charge="900.00", payer_number="PCN2"))
    come_in(*parts, trace="T4", day=ago(40))
    assert [amount for _, amount in held(Kind.TAKEBACK)] == [Decimal("450.00")]
    assert len(told(WorkItem.objects.get(claim__number="RC-1"))) == 1


def test_what_was_taken_before_anybody_looked_for_it_is_told_by_the_search(
    won: WorkItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(taken_outside, "tell", lambda remittance: None)
        take_outside(("WO", "PCN1", TAKEN))
    HeldUp.objects.all().delete()
    ExceptionCase.objects.all().delete()
    for _ in range(2):
        pipeline.find_exceptions(0, lambda stage, done, total: None)
    assert held(Kind.TAKEBACK) == [("RC-1", Decimal("1450.00"))]
    assert len(told(won)) == 1
