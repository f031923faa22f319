"""The Celery application: a doorbell. What is to be done stands in PostgreSQL (`denials.models.Job`)."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("overturn")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


YIELDS = 10
"""How far a worker stands back from who waits at a page, in steps of the system's niceness (0 to 19)."""


@worker_process_init.connect
def settle_in(**_: Any) -> None:
    """What is loaded by now stays: looking through it for garbage again and again takes a tenth of an import.

    Half of the processors are left to pages (`docs/decisions/workers-stand-back.md`).
    """
    gc.freeze()
    os.nice(YIELDS)
    if hasattr(os, "sched_setaffinity"):  # Linux alone lets a process say where it runs
        processors = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, processors[len(processors) // 2 :])
