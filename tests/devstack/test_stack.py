"""The real servers: started, shared, stopped, and killed in every way."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from config.devstack.places import PROJECT, Places, StackError
from config.devstack.services import Stack
from tests.devstack.conftest import processes_of, wait_until_gone


def kill(places: Places, program: str) -> None:
    listing = subprocess.run(["ps", "-wweo", "pid=,args="], capture_output=True, text=True, check=True).stdout
    names = (str(places.sockets), str(places.wanted))
    found = [line for line in listing.splitlines() if program in line and any(name in line for name in names)]
    os.kill(int(found[0].split()[0]), signal.SIGKILL)


def test_servers_are_shared_and_stop_with_their_last_user(state: Path) -> None:
    first = Stack(state, ephemeral=True).start()
    second = Stack(state, ephemeral=True).start()
    assert (first.was_running, second.was_running) == (False, True)

    first.stop()
    with psycopg.connect(second.environment()["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)

    second.stop()
    assert wait_until_gone(second.places) == []
    assert not second.places.sockets.exists()


def test_joining_running_servers_takes_less_than_50_ms(state: Path) -> None:
    with_servers = Stack(state, ephemeral=True).start()
    times = [time_to_join(state) for _ in range(5)]
    with_servers.stop()
    assert min(times) < 0.05


def time_to_join(state: Path) -> float:
    began = time.perf_counter()
    another = Stack(state, ephemeral=True).start()
    took = time.perf_counter() - began
    another.stop()
    return took


def test_text_sorts_the_same_on_every_machine(state: Path) -> None:
    stack = Stack(state, ephemeral=True).start()
    with psycopg.connect(stack.environment()["DATABASE_URL"]) as connection:
        rows = connection.execute("SELECT name FROM (VALUES ('b'), ('ä'), ('B'), ('a')) AS list(name) ORDER BY 1")
        assert [name for (name,) in rows] == ["B", "a", "b", "ä"]
    stack.stop()


def test_a_user_killed_outright_takes_the_servers_along(state: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from config.devstack.services import Stack;"
        "Stack(Path(sys.argv[1]), ephemeral=True).start(); print('up', flush=True); time.sleep(60)"
    )
    user = subprocess.Popen([sys.executable, "-c", program, str(state)], cwd=PROJECT, stdout=subprocess.PIPE)
    assert user.stdout is not None
    with user, user.stdout:
        assert user.stdout.readline() == b"up\n"
        assert processes_of(Places(state))
        user.kill()
    assert wait_until_gone(Places(state)) == []


def test_data_survive_when_the_keeper_is_killed(state: Path) -> None:
    stack = Stack(state).start()
    with psycopg.connect(stack.environment()["DATABASE_URL"]) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    kill(stack.places, "config.devstack.keeper")

    again = Stack(state).start()
    with psycopg.connect(again.environment()["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    again.stop()
    stack.stop()


@pytest.mark.parametrize("program", ["bin/postgres", "valkey-server"])
def test_users_notice_that_a_server_died(state: Path, program: str) -> None:
    stack = Stack(state, ephemeral=True).start()
    kill(stack.places, program)
    readable, _, _ = select.select([stack], [], [], 20)
    assert readable == [stack]
    stack.stop()


def test_two_that_start_at_once_get_the_same_servers(state: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from config.devstack.services import Stack;"
        "stack = Stack(Path(sys.argv[1]), ephemeral=True).start(); print('up', flush=True); sys.stdin.read();"
        "stack.stop()"
    )
    command = [sys.executable, "-c", program, str(state)]
    users = [subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(2)]
    assert [user.stdout.readline() for user in users if user.stdout] == [b"up\n", b"up\n"]
    assert len([line for line in processes_of(Places(state)) if "bin/postgres -D" in line]) == 1
    for user in users:
        user.communicate(timeout=30)
        assert user.returncode == 0


def test_without_servers_the_error_says_what_to_do(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.setattr("config.devstack.services.sys.executable", "/usr/bin/env")
    with pytest.raises(StackError):
        Stack(state).start()
