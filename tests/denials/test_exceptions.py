"""Cases of exceptions: one for each cause, opened once, closed when they hold nothing up any more."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from config import pipeline
from denials import dictionary, exceptions, intake, time_limits
from denials.domain.exception_kinds import Kind
from denials.models import Code, CodeSystem, Denial, ExceptionCase, HeldUp, Job, Payer, Remittance, RemittedClaim
from tests.cast import Cast
from tests.denials.recorded import received
from tests.remittance_text import Claim, Payment, file_of
from tests.security.payer_says import Paid, Said
from tests.security.payer_says import file_of as said_by_payer
from worklists import defaults, rereading

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
_interchange = [900]


@pytest.fixture(autouse=True)
def site(db: None, cast: Cast) -> None:
    dictionary.load()
    time_limits.load()
    defaults.load_defaults()


def come_in(*claims: Said, trace: str = "T1", day: date = TODAY, known: bool = True, **more: Any) -> Remittance:
    """One payment of these claims, taken through every stage."""
    _interchange[0] += 1
    content = said_by_payer(Paid(claims, trace=trace, day=day, **more), interchange=_interchange[0])
    pipeline.run(intake.confirm(received(content), None).pk)
    if known:
        Payer.objects.update(is_confirmed=True)
        exceptions.recheck(ExceptionCase.objects.filter(kind=Kind.UNKNOWN_PAYER))
    return Remittance.objects.get(trace=trace, file__sha256=received(content).sha256)


def taken_back(trace: str, day: date = TODAY) -> Remittance:
    """A payment that reverses RC-1, with another claim beside it: no total is below zero."""
    reversal, other = Said("RC-1", paid="1450.00", status="22"), Said("RC-P", paid="1450.00", payer_number="PCN9")
    return come_in(reversal, other, trace=trace, day=day)


def case(kind: Kind, **more: object) -> ExceptionCase:
    return ExceptionCase.objects.get(kind=kind, **more)


def held(kind: Kind) -> list[tuple[str, Decimal]]:
    rows = HeldUp.objects.filter(case__kind=kind, state=HeldUp.State.HELD)
    return sorted((row.remitted_claim.claim_number if row.remitted_claim else row.thing, row.amount) for row in rows)


def map_code(code: str, system: str = CodeSystem.CARC) -> None:
    Code.objects.create(system=system, code=code, title="Mapped", list_version="ours", details={"code": code})


def test_one_unknown_code_is_one_case_that_holds_up_every_claim_with_it() -> None:
    come_in(Said("RC-1", reason=("CO", "999")), Said("RC-2", charge="50.00", reason=("CO", "999")), Said("RC-3"))

    found = case(Kind.UNKNOWN_CODE)
    assert (found.system, found.code, found.is_open, found.opened_on) == ("CARC", "999", True, TODAY)
    assert found.reason.startswith("Reason code 999 is not in our dictionary.")
    assert found.owner_team is not None
    assert found.owner_team.key == "denials_general"
    assert held(Kind.UNKNOWN_CODE) == [("RC-1", Decimal("1450.00")), ("RC-2", Decimal("50.00"))]


def test_a_later_remittance_with_the_code_joins_the_open_case() -> None:
    come_in(Said("RC-1", reason=("CO", "999")))
    come_in(Said("RC-2", reason=("CO", "999"), payer_number="PCN2"), trace="T2")

    assert [number for number, _ in held(Kind.UNKNOWN_CODE)] == ["RC-1", "RC-2"]
    assert ExceptionCase.objects.count() == 1 + 1  # and the payer that nobody had confirmed


@pytest.mark.parametrize(
    ("said", "system", "code"),
    [
        (Said("RC-1", reason=("XX", "197")), "GROUP", "XX"),
        (Said("RC-1", remark="N9999"), "RARC", "N9999"),
        (Said("RC-1", status="77"), "STATUS", "77"),
    ],
)
def test_unknown_groups_remarks_and_statuses_open_cases_too(said: Said, system: str, code: str) -> None:
    come_in(said)
    found = case(Kind.UNKNOWN_CODE)
    assert (found.system, found.code) == (system, code)
    assert held(Kind.UNKNOWN_CODE) == [("RC-1", Decimal("1450.00"))]


def test_an_unknown_provider_adjustment_is_a_case_of_its_own() -> None:
    content = file_of(Payment((Claim(paid="100.00"),), amount="90.00", tail=("PLB*1000000001*20261231*QQ:REF*10.00",)))
    pipeline.run(intake.confirm(received(content), None).pk)
    assert case(Kind.UNKNOWN_CODE).cause == "PLB:QQ"
    assert [amount for _, amount in held(Kind.UNKNOWN_CODE)] == [Decimal("10.00")]


def test_an_unknown_remark_on_a_paid_claim_is_a_case() -> None:
    content = file_of(Payment((Claim(paid="100.00"),))).replace(b"LQ*HE*N115", b"LQ*HE*N9999")
    pipeline.run(intake.confirm(received(content), None).pk)
    assert not Denial.objects.exists()
    assert case(Kind.UNKNOWN_CODE).cause == "RARC:N9999"


def test_running_again_opens_nothing_twice() -> None:
    remittance = come_in(Said("RC-1", reason=("CO", "999")))
    before = list(HeldUp.objects.values_list("pk", "case"))
    assert exceptions.open_from([remittance.pk]) == 0
    assert list(HeldUp.objects.values_list("pk", "case")) == before


def test_a_case_closes_by_itself_when_its_code_is_known() -> None:
    come_in(Said("RC-1", reason=("CO", "999")))
    assert exceptions.recheck(ExceptionCase.objects.all()) == []

    map_code("999")

    assert exceptions.recheck(ExceptionCase.objects.all(), because="Mapped.") == [case(Kind.UNKNOWN_CODE).pk]
    found = case(Kind.UNKNOWN_CODE)
    assert (found.state, found.closed_on, found.closed_because) == ("fixed", TODAY, "Mapped.")
    assert HeldUp.objects.get(case=found).state == HeldUp.State.RELEASED
    assert exceptions.recheck(ExceptionCase.objects.all()) == []


def test_a_case_closes_when_what_it_held_up_was_read_again(cast: Cast) -> None:
    come_in(Said("RC-1", reason=("CO", "999")))
    map_code("999")
    asked = rereading.ask(because="Mapped 999.", user=cast.mara, codes=[("CARC", "999")], payers=[0])
    pipeline.run(Job.objects.get(kind=rereading.REREAD, subject=asked.pk).pk)
    found = case(Kind.UNKNOWN_CODE)
    assert (found.state, found.closed_by, found.closed_because) == ("fixed", cast.mara, "Mapped 999.")


def test_a_code_that_becomes_unknown_again_opens_a_new_case() -> None:
    remittance = come_in(Said("RC-1", reason=("CO", "999")))
    map_code("999")
    exceptions.recheck(ExceptionCase.objects.all())
    Code.objects.filter(code="999").delete()

    exceptions.open_from([remittance.pk])

    states = ExceptionCase.objects.filter(kind=Kind.UNKNOWN_CODE).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["fixed", "open"]


def test_a_code_that_needs_a_remark_and_has_none_is_one_case_for_the_payer() -> None:
    come_in(Said("RC-1", reason=("CO", "16"), remark="N381"), Said("RC-2", reason=("CO", "16"), remark="N381"))
    found = case(Kind.MISSING_REMARK)
    assert found.code == "CO-16"
    assert "FICTIONAL HEALTH PLAN denied with CO-16" in found.reason
    assert len(held(Kind.MISSING_REMARK)) == 2


def test_the_payers_next_result_answers_a_missing_remark() -> None:
    come_in(Said("RC-1", reason=("CO", "16"), remark="N381"), day=TODAY - timedelta(days=20))
    come_in(Said("RC-1", paid="1450.00"), trace="T2")
    assert case(Kind.MISSING_REMARK).state == "fixed"
    assert case(Kind.MISSING_REMARK).closed_because == "The payer's next result came."


def test_a_write_down_of_the_whole_charge_is_suspected() -> None:
    come_in(Said("RC-1", reason=("CO", "45")))
    assert case(Kind.SUSPECTED_DENIAL).code == "CO-45"
    assert held(Kind.SUSPECTED_DENIAL) == [("RC-1", Decimal("1450.00"))]


def test_a_payer_that_nobody_confirmed_holds_up_its_payments_until_somebody_does() -> None:
    come_in(Said("RC-1"), known=False)
    found = case(Kind.UNKNOWN_PAYER)
    assert HeldUp.objects.get(case=found).claims == 1
    Payer.objects.update(is_confirmed=True)
    assert exceptions.recheck(ExceptionCase.objects.all()) == [found.pk]


def test_a_payment_that_several_payers_fit_waits_for_somebody_to_say_which() -> None:
    payer = come_in(Said("RC-1")).payer
    come_in(Said("RC-2"), trace="T2", payer="PLAN B", payer_id="222")
    payer.candidates.set(Payer.objects.exclude(pk=payer.pk))
    Payer.objects.filter(pk=payer.pk).update(is_confirmed=False)
    come_in(Said("RC-3"), trace="T3", known=False)
    assert case(Kind.AMBIGUOUS_PAYER).payer == payer
    assert not ExceptionCase.objects.open().filter(kind=Kind.UNKNOWN_PAYER).exists()


def test_a_payment_that_does_not_balance_is_held_and_a_case_until_it_is_decided(cast: Cast) -> None:
    pipeline.run(intake.confirm(received(file_of(Payment(amount="70.00"))), None).pk)
    remittance = Remittance.objects.get()
    found = case(Kind.UNBALANCED)
    assert found.remittance == remittance
    assert "does not balance" in found.reason

    pipeline.run(intake.release(remittance, cast.mara, "the payer says so").pk)

    found.refresh_from_db()
    assert (found.state, found.closed_by) == ("fixed", cast.mara)
    assert found.closed_because == "Decided: routed. the payer says so"


def test_a_payment_set_aside_closes_its_case(cast: Cast) -> None:
    pipeline.run(intake.confirm(received(file_of(Payment(amount="70.00"))), None).pk)
    intake.set_aside(Remittance.objects.get(), cast.mara, "sent in error")
    assert case(Kind.UNBALANCED).closed_because == "Decided: set aside. sent in error"


def test_a_cut_file_and_a_second_payment_of_one_trace_are_told_apart() -> None:
    whole = file_of(Payment())
    pipeline.run(intake.confirm(received(whole[: whole.index(b"SE*")]), None).pk)
    assert case(Kind.CUT_FILE).is_open
    other = file_of(Payment((Claim(number="RC-9"),), trace="TRACE1"), interchange=3)
    pipeline.run(intake.confirm(received(other), None).pk)
    assert case(Kind.DUPLICATE_TRACE).remittance == Remittance.objects.order_by("pk").last()


def test_claims_that_do_not_balance_are_one_case_of_their_payment() -> None:
    content = file_of(Payment((Claim("RC-1"), Claim("RC-2")))).replace(b"CAS*CO*50*40.00", b"CAS*CO*50*30.00", 1)
    pipeline.run(intake.confirm(received(content), None).pk)
    assert held(Kind.UNBALANCED) == [("RC-1", Decimal("10.00"))]


def test_a_reversal_of_nothing_we_know_waits_for_its_claim() -> None:
    taken_back("T1")
    assert held(Kind.UNMATCHED_REVERSAL) == [("RC-1", Decimal("1450.00"))]
    come_in(Said("RC-1", paid="1450.00"), trace="T0", day=TODAY - timedelta(days=30))
    assert case(Kind.UNMATCHED_REVERSAL).state == "fixed"


@pytest.mark.parametrize(("days", "is_takeback"), [(15, False), (16, True)])
def test_a_reversal_without_correction_becomes_a_takeback_after_15_days(days: int, is_takeback: bool) -> None:
    come_in(Said("RC-1", paid="1450.00"), day=TODAY - timedelta(days=40))
    reversed_on = TODAY - timedelta(days=days)
    taken_back("T2", reversed_on)
    assert held(Kind.TAKEBACK) == ([("RC-1", Decimal("1450.00"))] if is_takeback else [])
    if is_takeback:
        assert case(Kind.TAKEBACK).due_on == reversed_on + timedelta(days=30)


def test_a_takeback_is_over_when_the_correction_comes() -> None:
    come_in(Said("RC-1", paid="1450.00"), day=TODAY - timedelta(days=60))
    taken_back("T2", TODAY - timedelta(days=30))
    come_in(Said("RC-1", paid="900.00"), trace="T3", day=TODAY - timedelta(days=1))
    assert case(Kind.TAKEBACK).state == "fixed"


@pytest.mark.parametrize(("days", "is_late"), [(30, False), (31, True)])
def test_what_is_pending_past_the_payers_usual_days_is_one_case_for_the_payer(days: int, is_late: bool) -> None:
    come_in(Said("RC-1", reason=("OA", "133"), remark="N706"), day=TODAY - timedelta(days=days))
    assert held(Kind.PENDING_LONG) == ([("RC-1", Decimal("1450.00"))] if is_late else [])


def test_pending_is_over_when_the_payer_decides() -> None:
    come_in(Said("RC-1", reason=("OA", "133"), remark="N706"), day=TODAY - timedelta(days=50))
    come_in(Said("RC-1"), trace="T2")
    assert case(Kind.PENDING_LONG).state == "fixed"


def test_what_came_in_before_there_were_cases_is_found_by_a_job() -> None:
    come_in(Said("RC-1", reason=("CO", "999")))
    HeldUp.objects.all().delete()
    ExceptionCase.objects.all().delete()
    pipeline.find_exceptions(0, lambda stage, done, total: None)
    assert held(Kind.UNKNOWN_CODE) == [("RC-1", Decimal("1450.00"))]


def test_people_see_cases_of_their_facilities_that_their_teams_own(cast: Cast) -> None:
    come_in(Said("RC-1", reason=("CO", "999")))
    found = case(Kind.UNKNOWN_CODE)
    seen = ExceptionCase.objects.visible_to
    assert found in seen(cast.mara)
    assert found not in seen(cast.sam)
    assert found.owner_team is not None
    for person in (cast.sam, cast.otto):
        person.teams.add(found.owner_team)
    assert found in seen(cast.sam)
    assert found not in seen(cast.otto)


def test_a_reversal_with_two_results_of_its_amounts_asks_which() -> None:
    for number, trace in enumerate(("T1", "T2")):
        come_in(Said("RC-1", paid="1450.00"), trace=trace, day=TODAY - timedelta(days=50 - number))
    taken_back("T3")
    found = case(Kind.AMBIGUOUS_CLAIM)
    assert found.remitted_claim == RemittedClaim.objects.get(remittance__trace="T3", status="22")
