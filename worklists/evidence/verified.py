"""What of an item's evidence may be enclosed: verified pieces that a document shows."""

from __future__ import annotations

from worklists.domain.evidence import State
from worklists.evidence.checklist import checklist_of, uses_of
from worklists.models import EvidenceDocument, WorkItem


def enclosures_of(item: WorkItem) -> list[str]:
    """As a letter lists them: "Final signed report, October 5, 2026 (3 pages)". Expects what `checklist_of` does."""
    listed = checklist_of(item, uses=uses_of(item))
    return [
        f"{line.label}{_of(document)}"
        for line in listed.lines
        if line.state == State.VERIFIED
        for document in line.documents
    ]


def _of(document: EvidenceDocument) -> str:
    day = document.document_on
    dated = f", {day:%B} {day.day}, {day.year}" if day else ""
    pages = f" ({document.pages} page{'s' * (document.pages != 1)})" if document.pages else ""
    return dated + pages
