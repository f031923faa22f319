"""Importing an 835: rows per second from file to rows, beside a bare COPY of the same rows into the same tables.

Both run in one process on one throw-away database, in turns, each in a transaction that is rolled back, with foreign
keys checked inside the measured time. Ours also reads the file, matches claims and counts; COPY gets its text ready
made, so it is the least that PostgreSQL can need. Each figure is the median of some rounds. The share of processor time
counts this process and PostgreSQL's; it holds better on a busy machine, but gives no credit for work done side by side.

Run as `python -m bench.importing`.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bench.reading import PAID_ON, write_sample

CLAIMS = 20_000
CLAIMS_BEFORE = 20_000
MORE_CLAIMS = 60_000
GOAL_SHARE = 0.60
GOAL_AGAIN = 2.0
GOAL_GROWTH_MIB = 40.0
GOAL = f"{GOAL_SHARE:.0%} of bare COPY, reading apart; {GOAL_GROWTH_MIB:.0f} MiB"
"""Reading has a goal of its own; the share was set on claims that were read before the clock started."""
TABLES = ("denials_remittance", "denials_claim", "denials_remittedclaim", "denials_remittedline", "denials_adjustment")


def measure(rounds: int = 5) -> dict[str, Any]:
    """Import and bare COPY in turns, a second import of a recorded file, and memory on a file three times as large."""
    from config.devstack.services import Stack

    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder, "stack")
        state.mkdir(mode=0o755)
        Path(folder).chmod(0o755)
        stack = Stack(state, ephemeral=True).start()
        try:
            environment = os.environ | stack.environment()
            environment |= {"OVERTURN_ENV": "test", "OVERTURN_MEDIA_DIR": f"{folder}/files"}
            environment |= {"DJANGO_SETTINGS_MODULE": "config.settings"}
            command = [sys.executable, "-m", "bench.importing", folder, str(rounds)]
            run = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        finally:
            stack.stop()
    result: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    met = result["share_without_reading"] >= GOAL_SHARE and result["again"] >= GOAL_AGAIN
    return {**result, "goals_met": met and result["growth_mib"] <= GOAL_GROWTH_MIB}


def in_short(result: dict[str, Any]) -> str:
    """The one row of the table of all benchmarks."""
    return (
        f"{result['share_without_reading']:.0%} of bare COPY ({result['share']:.0%} with reading),"
        f" {result['growth_mib']:.0f} MiB"
    )


def table(result: dict[str, Any]) -> str:
    """Lay the result out for a terminal."""
    return "\n".join(
        [
            f"Importing 835: {CLAIMS:,} claims, {result['rows']:,} rows; {CLAIMS_BEFORE:,} claims are there already",
            f"{'bare COPY':24} {result['copy_rows_a_second']:9,.0f} rows/s",
            f"{'import':24} {result['rows_a_second']:9,.0f} rows/s  {result['share']:.0%} of bare COPY",
            f"{'import, reading apart':24} {'':16}  {result['share_without_reading']:.0%} of bare COPY",
            f"{'import, processor time':24} {'':16}  {result['processor_share']:.0%} of bare COPY,"
            f" {result['processor_share_without_reading']:.0%} without reading",
            f"{'import again':24} {result['again']:9.1f} times as fast",
            f"{'memory added':24} {result['growth_mib']:9.1f} MiB over {MORE_CLAIMS:,} claims",
            f"goal {GOAL_SHARE:.0%} reading apart, {GOAL_AGAIN:.0f} times, {GOAL_GROWTH_MIB:.0f} MiB:"
            f" {'met' if result['goals_met'] else 'MISSED'}",
        ]
    )


class _Rolled(Exception):
    """Takes a measured transaction back."""


class _Took(NamedTuple):
    seconds: float
    processor: float
    """Seconds of processor time, of this process and of the database's beside it."""


class _Turn(NamedTuple):
    """One round: what is compared is done right after one another, for a busy machine's speed changes by the minute."""

    imported: _Took
    copied: _Took
    read: _Took
    again: float
    """Seconds for a file that is recorded."""


def _run(folder: Path, rounds: int) -> dict[str, Any]:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    gc.freeze()  # as each worker does when it starts (config.celery)
    before, file = _received(folder, CLAIMS_BEFORE, 1), _received(folder, CLAIMS, 2)
    _record(before)
    rows, buffers = _recorded_rows(file)
    turns = [_turn(before, file, buffers) for _ in range(rounds)]
    growth = _growth(_received(folder, MORE_CLAIMS, 3))

    def middle(value: Callable[[_Turn], float]) -> float:
        return median(map(value, turns))

    return {
        "rows": rows,
        "copy_rows_a_second": middle(lambda it: rows / it.copied.seconds),
        "rows_a_second": middle(lambda it: rows / it.imported.seconds),
        "share": middle(lambda it: it.copied.seconds / it.imported.seconds),
        "share_without_reading": middle(lambda it: it.copied.seconds / (it.imported.seconds - it.read.seconds)),
        "processor_share": middle(lambda it: it.copied.processor / it.imported.processor),
        "processor_share_without_reading": middle(
            lambda it: it.copied.processor / (it.imported.processor - it.read.processor)
        ),
        "again": middle(lambda it: it.imported.seconds / it.again * CLAIMS_BEFORE / CLAIMS),
        "growth_mib": growth,
    }


def _turn(before: Any, file: Any, buffers: dict[str, bytes]) -> _Turn:
    return _Turn(_timed(lambda: _record(file)), _timed(lambda: _copy(buffers)), _reading(file), _again(before))


def _received(folder: Path, claims: int, seed: int, paid_on: date = PAID_ON) -> Any:
    """A kept file; the preview is not measured, so it is left out."""
    from denials.keeping import keep
    from denials.models import RemittanceFile

    path = folder / f"{seed}.835"
    write_sample(path, claims, seed, paid_on)
    unlike = path.read_bytes().replace(b"CLP*BENCH", b"CLP*B%dN" % seed).replace(b"*BENCH0", b"*B%dT0" % seed)
    path.write_bytes(unlike)
    with path.open("rb") as stream:
        kept = keep(stream)
    preview = {"is_partial": False}
    return RemittanceFile.objects.create(
        sha256=kept.sha256, name=path.name, size=kept.size, content=kept.name, preview=preview
    )


def _record(file: Any) -> None:
    from denials import recording

    file.state = "recording"  # whatever a run that was taken back left on it
    recording.record(file, lambda stage, done, total: None)


def _timed(work: Callable[[], None]) -> _Took:
    """What the work takes with its foreign keys checked; nothing of it stays."""
    from django.db import connection, transaction

    took = _Took(0.0, 0.0)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            began, processor = time.perf_counter(), _processor_seconds()
            work()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            took = _Took(time.perf_counter() - began, _processor_seconds() - processor)
            raise _Rolled
    except _Rolled:
        return took


def _processor_seconds() -> float:
    from django.db import connection

    backend = connection.connection.info.backend_pid
    nanoseconds = Path(f"/proc/{backend}/schedstat").read_text(encoding="ascii").split()[0]
    return time.process_time() + int(nanoseconds) / 1e9


def _recorded_rows(file: Any) -> tuple[int, dict[str, bytes]]:
    """How many rows an import of the file makes, and their text as COPY takes it."""
    from django.db import connection, transaction

    buffers: dict[str, bytes] = {}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            first = {name: _last_id(cursor, name) for name in TABLES}
            _record(file)
            for name in TABLES:
                statement = f"COPY (SELECT * FROM {name} WHERE id > {first[name]} ORDER BY id) TO STDOUT"
                with cursor.copy(statement) as out:
                    buffers[name] = b"".join(bytes(part) for part in out)
            raise _Rolled
    except _Rolled:
        return sum(text.count(b"\n") for text in buffers.values()), buffers


def _last_id(cursor: Any, name: str) -> int:
    cursor.execute(f"SELECT coalesce(max(id), 0) FROM {name}")
    return int(cursor.fetchone()[0])


def _copy(buffers: dict[str, bytes]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for name, text in buffers.items():
            with cursor.copy(f"COPY {name} FROM STDIN") as into:
                into.write(text)


def _reading(file: Any) -> _Took:
    from denials.domain.remittance import read_remittances
    from denials.keeping import open_kept

    began, processor = time.perf_counter(), time.process_time()
    with open_kept(file.content.name) as source:
        for _ in read_remittances(source):
            pass
    return _Took(time.perf_counter() - began, time.process_time() - processor)


def _again(file: Any) -> float:
    """Seconds for an import of a file that is recorded."""
    began = time.perf_counter()
    _record(file)
    return time.perf_counter() - began


def _growth(file: Any) -> float:
    """MiB that the peak of this process rises by while it imports a larger file."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _peak_mib()
    _record(file)
    return _peak_mib() - before


def _peak_mib() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


if __name__ == "__main__":
    if len(sys.argv) == 3:
        import django

        django.setup()
        print(json.dumps(_run(Path(sys.argv[1]), int(sys.argv[2]))))
    else:
        print(table(measure()))
