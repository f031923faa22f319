"""Stacks of their own for these tests, and a look at the processes they leave."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.devstack.places import Places


def processes_of(places: Places) -> list[str]:
    """The command lines that name this stack, zombies left out."""
    listing = subprocess.run(["ps", "-wweo", "stat=,args="], capture_output=True, text=True, check=True).stdout
    names = (str(places.sockets), str(places.wanted))
    return [line for line in listing.splitlines() if any(name in line for name in names) and line[0] != "Z"]


def wait_until_gone(places: Places, seconds: float = 20) -> list[str]:
    end = time.monotonic() + seconds
    while (left := processes_of(places)) and time.monotonic() < end:
        time.sleep(0.05)
    return left


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    """A state directory whose servers' folders are removed again, wherever they came to lie."""
    yield tmp_path / "state"
    places = Places(tmp_path / "state")
    assert wait_until_gone(places) == []
    shutil.rmtree(places.sockets, ignore_errors=True)
    shutil.rmtree(Path("/var/tmp") / places.name, ignore_errors=True)
