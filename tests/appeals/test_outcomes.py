from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.refusal import Conflict, Refused
from appeals import drafting, outcomes
from appeals.models import Appeal
from appeals.outcomes import Answer
from tests.appeals.letters import TODAY, item_at, sent
from tests.cast import Cast
from tests.worklists.remitted import deny, remit
from worklists import opening, settlement, work
from worklists.models import Activity, Resolution, Settlement, WorkItem

LATER = TODAY + timedelta(days=30)
WON = Answer(Settlement.OVERTURNED, LATER, Decimal("900.00"), note="Letter of the payer")


def test_an_overturned_denial_closes_the_item_with_the_money(cast: Cast) -> None:
    item = item_at(cast.here, root_cause="No approval asked for", preventable="yes")
    appeal = sent(item, cast.sam)

    outcomes.record(appeal, cast.sam, WON, today=LATER)

    item.refresh_from_db()
    appeal.refresh_from_db()
    assert (appeal.status, appeal.outcome, appeal.recovered_amount) == ("decided", "overturned", Decimal("900.00"))
    assert (item.status, item.settlement, item.recovered_amount) == ("resolved", "overturned", Decimal("900.00"))
    assert (item.resolution, item.preventable, item.root_cause) == (Resolution.APPEALED, True, "No approval asked for")
    assert appeal.answer_note == "Letter of the payer"
    said = item.activities.get(kind=Activity.Kind.RETURNED)
    assert said.text == "First-level appeal: overturned, $900.00 recovered. Letter of the payer"


@pytest.mark.parametrize(("outcome", "amount"), [("upheld", None), ("partial", Decimal("100.00"))])
def test_what_is_left_returns_to_its_owner(cast: Cast, outcome: str, amount: Decimal | None) -> None:
    item = item_at(cast.here)
    appeal = sent(item, cast.sam)

    outcomes.record(appeal, cast.sam, Answer(outcome, LATER, amount), today=LATER)

    item.refresh_from_db()
    assert (item.status, item.assignee) == (WorkItem.Status.TAKEN, cast.sam)


def test_upheld_and_nothing_more_to_do_closes_the_item(cast: Cast) -> None:
    item = item_at(cast.here)

    outcomes.record(sent(item, cast.sam), cast.sam, Answer(Settlement.UPHELD, LATER, close=True), today=LATER)

    item.refresh_from_db()
    assert (item.status, item.settlement, item.recovered_amount) == ("resolved", "upheld", Decimal("0.00"))


def test_money_of_two_levels_adds_up_on_the_item(cast: Cast) -> None:
    item = item_at(cast.here)
    first = Answer(Settlement.PARTLY_OVERTURNED, LATER, Decimal("100.00"))
    outcomes.record(sent(item, cast.sam), cast.sam, first, today=LATER)
    second = Answer(Settlement.UPHELD, LATER, close=True)

    outcomes.record(sent(item, cast.sam), cast.sam, second, today=LATER)

    item.refresh_from_db()
    assert (item.settlement, item.recovered_amount) == ("partial", Decimal("100.00"))


def test_an_answer_to_an_item_that_somebody_took_back_is_still_recorded(cast: Cast) -> None:
    item = item_at(cast.here)
    appeal = sent(item, cast.sam)
    work.return_from_payer([item.pk], cast.sam, text="They called").or_refuse()

    outcomes.record(appeal, cast.sam, WON, today=LATER)

    item.refresh_from_db()
    assert (item.status, item.recovered_amount) == ("resolved", Decimal("900.00"))


def test_an_answer_about_a_resolved_item_is_kept_and_leaves_the_item_as_it_is(cast: Cast) -> None:
    item = item_at(cast.here)
    appeal = sent(item, cast.sam)
    work.resolve([item.pk], cast.sam, resolution=Resolution.ADJUSTED).or_refuse()

    outcomes.record(appeal, cast.sam, WON, today=LATER)

    item.refresh_from_db()
    appeal.refresh_from_db()
    assert (item.resolution, appeal.outcome) == (Resolution.ADJUSTED, "overturned")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer("maybe", LATER), "choose what the payer decided"),
        (Answer("overturned", LATER), "enter the amount"),
        (Answer("overturned", LATER, Decimal("NaN")), "enter the amount"),
        (Answer("overturned", LATER, Decimal("1450.01")), "more than the claim's charge"),
        (Answer("upheld", LATER, Decimal("1.00")), "money was recovered"),
        (Answer("upheld", LATER + timedelta(days=1)), "day of the answer"),
        (Answer("upheld", date(2026, 11, 1)), "day of the answer"),
    ],
)
def test_answers_that_contradict_themselves_change_nothing(cast: Cast, answer: Answer, words: str) -> None:
    item = item_at(cast.here)
    appeal = sent(item, cast.sam)

    with pytest.raises(Refused, match=words):
        outcomes.record(appeal, cast.sam, answer, today=LATER)
    appeal.refresh_from_db()
    assert appeal.status == Appeal.Status.SENT


def test_an_appeal_is_decided_once(cast: Cast) -> None:
    appeal = sent(item_at(cast.here), cast.sam)
    outcomes.record(appeal, cast.sam, Answer(Settlement.UPHELD, LATER), today=LATER)

    with pytest.raises(Conflict, match="decided already"):
        outcomes.record(appeal, cast.sam, WON, today=LATER)


def opened(cast: Cast, **denial: Any) -> WorkItem:
    """An item that the pipeline opened, so that settling knows its first result."""
    item = item_at(cast.here, **denial)
    told = item.denial
    WorkItem.objects.filter(pk=item.pk).delete()
    opening.open_items(told.remitted_claim.remittance)
    found: WorkItem = WorkItem.objects.get(denial=told)
    return found


def test_a_later_payment_decides_the_appeal_and_credits_the_money(cast: Cast) -> None:
    item = opened(cast)
    appeal = sent(item, cast.sam)
    paid = remit(item.claim, paid=Decimal("1450.00"), on=LATER)
    settlement.settle(paid.remittance)

    for _ in range(2):
        outcomes.decide_from(paid.remittance)

    item.refresh_from_db()
    appeal.refresh_from_db()
    assert (item.status, item.settlement, item.recovered_amount) == ("resolved", "overturned", Decimal("1450.00"))
    assert (appeal.outcome, appeal.recovered_amount, appeal.decided_on) == ("overturned", Decimal("1450.00"), LATER)
    assert appeal.decided_by_remittance == paid
    assert item.activities.filter(kind=Activity.Kind.RETURNED).count() == 1


@pytest.mark.parametrize(
    ("said", "recovered"), [("", None), ("upheld", None), ("overturned", Decimal(900)), ("overturned", Decimal(1450))]
)
def test_a_payment_decides_the_letter_of_an_item_that_was_closed_meanwhile(
    cast: Cast, said: str, recovered: Decimal | None
) -> None:
    item = opened(cast)
    appeal = sent(item, cast.sam)
    closed: dict[str, Any] = {"settlement": said, "recovered_amount": recovered}
    work.resolve([item.pk], cast.sam, resolution=Resolution.ADJUSTED, **closed).or_refuse()
    paid = remit(item.claim, paid=Decimal("1450.00"), on=LATER)

    for _ in range(2):
        settlement.settle(paid.remittance)
        outcomes.decide_from(paid.remittance)

    appeal.refresh_from_db()
    assert (appeal.status, appeal.outcome, appeal.recovered_amount) == ("decided", "overturned", Decimal("1450.00"))
    assert appeal.decided_by_remittance == paid
    assert item.activities.filter(kind=Activity.Kind.RETURNED).count() == 1


def test_a_denial_upholds_the_letter_of_an_item_that_was_closed_meanwhile(cast: Cast) -> None:
    item = opened(cast)
    appeal = sent(item, cast.sam)
    work.resolve([item.pk], cast.sam, resolution=Resolution.ADJUSTED, settlement="upheld").or_refuse()
    again = deny(item.claim, on=LATER, primary_code="50").remitted_claim
    opening.open_items(again.remittance)

    outcomes.decide_from(again.remittance)

    appeal.refresh_from_db()
    assert (appeal.status, appeal.outcome, appeal.decided_by_remittance) == ("decided", "upheld", again)
    assert WorkItem.objects.open().get().denial.remitted_claim == again


def test_a_payment_from_before_the_letter_went_out_is_no_answer_to_it_and_the_item_says_so(cast: Cast) -> None:
    item = opened(cast)
    appeal = sent(item, cast.sam)
    crossed = remit(item.claim, paid=Decimal("1450.00"), on=TODAY - timedelta(days=1)).remittance
    settlement.settle(crossed)

    for _ in range(2):
        outcomes.decide_from(crossed)

    item.refresh_from_db()
    appeal.refresh_from_db()
    assert (item.status, item.settlement, item.recovered_amount) == ("resolved", "overturned", Decimal("1450.00"))
    assert (appeal.status, appeal.decided_on) == (Appeal.Status.SENT, None)
    assert item.activities.get(facts__has_key="too_early").text == (
        "The payment of 19 Nov 2026 came before the first-level appeal was sent on 20 Nov 2026, so it does not answer"
        " that letter, which stays sent. Withdraw it if nothing is left to decide."
    )


def test_a_later_denial_upholds_it_and_the_item_is_back_at_work(cast: Cast) -> None:
    item = opened(cast)
    appeal = sent(item, cast.sam)
    again = deny(item.claim, on=LATER, primary_code="50")
    opening.open_items(again.remitted_claim.remittance)

    outcomes.decide_from(again.remitted_claim.remittance)

    item.refresh_from_db()
    appeal.refresh_from_db()
    assert (appeal.outcome, appeal.decided_by_remittance) == ("upheld", again.remitted_claim)
    assert (item.status, item.round) == (WorkItem.Status.TAKEN, 2)
    assert drafting.draft(item, cast.sam, today=LATER).level == 2


def test_a_denial_from_before_the_letter_went_out_is_no_answer_to_it(cast: Cast) -> None:
    item = opened(cast)
    appeal = sent(item, cast.sam)
    crossed = deny(item.claim, on=TODAY - timedelta(days=1), primary_code="50").remitted_claim.remittance
    opening.open_items(crossed)

    outcomes.decide_from(crossed)

    item.refresh_from_db()
    appeal.refresh_from_db()
    assert (item.status, item.round) == (WorkItem.Status.TAKEN, 2)
    assert (appeal.status, appeal.decided_on) == (Appeal.Status.SENT, None)
    assert drafting.draft(item, cast.sam, today=LATER) == appeal


def test_the_remittance_that_an_appeal_answers_never_decides_it(cast: Cast) -> None:
    item = opened(cast)
    appeal = sent(item, cast.sam)

    outcomes.decide_from(item.denial.remitted_claim.remittance)

    appeal.refresh_from_db()
    assert appeal.status == Appeal.Status.SENT
