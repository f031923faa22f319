"""Gives the tests throw-away servers, before Django's settings load. Workers of pytest-xdist share them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from config.devstack.places import PROJECT
from config.devstack.services import Stack
from config.devstack.valkey import broker_url

PURE = PROJECT / "tests" / "domain"
NO_DATABASE = {"DATABASE_URL": "postgresql:///pure-tests-have-none", "REDIS_URL": "redis://none.invalid"}
STACK_OF_TESTS = "OVERTURN_TEST_STACK"
running: list[Stack] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    os.environ["OVERTURN_ENV"] = "test"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in the tests' thread
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        give_worker_its_broker(int(worker.removeprefix("gw")))
    elif is_pure(early_config.known_args_namespace.file_or_dir):
        os.environ.update(NO_DATABASE)
    elif "DATABASE_URL" not in os.environ or "REDIS_URL" not in os.environ:
        start_servers()


def is_pure(arguments: list[str]) -> bool:
    """Whether only tests without a database are asked for."""
    paths = [Path(argument.split("::")[0]).resolve() for argument in arguments]
    return bool(paths) and all(path.is_relative_to(PURE) for path in paths)


def start_servers() -> None:
    folder = Path(tempfile.mkdtemp(prefix="overturn-test-"))
    folder.chmod(0o755)
    stack = Stack(folder, ephemeral=True).start()
    running.append(stack)
    for name, value in stack.environment().items():
        os.environ.setdefault(name, value)
    os.environ[STACK_OF_TESTS] = str(stack.places.sockets)


def give_worker_its_broker(number: int) -> None:
    """Each worker has a database of its own, so its tasks must not reach the Celery of another one."""
    if sockets := os.environ.get(STACK_OF_TESTS):
        os.environ["REDIS_URL"] = broker_url(Path(sockets), number)


def pytest_unconfigure() -> None:
    while running:
        running.pop().stop()
