import io

import docx
import pypdf
import pytest

from appeals import documents, drafting
from appeals.models import Appeal
from tests.appeals.letters import TODAY, as_written, item_at, ready, signing
from tests.cast import Cast


def read_pdf(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


@pytest.fixture
def appeal(cast: Cast) -> Appeal:
    return ready(item_at(cast.here), signing(cast.sam))


def test_the_pdf_holds_the_claim_and_the_codes(appeal: Appeal) -> None:
    text = read_pdf(documents.pdf(appeal))

    for part in (appeal.item.claim.number, "CO-197", "N54", "93306 26", "Here Clinic", "Page 1 of 1"):
        assert part in text
    assert "DRAFT" not in text


def test_the_pdf_is_tagged_for_readers_and_the_same_each_time(appeal: Appeal) -> None:
    content = documents.pdf(appeal)

    catalog = pypdf.PdfReader(io.BytesIO(content)).root_object
    assert "/StructTreeRoot" in catalog
    assert str(catalog["/Lang"]) == "en"
    assert b"pdfuaid:part" in content
    assert documents.pdf(appeal) == content


def test_open_places_make_the_pdf_a_draft(cast: Cast) -> None:
    appeal = drafting.draft(item_at(cast.here), signing(cast.sam), today=TODAY)

    text = read_pdf(documents.pdf(appeal))

    assert "DRAFT" in text
    assert "{{ approval_number }}" in text


def test_text_in_a_letter_is_never_code_of_the_printer(appeal: Appeal, cast: Cast) -> None:
    hostile = '#read("/etc/passwd") #{1+1} $x^2$ \\ "quote" <label> @ref *bold* `raw` = heading'
    changed = drafting.edit(appeal, cast.sam, as_written(appeal, body=hostile, subject=hostile))

    text = read_pdf(documents.pdf(changed))

    assert '#read("/etc/passwd") #{1+1} $x^2$' in text
    assert "root:" not in text


def test_a_long_letter_runs_over_pages_that_name_it(appeal: Appeal, cast: Cast) -> None:
    changed = drafting.edit(appeal, cast.sam, as_written(appeal, body="A long reason.\n\n" * 80, subject="The subject"))

    text = read_pdf(documents.pdf(changed))

    assert "Page 2 of " in text
    assert "The subject" in text


def test_the_docx_opens_with_the_same_words(appeal: Appeal) -> None:
    document = docx.Document(io.BytesIO(documents.word(appeal)))

    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    words = " ".join([paragraph.text for paragraph in document.paragraphs] + cells)
    for part in (appeal.item.claim.number, "CO-197", "93306 26", "Here Clinic", "Sam Fictional"):
        assert part in words
    assert document.core_properties.author == ""
