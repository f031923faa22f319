"""What the evidence of one item shows: the list, the documents of its claim, what was asked for, and the forms."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from worklists import panels
from worklists.behavioral import findings
from worklists.behavioral.forms import AnswerForm
from worklists.evidence import archive, requests
from worklists.evidence.checklist import Checklist, checklist_of
from worklists.evidence.forms import AddForm, UploadForm, UseForm
from worklists.imaging import status
from worklists.imaging.forms import MarkForm
from worklists.models import EvidencePiece, WorkItem
from worklists.panels import Panel

KEY = "evidence"


def register() -> None:
    panels.register(Panel(KEY, "Evidence", "worklists/panels/_evidence.html", read, place=20, rows=_to_verify))


def _to_verify(user: User) -> QuerySet[EvidencePiece]:
    return EvidencePiece.objects.filter(item=OuterRef("pk"), state=EvidencePiece.State.RECEIVED)


def read(item: WorkItem, user: User) -> dict[str, Any]:
    """Expects the denial with payer, facility and claim payment loaded."""
    today = timezone.localdate()
    listed = checklist_of(item, with_documents=True)
    kept = archive.of_claim(item.claim_id)
    may_gather = user.may_work and item.is_open
    return {
        "checklist": listed,
        "kept": kept,
        "record_requests": requests.on_item(item, today),
        "may_gather": may_gather,
        **_imaging(item, may_gather),
        **_behavioral(item, may_gather),
        **(forms_for(listed, kept) if may_gather else {}),
    }


def forms_for(listed: Checklist, kept: list[Any]) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "upload": UploadForm(lines=listed.to_gather, today=today, auto_id="upload-%s"),
        "use": UseForm(lines=listed.to_gather, kept=kept, auto_id="use-%s") if kept else None,
        "add": AddForm(auto_id="add-%s"),
    }


def _imaging(item: WorkItem, may_gather: bool) -> dict[str, Any]:
    way = status.way_on(item, item.denial.remitted_claim.lines.all(), status.events_of(item))
    return {"imaging_way": way, "mark_form": MarkForm(auto_id="imaging-%s") if way and may_gather else None}


def _behavioral(item: WorkItem, may_gather: bool) -> dict[str, Any]:
    if not findings.applies_to(item):
        return {}
    rows = findings.rows_of(item)
    forms = [AnswerForm(question=row.question, latest=row.answer) for row in rows] if may_gather else [None] * len(rows)
    return {"behavioral": list(zip(rows, forms, strict=True))}
