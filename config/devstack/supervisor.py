"""Runs several programs as one: their lines under their names, their ends noticed, all stopped together."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.devstack import processes

LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
PATIENCE = 6.0


def say(name: str, text: str) -> None:
    with contextlib.suppress(OSError):  # a terminal that was closed must not keep us from stopping everything
        print(f"{name:<8}| {text}", flush=True)


@dataclass
class Program:
    """A child program. One that `may_fail` is started again, after pauses that grow; the end of another ends all."""

    name: str
    command: list[str]
    may_fail: bool = False
    pass_fds: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 1.0
    rest: bytes = b""

    @property
    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None


class Supervisor:
    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder, self.environment = folder, environment
        self.selector = selectors.DefaultSelector()
        self.programs: list[Program] = []
        self.stopping = False
        self.failure = ""

    def listen_to_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._be_told_to_stop)

    def _be_told_to_stop(self, *_: object) -> None:
        self.stopping = True

    def fail(self, why: str) -> None:
        """Ends everything; the first reason given is the one to tell."""
        self.failure = self.failure or why
        self.stopping = True

    def start(self, program: Program) -> None:
        program.started = time.monotonic()
        program.process = processes.spawn(
            program.command,
            stop_signal=signal.SIGTERM,
            environment=self.environment,
            output=subprocess.PIPE,
            folder=self.folder,
            options={"pass_fds": program.pass_fds},
        )
        assert program.process.stdout is not None
        os.set_blocking(program.process.stdout.fileno(), False)
        self.selector.register(program.process.stdout, selectors.EVENT_READ, program)
        if program not in self.programs:
            self.programs.append(program)

    def run_to_end(self, program: Program) -> None:
        """Runs a program that has to succeed before anything else makes sense."""
        self.start(program)
        while not program.ended and not self.stopping:
            self.relay()
        self._forget(program)
        if program.process and program.process.returncode:
            self.fail(f"{program.name} failed (exit code {program.process.returncode}): see the lines above")

    def relay(self) -> None:
        """Passes on what the programs say, for a moment."""
        for key, _ in self.selector.select(timeout=0.2):
            if isinstance(key.data, Program):
                self._pass_on(key.data, key.fd)
            else:
                self.selector.unregister(key.fileobj)
                self.fail(str(key.data))

    def watch(self) -> None:
        """Ends all, or starts one again, when a program has ended by itself."""
        for program in [program for program in self.programs if program.ended]:
            code = program.process.returncode if program.process else 0
            if not program.may_fail:
                self.fail(f"{program.name} ended with exit code {code}")
            elif time.monotonic() - program.started > program.pause:
                self._start_again(program, code)

    def stop(self) -> None:
        """Stops every program; what does not listen is killed, which loses nothing: all work is kept in PostgreSQL."""
        running = [program.process for program in self.programs if program.process and not program.ended]
        for process in running:
            process.send_signal(signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        for process in running:
            processes.stop(process, signal.SIGTERM, seconds=max(0.1, end - time.monotonic()))

    def _pass_on(self, program: Program, descriptor: int) -> None:
        data = os.read(descriptor, 65536)
        *lines, program.rest = (program.rest + data).split(b"\n")
        if not data:
            lines, program.rest = [program.rest] if program.rest else [], b""
            self._close(program)
        for line in lines:
            say(program.name, line.decode(errors="replace"))

    def _start_again(self, program: Program, code: int) -> None:
        lived = time.monotonic() - program.started
        program.pause = 1.0 if lived > STEADY_AFTER else min(program.pause * 2, LONGEST_PAUSE)
        say("demo", f"{program.name} ended with exit code {code}: starting it again")
        self._close(program)
        self.start(program)

    def _close(self, program: Program) -> None:
        output = program.process.stdout if program.process else None
        if output and not output.closed:
            self.selector.unregister(output)
            output.close()

    def _forget(self, program: Program) -> None:
        if program.process and program.ended:
            while program.process.stdout and not program.process.stdout.closed:
                self._pass_on(program, program.process.stdout.fileno())
            self.programs.remove(program)
