"""Patients' data stands in its tables and on pages for who may see it, and nowhere else, also when things go wrong."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test import Client, TestCase

from config import pipeline
from denials import intake, recording
from denials.models import Job, RemittanceFile
from tests.security.addresses import address_of, our_patterns
from tests.security.payer_says import Paid, file_of
from tests.security.site import HERE, Site, bring_in
from tests.worklists.pages import page_title, signed_in
from worklists.models import WorkItem
from worklists.notes import writing

KEPT_ELSEWHERE = ("denials_job", "accounts_accessevent", "accounts_formsubmission", "cache", "pghistory_context")
"""Tables that hold ids and words of ours only."""


def marks_in(text: str | bytes) -> set[str]:
    raw = text if isinstance(text, bytes) else text.encode()
    return {word for word in HERE.of_patients if word.lower().encode() in raw.lower()}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the configured handler writes, at the most talkative level."""
    root = logging.getLogger()
    (console,) = (each for each in root.handlers if isinstance(each, logging.StreamHandler) and each.name == "console")
    written, level = io.StringIO(), root.level
    before = console.setStream(written)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(level)
    console.setStream(before)


@pytest.fixture
def messages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was given to the broker."""
    sent: list[str] = []
    monkeypatch.setattr("celery.current_app.send_task", lambda *args, **more: sent.append(repr((args, more))))
    return sent


class Walk:
    """A person who works by pages, and every address and title that this leaves in a browser and in access logs."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.left: list[str] = []

    def get(self, address: str) -> Any:
        return self._keep(address, self.client.get(address, follow=True))

    def post(self, address: str, form: dict[str, Any]) -> Any:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return self._keep(address, self.client.post(address, form, follow=True))

    def _keep(self, address: str, response: Any) -> Any:
        self.left += [address, *(str(place) for place in getattr(response, "redirect_chain", []))]
        self.left.append(str(response.headers))
        if b"<title>" in getattr(response, "content", b""):
            self.left.append(page_title(response))
        return response


def works_a_claim(site: Site, walk: Walk) -> WorkItem:
    """From upload to a letter that was sent, by pages alone."""
    content = file_of(Paid((HERE.said(50), HERE.said(51)), trace="TRACE50", npi=site.cast.here.npi))
    walk.post("/remittances/upload/", {"file": SimpleUploadedFile("plain.835", content)})
    file = RemittanceFile.objects.order_by("-pk")[0]
    walk.post(f"/remittances/{file.pk}/confirm/", {})
    pipeline.run(Job.objects.get(subject=file.pk, kind=intake.RECORD_FILE).pk)
    walk.post("/search/", {"q": HERE.word("LAST")})
    item = WorkItem.objects.get(claim__number=f"{HERE.word('CLAIM')}-50")
    for action, form in (("take", {}), ("note", {"text": HERE.word("NOTE")})):
        walk.post(f"/items/{item.pk}/{action}/", form)
    walk.post(f"/items/{item.pk}/appeal/", {})
    letter = item.appeals.get()
    for address in (*(address_of(name, site) for name in our_patterns()), f"/appeals/{letter.pk}/letter.pdf"):
        walk.get(address)
    return item


def test_work_leaves_no_patient_in_logs_addresses_titles_or_messages(
    site: Site, log: io.StringIO, messages: list[str], private_files: Path
) -> None:
    walk = Walk(signed_in(site.mo))
    item = works_a_claim(site, walk)
    assert marks_in(walk.get(f"/items/{item.pk}/").content) >= {"QXHLAST", "QXHMEMBER"}
    assert "QXHNOTE" in marks_in(walk.get(f"/items/{item.pk}/panel/notes/").content)
    assert len(messages) == 1
    assert len(walk.left) > 100
    assert marks_in(" ".join(walk.left)) == set()
    assert marks_in(" ".join(messages)) == set()
    assert marks_in(log.getvalue()) == set()
    assert marks_in(" ".join(str(path) for path in private_files.rglob("*"))) == set()
    for table in KEPT_ELSEWHERE:
        assert marks_in(rows_of(table)) == set(), table


def rows_of(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT whole::text FROM "{table}" AS whole')
        return "\n".join(text for (text,) in cursor.fetchall())


def refused_row(*args: Any, **kwargs: Any) -> None:
    """What PostgreSQL says when it refuses a row: all of the row."""
    said = f"duplicate key\nDETAIL: Key (patient_last)=({HERE.word('LAST')}) exists, member {HERE.word('MEMBER')}1."
    raise IntegrityError(said) from psycopg.errors.UniqueViolation(said)


def test_an_error_on_a_page_names_no_patient(site: Site, log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "write_down", refused_row)
    client = signed_in(site.cast.sam)
    client.raise_request_exception = False
    response = client.post(address_of("item_note", site), {"text": HERE.word("NOTE")})
    assert response.status_code == 500
    assert marks_in(response.content) == set()
    assert "IntegrityError (SQLSTATE" in log.getvalue()
    assert re.search(r"notes\.py:\d+ ", log.getvalue())
    assert marks_in(log.getvalue()) == set()


def test_an_error_in_the_background_names_no_patient(
    site: Site, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "record", refused_row)
    content = file_of(Paid((HERE.said(60),), trace="TRACE60", npi=site.cast.here.npi))
    with pytest.raises(AssertionError):
        bring_in(content, "plain.835", site.cast.mara)
    job = Job.objects.latest("pk")
    assert "IntegrityError" in job.trouble
    assert marks_in(rows_of("denials_job")) == set()
    assert "failed at attempt 1" in log.getvalue()
    assert marks_in(log.getvalue()) == set()


def test_a_refused_file_names_no_patient(site: Site, log: io.StringIO) -> None:
    content = file_of(Paid((HERE.said(70),), trace="TRACE70", npi=site.cast.here.npi))
    for broken in (content[:400], content.replace(b"BPR*", b"BPX*"), content.replace(b"1450", b"14x50")):
        file = intake.receive(io.BytesIO(broken), "plain.835", site.cast.mara).file
        assert marks_in(repr(file.preview) + file.refusal + repr(list(file.findings.values_list()))) == set()
    assert marks_in(log.getvalue()) == set()
