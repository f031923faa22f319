"""kill -9 in the middle of an import: whoever takes over finishes it, nothing is lost, nothing is there twice."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest

from denials import intake
from denials.models import Job, RemittanceFile
from tests.faults.nothing_lost import assert_all_arrived_once
from tests.faults.real_processes import LEASE_SECONDS, is_finished, kill, running, wait_for

PROGRAM = ("-m", "tests.faults.program")
KILLS = 4


def kill_worker_after(seconds: float, job: Job) -> None:
    with running(*PROGRAM, "work", str(job.pk)) as worker:
        assert worker.stdout is not None
        assert worker.stdin is not None
        assert worker.stdout.readline() == "ready\n"
        worker.stdin.write("\n")
        worker.stdin.flush()
        time.sleep(seconds)
        kill(worker)


def finish(job: Job) -> None:
    """A worker that nobody disturbs."""
    with running(*PROGRAM, "work", str(job.pk)) as worker:
        worker.communicate("\n", timeout=120)
    assert is_finished(job)
    assert job.state == Job.State.DONE


@pytest.mark.parametrize("seed", range(2))
def test_an_import_that_is_killed_again_and_again_arrives_whole_and_once(
    sizeable: tuple[RemittanceFile, bytes], seed: int
) -> None:
    file, content = sizeable
    job = intake.confirm(file, None)
    chance = random.Random(seed)

    for _ in range(KILLS):
        kill_worker_after(chance.uniform(0.05, 2.0), job)
        if is_finished(job):
            break
        time.sleep(LEASE_SECONDS * chance.random())
    finish(job)

    assert_all_arrived_once(file, content)


def test_a_worker_that_stood_still_beyond_its_lease_does_nothing_twice(sizeable: tuple[RemittanceFile, bytes]) -> None:
    file, content = sizeable
    job = intake.confirm(file, None)

    with running(*PROGRAM, "work", str(job.pk)) as still, running(*PROGRAM, "work", str(job.pk)) as other:
        for worker in (still, other):
            assert worker.stdout is not None
            assert worker.stdout.readline() == "ready\n"
        assert still.stdin is not None
        still.stdin.write("\n")
        still.stdin.flush()
        wait_for(lambda: file.remittances.exists())
        os.kill(still.pid, signal.SIGSTOP)
        assert other.stdin is not None
        other.stdin.write("\n")
        other.stdin.flush()
        time.sleep(LEASE_SECONDS + 1)
        os.kill(still.pid, signal.SIGCONT)
        wait_for(lambda: is_finished(job))

    assert job.state == Job.State.DONE
    assert_all_arrived_once(file, content)
