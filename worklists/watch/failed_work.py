"""Background work that the system gave up on, what it was about, and trying it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import User
from accounts.refusal import Conflict
from denials import jobs
from denials.exceptions import FIND_EXCEPTIONS
from denials.intake import FINISH_REMITTANCE, RECORD_FILE
from denials.models import Job, Remittance, RemittanceFile
from worklists.permission import must_manage
from worklists.ranking import REORDER
from worklists.replays.replaying import REPLAY
from worklists.rereading import REREAD

LISTED = 50
WORDS = {
    RECORD_FILE: "Recording a remittance file",
    FINISH_REMITTANCE: "Making work of a payment",
    REREAD: "Reading open denials again after a change of codes, payers or limits",
    REORDER: "Putting open work in its order",
    REPLAY: "Replaying a draft of the routing rules",
    FIND_EXCEPTIONS: "Looking for exceptions",
}


@dataclass(frozen=True, slots=True)
class FailedWork:
    """One job that was given up. `url` leads to what it was about, empty where this person may not open it."""

    job: Job
    url: str
    times: int
    """How often it was given up."""

    @property
    def what(self) -> str:
        return WORDS.get(self.job.kind) or f"Work in the background: {self.job.kind.replace('_', ' ')}"


def failed() -> QuerySet[Job]:
    """Jobs that failed and that nobody has asked for again since."""
    later = Job.objects.filter(kind=OuterRef("kind"), subject=OuterRef("subject"), pk__gt=OuterRef("pk"))
    return Job.objects.filter(~Exists(later), state=Job.State.FAILED)


def tried_again() -> int:
    """How many that failed before are waiting or running once more."""
    return Job.objects.filter(Exists(_given_up_before()), state__in=[Job.State.WAITING, Job.State.RUNNING]).count()


def listed(user: User) -> list[FailedWork]:
    """The newest of them."""
    before = _given_up_before().order_by().values("kind").annotate(number=Count("pk")).values("number")
    found = list(failed().annotate(earlier=Coalesce(Subquery(before), 0)).order_by("-pk")[:LISTED])
    files = _visible_files(user, found)
    return [FailedWork(job, _url(job, files), job.earlier + 1) for job in found]


def try_again(user: User, job_id: int | None) -> Job:
    """Raises Conflict when somebody did so meanwhile."""
    must_manage(user)
    job = None if job_id is None else failed().filter(pk=job_id).first()
    if job is None:
        raise Conflict("This work was tried again already. Nothing was changed: reload the page.")
    return jobs.ask(job.kind, job.subject, user)


def _given_up_before() -> QuerySet[Job]:
    """Of the job outside: what was about the same and was given up."""
    same = Job.objects.filter(kind=OuterRef("kind"), subject=OuterRef("subject"), pk__lt=OuterRef("pk"))
    return same.filter(state=Job.State.FAILED)


def _visible_files(user: User, found: Iterable[Job]) -> dict[tuple[str, int], int]:
    """By kind and subject of a job the file that it is about, of those that this person may open."""
    whole = [job.subject for job in found if job.kind == RECORD_FILE]
    payments = [job.subject for job in found if job.kind == FINISH_REMITTANCE]
    files = RemittanceFile.objects.visible_to(user).filter(pk__in=whole).values_list("pk", flat=True)
    rows = Remittance.objects.visible_to(user).filter(pk__in=payments).values_list("pk", "file_id")
    return {(RECORD_FILE, pk): pk for pk in files} | {(FINISH_REMITTANCE, pk): file for pk, file in rows}


def _url(job: Job, files: dict[tuple[str, int], int]) -> str:
    if job.kind == REPLAY:
        return reverse("replay", args=[job.subject])
    file = files.get((job.kind, job.subject))
    return reverse("remittance_file", args=[file]) if file else ""
