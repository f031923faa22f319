"""One claim from its first denial to its payment: denied, appealed, denied again, external review, paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Facility
from appeals import drafting, letter_templates, outcomes, submission
from appeals.models import Appeal
from appeals.outcomes import Answer
from appeals.submission import Sending
from config import pipeline
from denials import dictionary, intake, time_limits
from denials.domain.clock_facts import ClockState
from denials.models import Clock, ClockEvent, Payer, PayerIdentifier
from tests.appeals.letters import complete
from tests.cast import Cast
from tests.denials.recorded import received
from tests.remittance_text import Claim, Payment, file_of
from worklists import defaults, work
from worklists.models import Resolution, Settlement, WorkItem

pytestmark = pytest.mark.django_db

FIRST, SENT, AGAIN, SENT_ON = date(2026, 6, 1), date(2026, 6, 20), date(2026, 7, 20), date(2026, 8, 5)
LAST_L1, LAST_L2 = date(2026, 11, 28), date(2026, 11, 20)
"""180 days from the first remittance; four months from the second."""


@pytest.fixture(autouse=True)
def site(cast: Cast) -> None:
    dictionary.load()
    time_limits.load()
    defaults.load_defaults()
    letter_templates.load()
    plan = Payer.objects.create(key="plan", name="Fictional Employer Plan", rules_key="erisa_aca", kind="commercial")
    PayerIdentifier.objects.create(payer=plan, kind=PayerIdentifier.Kind.PAYER_ID, value="60001")
    Facility.objects.filter(pk=cast.here.pk).update(address="1 Example Street", phone="555-0101", tax_id="000000101")
    cast.sam.title, cast.sam.phone = "Denial specialist", "555-0100"
    cast.sam.save(update_fields=["title", "phone"])


def remit(paid: str, on: date) -> None:
    payment = Payment((Claim("RC-1", "100.00", paid),), trace=f"T{on:%m%d}", day=f"{on:%Y%m%d}")
    pipeline.run(intake.confirm(received(file_of(payment, interchange=on.month)), None).pk)


def clock(item: WorkItem, kind: str, level: int = 0) -> tuple[str, date | None]:
    item.refresh_from_db()
    row = Clock.objects.get(denial=item.denial_id, kind=kind, level=level)
    return row.state, row.last_day


def letter(item: WorkItem, cast: Cast, on: date) -> Appeal:
    drafted = complete(drafting.draft(item, cast.sam, today=on), cast.sam)
    sending = Sending(channel="fax", sent_on=on, proof="FAX-1")
    return submission.mark_sent(drafted, cast.sam, sending, today=on)


def test_a_claim_is_walked_from_its_denial_through_two_levels_to_its_payment(cast: Cast) -> None:
    remit("0.00", FIRST)
    item = WorkItem.objects.get()
    assert (item.deadline, item.denial.deadline_rule) == (LAST_L1, "ERISA-L1")
    assert clock(item, "appeal", 1) == (ClockState.RUNNING, LAST_L1)
    assert clock(item, "external_review", 2) == (ClockState.WAITING, None)
    assert clock(item, "internal_target") == (ClockState.RUNNING, date(2026, 6, 8))
    assert clock(item, "follow_up", 1) == clock(item, "payer_response", 1) == (ClockState.WAITING, None)

    first = letter(item, cast, SENT)
    assert (first.level, first.deadline) == (1, LAST_L1)
    assert clock(item, "appeal", 1) == (ClockState.MET, LAST_L1)
    assert clock(item, "payer_response", 1) == (ClockState.RUNNING, date(2026, 7, 20))
    assert clock(item, "follow_up", 1) == (ClockState.RUNNING, date(2026, 7, 4))
    assert clock(item, "follow_up", 2) == (ClockState.RUNNING, date(2026, 7, 11))
    assert clock(item, "external_review", 2) == (ClockState.WAITING, None)

    remit("0.00", AGAIN)
    item.refresh_from_db()
    first.refresh_from_db()
    assert (first.outcome, first.decided_on) == (Settlement.UPHELD, AGAIN)
    assert (item.round, item.deadline, item.denial.deadline_rule) == (2, LAST_L2, "ACA-EXT")
    assert clock(item, "external_review", 2) == (ClockState.RUNNING, LAST_L2)
    assert not Clock.objects.filter(denial=item.denial_id, kind="appeal").exists()

    second = letter(item, cast, SENT_ON)
    assert (second.level, second.deadline) == (2, LAST_L2)
    assert clock(item, "external_review", 2) == (ClockState.MET, LAST_L2)
    assert clock(item, "payer_response", 2) == (ClockState.RUNNING, date(2026, 9, 19))

    remit("100.00", date(2026, 9, 10))
    item.refresh_from_db()
    second.refresh_from_db()
    assert (item.status, item.settlement, item.recovered_amount) == ("resolved", "overturned", Decimal("100.00"))
    assert (second.outcome, second.recovered_amount) == (Settlement.OVERTURNED, Decimal("100.00"))


def test_an_answer_by_letter_starts_the_next_level_on_the_same_item(cast: Cast) -> None:
    remit("0.00", FIRST)
    item = WorkItem.objects.get()
    appeal = letter(item, cast, SENT)

    outcomes.record(appeal, cast.sam, Answer(Settlement.UPHELD, date(2026, 7, 1)), today=AGAIN)

    item.refresh_from_db()
    assert (item.round, item.deadline) == (1, date(2026, 11, 2))
    assert clock(item, "external_review", 2) == (ClockState.RUNNING, date(2026, 11, 2))
    assert clock(item, "payer_response", 1)[0] == ClockState.MET
    assert "Last day 2 Nov 2026, before 28 Nov 2026." in set(item.activities.values_list("text", flat=True))


def test_a_letter_that_is_withdrawn_lets_its_clock_run_again(cast: Cast) -> None:
    remit("0.00", FIRST)
    item = WorkItem.objects.get()
    appeal = letter(item, cast, SENT)

    drafting.withdraw(appeal, cast.sam, because="sent to the wrong plan")

    assert clock(item, "appeal", 1) == (ClockState.RUNNING, LAST_L1)
    assert clock(item, "payer_response", 1) == (ClockState.WAITING, None)
    assert item.deadline == LAST_L1


def test_a_corrected_claim_leaves_the_appeal_clock_running(cast: Cast) -> None:
    remit("0.00", FIRST)
    item = WorkItem.objects.get()

    work.wait_for_payer([item.pk], cast.sam, follow_up_on=date(2027, 1, 4), route=Resolution.CORRECTED).or_refuse()

    sent_on = ClockEvent.objects.get(kind="claim_sent").on
    assert clock(item, "appeal", 1)[0] == ClockState.RUNNING
    assert clock(item, "corrected_claim")[0] == (ClockState.MET if sent_on <= date(2026, 8, 28) else ClockState.MISSED)
    assert clock(item, "payer_response", 1)[0] == ClockState.RUNNING


def test_a_denial_after_the_first_that_answers_no_letter_stays_on_the_first_level(cast: Cast) -> None:
    remit("0.00", FIRST)
    remit("0.00", AGAIN)

    item = WorkItem.objects.get()
    assert (item.round, item.denial.deadline_rule, item.deadline) == (2, "ERISA-L1", date(2027, 1, 16))
