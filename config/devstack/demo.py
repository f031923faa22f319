"""`python -m config.devstack.demo`: all of Overturn on one machine, with a synthetic practice. Ctrl-C stops it."""

from __future__ import annotations

import os
import selectors
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping

import django

from config.devstack.places import LOCAL_STATE, PROJECT, StackError
from config.devstack.services import Stack
from config.devstack.supervisor import Program, Supervisor, say

FIRST_PORT = 8000
PORTS_TO_TRY = 50
GUNICORN = (
    "config.wsgi --preload --worker-class gthread --workers 2 --threads 4 --graceful-timeout 2 --no-control-socket"
)
WORKER = "-A config worker --loglevel INFO --concurrency 2 --without-gossip --without-mingle"
NO_WARNING_FOR_ROOT = "ignore:You're running the worker with superuser"
BEAT = "-A config beat --loglevel WARNING"


def open_port() -> socket.socket:
    """Listens on PORT, or on the next port that is free. From here on a browser waits instead of being refused."""
    wanted = int(os.environ.get("PORT") or FIRST_PORT)
    for port in range(wanted, wanted + PORTS_TO_TRY):
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except OSError:
            door.close()
            continue
        door.listen(64)
        if port != wanted:
            say("demo", f"port {wanted} is busy, so this is port {port}")
        return door
    raise StackError(f"No port from {wanted} to {wanted + PORTS_TO_TRY - 1} is free: set PORT to one that is.")


def demo_environment(stack: Stack | None) -> dict[str, str]:
    defaults = {"OVERTURN_ENV": "demo", **(stack.environment() if stack else {})}
    return {**defaults, **os.environ, "PYTHONUNBUFFERED": "1"}


def started_at() -> float:
    """When `make` began, so that the time we tell is the time that a person waited."""
    return float(os.environ.get("DEMO_STARTED") or time.time())


class FirstPage(threading.Thread):
    """Asks for the first page until it is there."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address = address
        self.is_up = threading.Event()
        self.problem = ""

    def run(self) -> None:
        while not self.is_up.is_set():
            try:
                urllib.request.urlopen(self.address, timeout=60).close()
                self.problem = ""
                self.is_up.set()
            except urllib.error.HTTPError as error:
                self.problem = f"the first page answers {error.code}: see the lines of web"
                self.is_up.set()
            except OSError:
                time.sleep(0.1)


def logins(environment: Mapping[str, str]) -> list[str]:
    """One line per role. The people are described with Django's models, so Django has to be set up to name them."""
    os.environ.update(environment)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from config.demo_people import DEMO_PEOPLE

    of_role = {person.role: person for person in reversed(DEMO_PEOPLE)}
    return [f"  {person.username:<12}{person.password:<22}{person.title}" for person in of_role.values()][::-1]


class Demo:
    def __init__(self, stack: Stack | None, door: socket.socket) -> None:
        self.door = door
        self.address = f"http://127.0.0.1:{door.getsockname()[1]}/"
        self.supervisor = Supervisor(PROJECT, demo_environment(stack))
        self.schedule = (stack.places.sockets if stack else LOCAL_STATE) / "beat-schedule"
        if stack:
            told = "PostgreSQL or Valkey has stopped"
            self.supervisor.selector.register(stack.fileno(), selectors.EVENT_READ, told)

    def run(self) -> None:
        self.supervisor.listen_to_signals()
        self.supervisor.run_to_end(Program("prepare", [sys.executable, "manage.py", "prepare", "--demo"]))
        if self.supervisor.stopping:
            return
        self._start_web()
        page = FirstPage(self.address)
        page.start()
        others_wait = True
        while not self.supervisor.stopping:
            if others_wait and page.is_up.is_set():
                others_wait = False
                self._welcome(page)
                self._start_background_work()
            self.supervisor.relay()
            self.supervisor.watch()

    def _start_web(self) -> None:
        bind = f"fd://{self.door.fileno()}"
        command = [sys.executable, "-m", "gunicorn", *GUNICORN.split(), "--bind", bind]
        self.supervisor.start(Program("web", command, pass_fds=(self.door.fileno(),)))

    def _start_background_work(self) -> None:
        celery = [sys.executable, "-W", NO_WARNING_FOR_ROOT, "-m", "celery", "--quiet"]
        beat = [*celery, *BEAT.split(), "--schedule", str(self.schedule)]
        self.supervisor.start(Program("worker", [*celery, *WORKER.split()], may_fail=True))
        self.supervisor.start(Program("beat", beat, may_fail=True))

    def _welcome(self, page: FirstPage) -> None:
        say("demo", page.problem or f"first page ready in {time.time() - started_at():.1f} s")
        say("demo", "")
        say("demo", f"Overturn is at {self.address}")
        for line in logins(self.supervisor.environment):
            say("demo", line)
        say("demo", "Ctrl-C stops everything and keeps your data.")
        say("demo", "")


def start_stack() -> Stack | None:
    """The local servers, unless both are named from outside."""
    if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
        return None
    began = time.monotonic()
    stack = Stack(LOCAL_STATE).start()
    found = "found running" if stack.was_running else f"started in {time.monotonic() - began:.1f} s"
    say("demo", f"PostgreSQL and Valkey {found}")
    return stack


def main() -> int:
    stack: Stack | None = None
    demo: Demo | None = None
    try:
        with open_port() as door:
            stack = start_stack()
            demo = Demo(stack, door)
            demo.run()
    except StackError as error:
        say("demo", str(error))
        return 1
    except KeyboardInterrupt:
        pass  # pressed before there was anything to stop
    finally:
        stop(demo, stack)
    if demo and demo.supervisor.failure:
        say("demo", f"stopped: {demo.supervisor.failure}")
        return 1
    return 0


def stop(demo: Demo | None, stack: Stack | None) -> None:
    began = time.monotonic()
    if demo:
        say("demo", "stopping")
        demo.supervisor.stop()
    if stack:
        stack.stop()
        say("demo", f"all stopped in {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    raise SystemExit(main())
