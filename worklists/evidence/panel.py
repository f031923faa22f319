"""What the evidence of one item shows: the list, the documents of its claim, what was asked for, and the forms."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.one_statement import read_in_one
from denials.models import Playbook
from denials.versions import as_stamp, stamp_of
from worklists import panels
from worklists.behavioral import findings
from worklists.behavioral.forms import AnswerForm
from worklists.domain.imaging import next_of
from worklists.evidence import archive, requests
from worklists.evidence.checklist import Checklist, asked_by_playbook, checklist_of, pieces_of, uses_of
from worklists.evidence.forms import AddForm, UploadForm, UseForm
from worklists.imaging import status
from worklists.imaging.forms import MarkForm
from worklists.models import EvidencePiece, WorkItem
from worklists.panels import Panel
from worklists.parts.pieces import checklist_in_words
from worklists.parts.study import way_in_words

KEY = "evidence"


def register() -> None:
    panels.register(Panel(KEY, "Evidence", "worklists/panels/_evidence.html", read, place=20, rows=_to_verify))


def _to_verify(user: User) -> QuerySet[EvidencePiece]:
    return EvidencePiece.objects.filter(item=OuterRef("pk"), state=EvidencePiece.State.RECEIVED)


def read(item: WorkItem, user: User) -> dict[str, Any]:
    """Expects the denial with payer, facility and claim payment loaded."""
    stamp, pieces, uses, kept, asked, lines, events, answers = read_in_one(
        stamp_of(Playbook),
        pieces_of(item),
        uses_of(item),
        archive.of_claim(item.claim_id),
        requests.about(item),
        item.denial.remitted_claim.lines.order_by("number"),
        status.events_of(item),
        findings.latest_answers(item),
    )
    today = timezone.localdate()
    listed = checklist_of(item, asked_by_playbook(item.denial, as_stamp(stamp)), pieces=pieces, uses=uses)
    may_gather = user.may_work and item.is_open
    way = status.way_on(item, lines, events)
    return {
        "checklist": listed,
        "evidence": checklist_in_words(listed),
        "kept": kept,
        "record_requests": requests.on_item(asked, today),
        "may_gather": may_gather,
        "imaging_way": way_in_words(way, today),
        "mark_form": MarkForm(auto_id="imaging-%s", initial={"mark": next_of(way)}) if way and may_gather else None,
        **_behavioral(findings.rows_of(item, answers, lines) if findings.applies_to(item) else [], may_gather),
        **(forms_for(listed, kept) if may_gather else {}),
    }


def forms_for(listed: Checklist, kept: list[Any]) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "upload": UploadForm(lines=listed.to_gather, today=today, auto_id="upload-%s"),
        "use": UseForm(lines=listed.to_gather, kept=kept, auto_id="use-%s") if kept else None,
        "add": AddForm(auto_id="add-%s"),
    }


def _behavioral(rows: list[findings.Row], may_gather: bool) -> dict[str, Any]:
    forms = [AnswerForm(question=row.question, latest=row.answer) for row in rows] if may_gather else [None] * len(rows)
    return {"behavioral": list(zip(rows, forms, strict=True))} if rows else {}
