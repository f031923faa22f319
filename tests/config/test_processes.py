"""How processes settle in before they do anything for anybody."""

from __future__ import annotations

import subprocess
import sys

STANDS_BACK = (
    "import os; from config.celery import settle_in; before = os.nice(0); settle_in(); print(os.nice(0) - before)"
)
PROCESSORS = (
    "import os; from config.celery import settle_in; given = len(os.sched_getaffinity(0)); settle_in();"
    " print(given - len(os.sched_getaffinity(0)) - given // 2)"
)
LOADED = "import gc, sys, config.wsgi; print(gc.get_freeze_count() if 'worklists.views.item' in sys.modules else 0)"


def test_a_worker_stands_back_from_the_pages() -> None:
    assert _told(STANDS_BACK) > 0


def test_a_worker_leaves_half_of_the_processors_to_the_pages() -> None:
    assert _told(PROCESSORS) == 0


def test_a_web_process_has_loaded_its_pages_and_keeps_them_out_of_garbage() -> None:
    assert _told(LOADED) > 0


def _told(told: str) -> int:
    return int(subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout)
