from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from config.devstack.places import PROJECT
from config.devstack.pytest_plugin import is_pure


@pytest.mark.parametrize(
    ("arguments", "pure"),
    [
        ([], False),
        (["tests/domain"], True),
        (["tests/domain/test_x12.py::test_reads"], True),
        (["tests/domain", "tests/devstack"], False),
        (["tests"], False),
    ],
    ids=str,
)
def test_only_tests_of_the_domain_do_without_servers(arguments: list[str], pure: bool) -> None:
    assert is_pure([str(PROJECT / argument) for argument in arguments]) is pure


def test_a_test_run_killed_outright_leaves_no_process(tmp_path: Path) -> None:
    begun, folder = tmp_path / "begun", tmp_path / "tmp"
    folder.mkdir()
    (tmp_path / "test_long.py").write_text(
        f"import time\n\ndef test_long():\n    open({str(begun)!r}, 'w').close()\n    time.sleep(60)\n"
    )
    run = start_pytest(tmp_path / "test_long.py", folder)
    assert wait_for(begun.exists)
    assert "keeper" in listing(folder)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert wait_for(lambda: listing(folder) == "")


def start_pytest(test: Path, temporary_folder: Path) -> subprocess.Popen[bytes]:
    """A test run of its own, with nothing inherited from this one, whose servers are known by their folder."""
    options = ["-c", "/dev/null", "-p", "no:valkey", "-p", "no:django", "-p", "config.devstack.pytest_plugin"]
    dropped = {"DATABASE_URL", "REDIS_URL", "PYTEST_XDIST_WORKER", "OVERTURN_TEST_STACK"}
    environment = {name: value for name, value in os.environ.items() if name not in dropped}
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", *options, str(test)],
        cwd=PROJECT,
        env={**environment, "TMPDIR": str(temporary_folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def listing(folder: Path) -> str:
    lines = subprocess.run(["ps", "-wweo", "stat=,args="], capture_output=True, text=True, check=True).stdout
    return "\n".join(line for line in lines.splitlines() if str(folder) in line and line[0] != "Z")


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.1)
    return condition()
