"""Keeps what the reader found wrong or odd in a file: at most 500 notes, but each reject and each hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from denials.domain.facts import Finding, Severity
from denials.fitting import widths
from denials.models import FileFinding, RemittanceFile

MOST_NOTES = 500
LEFT_OUT = "left_out"
_CODE, _MESSAGE = widths(FileFinding, ["code", "message"])


def add(file: RemittanceFile, findings: Sequence[Finding]) -> None:
    """Writes findings of a file beside those it has."""
    if not findings:
        return
    room = MOST_NOTES - file.findings.filter(severity=Severity.NOTE).count()
    kept, left_out = within(findings, room)
    FileFinding.objects.bulk_create([_row(file, finding) for finding in kept], batch_size=500)
    if left_out:
        _say_how_many(file, left_out)


def within(findings: Iterable[Finding], room: int) -> tuple[list[Finding], int]:
    """The findings without the notes for which there is no room, and how many notes that leaves out."""
    kept: list[Finding] = []
    left_out = 0
    for finding in findings:
        if finding.severity is not Severity.NOTE:
            kept.append(finding)
        elif room > 0:
            kept.append(finding)
            room -= 1
        else:
            left_out += 1
    return kept, left_out


def _say_how_many(file: RemittanceFile, more: int) -> None:
    """One row a file counts the notes that were left out."""
    row, _ = file.findings.get_or_create(code=LEFT_OUT, defaults={"severity": Severity.NOTE, "message": ""})
    before = int(row.message.split(" ", 1)[0] or 0)
    row.message = f"{before + more} more notes are not listed. The file itself keeps all that it says."
    row.save(update_fields=["message"])


def _row(file: RemittanceFile, finding: Finding) -> FileFinding:
    return FileFinding(
        file=file,
        severity=finding.severity,
        code=finding.code[:_CODE],
        message=finding.message[:_MESSAGE],
        segment=finding.segment,
        transaction=finding.transaction,
        claim=finding.claim,
    )
