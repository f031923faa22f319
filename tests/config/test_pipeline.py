"""The data's way: every stage in its turn, once, whatever a run before it left unfinished."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from config import pipeline
from denials import dictionary, intake, jobs, time_limits
from denials.models import Denial, Job, Remittance, RemittanceFile
from tests.cast import Cast
from tests.denials.recorded import received
from tests.remittance_text import Claim, Payment, file_of
from worklists import defaults
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db

ONE_DENIED = file_of(Payment((Claim("RC-1"), Claim("RC-2", "50.00", "50.00"))))


@pytest.fixture(autouse=True)
def site(db: None) -> None:
    dictionary.load()
    time_limits.load()
    defaults.load_defaults()


def asked(content: bytes = ONE_DENIED) -> Job:
    return intake.confirm(received(content), None)


def failing(times: int, verb: Callable[[Remittance], None]) -> Callable[[Remittance], None]:
    """The verb, after it has broken down so many times."""
    left = [times]

    def run(remittance: Remittance) -> None:
        if left[0]:
            left[0] -= 1
            raise ConnectionResetError("patient Fictional")
        verb(remittance)

    return run


def with_stage(monkeypatch: pytest.MonkeyPatch, position: int, verb: Callable[[Remittance], None]) -> None:
    stages = list(pipeline.STAGES)
    stages[position] = stages[position]._replace(verb=verb)
    monkeypatch.setattr(pipeline, "STAGES", tuple(stages))


def test_a_confirmed_file_becomes_one_item_in_one_queue_for_its_one_denial() -> None:
    job = asked()

    pipeline.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.trouble) == (Job.State.DONE, 1, "")
    assert RemittanceFile.objects.get().state == RemittanceFile.State.RECORDED
    assert Remittance.objects.get().state == Remittance.State.SETTLED
    assert WorkItem.objects.get().denial == Denial.objects.get(is_denial=True)


def test_a_finished_job_is_not_run_again() -> None:
    job = asked()
    pipeline.run(job.pk)

    pipeline.run(job.pk)

    job.refresh_from_db()
    assert job.attempts == 1
    assert WorkItem.objects.count() == 1


def test_a_held_payment_waits_and_goes_on_once_it_is_released(cast: Cast) -> None:
    pipeline.run(asked(file_of(Payment(amount="70.00"))).pk)
    held = Remittance.objects.get()
    assert (held.state, Denial.objects.count()) == (Remittance.State.HELD, 0)

    pipeline.run(intake.release(held, cast.mara, "the payer says so").pk)

    held.refresh_from_db()
    assert held.state == Remittance.State.SETTLED
    assert WorkItem.objects.count() == 1


def test_a_payment_set_aside_makes_no_work(cast: Cast) -> None:
    job = asked(file_of(Payment(amount="70.00")))
    pipeline.run(job.pk)
    intake.set_aside(Remittance.objects.get(), cast.mara, "sent in error")

    pipeline.finish([Remittance.objects.get().pk], lambda stage, done, total: None)

    assert not Denial.objects.exists()


@pytest.mark.parametrize("stage", [0, 1, 2])
def test_a_stage_that_broke_down_is_taken_up_where_it_stood(monkeypatch: pytest.MonkeyPatch, stage: int) -> None:
    with_stage(monkeypatch, stage, failing(1, pipeline.STAGES[stage].verb))
    job = asked()

    pipeline.run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.WAITING
    assert "will be tried again" in job.trouble
    assert "Fictional" not in job.trouble
    pipeline.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DONE, 2)
    assert (Denial.objects.filter(is_denial=True).count(), WorkItem.objects.count()) == (1, 1)


def test_a_stage_that_never_works_fails_the_job_for_people_to_see(monkeypatch: pytest.MonkeyPatch) -> None:
    with_stage(monkeypatch, 0, failing(99, pipeline.STAGES[0].verb))
    job = asked()

    for _ in range(9):
        pipeline.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.FAILED, 5)
    assert "ConnectionResetError" in job.trouble
    assert Remittance.objects.get().state == Remittance.State.RECORDED


def test_a_worker_that_lost_its_lease_writes_nothing_more() -> None:
    job = asked()

    def taken_over(stage: str, done: int, total: int) -> None:
        Job.objects.filter(pk=job.pk).update(attempts=9)

    pipeline.run(job.pk, taken_over)

    assert not Remittance.objects.exists()
    assert Job.objects.get().state == Job.State.RUNNING


def test_a_job_under_a_lease_is_left_alone_until_the_lease_is_over() -> None:
    job = asked()
    Job.objects.update(state=Job.State.RUNNING, attempts=1, lease_until=Now() + timedelta(minutes=1))
    pipeline.run(job.pk)
    assert not Remittance.objects.exists()

    Job.objects.update(lease_until=Now() - timedelta(seconds=1))
    assert list(jobs.unfinished()) == [job]
    pipeline.run(job.pk)

    assert Remittance.objects.get().state == Remittance.State.SETTLED


def test_progress_is_told_by_stage_and_ends_at_the_end() -> None:
    told: list[tuple[str, int, int]] = []

    pipeline.run(asked().pk, lambda *progress: told.append(progress))

    assert told[0][0] == "record"
    assert told[-1] == ("settle", 3, 3)
    assert all(done <= total for _, done, total in told)
