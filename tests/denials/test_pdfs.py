"""A PDF that the payer could not open is said at once, not when the deadline has passed."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from pypdf.constants import UserAccessPermissions

from accounts.refusal import Refused
from denials import pdfs, scans
from tests.pdfs import locked, pdf

CERTIFICATE = locked("").replace(b"/Standard", b"/Adobe.PubSec")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (locked("secret"), "the proof is locked with a password.*print it to a new PDF"),
        (CERTIFICATE, "the proof is locked"),
        (pdf()[:-200], "damaged or was cut off.*again"),
        (pdf().replace(b"/Type /Pages", b"/Type /Ghost").replace(b"/Pages 2 0 R", b"/Pages 9 0 R"), "damaged"),
        (b"%PDF-1.7 and nothing else", "damaged or was cut off"),
        (pdf(pages=0), "without any page"),
    ],
)
def test_a_pdf_that_shows_nothing_to_others_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=f"Nothing was saved: .*{sentence}"):
        scans.read(ContentFile(content), "proof")


@pytest.mark.parametrize("content", [pdf(), locked(""), pdf() + b"\r\n" + b"\0" * 3000])
def test_a_pdf_that_opens_for_everybody_is_taken_as_it_is(content: bytes) -> None:
    assert scans.read(ContentFile(content), "proof") == (content, "pdf")
    assert pdfs.may_be_printed(content)


def test_a_pdf_may_open_for_everybody_and_still_forbid_to_print_it() -> None:
    content = locked("", may=UserAccessPermissions.EXTRACT)
    assert scans.read(ContentFile(content), "proof").content == content
    assert not pdfs.may_be_printed(content)
