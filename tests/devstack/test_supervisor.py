from __future__ import annotations

import contextlib
import os
import socket
import sys
import time
from pathlib import Path

import pytest

from config.devstack import demo
from config.devstack.places import StackError
from config.devstack.supervisor import Program, Supervisor, say


@pytest.fixture
def supervisor(tmp_path: Path) -> Supervisor:
    return Supervisor(tmp_path, dict(os.environ))


def python(name: str, program: str, *, may_fail: bool = False) -> Program:
    return Program(name, [sys.executable, "-c", program], may_fail=may_fail)


def watch_for(supervisor: Supervisor, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not supervisor.stopping:
        supervisor.relay()
        supervisor.watch()


def test_lines_appear_under_the_name_of_their_program(
    supervisor: Supervisor, capfd: pytest.CaptureFixture[str]
) -> None:
    supervisor.run_to_end(python("prepare", "print('one'); print('two', end='')"))
    assert capfd.readouterr().out == "prepare | one\nprepare | two\n"
    assert not supervisor.stopping


def test_a_preparation_that_fails_ends_all(supervisor: Supervisor) -> None:
    supervisor.run_to_end(python("prepare", "raise SystemExit(3)"))
    assert supervisor.stopping
    assert supervisor.failure == "prepare failed (exit code 3): see the lines above"


def test_the_end_of_the_web_server_ends_all(supervisor: Supervisor) -> None:
    supervisor.start(python("web", "raise SystemExit(4)"))
    watch_for(supervisor, 10)
    assert supervisor.failure == "web ended with exit code 4"


def test_a_worker_that_ends_is_started_again_after_a_pause(supervisor: Supervisor, tmp_path: Path) -> None:
    log = tmp_path / "starts"
    worker = python("worker", f"open({str(log)!r}, 'a').write('x')", may_fail=True)
    supervisor.start(worker)
    watch_for(supervisor, 2)
    supervisor.stop()
    assert log.read_text() == "xx"
    assert worker.pause == 2.0
    assert not supervisor.failure


def test_what_does_not_listen_is_killed(supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.devstack.supervisor.PATIENCE", 0.3)
    deaf = python(
        "worker", "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    )
    supervisor.start(deaf)
    assert deaf.process is not None
    assert deaf.process.stdout is not None
    while not deaf.process.stdout.peek():  # type: ignore[attr-defined]  # a BufferedReader
        time.sleep(0.01)
    supervisor.stop()
    assert deaf.process.returncode == -9


def test_a_terminal_that_was_closed_keeps_nothing_from_being_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        say("demo", "stopping")
        monkeypatch.undo()
        with contextlib.suppress(OSError):
            full.close()


def test_a_busy_port_gives_way_to_the_next_one(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        wanted = busy.getsockname()[1]
        monkeypatch.setenv("PORT", str(wanted))
        with demo.open_port() as door:
            assert wanted < door.getsockname()[1] < wanted + demo.PORTS_TO_TRY
    assert f"port {wanted} is busy" in capfd.readouterr().out


def test_where_no_port_is_free_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "PORTS_TO_TRY", 1)
    with socket.create_server(("127.0.0.1", 0)) as busy:
        monkeypatch.setenv("PORT", str(busy.getsockname()[1]))
        with pytest.raises(StackError, match="set PORT"):
            demo.open_port()
