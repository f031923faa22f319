"""A real Celery worker over the real broker: killed in the middle, started again, nothing lost, nothing twice."""

from __future__ import annotations

import time
from collections.abc import Callable

from config import tasks
from denials import intake
from denials.models import Job, RemittanceFile
from tests.faults.nothing_lost import assert_all_arrived_once
from tests.faults.real_processes import is_finished, kill, running, wait_for

WORKER = (
    *("-m", "celery", "-A", "config", "worker", "--concurrency", "1"),
    *("--loglevel", "ERROR", "--without-gossip", "--without-mingle"),
)


def sweeping_until(done: Callable[[], bool], seconds: float = 120) -> None:
    """What beat does each 20 s, each second."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "the sweep did not bring it to an end in time"
        tasks.sweep_jobs()
        time.sleep(1)


def test_a_worker_takes_a_confirmed_file_through_to_work_items(sizeable: tuple[RemittanceFile, bytes]) -> None:
    file, content = sizeable

    with running(*WORKER):
        job = intake.confirm(file, None)
        wait_for(lambda: is_finished(job), 120)

    assert job.state == Job.State.DONE
    assert_all_arrived_once(file, content)


def test_a_worker_killed_in_the_middle_is_followed_by_one_that_finishes(
    sizeable: tuple[RemittanceFile, bytes],
) -> None:
    file, content = sizeable
    job = intake.confirm(file, None)

    with running(*WORKER) as worker:
        wait_for(lambda: file.remittances.exists(), 120)
        kill(worker)
    assert not is_finished(job)
    with running(*WORKER):
        sweeping_until(lambda: is_finished(job))

    assert job.state == Job.State.DONE
    assert job.attempts == 2
    assert_all_arrived_once(file, content)


def test_a_bell_that_was_lost_is_rung_again_by_the_sweep(sizeable: tuple[RemittanceFile, bytes]) -> None:
    file, content = sizeable
    job = Job.objects.create(kind=intake.RECORD_FILE, subject=file.pk)

    with running(*WORKER):
        sweeping_until(lambda: is_finished(job))

    assert_all_arrived_once(file, content)
