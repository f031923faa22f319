"""What the programs of these tests do: `python -m tests.faults.program ACTION ARGUMENT`.

Each says "ready" once it stands at the start, waits for a line, does its work, and prints what came of it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import django


def work(argument: str) -> str:
    """Works on a job until somebody has finished it, as a worker under the sweep would."""
    from config import pipeline
    from denials.models import Job

    while not Job.objects.get(pk=argument).is_finished:
        pipeline.run(int(argument))
        time.sleep(0.1)
    return "finished"


def record(argument: str) -> str:
    """Records a file without any job or lease in between."""
    from denials import recording
    from denials.models import RemittanceFile

    recording.record(RemittanceFile.objects.get(pk=argument), lambda stage, done, total: None)
    return "recorded"


def receive(argument: str) -> str:
    """Brings a file in; says whether it was new."""
    from denials import intake

    with Path(argument).open("rb") as stream:
        return str(intake.receive(stream, "upload.835", None).is_new)


def upload(argument: str) -> str:
    """Brings a file in and confirms it as the page does; says how many seconds the confirmation took."""
    from denials import intake

    with Path(argument).open("rb") as stream:
        file = intake.receive(stream, "upload.835", None).file
    began = time.monotonic()
    intake.confirm(file, None)
    return f"{time.monotonic() - began:.2f}"


ACTIONS = {"work": work, "record": record, "receive": receive, "upload": upload}

if __name__ == "__main__":
    django.setup()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(ACTIONS[sys.argv[1]](sys.argv[2]) + "\n")
