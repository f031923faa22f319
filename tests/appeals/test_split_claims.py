"""A letter about a claim that its payer split, and who may sign one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Role
from accounts.refusal import Refused
from appeals import drafting, outcomes, submission
from appeals.from_record import values_of
from appeals.levels import level_of
from appeals.models import Appeal
from denials.models import ClockEvent, Denial
from tests.appeals.letters import FAXED, TODAY, as_written, item_at, ready, signing
from tests.cast import Cast
from tests.factories import ClockFactory
from tests.worklists.remitted import deny, remit
from worklists import parts_sent
from worklists.models import Activity, WorkItem
from worklists.opening import open_items
from worklists.settlement import settle

SOON = date(2026, 12, 1)


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    item = item_at(cast.here)
    ClockFactory.create(denial=item.denial)
    opened = {"denial": item.denial_id, "remitted_claim": item.denial.remitted_claim_id}
    Activity.objects.create(item=item, kind=Activity.Kind.OPENED, facts=opened)
    other = deny(
        item.claim,
        beside=item.denial.remitted_claim,
        payer_control_number="PART2",
        charge=100,
        denied_amount=100,
        amount_at_risk=100,
        deadline=SOON,
    ).remitted_claim
    other.lines.create(number=1, procedure="70553", segment_from=1, segment_to=2)
    open_items(other.remittance)
    return WorkItem.objects.get()


def test_it_names_every_part_and_is_due_with_the_first(item: WorkItem) -> None:
    values = values_of(item, 1)

    assert values["payer_claim_number"] == f"{item.denial.remitted_claim.payer_control_number}, PART2"
    assert "70553" in values["procedure_codes"]
    assert (values["charge_amount"], values["denied_amount"]) == ("$1,550.00", "$1,550.00")
    assert level_of(item).last_day == SOON


def test_one_that_leaves_a_part_out_is_not_sent(item: WorkItem, cast: Cast) -> None:
    letter = ready(item, signing(cast.sam))
    without = {name: getattr(letter, name).replace("PART2", "the other") for name in ("subject", "body")}
    letter = drafting.edit(letter, cast.sam, as_written(letter, **without))

    with pytest.raises(Refused, match=r"its number PART2 .*to be answered by 1 Dec 2026"):
        submission.mark_sent(letter, cast.sam, FAXED, today=TODAY)
    letter = drafting.edit(letter, cast.sam, as_written(letter, body=f"{letter.body} PART2"))
    assert submission.mark_sent(letter, cast.sam, FAXED, today=TODAY).status == Appeal.Status.SENT


def test_it_leaves_out_a_part_whose_claim_went_out_again(item: WorkItem, cast: Cast) -> None:
    other = Denial.objects.exclude(pk=item.denial_id).get()
    parts_sent.send([item.pk], cast.mara, parts=[other.pk], resolution="correction").or_refuse()
    item.refresh_from_db()

    values = values_of(item, 1)
    assert (values["charge_amount"], values["denied_amount"]) == ("$1,450.00", "$1,450.00")
    assert "PART2" not in values["payer_claim_number"]
    assert level_of(item).last_day == item.denial.clocks.get(is_binding=True).last_day
    letter = submission.mark_sent(ready(item, signing(cast.sam)), cast.sam, FAXED, today=TODAY)
    assert letter.status == Appeal.Status.SENT
    sent = ClockEvent.objects.values_list("denial", "kind")
    assert set(sent) == {(item.denial_id, "appeal_sent"), (other.pk, "claim_sent")}


def test_it_is_answered_once_every_part_is(item: WorkItem, cast: Cast) -> None:
    letter = submission.mark_sent(ready(item, signing(cast.sam)), cast.sam, FAXED, today=TODAY)
    own = item.denial.remitted_claim
    said = [("T-1", own.payer_control_number, own.charge), ("T-2", "PART2", Decimal(100))]
    seen = []
    for day, (trace, number, paid) in enumerate(said, start=24):
        paying = remit(
            item.claim, on=date(2026, 11, day), trace=trace, payer_control_number=number, charge=paid, paid=paid
        )
        settle(paying.remittance)
        outcomes.decide_from(paying.remittance)
        letter.refresh_from_db()
        item.refresh_from_db()
        seen.append((letter.status, item.status, item.denied_amount))

    assert seen == [("sent", "waiting", 100), ("decided", "resolved", 100)]
    assert (letter.outcome, letter.recovered_amount) == ("overturned", Decimal("1550.00"))


def test_nobody_signs_who_no_longer_works_there(cast: Cast) -> None:
    letter = ready(item_at(cast.here), signing(cast.sam))
    cast.sam.role = Role.READ_ONLY
    cast.sam.save()

    with pytest.raises(Refused, match="who signs it, no longer works for this facility"):
        submission.mark_sent(letter, cast.mara, FAXED, today=TODAY)
