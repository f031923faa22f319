"""Documents: taken in, recognised when they come again, used for more than one piece, withdrawn when they are wrong."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Conflict, Refused
from denials import pdfs, scans
from denials.intake import tidy_name
from denials.scans import Scan, Upload
from worklists.changes import lock
from worklists.domain.evidence import State
from worklists.domain.page_counts import pages_in
from worklists.evidence import gathering
from worklists.models import EvidenceDocument, EvidencePiece, WorkItem
from worklists.permission import must_work
from worklists.wording import reason_for

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class About:
    """What a person says about a document."""

    kind: str
    document_on: date | None = None
    pages: int | None = None
    name: str = ""


class Kept(NamedTuple):
    """`is_elsewhere`: another claim that this person may see has the very same file. `is_restricted`: it opens for
    everybody, and whoever made it lets nobody print it.
    """

    document: EvidenceDocument
    is_new: bool
    is_elsewhere: bool
    is_restricted: bool


def read(upload: Upload, name: str) -> Scan:
    """The bytes of a document. Raises Refused for one that is too large, of another kind, named otherwise, or a PDF
    that nobody could open.
    """
    scan = scans.read(upload, "document", settings.EVIDENCE_LIMIT_BYTES)
    scans.must_be_named_so(name, scan)
    return scan


@transaction.atomic
def keep(item_id: int, user: User, scan: Scan, name: str, about: About, slugs: Iterable[str]) -> Kept:
    """Keeps a document with the item's claim, and has it show these pieces. The same bytes are kept once per claim."""
    item, listed = gathering.hold(item_id, user)
    lines = gathering.chosen(listed, slugs)
    if about.document_on is not None and about.document_on > timezone.localdate():
        raise Refused("Nothing was kept: the day on the document lies in the future.")
    digest = hashlib.sha256(scan.content).hexdigest()
    document = EvidenceDocument.objects.filter(claim=item.claim_id, sha256=digest, withdrawn_at=None).first()
    is_new = document is None
    if document is None:
        document = _write(item, user, scan, digest, tidy_name(name), about)
    gathering.receive(item, lines, document, user)
    is_restricted = scan.ending == "pdf" and not pdfs.may_be_printed(scan.content)
    return Kept(document, is_new, _is_elsewhere(document, user), is_restricted)


@transaction.atomic
def use(item_id: int, user: User, document_id: int, slugs: Iterable[str]) -> EvidenceDocument:
    """Has a document of the same claim that is kept already show pieces of this item too."""
    item, listed = gathering.hold(item_id, user)
    lines = gathering.chosen(listed, slugs)
    rows = EvidenceDocument.objects.filter(claim=item.claim_id, withdrawn_at=None)
    document: EvidenceDocument | None = rows.filter(pk=document_id).first()
    if document is None:
        raise Refused("Nothing was changed: this claim has no such document, or it was withdrawn.")
    gathering.receive(item, lines, document, user)
    return document


@transaction.atomic
def withdraw(document: EvidenceDocument, user: User, *, because: str) -> list[EvidencePiece]:
    """Takes a wrong document out of use. What only it had shown is needed again, on each open item of the claim.

    The file stays, for whoever has to explain what happened; it is offered nowhere any more.
    """
    must_work(user)
    because = reason_for("withdraw the document", because)
    items = list(WorkItem.objects.filter(claim=document.claim_id, is_open=True).values_list("pk", flat=True))
    held = {row.pk: row for row in lock(items, user)[0]}
    row = EvidenceDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if row.withdrawn_at is not None:
        raise Conflict(
            f"{row.withdrawn_by} withdrew this document before: {row.withdrawn_because}. Nothing was changed."
        )
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = timezone.now(), user, because
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    lost: list[EvidencePiece] = []
    for item_id, item in held.items():
        lost += _needed_again(item_id, item, row, user, because)
    return lost


def content_of(document: EvidenceDocument) -> bytes:
    """The bytes as they were uploaded. Raises Refused where the kept file is not that one."""
    with document.content.open() as kept:
        content: bytes = kept.read()
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise Refused("The kept file is not what was uploaded. Tell an administrator: restore it from a backup.")
    return content


def _write(item: WorkItem, user: User, scan: Scan, digest: str, name: str, about: About) -> EvidenceDocument:
    random = uuid.uuid4().hex
    kept = default_storage.save(f"evidence/{random[:2]}/{random}.{scan.ending}", ContentFile(scan.content))
    counted = pages_in(scan.content, scan.ending)
    values = {
        "facility_id": item.facility_id,
        "kind": about.kind,
        "name": (about.name.strip() or name)[-LONGEST_NAME:],
        "document_on": about.document_on,
        "pages": about.pages or counted,
        "counted_pages": counted,
        "size": len(scan.content),
        "content": kept,
        "uploaded_by": user,
    }
    document, is_new = EvidenceDocument.objects.get_or_create(
        claim=item.claim, sha256=digest, withdrawn_at=None, defaults=values
    )
    if not is_new:  # somebody sent it for another item of the claim at this moment
        with suppress(FileNotFoundError):
            default_storage.delete(kept)
    return document


def _is_elsewhere(document: EvidenceDocument, user: User) -> bool:
    others = EvidenceDocument.objects.visible_to(user).filter(sha256=document.sha256, withdrawn_at=None)
    return bool(others.exclude(claim=document.claim_id).exists())


def _needed_again(
    item_id: int, item: WorkItem, document: EvidenceDocument, user: User, because: str
) -> list[EvidencePiece]:
    here = (State.RECEIVED, State.VERIFIED)
    rows = EvidencePiece.objects.filter(item=item_id, uses__document=document, state__in=here, held_at="")
    pieces = [row for row in rows if not row.documents.filter(withdrawn_at=None).exists()]
    if not pieces:
        return []
    item, _ = gathering.hold(item_id, user)
    moves = [gathering.move(piece, "reject", user, because=because) for piece in pieces]
    gathering.tell(item, user, "reject", pieces, moves, because, document=document.pk)
    return pieces
