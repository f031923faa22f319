"""Background work: asked for in the request's own transaction, rung for after it, done under a lease.

The row is the record of work. Celery may lose, repeat or delay its message: the sweep rings again for what nobody
finished, and a worker that lost its lease cannot report.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Now

from accounts.models import User
from denials.models import Job

log = logging.getLogger(__name__)
RING = "overturn.run_job"
RING_SECONDS = 1.0


def ask(kind: str, subject: int, asked_by: User | None = None) -> Job:
    """The unfinished job of this kind for this subject, made if there is none; the bell rings after the commit."""
    job, _ = Job.objects.get_or_create(
        kind=kind,
        subject=subject,
        state__in=[Job.State.WAITING, Job.State.RUNNING],
        defaults={"state": Job.State.WAITING, "asked_by": asked_by},
    )
    transaction.on_commit(lambda: ring(job.pk), robust=True)
    return job


def ring(job_id: int) -> None:
    """Tells a worker that there is work. A broker that is away or hung delays the work, never the caller.

    The client library tries a refused connection for 6 s and a silent one for longer, so it does that beside us.
    """
    bell = threading.Thread(target=_send, args=[job_id], daemon=True)
    bell.start()
    bell.join(RING_SECONDS)
    if bell.is_alive():
        log.warning("The broker does not answer for job %s; the sweep will ring again.", job_id)


def _send(job_id: int) -> None:
    from celery import current_app

    try:
        current_app.send_task(RING, [job_id], retry=False)
    except Exception as error:  # whatever the broker does, the row stands and the sweep rings again
        log.warning("The broker did not take job %s (%s); the sweep will ring again.", job_id, type(error).__name__)


def take(job_id: int) -> Job | None:
    """This job under a fresh lease, or nothing when it is finished, leased by a live worker, or given up."""
    with transaction.atomic():
        job = (
            Job.objects.select_for_update(skip_locked=True)
            .filter(pk=job_id)
            .filter(models.Q(state=Job.State.WAITING) | models.Q(state=Job.State.RUNNING, lease_until__lt=Now()))
            .first()
        )
        if job is None:
            return None
        if job.attempts >= settings.JOB_ATTEMPTS:
            _give_up(job)
            return None
        job.state = Job.State.RUNNING
        job.attempts += 1
        job.lease_until = Now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
        job.save(update_fields=["state", "attempts", "lease_until"])
    return Job.objects.get(pk=job_id)


class LeaseLost(Exception):
    """Another worker took this job over: stop, and write nothing more."""


def report(job: Job, *, stage: str, done: int, total: int) -> None:
    """Writes progress and renews the lease; `LeaseLost` when it is no longer ours."""
    _write(job, stage=stage, done=done, total=total, lease_until=Now() + timedelta(seconds=settings.JOB_LEASE_SECONDS))


def finish(job: Job) -> None:
    _write(job, state=Job.State.DONE, lease_until=None, finished_at=Now(), trouble="")


def fail(job: Job, trouble: str) -> None:
    """Gives the job up for good, with a sentence for people that holds no patient data."""
    _write(job, state=Job.State.FAILED, lease_until=None, finished_at=Now(), trouble=trouble[:300])


def put_back(job: Job, trouble: str) -> None:
    """Leaves the job for the sweep after an error that may pass; gives it up at the last attempt."""
    if job.attempts >= settings.JOB_ATTEMPTS:
        fail(job, f"{trouble} Given up after {job.attempts} tries; what was recorded before is kept.")
    else:
        _write(job, state=Job.State.WAITING, lease_until=None, trouble=f"{trouble} It will be tried again."[:300])


def unfinished() -> models.QuerySet[Job]:
    """Jobs that nobody is working: never started, put back, or left behind by a worker that died."""
    is_free = models.Q(state=Job.State.WAITING) | models.Q(state=Job.State.RUNNING, lease_until__lt=Now())
    return Job.objects.filter(is_free).order_by("created_at")


def _give_up(job: Job) -> None:
    job.state = Job.State.FAILED
    job.lease_until = None
    job.finished_at = Now()
    job.trouble = job.trouble or f"Stopped {job.attempts} times without finishing; what was recorded before is kept."
    job.save(update_fields=["state", "lease_until", "finished_at", "trouble"])


def _write(job: Job, **values: object) -> None:
    ours = Job.objects.filter(pk=job.pk, attempts=job.attempts, state=Job.State.RUNNING)
    if not ours.update(**values):
        raise LeaseLost(f"job {job.pk}, attempt {job.attempts}")
