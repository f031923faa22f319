"""What the pages about remittance files show: a file with its job, its payments and its findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import FacilityScoped, User
from denials.intake import FINISH_REMITTANCE, RECORD_FILE
from denials.models import (
    Acknowledgment,
    Denial,
    EnteredFrom,
    FileFinding,
    Job,
    Remittance,
    RemittanceFile,
    RemittedClaim,
)

PAGE = 50
MOST_ANSWERS = 200
MOST_LINKED = 3
AMOUNTS = {"charged", "paid", "denied_amount", "amount", "difference"}
STAGES = {
    "record": "Recording what the payer said",
    "acknowledge": "Recording what receivers answered",
    "classify": "Recognising denials",
    "route": "Opening and routing work",
    "settle": "Settling what was paid",
}


@dataclass(frozen=True, slots=True)
class FilePage:
    """Files newest first, and the id to go on from when there are more."""

    rows: Sequence[FileRow]
    older: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the recording of a file is, in words and numbers."""

    job: Job | None

    @property
    def is_running(self) -> bool:
        return self.job is not None and not self.job.is_finished

    @property
    def label(self) -> str:
        if self.job is None or self.job.state == Job.State.WAITING:
            return "Waiting for a worker"
        return STAGES.get(self.job.stage, "Starting")

    @property
    def words(self) -> str:
        if self.job is None or not self.job.total:
            return "Safe to leave this page: it goes on by itself"
        return f"{min(100, 100 * self.job.done // self.job.total)} %"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What recording a payment led to."""

    remittance: Remittance
    denials: int
    denied_amount: Decimal


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file in the list, with its counts and sums as numbers."""

    file: RemittanceFile
    preview: dict[str, Any]


def with_amounts(kept: dict[str, Any]) -> dict[str, Any]:
    """A kept preview, or one payment of it, with its sums as Decimal and its days as dates again."""
    read = dict(kept)
    for name in AMOUNTS & read.keys():
        read[name] = None if read[name] is None else Decimal(read[name])
    if read.get("payment_date"):
        read["payment_date"] = date.fromisoformat(read["payment_date"])
    return read


def may_open(user: User, file: RemittanceFile) -> bool:
    return RemittanceFile.objects.visible_to(user).filter(pk=file.pk).exists()


def may_see_whole(file: RemittanceFile, user: User) -> bool:
    """As `RemittanceFile.objects.readable_by`: whoever may see only some of its facilities sees no sums of all."""
    return user.all_facilities or file.uploaded_by_id == user.pk


def with_their_entry() -> FacilityScoped:
    return RemittanceFile.objects.select_related("entry")


def preview_for(file: RemittanceFile, user: User) -> dict[str, Any]:
    return with_amounts(file.preview) if may_see_whole(file, user) else {}


def with_held_payments(user: User) -> QuerySet[RemittanceFile]:
    """Files with a payment that waits for a decision, of the facilities that this person may see."""
    held = Remittance.objects.visible_to(user).filter(state=Remittance.State.HELD)
    rows: QuerySet[RemittanceFile] = RemittanceFile.objects.visible_to(user).filter(pk__in=held.values("file"))
    return rows


def page_of_files(user: User, before: int | None, *, only_held: bool = False) -> FilePage:
    chosen = with_held_payments(user) if only_held else RemittanceFile.objects.visible_to(user)
    rows = chosen.annotate(held=Count("remittances", filter=Q(remittances__state=Remittance.State.HELD)))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("uploaded_by", "entry").order_by("-pk")[: PAGE + 1])
    shown = [FileRow(file, preview_for(file, user)) for file in found[:PAGE]]
    return FilePage(shown, found[PAGE - 1].pk if len(found) > PAGE else None)


def progress_of(file: RemittanceFile) -> Progress:
    """The newest job about the file or about one of its payments."""
    about = Q(kind=RECORD_FILE, subject=file.pk) | Q(kind=FINISH_REMITTANCE, subject__in=file.remittances.values("pk"))
    return Progress(Job.objects.filter(about).order_by("-pk").first())


def outcomes_of(file: RemittanceFile, user: User) -> list[Outcome]:
    """The payments of the file that this person may see, with what they denied."""
    rows = Remittance.objects.visible_to(user).filter(file=file).select_related("payer", "facility", "decided_by")
    # Counted apart: beside the payments, each of a large file's claims would carry the whole row of its payment along.
    denials = Denial.objects.filter(remitted_claim__remittance__file=file).values_list("remitted_claim__remittance")
    counted = denials.annotate(count=Count("pk", filter=Q(is_denial=True)), amount=Sum("denied_amount"))
    denied = {remittance: (count, amount) for remittance, count, amount in counted}
    return [Outcome(row, *denied.get(row.pk, (0, Decimal(0)))) for row in rows.order_by("transaction")]


def findings_of(file: RemittanceFile, user: User) -> list[FileFinding]:
    """What stops the work first, then notes in file order; of single payments only those this person may see."""
    order = {"reject": 0, "hold": 1, "note": 2}
    found = file.findings.all()
    if not may_see_whole(file, user):
        seen = Remittance.objects.visible_to(user).filter(file=file).values("transaction")
        found = found.filter(Q(transaction=0) | Q(transaction__in=seen))
    return sorted(found, key=lambda finding: (order.get(finding.severity, 3), finding.pk))


def answers_of(file: RemittanceFile, user: User) -> dict[str, Any]:
    """What an acknowledgment file answers, as far as this person may see it: rejections first."""
    if file.kind != RemittanceFile.Kind.ACKNOWLEDGMENT:
        return {}
    rows = Acknowledgment.objects.filter(file=file).visible_to(user).select_related("facility")
    is_rejected = Q(status=Acknowledgment.Status.REJECTED)
    rejected = list(rows.filter(is_rejected).order_by("ordinal")[:MOST_ANSWERS])
    others = list(rows.exclude(is_rejected).order_by("ordinal")[: MOST_ANSWERS - len(rejected)])
    shown = [*rejected, *others]
    return {"answers": shown, "answers_left": rows.count() - len(shown)}


def entry_of(file: RemittanceFile, user: User) -> dict[str, Any]:
    """What the page of an entered file adds: whether the scan may be opened, and the claims of a small entry."""
    if file.kind != RemittanceFile.Kind.ENTRY:
        return {}
    rows = RemittedClaim.objects.filter(remittance__file=file).visible_to(user).order_by("pk")
    numbers = list(rows.values_list("claim_number", flat=True)[: MOST_LINKED + 1])
    is_shared = file.entry.source != EnteredFrom.SHEET or may_see_whole(file, user)
    return {"may_open_scan": is_shared, "entered_numbers": numbers if len(numbers) <= MOST_LINKED else []}


def listed_payments(file: RemittanceFile, user: User) -> list[dict[str, Any]]:
    """The payments of the preview, for who may see the whole file."""
    listed = file.preview.get("listed", []) if may_see_whole(file, user) else []
    return [with_amounts(payment) for payment in listed]
