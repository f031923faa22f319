"""Redis away or hung: an upload answers at once, its job waits, and whoever comes later finishes it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from config import pipeline
from denials.models import Job, Remittance, RemittanceFile
from tests.faults.real_processes import running
from tests.remittance_text import Payment, file_of

AT_ONCE = 3.0
"""Seconds on a busy machine; a page that hung would take 60."""
Broker = Callable[[], AbstractContextManager[str]]


@contextmanager
def nobody_there() -> Iterator[str]:
    yield "redis+socket:///nowhere/valkey.sock"


@contextmanager
def never_answering() -> Iterator[str]:
    """Takes connections and says nothing, as a frozen or cut-off Redis does."""
    with TemporaryDirectory() as folder, closing(socket.socket(socket.AF_UNIX)) as hung:
        hung.bind(f"{folder}/hung.sock")
        hung.listen(16)
        yield f"redis+socket://{folder}/hung.sock"


@pytest.mark.parametrize("broker", [nobody_there, never_answering])
def test_an_upload_answers_at_once_and_its_job_waits(site: None, tmp_path: Path, broker: Broker) -> None:
    path = tmp_path / "upload.835"
    path.write_bytes(file_of(Payment()))

    with broker() as url, running("-m", "tests.faults.program", "upload", str(path), REDIS_URL=url) as page:
        answer, _ = page.communicate("\n", timeout=90)

    assert float(answer.split()[-1]) < AT_ONCE
    job = Job.objects.get()
    assert (job.state, job.attempts) == (Job.State.WAITING, 0)
    assert RemittanceFile.objects.get().state == RemittanceFile.State.RECORDING

    pipeline.run(job.pk)

    assert Job.objects.get().state == Job.State.DONE
    assert Remittance.objects.get().state == Remittance.State.SETTLED
