"""Starts programs that cannot outlive the one that started them, and stops them."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2), Linux only


def die_with_parent(signal_number: signal.Signals) -> Callable[[], None] | None:
    """For `preexec_fn`: the kernel sends the signal to the child when the thread that started it ends.

    A change of user clears the setting, so it belongs where Python calls `preexec_fn`: after that change.
    """
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def ask_the_kernel() -> None:
        library.prctl(SET_PARENT_DEATH_SIGNAL, int(signal_number))
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel


def spawn(
    command: Sequence[str | Path],
    *,
    stop_signal: signal.Signals,
    environment: Mapping[str, str],
    output: IO[bytes] | int,
    folder: Path = Path("/"),
    options: Mapping[str, Any] | None = None,
) -> subprocess.Popen[bytes]:
    """A child in a session of its own (Ctrl-C is ours to handle), stopped by `stop_signal` when we die."""
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env=dict(environment),
        start_new_session=True,
        preexec_fn=die_with_parent(stop_signal),
        **(options or {}),
    )


def stop(process: subprocess.Popen[bytes], stop_signal: signal.Signals, *, seconds: float = 10) -> None:
    """Asks the process to stop, and kills its whole group when it does not listen."""
    if process.poll() is None:
        process.send_signal(stop_signal)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
