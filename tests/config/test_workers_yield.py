"""Who waits at a page comes before what is done in the background."""

from __future__ import annotations

import subprocess
import sys

SETTLED = "import os; from config.celery import settle_in; before = os.nice(0); settle_in(); print(os.nice(0) - before)"


def test_a_worker_stands_back_from_the_pages() -> None:
    told = subprocess.run([sys.executable, "-c", SETTLED], capture_output=True, text=True, check=True)
    assert int(told.stdout) > 0
