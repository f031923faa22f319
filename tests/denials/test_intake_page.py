"""Remittance files in the browser: seen first, confirmed, watched, decided about; nobody sees another's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config import pipeline
from denials import dictionary, intake
from denials.codes import shipped_dictionary
from denials.models import Job, Remittance, RemittanceFile
from tests.cast import Cast
from tests.denials.recorded import received
from tests.remittance_text import Claim, Payment, file_of
from tests.worklists.pages import signed_in
from worklists import defaults

pytestmark = pytest.mark.django_db

CONTENT = file_of(Payment((Claim("RC-1"), Claim("RC-2", "250.00", "250.00"))))
FAR_BEYOND: dict[str, Any] = {"CONTENT_LENGTH": str(2 * 1024 * 1024 + 1)}
UNBALANCED = file_of(Payment(amount="70.00"))


@pytest.fixture(autouse=True)
def site(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(dictionary, "current", shipped_dictionary)
    defaults.load_defaults()


def upload(client: Any, content: bytes = CONTENT, name: str = "may.835") -> Any:
    return client.post(reverse("upload"), {"file": SimpleUploadedFile(name, content)})


def page_of(client: Any, file: RemittanceFile, status: int = 200) -> str:
    response = client.get(reverse("remittance_file", args=[file.pk]))
    assert response.status_code == status
    return str(response.content.decode())


def test_a_file_beyond_the_limit_is_refused_in_words_and_one_far_beyond_it_is_not_even_read(
    cast: Cast, settings: Any, private_files: Path
) -> None:
    sam = signed_in(cast.sam)
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024

    beyond = upload(sam, b"x" * (settings.UPLOAD_LIMIT_BYTES + 1))
    assert beyond.status_code == 422
    assert "The file is larger than 1 MB, so it was not kept." in beyond.content.decode()

    unread = sam.generic("POST", reverse("upload"), content_type="multipart/form-data; boundary=B", **FAR_BEYOND)
    assert unread.status_code == 413
    assert "far larger than any file that is taken here" in unread.content.decode()
    assert not RemittanceFile.objects.exists()
    assert not any(path.is_file() for path in private_files.rglob("*"))


def test_a_file_is_seen_first_then_confirmed_watched_and_told_what_came_of_it(cast: Cast) -> None:
    sam = signed_in(cast.sam)

    response = upload(sam)
    file = RemittanceFile.objects.get()
    assert response["Location"] == reverse("remittance_file", args=[file.pk])
    preview = page_of(sam, file)
    assert "Nothing is recorded yet" in preview
    assert "$40.00 denied" in preview
    assert not Remittance.objects.exists()

    sam.post(reverse("confirm_file", args=[file.pk]))
    assert "Waiting for a worker" in page_of(sam, file)
    progress = sam.get(reverse("file_progress", args=[file.pk]))
    assert 'hx-trigger="every 1s"' in progress.content.decode()
    assert "HX-Refresh" not in progress.headers

    pipeline.run(Job.objects.get().pk)
    last = sam.get(reverse("file_progress", args=[file.pk]))
    assert "HX-Refresh" not in last.headers, "whoever still asks would load the page over and over"
    assert 'hx-trigger="load"' in last.content.decode()
    assert sam.get(reverse("file_progress", args=[file.pk]), {"finished": ""}).headers["HX-Refresh"] == "true"
    told = page_of(sam, file)
    assert "1 denial<" in told
    assert "Finished" in told


def test_a_file_that_is_no_remittance_says_why_and_cannot_be_recorded(cast: Cast) -> None:
    sam = signed_in(cast.sam)
    upload(sam, b"just some text")
    file = RemittanceFile.objects.get()

    shown = page_of(sam, file)

    assert "Nothing can be recorded from this file" in shown
    assert "Record this file" not in shown
    assert sam.post(reverse("confirm_file", args=[file.pk])).status_code == 422
    assert not Job.objects.exists()


@pytest.mark.parametrize("content", [None, b""])
def test_nothing_or_an_empty_file_is_answered_beside_the_field(cast: Cast, content: bytes | None) -> None:
    sent = {} if content is None else {"file": SimpleUploadedFile("may.835", content)}

    response = signed_in(cast.sam).post(reverse("upload"), sent)

    assert response.status_code == 422
    assert 'class="errors"' in response.content.decode()


def test_the_same_file_again_changes_nothing_and_says_so(cast: Cast) -> None:
    sam = signed_in(cast.sam)
    upload(sam)

    response = sam.post(reverse("upload"), {"file": SimpleUploadedFile("again.835", CONTENT)}, follow=True)

    assert "received before, byte for byte" in response.content.decode()
    assert RemittanceFile.objects.get().name == "may.835"


def test_who_sends_what_somebody_else_sent_for_another_facility_is_told_and_sees_no_more(cast: Cast) -> None:
    upload(signed_in(cast.sam))

    response = upload(signed_in(cast.otto))

    assert response["Location"] == reverse("intake")
    assert page_of(signed_in(cast.otto), RemittanceFile.objects.get(), status=404)


def test_who_only_reads_neither_uploads_nor_confirms(cast: Cast) -> None:
    remy = signed_in(cast.remy)

    assert upload(remy).status_code == 403
    assert 'type="file"' not in remy.get(reverse("intake")).content.decode()


def test_a_file_of_another_facility_does_not_exist(cast: Cast) -> None:
    file = intake.receive(SimpleUploadedFile("may.835", CONTENT), "may.835", cast.sam).file
    pipeline.run(intake.confirm(file, cast.sam).pk)
    otto = signed_in(cast.otto)

    for name in ("remittance_file", "file_progress"):
        assert otto.get(reverse(name, args=[file.pk])).status_code == 404
    assert otto.post(reverse("confirm_file", args=[file.pk])).status_code == 404
    assert "may.835" not in otto.get(reverse("intake")).content.decode()
    assert page_of(signed_in(cast.sue), file)


def test_sums_over_all_facilities_of_a_file_are_for_who_may_see_all(cast: Cast) -> None:
    both = file_of(
        Payment((Claim("RC-1"),), trace="A"),
        Payment((Claim("RC-9", "999.00", "0.00"),), trace="B", npi=cast.there.npi),
    )
    file = received(both)
    pipeline.run(intake.confirm(file, None).pk)

    sue, mara = (page_of(signed_in(person), file) for person in (cast.sue, cast.mara))

    assert "$1,039.00" in mara
    assert "$1,039.00" not in sue
    assert "999.00" not in sue
    assert "$40.00" in sue
    assert "$1,039.00" not in signed_in(cast.sue).get(reverse("intake")).content.decode()


def held(cast: Cast) -> Remittance:
    pipeline.run(intake.confirm(received(UNBALANCED), None).pk)
    payment = Remittance.objects.get()
    assert payment.state == Remittance.State.HELD
    return payment


def decide(person: Any, payment: Remittance, **said: str) -> Any:
    sent = {"decision": "release", "reason": "the payer says so", **said}
    return signed_in(person).post(reverse("decide_remittance", args=[payment.pk]), sent)


def test_a_held_payment_is_released_by_a_manager_with_a_reason(cast: Cast) -> None:
    payment = held(cast)

    assert decide(cast.sam, payment).status_code == 403
    assert decide(cast.mara, payment, reason="").status_code == 422
    assert decide(cast.mara, payment).status_code == 302

    payment.refresh_from_db()
    assert (payment.state, payment.decided_by) == (Remittance.State.RECORDED, cast.mara)
    assert decide(cast.ada, payment, decision="set_aside").status_code == 409


def test_a_payment_set_aside_stays_without_work(cast: Cast) -> None:
    payment = held(cast)

    decide(cast.mara, payment, decision="set_aside")

    assert "the payer says so" in page_of(signed_in(cast.mara), payment.file)
    assert Remittance.objects.get().state == Remittance.State.SET_ASIDE


def test_a_release_whose_job_failed_is_tried_again(cast: Cast) -> None:
    payment = held(cast)
    decide(cast.mara, payment)
    Job.objects.filter(kind=intake.FINISH_REMITTANCE).update(state=Job.State.FAILED, trouble="The disk is full.")
    assert "Try again" in page_of(signed_in(cast.mara), payment.file)
    assert "Try again" not in page_of(signed_in(cast.remy), payment.file)

    signed_in(cast.mara).post(reverse("confirm_file", args=[payment.file_id]))

    pipeline.run(Job.objects.get(state=Job.State.WAITING).pk)
    payment.refresh_from_db()
    assert payment.state == Remittance.State.SETTLED
