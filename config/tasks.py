"""Celery tasks: ids in, one verb, nothing else. Whatever they lose, the sweep finds."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts import begun, once
from accounts.governance import activation, sets
from config import pipeline
from denials import jobs
from worklists import experience, list_position, notifying, rollup, work
from worklists.assignment import absences, releasing
from worklists.calls import calling
from worklists.exceptions import watch
from worklists.notes import drafts
from worklists.watch import escalating, ledger, missed, reminding


@shared_task(name=jobs.RING)
def run_job(job_id: int) -> None:
    pipeline.run(job_id)


@shared_task(name="overturn.sweep_jobs")
def sweep_jobs() -> None:
    for job in jobs.unfinished()[:100]:
        jobs.ring(job.pk)


@shared_task(name="overturn.wake_postponed")
def wake_postponed() -> None:
    work.wake_postponed(today=timezone.localdate())


@shared_task(name="overturn.watch_exceptions")
def watch_exceptions() -> None:
    watch.watch(today=timezone.localdate())


@shared_task(name="overturn.forget_forms")
def forget_forms() -> None:
    once.forget_old()
    list_position.forget_old()


@shared_task(name="overturn.forget_drafts")
def forget_drafts() -> None:
    drafts.forget_old(timezone.now())
    begun.forget_old()


@shared_task(name="overturn.activate_changes")
def activate_changes() -> None:
    activation.activate_due(timezone.localdate())
    sets.activate_due(timezone.localdate())


@shared_task(name="overturn.note_missed")
def note_missed() -> None:
    missed.note_missed(timezone.localdate())
    ledger.find_losses()


@shared_task(name="overturn.escalate")
def escalate() -> None:
    escalating.evaluate(timezone.localdate())


@shared_task(name="overturn.remind")
def remind() -> None:
    reminding.remind(timezone.localdate())


@shared_task(name="overturn.count_board")
def count_board() -> None:
    rollup.refresh(timezone.localdate())


@shared_task(name="overturn.count_experience")
def count_experience() -> None:
    experience.recount(timezone.localdate())


@shared_task(name="overturn.release_untouched")
def release_untouched() -> None:
    releasing.release_untouched(timezone.localdate())


@shared_task(name="overturn.keep_absences")
def keep_absences() -> None:
    absences.keep(timezone.localdate())
    calling.let_go(timezone.localdate())


@shared_task(name="overturn.tell")
def tell() -> None:
    notifying.tell()


@shared_task(name="overturn.digest")
def digest() -> None:
    if notifying.is_working_morning():
        notifying.digest(timezone.localdate())
