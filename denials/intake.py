"""A file comes in: kept first, looked at, confirmed by a person, recorded as a job. Held payments are decided here."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Conflict, Refused
from denials import acknowledging, exceptions, findings, jobs, preview, twins
from denials.domain.acknowledgments import is_acknowledgment
from denials.keeping import Kept, Readable, keep, open_kept
from denials.models import Job, Remittance, RemittanceFile

RECORD_FILE = "record_file"
FINISH_REMITTANCE = "finish_remittance"
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_NAME = 200
_LONGEST_REASON = 300


class Received(NamedTuple):
    """A file as it is kept now; `is_new` is false when the same bytes were kept before."""

    file: RemittanceFile
    is_new: bool


def receive(stream: Readable, name: str, uploaded_by: User | None) -> Received:
    """Keeps a file and says what recording it would do; writes no remittance and no acknowledgment.

    The same bytes twice, also at the same moment, are one file. Raises `Refused` beyond the size limit. A file that
    is neither is kept too, in state refused, with the reason.
    """
    kept = keep(stream)
    if known := RemittanceFile.objects.filter(sha256=kept.sha256).first():
        return Received(known, is_new=False)
    with open_kept(kept.name) as source:
        is_answer = is_acknowledgment(source)
        source.seek(0)
        seen = acknowledging.look(source, kept.size) if is_answer else preview.look(source, kept.size)
    kind = RemittanceFile.Kind.ACKNOWLEDGMENT if is_answer else RemittanceFile.Kind.REMITTANCE
    return _write(kept, tidy_name(name), uploaded_by, seen, kind)


def confirm(file: RemittanceFile, user: User | None) -> Job:
    """Asks for the recording of a file. Asked again, it answers with the same job, or with a new one if that failed."""
    with transaction.atomic():
        locked = RemittanceFile.objects.select_for_update().get(pk=file.pk)
        if locked.state == RemittanceFile.State.REFUSED:
            raise Refused(f"{locked.refusal} The file is kept, but nothing can be recorded from it.")
        done = Job.objects.filter(kind=RECORD_FILE, subject=file.pk, state=Job.State.DONE).order_by("-pk").first()
        if locked.state == RemittanceFile.State.RECORDED and done is not None:
            return _finish_again(locked, user) or done
        if locked.state == RemittanceFile.State.RECEIVED:
            locked.state = RemittanceFile.State.RECORDING
            locked.save(update_fields=["state"])
        file.state = locked.state
        return jobs.ask(RECORD_FILE, file.pk, user)


def release(remittance: Remittance, user: User, reason: str) -> Job:
    """Lets a held payment go on as it is. One whose every claim is recorded already may not: it would count twice."""
    with transaction.atomic():
        locked = _held(remittance)
        if locked.twin_of and twins.is_same_content(locked, locked.twin_of):
            raise Refused(
                "Every claim of this payment is recorded already, so releasing it would count its money twice."
                " Nothing was changed. Set it aside instead."
            )
        _decide(locked, user, reason, Remittance.State.RECORDED)
        return jobs.ask(FINISH_REMITTANCE, remittance.pk, user)


def set_aside(remittance: Remittance, user: User, reason: str) -> None:
    """Keeps a held payment on record without ever making work of it."""
    with transaction.atomic():
        locked = _held(remittance)
        _decide(locked, user, reason, Remittance.State.SET_ASIDE)
        exceptions.recheck_remittance(locked)


def tidy_name(name: str) -> str:
    """The name of a file without its folders and without characters that no name should have."""
    last = _NOT_IN_NAMES.sub("", name).replace("\\", "/").rstrip("/").rpartition("/")[2].strip()
    return last[-_LONGEST_NAME:] or "unnamed"


def _write(
    kept: Kept, name: str, uploaded_by: User | None, seen: preview.Preview, kind: RemittanceFile.Kind
) -> Received:
    """Writes the row last and in one go, so that a second upload of the same bytes waits for next to nothing."""
    state = RemittanceFile.State.REFUSED if seen.refusal else RemittanceFile.State.RECEIVED
    with transaction.atomic():
        file, is_new = RemittanceFile.objects.get_or_create(
            sha256=kept.sha256,
            defaults={
                "name": name,
                "size": kept.size,
                "content": kept.name,
                "kind": kind,
                "state": state,
                "refusal": seen.refusal[:300],
                "preview": seen.summary,
                "uploaded_by": uploaded_by,
            },
        )
        if is_new:
            findings.add(file, seen.findings)
    return Received(file, is_new)


def _finish_again(file: RemittanceFile, user: User | None) -> Job | None:
    """Asks again for payments that were released later and whose job failed; the last of these jobs."""
    unfinished = (Remittance.State.RECORDED, Remittance.State.CLASSIFIED, Remittance.State.ROUTED)
    failed = Job.objects.filter(kind=FINISH_REMITTANCE, state=Job.State.FAILED).values("subject")
    rows = file.remittances.filter(state__in=unfinished, pk__in=failed).order_by("pk")
    asked = [jobs.ask(FINISH_REMITTANCE, pk, user) for pk in rows.values_list("pk", flat=True)]
    return asked[-1] if asked else None


def _held(remittance: Remittance) -> Remittance:
    locked: Remittance = Remittance.objects.select_for_update().get(pk=remittance.pk)
    if locked.state != Remittance.State.HELD:
        raise Conflict("Somebody has decided about this payment already. Nothing was changed: reload the page.")
    return locked


def _decide(remittance: Remittance, user: User, reason: str, state: Remittance.State) -> None:
    if not reason.strip():
        raise Refused("Say why, in a few words. Nothing was changed.")
    remittance.state = state
    remittance.decided_by = user
    remittance.decided_at = timezone.now()
    remittance.decision_reason = reason.strip()[:_LONGEST_REASON]
    remittance.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
