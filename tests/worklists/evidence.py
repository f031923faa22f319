"""What the tests of evidence share: files of each kind, and an item with pieces to gather."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from denials.scans import Scan
from tests.pdfs import pdf
from tests.worklists.pages import item_at
from worklists.evidence import documents
from worklists.evidence.checklist import Checklist, checklist_of, uses_of
from worklists.evidence.documents import About, Kept
from worklists.models import WorkItem

PDF = pdf(pages=3)
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20
NEEDED = ["remit", "order and notes", "authorization or reference number"]


def needing(facility: Any, *needed: str, **values: Any) -> WorkItem:
    """An open item whose code asks for these pieces, and for no playbook's."""
    values = {"denial__primary_code": "P1", "denial__category": "", "denial__remarks": [], **values}
    return item_at(facility, denial__evidence=list(needed or NEEDED), **values)


def listed(item: WorkItem) -> Checklist:
    return checklist_of(WorkItem.objects.get(pk=item.pk), uses=uses_of(item))


def slugs(item: WorkItem, *names: str) -> list[str]:
    """The pieces of these names, as an address calls them; without names all that are to be gathered."""
    return [line.slug for line in listed(item).to_gather if not names or line.name in names]


def states(item: WorkItem) -> dict[str, str]:
    return {line.name: str(line.state) for line in listed(item).to_gather}


def kept(item: WorkItem, user: User, *names: str, content: bytes = PDF, kind: str = "order", **about: Any) -> Kept:
    ending = "pdf" if content.startswith(b"%PDF") else "png"
    scan = Scan(content, ending)
    return documents.keep(item.pk, user, scan, f"scan.{ending}", About(kind, **about), slugs(item, *names))


def upload(content: bytes = PDF, name: str = "scan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
