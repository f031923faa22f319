"""Acknowledgment files in the database: kept, recorded once, apart from denials, and proof of timely filing."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from accounts.models import User
from config import pipeline
from denials import acknowledging, intake, payer_matching
from denials.acknowledgments import first_acceptance, first_acceptances
from denials.models import Acknowledgment, Denial, Payer, Rejection, Remittance, RemittanceFile
from tests.acknowledgment_text import Answered, accepted_set, claims_answered, rejected_set, sets_answered
from tests.cast import Cast
from tests.denials.recorded import silent
from tests.factories import ClaimFactory, PayerFactory
from tests.remittance_text import Payment, file_of

pytestmark = pytest.mark.django_db
REJECTED = Answered("RC-2", "A7:562:85", "U", payer_number="")


def received(content: bytes, user: User | None = None, name: str = "feb.277") -> RemittanceFile:
    return intake.receive(io.BytesIO(content), name, user).file


def brought_in(content: bytes, user: User | None = None, name: str = "feb.277") -> RemittanceFile:
    file = received(content, user, name)
    pipeline.run(intake.confirm(file, user).pk)
    file.refresh_from_db()
    return file


def known_payer(name: str = "Fictional Health", payer_id: str = "60001") -> Payer:
    payer = PayerFactory.create(name=name)
    payer.identifiers.create(kind="payer_id", value=payer_matching.comparable(payer_id))
    return payer


def test_a_277ca_is_recognised_seen_first_and_recorded_apart_from_denials(cast: Cast) -> None:
    file = received(claims_answered(Answered(), REJECTED), cast.sam)
    assert (file.kind, file.state) == ("ack", "received")
    assert (file.preview["accepted"], file.preview["rejected"], file.preview["claims"]) == (1, 1, 2)
    assert not Acknowledgment.objects.exists()

    pipeline.run(intake.confirm(file, cast.sam).pk)

    file.refresh_from_db()
    assert file.state == RemittanceFile.State.RECORDED
    assert list(file.acknowledgments.order_by("ordinal").values_list("level", "status", "facility")) == [
        ("batch", "received", None), ("claim", "accepted", cast.here.pk), ("claim", "rejected", cast.here.pk),
    ]  # fmt: skip
    assert Rejection.objects.get().acknowledgment.claim_number == "RC-2"
    assert not Denial.objects.exists()
    assert not Remittance.objects.exists()


def test_the_same_file_twice_and_a_second_run_change_nothing(cast: Cast) -> None:
    content = claims_answered(Answered(), REJECTED)
    file = brought_in(content, cast.sam)

    assert intake.receive(io.BytesIO(content), "again", cast.sam) == (file, False)
    acknowledging.record(file, silent)

    assert Acknowledgment.objects.count() == 3
    assert Rejection.objects.count() == 1


def test_a_run_that_was_killed_leaves_nothing_and_the_next_one_all(cast: Cast) -> None:
    file = received(claims_answered(Answered(), REJECTED))

    def killed(stage: str, done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        acknowledging.record(file, killed)
    assert not Acknowledgment.objects.exists()
    acknowledging.record(file, silent)
    assert Acknowledgment.objects.count() == 3


def test_what_a_receiver_answered_cannot_be_changed(cast: Cast) -> None:
    brought_in(claims_answered(Answered(), REJECTED))
    with pytest.raises(ProgrammingError), transaction.atomic():
        Acknowledgment.objects.update(status="rejected")
    with pytest.raises(IntegrityError), transaction.atomic():
        Rejection.objects.update(state="closed")


def test_a_file_with_payments_behind_its_answers_is_kept_and_refused(cast: Cast) -> None:
    file = received(claims_answered(Answered()) + file_of(Payment()))
    assert file.state == RemittanceFile.State.REFUSED
    assert "one file of each" in file.refusal
    assert not Acknowledgment.objects.exists()


def test_of_a_file_too_large_for_the_preview_the_rest_is_looked_at_before_it_is_recorded(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acknowledging, "look", lambda source, size: LOOK(source, size, seconds=-1))
    mixed = received(claims_answered(Answered()) + file_of(Payment()))
    whole = received(claims_answered(Answered(), REJECTED, number=2, said=(5, 5)))
    monkeypatch.undo()
    assert mixed.preview["is_partial"]

    for file in (mixed, whole):
        pipeline.run(intake.confirm(file, None).pk)
        file.refresh_from_db()

    assert (mixed.state, mixed.acknowledgments.count()) == (RemittanceFile.State.REFUSED, 0)
    assert (whole.state, whole.preview["rejected"]) == (RemittanceFile.State.RECORDED, 1)
    assert whole.findings.get().code == "wrong_count"


LOOK = acknowledging.look


def test_answers_without_a_facility_are_for_who_sent_them_and_who_sees_all(cast: Cast) -> None:
    brought_in(sets_answered(accepted_set(), rejected_set("0002"), last_word="P*2*2*1"), cast.sam)
    brought_in(claims_answered(Answered(), npi=cast.there.npi), cast.sam)

    def seen(user: User) -> int:
        return Acknowledgment.objects.all().visible_to(user).count()

    assert seen(cast.mara) == 4
    assert seen(cast.sam) == 3
    assert seen(cast.otto) == 1
    assert seen(cast.sue) == 0


def test_the_first_acceptance_is_found_whether_the_claim_or_the_answer_came_first(cast: Cast) -> None:
    payer = known_payer()
    before = ClaimFactory.create(payer=payer, facility=cast.here, number="RC-1", service_from=date(2026, 1, 15))
    later = Answered(day="20260310")
    brought_in(claims_answered(later, number=2), name="march.277")
    brought_in(claims_answered(Answered(), Answered("RC-9"), number=1), name="feb.277")
    after = ClaimFactory.create(payer=payer, facility=cast.here, number="RC-9", service_from=date(2026, 1, 15))

    found = first_acceptance(before)

    assert found is not None
    assert (found.day, found.received_on, found.file_name) == (date(2026, 2, 2), date(2026, 2, 1), "feb.277")
    assert found.report_name == "277CA REPORT1 of FICTIONAL HEALTH"
    assert set(first_acceptances([before, after])) == {before.pk, after.pk}


@pytest.mark.parametrize(
    "content",
    [
        claims_answered(Answered(status="A1:19:PR")),
        claims_answered(Answered(status="A0:16:AY")),
        claims_answered(Answered(status="A7:562:85", action="U")),
        claims_answered(Answered(), source="AY"),
        claims_answered(Answered(number="RC-10")),
        claims_answered(Answered(service="20250115", payer_number="PCN7")),
        claims_answered(Answered(), payer="OTHER PLAN", payer_id="70001"),
        claims_answered(Answered(), npi="1000000002"),
        claims_answered(Answered(service=""), npi="1999999999"),
        sets_answered(accepted_set()),
    ],
)
def test_what_proves_nothing_about_this_claim_at_this_payer_is_no_proof(cast: Cast, content: bytes) -> None:
    payer = known_payer()
    known_payer("Other Plan", "70001")
    claim = ClaimFactory.create(
        payer=payer, facility=cast.here, number="RC-1", service_from=date(2026, 1, 15), payer_control_number="PCN2",
        member_id="W2",
    )  # fmt: skip
    brought_in(content)
    assert first_acceptance(claim) is None


def test_an_answer_that_names_no_facility_of_ours_proves_it_when_day_and_patient_agree(cast: Cast) -> None:
    claim = ClaimFactory.create(
        payer=known_payer(), facility=cast.here, number="RC-1", service_from=date(2026, 1, 15), patient_last="Fictional"
    )
    brought_in(claims_answered(Answered(last="SPECIMEN", payer_number=""), npi="1999999999"))
    assert first_acceptance(claim) is None
    brought_in(claims_answered(Answered(payer_number=""), npi="1999999999", number=2))
    assert first_acceptance(claim) is not None


def test_a_claim_without_a_number_of_its_own_gets_no_strangers_proof(cast: Cast) -> None:
    brought_in(claims_answered(Answered("0")))
    claim = ClaimFactory.create(payer=known_payer(), facility=cast.here, number="0", service_from=date(2026, 1, 15))
    assert first_acceptance(claim) is None
