"""A letter as a document: PDF by typst, DOCX to edit further. Both are made here, without any network."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import typst
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Inches, Pt
from docx.text.paragraph import Paragraph

from appeals.domain import layout
from appeals.domain.layout import Block
from appeals.domain.letters import Piece, merge, unfilled
from appeals.enclosed import fallen_in, marked
from appeals.from_record import values_beside
from appeals.models import Appeal
from worklists.evidence.verified import Fallen

LETTER = Path(__file__).parent / "paper" / "letter.typ"
MARGIN = Inches(1)
ROOM_TO_SIGN = Pt(36)
TABLE_LABEL = Inches(1.7)
TABLE_VALUE = Inches(4.8)


@dataclass(frozen=True, slots=True)
class Final:
    """A letter with everything in it that stands beside its text."""

    subject: str
    body: str
    enclosures: list[str]

    @property
    def open_places(self) -> tuple[str, ...]:
        return unfilled(self.subject, self.body, *self.enclosures)


def final(appeal: Appeal, gone: Sequence[Fallen] = ()) -> Final:
    """The letter as it would be sent now; one that was sent holds its final text already.

    With `gone`, enclosures of which the documents do not count any more (`enclosed.fallen_in`), these are open places.
    """
    enclosures = marked(appeal.enclosures, gone)
    beside = values_beside(appeal, enclosures)
    return Final(
        merge(appeal.subject, beside),
        merge(appeal.body, beside),
        [merge(e, beside) for e in enclosures],
    )


def blocks_of(appeal: Appeal, gone: Sequence[Fallen] = ()) -> list[Block]:
    return layout.blocks(final(appeal, gone).body, sender=appeal.facility.name, signer=appeal.signer.get_full_name())


def pdf(appeal: Appeal) -> bytes:
    """The letter as PDF/UA-1; the same letter gives the same bytes. Open places are marked, and it says DRAFT."""
    gone = fallen_in(appeal)
    letter = final(appeal, gone)
    values = {
        "title": letter.subject,
        "footer": appeal.facility.name,
        "is_draft": bool(letter.open_places),
        "blocks": [_printed(block) for block in blocks_of(appeal, gone)],
    }
    made = typst.compile(
        LETTER,
        root=LETTER.parent,
        format="pdf",
        sys_inputs={"letter": json.dumps(values)},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made


def word(appeal: Appeal) -> bytes:
    """The letter as DOCX, for what has to be changed by hand."""
    document = docx.Document()
    _set_up(document, final(appeal).subject)
    for block in blocks_of(appeal, fallen_in(appeal)):
        if block.facts:
            _table(document, block)
        else:
            _paragraph(document.add_paragraph(), block)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _printed(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "lines": [_run(line) for line in block.lines],
        "facts": [{"label": fact.label, "pieces": _run(fact.pieces)} for fact in block.facts],
    }


def _run(pieces: list[Piece]) -> list[dict[str, Any]]:
    return [{"text": piece.text, "is_open": bool(piece.place)} for piece in pieces]


def _set_up(document: Document, subject: str) -> None:
    document.core_properties.title = subject[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Normal"].font.size = Pt(11)
    for section in document.sections:
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN


def _paragraph(paragraph: Paragraph, block: Block) -> None:
    if block.kind == layout.SIGNATURE:
        paragraph.paragraph_format.space_before = ROOM_TO_SIGN
    for number, line in enumerate(block.lines):
        if number:
            paragraph.add_run().add_break()
        _write(paragraph, line, bold=block.kind == layout.LETTERHEAD and number == 0)


def _table(document: Document, block: Block) -> None:
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for fact in block.facts:
        label, value = table.add_row().cells
        label.width, value.width = TABLE_LABEL, TABLE_VALUE
        _write(label.paragraphs[0], [Piece(fact.label)], bold=True)
        _write(value.paragraphs[0], fact.pieces, bold=False)
    document.add_paragraph()


def _write(paragraph: Paragraph, pieces: list[Piece], *, bold: bool) -> None:
    for piece in pieces:
        run = paragraph.add_run(piece.text)
        run.bold = bold
        if piece.place:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
