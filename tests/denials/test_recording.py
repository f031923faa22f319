"""From a kept file to rows: everything once, held where a person must decide, running again changes nothing."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from accounts.refusal import Conflict, Refused
from denials import intake, recording, staging
from denials.domain.payments import PaymentReader
from denials.models import Adjustment, Claim, FileFinding, Job, Remittance, RemittanceFile, RemittedClaim
from tests.cast import Cast
from tests.denials.recorded import kept_of, received, recorded, said_in, silent
from tests.remittance_text import Claim as Told
from tests.remittance_text import Payment, file_of

pytestmark = pytest.mark.django_db

SAMPLES = sorted(Path("tests/samples/scenarios").glob("*.835"))
HELD = Remittance.State.HELD


def only(file: RemittanceFile) -> Remittance:
    return file.remittances.get()


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Remittance, Claim, RemittedClaim, Adjustment, FileFinding))


def test_every_value_of_the_samples_comes_back_as_the_reader_yielded_it() -> None:
    for sample in SAMPLES:
        content = sample.read_bytes()
        file = recorded(content)
        told = [claim for payment in PaymentReader(io.BytesIO(content)) for claim in payment.claims()]
        rows = [row.reported for remittance in file.remittances.order_by("pk") for row in _claims(remittance)]
        assert rows == told, sample.name


def _claims(remittance: Remittance) -> list[recording.RecordedClaim]:
    return list(recording.reported_claims(remittance))


def test_a_payment_is_recorded_with_what_its_header_says() -> None:
    remittance = only(recorded(file_of(Payment())))

    assert (remittance.trace, remittance.payment_date) == ("TRACE1", date(2026, 11, 2))
    assert (remittance.amount, remittance.charged, remittance.paid) == (Decimal(60), Decimal(100), Decimal(60))
    assert (remittance.difference, remittance.state) == (Decimal(0), Remittance.State.RECORDED)
    assert (remittance.payer.name, remittance.facility.npi) == ("FICTIONAL HEALTH", "1000000001")
    assert (remittance.segment_from, remittance.segment_to) == (2, 14)


def test_recording_again_changes_nothing() -> None:
    file = recorded(file_of(Payment(trace="A"), Payment(trace="B")))
    before = counts()
    RemittanceFile.objects.update(state=RemittanceFile.State.RECORDING)
    file.refresh_from_db()

    recording.record(file, silent)

    assert counts() == before
    assert RemittanceFile.objects.get().state == RemittanceFile.State.RECORDED


def test_recording_takes_up_where_a_crash_left_it(monkeypatch: pytest.MonkeyPatch) -> None:
    content = file_of(Payment(trace="A"), Payment(trace="B"), Payment(trace="C"))
    file = received(content)

    def crash_in_the_second(stage: str, done: int, total: int) -> None:
        if file.remittances.count() == 1:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        recording.record(file, crash_in_the_second)
    recording.record(file, silent)

    assert kept_of(file) == said_in(content)
    assert file.remittances.count() == 3


def test_a_worker_that_reads_past_what_is_recorded_is_heard_at_each_payment() -> None:
    file = recorded(file_of(Payment(trace="A"), Payment(trace="B"), Payment(trace="C")))
    RemittanceFile.objects.update(state=RemittanceFile.State.RECORDING)
    file.refresh_from_db()
    heard: list[tuple[str, int]] = []

    recording.record(file, lambda stage, done, total: heard.append((stage, total)))

    assert heard == [(recording.STAGE, file.size)] * 3


def test_claims_are_written_in_chunks_and_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "CLAIMS_AT_A_TIME", 3)
    content = file_of(Payment(tuple(Told(f"RC-{n % 5}", day=f"202610{n % 7 + 1:02d}") for n in range(10))))

    assert kept_of(recorded(content)) == said_in(content)


def test_the_same_claim_in_two_payments_is_one_claim() -> None:
    recorded(file_of(Payment((Told("RC-1", paid="0.00"),), trace="A")))
    recorded(file_of(Payment((Told("RC-1", payer_number="PCN2"),), trace="B")))

    claim = Claim.objects.get()
    assert claim.remitted.count() == 2
    assert claim.payer_control_number == "PCN2"


def test_a_reversal_leaves_the_claim_as_it_was_known() -> None:
    content = file_of(
        Payment((Told("RC-1", "100.00", "60.00"),), trace="A"),
        Payment((Told("RC-1", "-100.00", "-60.00", "22", "PCN1R"), Told("RC-2", "90.00", "90.00")), trace="B"),
    )

    recorded(content)

    claim = Claim.objects.get(number="RC-1")
    assert (claim.charge, claim.payer_control_number) == (Decimal(100), "PCN1")
    assert claim.remitted.count() == 2


@pytest.mark.parametrize("is_known", [True, False])
def test_the_last_payment_for_a_claim_says_what_it_is_known_by_and_no_reversal_does(is_known: bool) -> None:
    if is_known:
        recorded(file_of(Payment((Told("RC-1", payer_number="PCN0", last="EARLIER"),), trace="A")))
    reversal = Told("RC-1", "-100.00", "-60.00", "22", "PCN9", last="REVERSED")
    payments = Told("RC-1", payer_number="PCN1"), Told("RC-1", "80.00", payer_number="PCN2", last="LAST" * 30)

    recorded(file_of(Payment((reversal, *payments, reversal), trace="B")))

    claim = Claim.objects.get()
    assert (claim.payer_control_number, claim.charge) == ("PCN2", Decimal(80))
    assert claim.patient_last == ("LAST" * 30)[:80]
    assert claim.remitted.count() == 4 + is_known


def test_what_a_later_payment_does_not_say_stays_known() -> None:
    recorded(file_of(Payment((Told("RC-1", last="FICTIONAL"),), trace="A")))

    recorded(file_of(Payment((Told("RC-1", "90.00", payer_number="", last=""),), trace="B")))

    claim = Claim.objects.get()
    assert (claim.payer_control_number, claim.patient_last, claim.charge) == ("PCN1", "FICTIONAL", Decimal(90))


def test_a_reversal_of_a_claim_never_seen_adds_it_once() -> None:
    recorded(file_of(Payment((Told("RC-1", "-100.00", "-60.00", "22"),), trace="A")))
    recorded(file_of(Payment((Told("RC-1", "-100.00", "-60.00", "22", "PCN9"),), trace="B")))

    claim = Claim.objects.get()
    assert (claim.charge, claim.payer_control_number) == (Decimal(100), "PCN1")


@pytest.mark.parametrize("nothing", ["", "0", "000000", "N/A", "-"])
def test_claims_without_a_number_are_told_apart_by_the_payers_number(nothing: str) -> None:
    recorded(file_of(Payment((Told(nothing, payer_number="P1"), Told(nothing, payer_number="P2")), trace="A")))
    recorded(file_of(Payment((Told(nothing, payer_number="P1"),), trace="B")))

    assert Claim.objects.count() == 2


def test_claims_without_any_number_are_never_taken_for_one_another() -> None:
    recorded(file_of(Payment((Told("0", payer_number="0"), Told("0", payer_number="0")))))

    assert Claim.objects.count() == 2


def test_a_payers_number_is_not_taken_for_one_of_ours() -> None:
    recorded(file_of(Payment((Told("4711", payer_number="P1"), Told("0", payer_number="4711")))))

    assert Claim.objects.count() == 2


def test_long_numbers_that_differ_at_their_end_stay_two_claims() -> None:
    start = "X" * 100
    recorded(file_of(Payment((Told(start + "1"), Told(start + "2")))))

    assert Claim.objects.count() == 2
    assert FileFinding.objects.filter(code="value_cut").exists()


def test_values_longer_than_any_column_are_cut_and_noted_and_stop_nothing() -> None:
    long = "Y" * 300
    content = (
        file_of(
            Payment(
                (Told("RC-1", last=long),),
                trace=long,
                payer=long,
                payer_id=long,
                npi=long,
                tail=(f"LQ*HE*{long}", f"REF*6R*{long}"),
            )
        )
        .replace(b"CAS*CO*50", b"CAS*COLD*" + b"5" * 30)
        .replace(b"HC:99213:25", b"HC:99213:" + b"2" * 30)
    )

    file = recorded(content)

    assert only(file).trace == long[:80]
    assert file.findings.filter(code="value_cut").count() >= 3
    assert RemittedClaim.objects.get().patient_last == long[:80]


def test_text_that_postgresql_would_take_for_syntax_is_kept_as_it_is() -> None:
    odd = Told('A"{b,c}\\N\tD', last="O'NEIL; DROP TABLE\\")
    file = recorded(file_of(Payment((odd,))).replace(b"LQ*HE*N115", b'LQ*HE*"{,\\'))

    row = next(recording.reported_claims(only(file))).reported
    assert (row.claim_number, row.patient_last) == (odd.number, odd.last)
    assert row.lines[0].remarks == ['"{,\\']


def test_an_unbalanced_payment_is_recorded_and_held() -> None:
    remittance = only(recorded(file_of(Payment(amount="70.00"))))

    assert (remittance.state, remittance.difference) == (HELD, Decimal(10))
    assert "does not balance" in remittance.hold_reason
    assert remittance.remitted_claims.count() == 1


def test_what_stands_before_a_cut_is_recorded_and_the_cut_payment_is_held() -> None:
    whole = file_of(Payment(trace="A"), Payment((Told("RC-1"), Told("RC-2")), trace="B"))
    cut = whole[: whole.rindex(b"SVC")]

    first, second = recorded(cut).remittances.order_by("transaction")

    assert (first.state, first.claims) == (Remittance.State.RECORDED, 1)
    assert (second.state, second.claims) == (HELD, 2)
    assert "is cut" in second.hold_reason


def test_the_same_payment_in_a_new_envelope_is_held_and_cannot_be_released(cast: Cast) -> None:
    first = only(recorded(file_of(Payment())))
    again = only(recorded(file_of(Payment(), interchange=2)))

    assert (again.state, again.twin_of) == (HELD, first)
    assert again.hold_reason.startswith(f"Already recorded as transaction 1 of file {first.file_id}")
    with pytest.raises(Refused, match="count its money twice"):
        intake.release(again, cast.mara, "looks fine")
    assert Claim.objects.count() == 1


def test_the_same_trace_with_other_claims_is_held_for_a_decision(cast: Cast) -> None:
    first = only(recorded(file_of(Payment())))
    other = only(recorded(file_of(Payment((Told("RC-9"),)))))

    assert (other.state, other.twin_of) == (HELD, first)
    assert "Decide which of the two counts" in other.hold_reason
    job = intake.release(other, cast.mara, "the payer corrected it")
    other.refresh_from_db()
    assert (other.state, other.decided_by, other.decision_reason) == (
        Remittance.State.RECORDED,
        cast.mara,
        "the payer corrected it",
    )
    assert (job.kind, job.subject) == (intake.FINISH_REMITTANCE, other.pk)


def test_a_payment_twice_in_one_file_is_held_the_second_time() -> None:
    first, second = recorded(file_of(Payment(), Payment())).remittances.order_by("transaction")

    assert (first.state, second.state, second.twin_of) == (Remittance.State.RECORDED, HELD, first)


def test_a_payment_without_trace_is_a_twin_only_of_the_same_content() -> None:
    recorded(file_of(Payment(trace="")))
    other = only(recorded(file_of(Payment((Told("RC-9"),), trace=""))))
    same = only(recorded(file_of(Payment(trace=""), interchange=2)))

    assert (other.state, same.state) == (Remittance.State.RECORDED, HELD)


def test_a_held_payment_is_set_aside_once_and_with_a_reason(cast: Cast) -> None:
    held = only(recorded(file_of(Payment(amount="70.00"))))

    with pytest.raises(Refused, match="Say why"):
        intake.set_aside(held, cast.mara, "  ")
    intake.set_aside(held, cast.mara, "the payer will send it again")
    with pytest.raises(Conflict):
        intake.release(held, cast.ada, "late")

    held.refresh_from_db()
    assert (held.state, held.decided_by) == (Remittance.State.SET_ASIDE, cast.mara)
    assert not Job.objects.exists()


def test_provider_adjustments_are_recorded_in_file_order() -> None:
    tail = ("PLB*1000000001*20261231*FB:REF1*-5.00*WO:REF2*15.00",)
    remittance = only(recorded(file_of(Payment(amount="50.00", tail=tail))))

    kept = list(remittance.provider_adjustments.values_list("code", "reference", "amount"))
    assert kept == [("FB", "REF1", Decimal(-5)), ("WO", "REF2", Decimal(15))]
    assert remittance.state == Remittance.State.RECORDED


def test_a_sum_beyond_its_column_is_noted_and_stops_nothing() -> None:
    claims = tuple(Told(f"RC-{n}", "9999999999.99", "9999999999.99") for n in range(101))

    remittance = only(recorded(file_of(Payment(claims, amount="1.00"))))

    assert remittance.charged == Decimal("999999999999.99")
    assert remittance.state == HELD
    assert FileFinding.objects.filter(code="value_cut", transaction=1).exists()


def test_a_new_payer_and_facility_are_told_to_the_admin() -> None:
    file = recorded(file_of(Payment()))

    codes = set(file.findings.values_list("code", flat=True))
    assert {"new_payer", "new_facility"} <= codes
    assert not only(file).payer.is_confirmed


def test_what_the_preview_had_no_time_to_see_is_found_while_recording(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("denials.preview.look.__defaults__", (0.0,))
    file = received(file_of(Payment(amount="70.00", trace="A"), Payment(amount="80.00", trace="B")))
    assert not file.findings.exists()

    recording.record(file, silent)

    found = file.findings.filter(code="unbalanced_transaction")
    assert list(found.order_by("transaction").values_list("transaction", flat=True)) == [1, 2]


def test_what_the_preview_saw_is_not_said_twice() -> None:
    file = recorded(file_of(Payment(amount="70.00")))

    assert file.findings.filter(code="unbalanced_transaction").count() == 1
