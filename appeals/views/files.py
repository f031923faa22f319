"""Downloads: the letter as PDF and DOCX, and the proof that it was sent. Names of files hold no patient data."""

from __future__ import annotations

import hashlib

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import EVERYBODY, get_visible_or_404, note_access, person, roles
from accounts.refusal import Refused
from appeals import documents, proofs, sheet
from appeals.models import Appeal

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@roles(*EVERYBODY)
def appeal_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as it stands, or the very file that was sent."""
    found = _get(request, pk, "appeal_pdf")
    content = _as_sent(found) if found.letter_pdf else documents.pdf(found)
    return _attached(content, "application/pdf", f"appeal-{found.pk}.pdf")


@require_safe
@roles(*EVERYBODY)
def appeal_docx(request: HttpRequest, pk: int) -> HttpResponse:
    found = _get(request, pk, "appeal_docx")
    return _attached(documents.word(found), DOCX, f"appeal-{found.pk}.docx")


@require_safe
@roles(*EVERYBODY)
def appeal_proof(request: HttpRequest, pk: int) -> HttpResponse:
    found = _get(request, pk, "appeal_proof")
    if not found.proof_file:
        raise Http404
    content = _read(found.proof_file)
    ending = str(found.proof_file).rpartition(".")[2]
    return _attached(content, proofs.media_type(content), f"appeal-{found.pk}-proof.{ending}")


def _get(request: HttpRequest, pk: int, what: str) -> Appeal:
    found: Appeal = get_visible_or_404(sheet.with_their_facts(Appeal.objects.all()), person(request), pk=pk)
    note_access(request, what, found.pk)
    return found


def _as_sent(found: Appeal) -> bytes:
    content = _read(found.letter_pdf)
    if hashlib.sha256(content).hexdigest() != found.letter_sha256:
        raise Refused("The kept file is not the letter that was sent. Tell an administrator: restore it from a backup.")
    return content


def _read(file: FieldFile) -> bytes:
    with file.open() as kept:
        content: bytes = kept.read()
        return content


def _attached(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
