"""Clocks as rows: written again when something happens, with what is known about the claim by then."""

from __future__ import annotations

from datetime import date

import pytest

from denials import clock_events, clocks, time_limits
from denials.models import Acknowledgment, Clock, ClockEvent, Denial, PayerRule, SendingTime
from tests.factories import (
    ClaimFactory,
    DenialFactory,
    PayerFactory,
    RemittanceFactory,
    RemittanceFileFactory,
    RemittedClaimFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits() -> None:
    time_limits.load()


def denied(**told: object) -> Denial:
    claim = ClaimFactory.create(payer=PayerFactory.create(key="cigna", product="commercial"))
    row: Denial = DenialFactory.create(remitted_claim=RemittedClaimFactory.create(claim=claim), **told)
    return row


def test_counting_again_writes_the_same_clocks_once() -> None:
    row = denied()

    [first] = clocks.redate([row.pk])
    before = set(Clock.objects.values_list("kind", "level", "last_day", "is_binding"))
    clocks.redate([row.pk])

    assert set(Clock.objects.values_list("kind", "level", "last_day", "is_binding")) == before
    assert Clock.objects.get(is_binding=True).last_day == first.denial.deadline == date(2027, 5, 1)


def test_an_acceptance_by_the_payer_proves_that_the_claim_came_in_time() -> None:
    row = denied(category="timely_filing", primary_code="29")
    clocks.redate([row.pk])
    assert Clock.objects.get(kind="timely_filing").state == "stopped"

    Acknowledgment.objects.create(
        file=RemittanceFileFactory.create(), ordinal=1, kind="277CA", level="claim", status="accepted",
        facility=row.facility, payer=row.payer, subject="claim", source_is_payer=True, claim_number=row.claim.number,
        service_from=row.claim.service_from, answered_on=date(2026, 10, 9), segment_from=1, segment_to=2,
    )  # fmt: skip
    clocks.redate([row.pk])

    filing = Clock.objects.get(kind="timely_filing")
    assert (filing.state, filing.ended_on) == ("met", date(2026, 10, 9))


def test_a_day_that_was_known_is_not_lost_because_a_rule_went_away() -> None:
    row = denied(deadline=date(2026, 12, 1))
    PayerRule.objects.all().delete()

    clocks.redate([row.pk])

    row.refresh_from_db()
    assert row.deadline == date(2026, 12, 1)


def test_a_payers_own_sending_times_move_the_last_safe_day() -> None:
    row = denied()
    clocks.redate([row.pk])
    by_mail = Clock.objects.get(is_binding=True).last_safe_day

    SendingTime.objects.create(payer=row.payer, channel="portal", preparation_days=1, mailing_days=0)
    clocks.redate([row.pk])

    assert by_mail == date(2027, 4, 21)
    assert Clock.objects.get(is_binding=True).last_safe_day == date(2027, 4, 30)


def test_the_same_event_on_another_day_corrects_the_day() -> None:
    row = denied()
    for on in (date(2026, 11, 9), date(2026, 11, 10)):
        clock_events.note([row], ClockEvent.Kind.APPEAL_SENT, on, level=1)
    clocks.redate([row.pk])
    assert ClockEvent.objects.get().on == date(2026, 11, 10)
    assert Clock.objects.get(kind="appeal", level=1).ended_on == date(2026, 11, 10)


def part(earlier: Denial, number: str, charge: int, *, on: date, **told: object) -> Denial:
    """A later decision about the same claim under this payer claim number."""
    remittance = RemittanceFactory.create(payer=earlier.payer, facility=earlier.facility, payment_date=on)
    said = RemittedClaimFactory.create(
        claim=earlier.claim, remittance=remittance, payer_control_number=number, charge=charge
    )
    row: Denial = DenialFactory.create(remitted_claim=said, decided_on=on, **told)
    return row


@pytest.mark.parametrize(
    ("number", "charge", "level"),
    [("PART1", 100, 2), ("PART2", 60, 1), ("WHOLE", 500, 2)],
    ids=["the same part", "another part", "the whole claim"],
)
def test_a_letter_about_another_part_opens_no_next_level(number: str, charge: int, level: int) -> None:
    first = part(denied(), "PART1", 100, on=date(2026, 11, 3))
    clock_events.note([first], ClockEvent.Kind.APPEAL_SENT, date(2026, 11, 10), level=1)

    later = part(first, number, charge, on=date(2026, 11, 19))
    clocks.redate([later.pk])

    assert Clock.objects.get(denial=later, is_binding=True).level == level


def test_what_is_upheld_counts_from_the_first_denial_of_its_own_part() -> None:
    claim = ClaimFactory.create(payer=PayerFactory.create(key="uhc", product="commercial"))
    told = RemittanceFactory.create(payer=claim.payer, facility=claim.facility, payment_date=date(2026, 9, 1))
    other = RemittedClaimFactory.create(claim=claim, remittance=told, payer_control_number="PART1", charge=320)
    first = DenialFactory.create(remitted_claim=other, decided_on=date(2026, 9, 1))
    part(first, "PART2", 200, on=date(2026, 10, 1))
    upheld = part(first, "PART2", 200, on=date(2026, 11, 16), primary_code="193")

    clocks.redate([upheld.pk])

    assert Clock.objects.get(denial=upheld, is_binding=True).last_day == date(2027, 10, 1)
