"""From a kept acknowledgment file to rows: what receivers answered, exactly once, and the work about rejections."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Facility
from denials import findings
from denials.copying import ids
from denials.domain.acknowledgments import read_acknowledgments
from denials.domain.answers import Answer, Level, Status
from denials.domain.facts import Finding, Severity
from denials.fitting import widths
from denials.keeping import open_kept
from denials.models import Acknowledgment, Payer, PayerIdentifier, Rejection, RemittanceFile
from denials.payer_matching import comparable
from denials.preview import SECONDS, Preview

Report = Callable[[str, int, int], None]
STAGE = "acknowledge"
AT_A_TIME = 500
_TEXTS = (
    "subject", "source_name", "reference", "claim_number", "payer_control_number", "clearinghouse_number",
    "patient_last", "patient_first", "member_id", "message",
)  # fmt: skip
_WIDTHS = dict(zip(_TEXTS, widths(Acknowledgment, _TEXTS), strict=True))
_AS_SAID = (
    "kind", "level", "status", "source_is_payer", "reported_on", "service_from", "service_to", "amount",
    "answered_on", "received_on", "segment_from", "segment_to",
)  # fmt: skip
_CODE_WIDTH = 80


def look(source: BinaryIO, size: int, seconds: float = SECONDS) -> Preview:
    """What recording the file would do, read to its end or for about as long as said; writes nothing."""
    until = time.monotonic() + seconds
    found: list[Finding] = []
    counted: Counter[str] = Counter()
    is_partial = False
    for event in read_acknowledgments(source):
        if isinstance(event, Finding):
            found.append(event)
        else:
            counted[event.status] += 1
            counted[f"{event.level}s"] += 1
            counted["rejected_claims"] += event.level is Level.CLAIM and event.status is Status.REJECTED
        if time.monotonic() > until:
            is_partial = True
            break
    refusal = next((each.message for each in found if each.severity is Severity.REJECT), "")
    summary: dict[str, Any] = {
        "size": size, "read_bytes": source.tell(), "is_partial": is_partial,
        "answers": sum(counted[status] for status in Status), "claims": counted["claims"],
        "rejected_claims": counted["rejected_claims"], **{status.value: counted[status] for status in Status},
    }  # fmt: skip
    return Preview(summary, found, refusal)


def record(file: RemittanceFile, report: Report) -> None:
    """Records every answer of a file in one transaction, and opens a rejection for each that was rejected.

    Run again it changes nothing. `report` gets bytes done and the bytes of the file.
    """
    if file.state in (RemittanceFile.State.RECORDED, RemittanceFile.State.REFUSED):
        return
    with transaction.atomic(), open_kept(str(file.content.name)) as source:
        report(STAGE, 0, file.size)
        locked = RemittanceFile.objects.select_for_update().get(pk=file.pk)
        if locked.state not in (RemittanceFile.State.RECORDED, RemittanceFile.State.REFUSED):
            refusal = _look_at_the_rest(locked, source)
            if not refusal:
                _write(file, source, report)
            state = RemittanceFile.State.REFUSED if refusal else RemittanceFile.State.RECORDED
            RemittanceFile.objects.filter(pk=file.pk).update(state=state, refusal=refusal[:300], recorded_at=Now())
    file.refresh_from_db()


def _look_at_the_rest(file: RemittanceFile, source: BinaryIO) -> str:
    """Reads to its end what was too large for the preview. Returns why nothing can be recorded, if so."""
    if not file.preview.get("is_partial"):
        return ""
    whole = look(source, file.size, seconds=float("inf"))
    source.seek(0)
    file.findings.all().delete()
    findings.add(file, whole.findings)
    RemittanceFile.objects.filter(pk=file.pk).update(preview=whole.summary)
    return whole.refusal


def _write(file: RemittanceFile, source: BinaryIO, report: Report) -> None:
    known, ordinal = _Known(), 1
    answers = (event for event in read_acknowledgments(source) if isinstance(event, Answer))
    while batch := list(islice(answers, AT_A_TIME)):
        rows = [known.row(file, ordinal + at, answer) for at, answer in enumerate(batch)]
        ordinal += len(batch)
        for pk, row in zip(ids(Acknowledgment, len(rows)), rows, strict=True):
            row.pk = pk
        Acknowledgment.objects.bulk_create(rows)
        Rejection.objects.bulk_create([Rejection(acknowledgment=row) for row in rows if row.is_rejected])
        report(STAGE, source.tell(), file.size)


@dataclass(slots=True)
class _Known:
    """The facilities and payers that the answers name, asked for once each. None is added: an answer pays nobody."""

    facilities: dict[str, Facility | None] = field(default_factory=dict)
    payers: dict[tuple[str, str], Payer | None] = field(default_factory=dict)

    def row(self, file: RemittanceFile, ordinal: int, answer: Answer) -> Acknowledgment:
        texts = {name: getattr(answer, name)[:width] for name, width in _WIDTHS.items()}
        return Acknowledgment(
            file=file,
            ordinal=ordinal,
            facility=self._facility(answer.provider_npi),
            payer=self._payer(answer) if answer.source_is_payer else None,
            codes=[code[:_CODE_WIDTH] for code in answer.codes],
            **texts,
            **{name: getattr(answer, name) for name in _AS_SAID},
        )

    def _facility(self, npi: str) -> Facility | None:
        if npi not in self.facilities:
            self.facilities[npi] = Facility.objects.filter(npi=npi).first() if npi else None
        return self.facilities[npi]

    def _payer(self, answer: Answer) -> Payer | None:
        named = comparable(answer.source_id), comparable(answer.source_name)
        if named not in self.payers:
            kinds = (PayerIdentifier.Kind.PAYER_ID, PayerIdentifier.Kind.NAME)
            rows = [
                PayerIdentifier.objects.filter(kind=kind, value=value).select_related("payer").first()
                for kind, value in zip(kinds, named, strict=True)
                if value
            ]
            self.payers[named] = next((row.payer for row in rows if row), None)
        return self.payers[named]
