"""A file comes in: kept first, then looked at; the same bytes twice are one file."""

from __future__ import annotations

import hashlib
import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import override_settings

from accounts.refusal import Refused
from denials import dictionary, intake
from denials.domain.facts import Severity
from denials.models import Job, Payer, Remittance, RemittanceFile
from tests.cast import Cast
from tests.denials.recorded import received, recorded
from tests.factories import FacilityFactory
from tests.remittance_text import Claim, Payment, file_of

pytestmark = pytest.mark.django_db

TWO_CLAIMS = file_of(Payment((Claim("RC-1"), Claim("RC-2", "250.00", "250.00"))))


def kept_files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_original_bytes_are_kept_under_their_hash(private_files: Path) -> None:
    file = received(TWO_CLAIMS)

    digest = hashlib.sha256(TWO_CLAIMS).hexdigest()
    assert (file.sha256, file.size) == (digest, len(TWO_CLAIMS))
    assert kept_files(private_files) == [f"remittances/{digest[:2]}/{digest}"]
    assert (private_files / str(file.content.name)).read_bytes() == TWO_CLAIMS


def test_the_same_bytes_again_are_the_file_that_we_have(private_files: Path, cast: Cast) -> None:
    first = intake.receive(io.BytesIO(TWO_CLAIMS), "monday.835", cast.sam)
    again = intake.receive(io.BytesIO(TWO_CLAIMS), "tuesday.835", cast.sue)

    assert (first.is_new, again.is_new) == (True, False)
    assert again.file == first.file
    assert (again.file.name, again.file.uploaded_by) == ("monday.835", cast.sam)
    assert len(kept_files(private_files)) == 1


def test_a_copy_that_was_lost_from_storage_comes_back_with_the_next_upload(private_files: Path) -> None:
    file = received(TWO_CLAIMS)
    (private_files / str(file.content.name)).unlink()

    received(TWO_CLAIMS)

    assert (private_files / str(file.content.name)).read_bytes() == TWO_CLAIMS


def test_a_file_beyond_the_limit_is_refused_with_a_sentence_and_leaves_nothing(private_files: Path) -> None:
    limit = override_settings(UPLOAD_LIMIT_BYTES=len(TWO_CLAIMS) - 1)
    with limit, pytest.raises(Refused, match="larger than"):
        received(TWO_CLAIMS)

    assert kept_files(private_files) == []
    assert not RemittanceFile.objects.exists()


def test_a_stream_that_breaks_leaves_nothing_behind(private_files: Path) -> None:
    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(10)

    with pytest.raises(ConnectionResetError):
        intake.receive(Breaking(TWO_CLAIMS), "cut.835", None)

    assert kept_files(private_files) == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\remits\\may.835", "may.835"),
        ("may\x00.835\n", "may.835"),
        ("", "unnamed"),
        ("folder/", "folder"),
        ("é" * 300 + ".835", "é" * 196 + ".835"),
    ],
)
def test_a_name_keeps_no_folder_and_no_control_character(sent: str, kept: str) -> None:
    assert intake.tidy_name(sent) == kept


def test_the_preview_counts_what_recording_would_do_and_records_nothing() -> None:
    dictionary.load()
    FacilityFactory.create(npi="1000000001", name="Here Clinic")

    preview = received(TWO_CLAIMS).preview

    assert preview["claims"] == 2
    assert (preview["denied_claims"], preview["denied_amount"]) == (1, "40.00")
    assert (preview["charged"], preview["paid"], preview["is_partial"]) == ("350.00", "310.00", False)
    payment = preview["listed"][0]
    assert (payment["payer_name"], payment["payer_known"]) == ("FICTIONAL HEALTH", False)
    assert (payment["facility_name"], payment["facility_known"]) == ("Here Clinic", True)
    assert (payment["amount"], payment["difference"], payment["held_reason"]) == ("310.00", "0.00", "")
    assert not Remittance.objects.exists()
    assert not Payer.objects.exists()


def test_the_preview_agrees_with_what_is_recorded_then() -> None:
    file = recorded(TWO_CLAIMS)

    remittance = file.remittances.get()
    assert file.preview["claims"] == remittance.claims
    assert Decimal(file.preview["charged"]) == remittance.charged


def test_the_preview_says_that_a_payment_does_not_balance() -> None:
    file = received(file_of(Payment(amount="999.00")))

    assert file.preview["held"] == 1
    assert "does not balance" in file.preview["listed"][0]["held_reason"]
    assert file.findings.get(severity=Severity.HOLD).code == "unbalanced_transaction"


def test_the_preview_says_that_a_payment_was_recorded_before() -> None:
    recorded(file_of(Payment()))

    preview = received(file_of(Payment(), interchange=2)).preview

    assert "recorded already" in preview["listed"][0]["held_reason"]


def test_a_preview_that_runs_out_of_time_says_so_and_how_far_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("denials.preview.look.__defaults__", (0.0,))

    file = received(file_of(Payment(trace="A"), Payment(trace="B")))

    assert file.preview["is_partial"]
    assert (file.preview["read_to"], file.preview["claims"]) == (0, 1)
    assert file.state == RemittanceFile.State.RECEIVED


def test_notes_beyond_500_are_counted_and_every_hold_is_kept() -> None:
    odd = tuple(f"ZZ{letter}*1" for letter in "ABCDEFGHIJ") * 12
    payments = [Payment(trace=f"T{number}", tail=odd, amount="1.00") for number in range(8)]

    file = received(file_of(*payments))

    assert file.findings.filter(severity=Severity.HOLD).count() == 8
    assert file.findings.filter(severity=Severity.NOTE).exclude(code="left_out").count() == 500
    assert "more notes are not listed" in file.findings.get(code="left_out").message


def test_confirming_asks_for_one_job_however_often(cast: Cast) -> None:
    file = received(TWO_CLAIMS)

    first, again = intake.confirm(file, cast.sam), intake.confirm(file, cast.sue)

    assert first == again
    assert (first.kind, first.subject, first.asked_by) == ("record_file", file.pk, cast.sam)
    assert RemittanceFile.objects.get().state == RemittanceFile.State.RECORDING


def test_confirming_a_recorded_file_answers_with_the_job_that_recorded_it() -> None:
    file = recorded(TWO_CLAIMS)
    done = Job.objects.create(kind=intake.RECORD_FILE, subject=file.pk, state=Job.State.DONE)

    assert intake.confirm(file, None) == done


def test_a_file_whose_job_failed_can_be_confirmed_again() -> None:
    file = received(TWO_CLAIMS)
    failed = intake.confirm(file, None)
    Job.objects.update(state=Job.State.FAILED)

    assert intake.confirm(file, None) != failed


def test_a_refused_file_cannot_be_confirmed() -> None:
    file = received(b"just some text")

    with pytest.raises(Refused, match="not X12"):
        intake.confirm(file, None)
