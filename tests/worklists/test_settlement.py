"""What a later remittance pays or takes back settles the work about its claims."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from denials.models import Claim, RemittedClaim
from tests.cast import Cast
from tests.factories import ClaimFactory, DenialFactory
from tests.worklists.remitted import DENIED_ON, LATER, deny, remit, reverse
from worklists import notifying, work
from worklists.forms import ResolveForm
from worklists.models import Activity, Notification, WorkItem
from worklists.opening import open_items
from worklists.settlement import settle

pytestmark = pytest.mark.django_db
LAST = date(2026, 12, 10)


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    """A claim of $520.00 denied in full, as an open item."""
    claim = ClaimFactory.create(facility=cast.here, charge=Decimal(520), payer_control_number="MCR0022")
    return opened_by(deny_520(claim))


def deny_520(claim: Claim, **denial: Any) -> RemittedClaim:
    amounts: dict[str, Any] = {
        "charge": 520,
        "denied_amount": 520,
        "amount_at_risk": 520,
        "primary_code": "50",
        "remarks": [],
    }
    return deny(claim, on=DENIED_ON, trace="T-FIRST", **{**amounts, **denial}).remitted_claim


def opened_by(result: RemittedClaim) -> WorkItem:
    open_items(result.remittance)
    return WorkItem.objects.get(denial__remitted_claim=result)


def settled(item: WorkItem, result: RemittedClaim) -> WorkItem:
    open_items(result.remittance)
    settle(result.remittance)
    item.refresh_from_db()
    return item


def denied_result(item: WorkItem) -> RemittedClaim:
    return item.denial.remitted_claim


def pay(item: WorkItem, paid: str, **said: Any) -> RemittedClaim:
    return remit(item.claim, **{"charge": 520, "paid": Decimal(paid), **said})


def test_reversal_and_correction_that_pays_close_the_item_as_overturned(item: WorkItem) -> None:
    """Scenario S22."""
    correction = pay(item, "235.20", beside=reverse(denied_result(item)))

    settled(item, correction)

    assert (item.status, item.settlement, item.resolution) == ("resolved", "overturned", "payer_reprocessed")
    assert (item.recovered_amount, item.settled_by) == (Decimal("235.20"), correction)
    activity = item.activities.get(kind="settle")
    assert (activity.status_from, activity.status_to, activity.actor) == ("new", "resolved", None)
    assert activity.text == "Remittance T-LATER paid $235.20 more and denies nothing now."
    assert activity.facts["trace"] == "T-LATER"


def test_settling_again_changes_nothing(item: WorkItem) -> None:
    correction = pay(item, "235.20", beside=reverse(denied_result(item)))
    before = (settled(item, correction).version, Activity.objects.count())

    assert (settled(item, correction).version, Activity.objects.count()) == before


def test_a_payment_of_the_resubmitted_claim_closes_the_item(item: WorkItem) -> None:
    settled(item, pay(item, "300", payer_control_number="NEW-NUMBER"))

    assert (item.status, item.recovered_amount) == ("resolved", Decimal(300))


def test_what_was_waiting_for_an_appeal_is_closed_by_that_route(item: WorkItem, cast: Cast) -> None:
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=LAST, route="appeal").or_refuse()

    settled(item, pay(item, "235.20"))

    assert (item.resolution, item.assignee, item.follow_up_on) == ("appeal", cast.sam, None)


def test_what_had_been_paid_before_the_denial_is_not_recovered(cast: Cast) -> None:
    claim = ClaimFactory.create(facility=cast.here, charge=Decimal(520))
    partly_denied = deny_520(claim, paid=Decimal(420), denied_amount=100, amount_at_risk=100, outcome="partial_denial")
    item = opened_by(partly_denied)
    reversal = reverse(partly_denied)

    settled(item, remit(claim, beside=reversal, charge=520, paid=Decimal(495)))

    assert (item.settlement, item.recovered_amount) == ("overturned", Decimal(75))


def test_a_correction_that_still_denies_a_part_leaves_the_item_open_for_the_rest(item: WorkItem) -> None:
    rest: dict[str, Any] = {"denied_amount": 200, "amount_at_risk": 200, "outcome": "partial_denial"}
    correction = deny(item.claim, beside=reverse(denied_result(item)), charge=520, paid=Decimal(150), **rest)

    settled(item, correction.remitted_claim)

    assert (item.status, item.round, item.denied_amount) == ("new", 2, Decimal(200))
    assert (item.settlement, item.recovered_amount) == ("partial", Decimal(150))
    activity = item.activities.get(kind="settle")
    assert (activity.status_from, activity.text) == ("", "Remittance T-LATER paid $150.00 more; $200.00 stays denied.")


def test_the_rest_paid_later_closes_the_item_with_all_that_was_recovered(item: WorkItem) -> None:
    rest: dict[str, Any] = {"denied_amount": 200, "amount_at_risk": 200, "outcome": "partial_denial"}
    first = deny(item.claim, beside=reverse(denied_result(item)), charge=520, paid=Decimal(150), **rest)
    settled(item, first.remitted_claim)

    settled(item, pay(item, "90", on=LAST))

    assert (item.status, item.settlement, item.recovered_amount) == ("resolved", "overturned", Decimal(240))


def test_a_correction_that_denies_again_settles_nothing(item: WorkItem) -> None:
    again = deny(item.claim, beside=reverse(denied_result(item)), charge=520, denied_amount=520, amount_at_risk=520)

    settled(item, again.remitted_claim)

    assert (item.status, item.round, item.settlement, item.recovered_amount) == ("new", 2, "", None)


def test_reprocessed_without_payment_stays_open_for_somebody_to_look(item: WorkItem) -> None:
    settled(item, pay(item, "0", beside=reverse(denied_result(item))))

    assert (item.status, item.settlement) == ("new", "")
    assert "paid nothing more" in item.activities.get(kind="settle").text


def test_the_look_is_asked_for_once(item: WorkItem) -> None:
    correction = pay(item, "0", beside=reverse(denied_result(item)))
    settled(item, correction)

    settled(item, correction)

    assert item.activities.filter(kind="settle").count() == 1


def test_another_part_of_a_split_claim_does_not_settle_the_denied_part(cast: Cast) -> None:
    claim = ClaimFactory.create(facility=cast.here, charge=Decimal(520))
    part = deny_520(claim, charge=200, denied_amount=200, amount_at_risk=200, payer_control_number="PART1")
    item = opened_by(part)

    settled(item, remit(claim, beside=part, charge=320, paid=Decimal(320), payer_control_number="PART2"))
    settled(item, remit(claim, charge=100, paid=Decimal(100), payer_control_number="PART3"))

    assert item.status == "new"


def test_a_payment_made_before_the_denial_settles_nothing(item: WorkItem) -> None:
    settled(item, pay(item, "520", on=date(2026, 9, 1)))

    assert item.status == "new"


def test_a_result_that_is_partly_pending_settles_nothing(item: WorkItem) -> None:
    result = pay(item, "120")
    zero: dict[str, Any] = {"denied_amount": 0, "amount_at_risk": 0, "tracked_amount": 150}
    DenialFactory.create(remitted_claim=result, outcome="pending", is_denial=False, **zero)

    settled(item, result)

    assert item.status == "new"


def test_money_taken_back_reopens_the_item(item: WorkItem) -> None:
    correction = pay(item, "235.20", beside=reverse(denied_result(item)))
    settled(item, correction)

    settled(item, reverse(correction, on=LAST, trace="T-BACK"))

    assert (item.status, item.settlement, item.recovered_amount, item.settled_by) == ("new", "", None, None)
    activity = item.activities.get(kind="take_back")
    assert (activity.status_from, activity.status_to) == ("resolved", "new")
    assert activity.text.startswith("Remittance T-BACK took back $235.20. Last day ")


def paid_in_part(item: WorkItem) -> RemittedClaim:
    rest: dict[str, Any] = {"denied_amount": 200, "amount_at_risk": 200, "outcome": "partial_denial"}
    part = deny(item.claim, beside=reverse(denied_result(item)), charge=520, paid=Decimal(150), **rest).remitted_claim
    settled(item, part)
    return part


def test_a_part_taken_back_while_the_rest_is_worked_counts_as_recovered_no_longer(item: WorkItem) -> None:
    part = paid_in_part(item)

    settled(item, reverse(part, on=LAST, trace="T-BACK"))

    assert (item.status, item.settlement, item.recovered_amount, item.settled_by) == ("new", "", None, None)
    activity = item.activities.get(kind="take_back")
    assert (activity.status_to, activity.text) == ("", "Remittance T-BACK took back $150.00.")


def test_a_part_taken_back_and_all_denied_again_counts_as_recovered_no_longer(item: WorkItem) -> None:
    reversal = reverse(paid_in_part(item), on=LAST, trace="T-BACK")

    settled(item, deny(item.claim, beside=reversal, charge=520, denied_amount=520, amount_at_risk=520).remitted_claim)

    assert (item.round, item.denied_amount, item.settlement, item.recovered_amount) == (3, Decimal(520), "", None)


def test_a_part_taken_back_of_two_leaves_the_other(item: WorkItem) -> None:
    part = paid_in_part(item)
    settled(item, deny(item.claim, on=LAST, charge=520, paid=Decimal(50), denied_amount=150).remitted_claim)
    decided = item.settled_by

    settled(item, reverse(part, on=LAST, trace="T-BACK"))

    assert (item.settlement, item.recovered_amount, item.settled_by) == ("partial", Decimal(50), decided)
    text = "Remittance T-BACK changed what was recovered to $50.00."
    assert item.activities.filter(kind="settle", text=text).exists()


@pytest.mark.parametrize("said", ["", "upheld", "not_contested", "partial"])
def test_what_was_paid_of_an_item_stays_recovered_where_it_is_closed_without_an_amount(
    item: WorkItem, cast: Cast, said: str
) -> None:
    paid_in_part(item)
    other = opened_by(deny_520(ClaimFactory.create(facility=cast.here, charge=Decimal(520))))

    work.resolve([item.pk, other.pk], cast.mara, resolution="adjustment", settlement=said).or_refuse()

    item.refresh_from_db()
    other.refresh_from_db()
    assert (item.settlement, item.recovered_amount) == ("partial", Decimal(150))
    assert item.activities.get(kind="resolve").facts["recovered_amount"] == "150.00"
    assert (other.settlement, other.recovered_amount) == (said, None)


def test_an_amount_that_somebody_types_counts_instead_of_what_was_paid(item: WorkItem, cast: Cast) -> None:
    paid_in_part(item)

    typed: dict[str, Any] = {"settlement": "partial", "recovered_amount": Decimal(175)}
    work.resolve([item.pk], cast.mara, resolution="appeal", **typed).or_refuse()

    item.refresh_from_db()
    assert item.recovered_amount == Decimal(175)


def test_the_form_shows_what_was_paid_already(item: WorkItem) -> None:
    paid_in_part(item)

    assert ResolveForm(item=item)["recovered_amount"].initial == Decimal(150)


def test_money_taken_back_and_paid_again_in_another_amount_amends_what_was_recovered(item: WorkItem) -> None:
    correction = pay(item, "235.20", beside=reverse(denied_result(item)))
    settled(item, correction)
    reversal = reverse(correction, on=LAST, trace="T-BACK")

    settled(item, pay(item, "200", beside=reversal))

    assert (item.status, item.settlement, item.recovered_amount) == ("resolved", "overturned", Decimal(200))


def test_money_taken_back_and_denied_again_is_new_work_and_the_old_item_claims_it_no_longer(item: WorkItem) -> None:
    correction = pay(item, "235.20", beside=reverse(denied_result(item)))
    settled(item, correction)
    again = deny(item.claim, beside=reverse(correction, on=LAST), on=LAST, charge=520, denied_amount=520)

    settled(item, again.remitted_claim)

    assert (item.status, item.settlement, item.recovered_amount) == ("resolved", "upheld", Decimal(0))
    assert WorkItem.objects.open().get().denial == again


def test_an_item_closed_without_an_outcome_gets_it_from_the_payment(item: WorkItem, cast: Cast) -> None:
    work.resolve([item.pk], cast.mara, resolution="correction").or_refuse()

    settled(item, pay(item, "300"))

    assert (item.resolution, item.settlement, item.recovered_amount) == ("correction", "overturned", Decimal(300))
    assert item.resolved_by == cast.mara


@pytest.mark.parametrize(
    ("said", "recovered", "words"),
    [
        ("not_contested", None, "not contested, $0.00 recovered"),
        ("upheld", None, "upheld, $0.00 recovered"),
        ("overturned", Decimal(450), "overturned, $450.00 recovered"),
    ],
)
def test_an_item_that_people_closed_keeps_what_they_said_and_tells_them_what_was_paid(
    item: WorkItem, cast: Cast, said: str, recovered: Decimal | None, words: str
) -> None:
    closed: dict[str, Any] = {"settlement": said, "recovered_amount": recovered}
    work.resolve([item.pk], cast.mara, resolution="adjustment", **closed).or_refuse()
    notifying.tell()

    payment = pay(item, "300")
    for _ in range(2):
        settled(item, payment)

    assert (item.status, item.settlement, item.recovered_amount) == ("resolved", said, recovered)
    assert item.activities.get(kind="settle").text == (
        f"Remittance T-LATER paid $300.00 in all. The item stays closed as people closed it: {words}."
        " To count what was paid, reopen it and close it with that amount."
    )
    notifying.tell()
    assert Notification.objects.get(item=item).person == cast.mara


def test_a_payment_of_the_amount_that_an_item_was_closed_with_is_noted_and_no_news(item: WorkItem, cast: Cast) -> None:
    closed: dict[str, Any] = {"settlement": "overturned", "recovered_amount": Decimal(300)}
    work.resolve([item.pk], cast.mara, resolution="appeal", **closed).or_refuse()

    settled(item, pay(item, "300"))

    text = "Remittance T-LATER paid $300.00 in all, as the item was closed with."
    assert item.activities.get(kind="settle").text == text
    notifying.tell()
    assert not Notification.objects.filter(item=item).exists()


def test_a_held_remittance_has_said_nothing_yet(item: WorkItem) -> None:
    held = pay(item, "100")
    held.remittance.state = "held"
    held.remittance.save(update_fields=["state"])

    settled(item, pay(item, "235.20", on=LAST))

    assert item.recovered_amount == Decimal("235.20")


def test_what_is_written_names_no_patient(item: WorkItem) -> None:
    settled(item, pay(item, "235.20", on=LATER))

    assert item.claim.patient_last not in "".join(f"{a.text}{a.facts}" for a in item.activities.all())


def test_what_a_remittance_paid_stays_recovered_when_work_is_reopened_and_closed_again(
    item: WorkItem, cast: Cast
) -> None:
    paid_in_part(item)
    work.resolve([item.pk], cast.mara, resolution="appeal", settlement="overturned", recovered_amount=Decimal(300))
    work.reopen([item.pk], cast.mara, reason="They paid 150 only").or_refuse()
    item.refresh_from_db()
    assert (item.settlement, item.recovered_amount, item.settled_by) == ("partial", Decimal(150), denied_result(item))
    work.resolve([item.pk], cast.mara, resolution="appeal", settlement="upheld").or_refuse()
    item.refresh_from_db()
    assert (item.settlement, item.recovered_amount) == ("partial", Decimal(150))


def test_what_was_taken_back_before_is_not_recovered_by_a_reopening(item: WorkItem, cast: Cast) -> None:
    paid_in_part(item)
    settled(item, reverse(denied_result(item), on=LAST, trace="T-BACK"))
    assert item.recovered_amount is None
    work.resolve([item.pk], cast.mara, resolution="no_action").or_refuse()
    work.reopen([item.pk], cast.mara, reason="Ask again").or_refuse()
    item.refresh_from_db()
    assert (item.settlement, item.recovered_amount, item.settled_by) == ("", None, None)


def test_an_item_that_a_remittance_closed_is_reopened_with_what_it_paid(item: WorkItem, cast: Cast) -> None:
    payment = pay(item, "235.20")
    settled(item, payment)
    work.reopen([item.pk], cast.mara, reason="The contract says more").or_refuse()
    item.refresh_from_db()
    assert (item.status, item.settlement, item.recovered_amount) == ("new", "partial", Decimal("235.20"))
    back = reverse(payment, on=LAST, trace="T-BACK")
    settled(item, back)
    assert (item.status, item.settlement, item.recovered_amount, item.settled_by) == ("new", "", None, None)
