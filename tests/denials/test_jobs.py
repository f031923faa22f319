"""Background work: nothing asked for is forgotten, nothing is done by two at once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.db.models.functions import Now

from denials import jobs
from denials.models import Job

pytestmark = pytest.mark.django_db


def taken(job: Job) -> Job:
    mine = jobs.take(job.pk)
    assert mine is not None
    return mine


def let_lease_run_out(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=Now() - timedelta(seconds=1))


def test_asking_again_gives_the_unfinished_job() -> None:
    assert jobs.ask("count", 1) == jobs.ask("count", 1)
    assert jobs.ask("count", 2) != jobs.ask("count", 1)


def test_a_finished_job_may_be_asked_for_again() -> None:
    first = jobs.ask("count", 1)
    jobs.finish(taken(first))

    assert jobs.ask("count", 1) != first


def test_many_asking_at_once_get_one_job(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "ring", lambda job_id: None)
    barrier = Barrier(4)

    def ask(_: int) -> int:
        try:
            barrier.wait(timeout=30)
            return jobs.ask("count", 1).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ask, range(4)))) == 1
    assert Job.objects.count() == 1


def test_the_bell_rings_after_the_commit_and_not_after_a_rollback(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(jobs, "ring", rung.append)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        job = jobs.ask("count", 1)
        assert rung == []

    assert rung == [job.pk]


def test_a_taken_job_is_nobody_elses_while_the_lease_lasts() -> None:
    job = jobs.ask("count", 1)
    mine = taken(job)

    assert jobs.take(job.pk) is None
    assert (mine.state, mine.attempts) == (Job.State.RUNNING, 1)
    assert not jobs.unfinished().exists()


def test_a_job_whose_worker_died_is_found_and_taken_over() -> None:
    job = jobs.ask("count", 1)
    lost = taken(job)
    let_lease_run_out(job)

    assert list(jobs.unfinished()) == [job]
    assert taken(job).attempts == 2
    for write in (jobs.finish, lambda lost: jobs.fail(lost, "x"), lambda lost: jobs.put_back(lost, "x")):
        with pytest.raises(jobs.LeaseLost):
            write(lost)
    with pytest.raises(jobs.LeaseLost):
        jobs.report(lost, stage="count", done=1, total=2)
    assert Job.objects.get().state == Job.State.RUNNING


def test_a_report_renews_the_lease() -> None:
    mine = taken(jobs.ask("count", 1))
    let_lease_run_out(mine)

    jobs.report(mine, stage="count", done=1, total=2)

    assert not jobs.unfinished().exists()
    found = Job.objects.get()
    assert (found.stage, found.done, found.total) == ("count", 1, 2)


def test_a_job_within_a_long_transaction_stays_with_its_worker(transactional_db: None) -> None:
    job = taken(Job.objects.create(kind="count", subject=1))
    let_lease_run_out(job)
    held, asked = Event(), Event()

    def work() -> None:
        try:
            with transaction.atomic():
                jobs.report(job, stage="count", done=1, total=2)
                held.set()
                assert asked.wait(timeout=30)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(work)
        assert held.wait(timeout=30)
        assert jobs.take(job.pk) is None
        asked.set()
        done.result()


def test_an_error_that_may_pass_leaves_the_job_for_the_sweep_until_the_last_attempt() -> None:
    job = jobs.ask("count", 1)
    states, said = [], []
    for _ in range(settings.JOB_ATTEMPTS):
        jobs.put_back(taken(job), "The disk is full.")
        states.append(Job.objects.get().state)
        said.append(Job.objects.get().trouble)

    assert states == [Job.State.WAITING] * (settings.JOB_ATTEMPTS - 1) + [Job.State.FAILED]
    assert jobs.take(job.pk) is None
    assert said[0] == "The disk is full. It will be tried again."
    assert said[-1] == "The disk is full. Given up after 5 tries; what was recorded before is kept."


def test_a_job_whose_workers_die_each_time_is_given_up_with_a_sentence() -> None:
    job = jobs.ask("count", 1)
    for _ in range(settings.JOB_ATTEMPTS):
        taken(job)
        let_lease_run_out(job)

    assert jobs.take(job.pk) is None
    found = Job.objects.get()
    assert (found.state, found.lease_until) == (Job.State.FAILED, None)
    assert "5 times" in found.trouble
    assert not jobs.unfinished().exists()


def test_a_broker_that_refuses_does_not_fail_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("celery.app.base.Celery.send_task", refuse)

    jobs.ring(1)


def test_a_broker_that_hangs_keeps_the_caller_no_longer_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    hangs = Event()
    monkeypatch.setattr("celery.app.base.Celery.send_task", lambda *args, **options: hangs.wait(timeout=30))
    monkeypatch.setattr(jobs, "RING_SECONDS", 0.1)

    began = time.monotonic()
    jobs.ring(1)
    took = time.monotonic() - began
    hangs.set()

    assert took < 5


def test_a_bell_that_cannot_be_rung_at_all_does_not_fail_what_is_committed(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_thread(job_id: int) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(jobs, "ring", no_thread)

    assert jobs.ask("count", 1) == Job.objects.get()
