"""The operating-system account that the servers run as."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Account:
    """Ourselves, or for root somebody else: PostgreSQL refuses to run as root."""

    uid: int
    gid: int

    @property
    def is_somebody_else(self) -> bool:
        return self.uid != os.geteuid()

    def process_options(self) -> dict[str, Any]:
        """Arguments for `subprocess` that make a process run as this account."""
        if not self.is_somebody_else:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        if self.is_somebody_else:
            os.chown(path, self.uid, self.gid)

    def can_run(self, program: Path) -> bool:
        return self._succeeds(str(program), "--version")

    def can_enter(self, directory: Path) -> bool:
        return self._succeeds("/bin/sh", "-c", 'cd "$1"', "sh", str(directory))

    def _succeeds(self, *command: str) -> bool:
        try:
            done = subprocess.run(command, capture_output=True, cwd="/", check=False, **self.process_options())
        except PermissionError:
            return False
        return done.returncode == 0


def account_for(data_directory: Path) -> Account:
    """The owner of the data already there; else ourselves, or `nobody` when we are root.

    It has to be an account that exists: initdb looks its name up.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if data_directory.exists() and (owner := data_directory.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)
