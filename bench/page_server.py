"""What the web server of the benchmark of pages runs: Overturn, with its floors among the addresses.

A browser of the benchmark may ask it to forget first what it keeps in memory, by the header Forget: "all", as a process
that has just begun, whereafter it finds what was kept as it was; "counts", so that this page counts anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from bench import page_floors
from config.wsgi import application as overturn

page_floors.add(json.loads(Path(os.environ["BENCH_FLOORS"]).read_text()))


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    with FORGETS[environ.get("HTTP_FORGET", "")]():
        return overturn(environ, start)


@contextmanager
def _everything_forgotten() -> Iterator[None]:
    from accounts import kept_reads, statements
    from config.templatetags import kept
    from worklists import cached_numbers

    all_kept: list[dict[Any, Any]] = [
        statements._KEPT, statements._TEXTS, kept._kept, kept_reads._rows, kept_reads._together, cached_numbers._kept,
    ]  # fmt: skip
    before = [dict(each) for each in all_kept]
    for each in all_kept:
        each.clear()
    yield
    for each, was in zip(all_kept, before, strict=True):
        each.update(was)


@contextmanager
def _counts_forgotten() -> Iterator[None]:
    from worklists import cached_numbers

    for key in [key for key in cached_numbers._kept if isinstance(key, tuple) and key[0] == "counts"]:
        del cached_numbers._kept[key]
    yield


FORGETS: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "": nullcontext,
    "all": _everything_forgotten,
    "counts": _counts_forgotten,
}
