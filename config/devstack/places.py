"""Where the servers keep their data and their sockets."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from config.devstack.account import Account, account_for

PROJECT = Path(__file__).resolve().parent.parent.parent
LOCAL_STATE = Path(os.environ.get("OVERTURN_DATA_DIR") or PROJECT / "var")
DATABASE_FOLDER = "postgres-data"


class StackError(Exception):
    """The local servers cannot run. The message says why, and what to do."""


class Places:
    """The folders of one stack, found from its state directory alone, so that every process finds the same ones."""

    def __init__(self, state_dir: Path) -> None:
        self.wanted = state_dir.resolve()
        self.account = account_for(self.wanted / DATABASE_FOLDER)
        digest = hashlib.sha256(str(self.wanted).encode()).hexdigest()[:10]
        self.name = f"overturn-{self.account.uid}-{digest}"
        # Short and the same for everybody: a socket path ends at about 100 characters, and TMPDIR may be long.
        self.sockets = (Path("/tmp") if os.access("/tmp", os.W_OK) else Path(tempfile.gettempdir())) / self.name

    def make_sockets(self) -> None:
        """The folder of the sockets is the only lock on the servers, so nobody else may own or enter it."""
        try:
            self.sockets.mkdir(mode=0o700)
            self.account.give(self.sockets)
        except FileExistsError:
            found = self.sockets.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != self.account.uid or found.st_mode & 0o077:
                raise StackError(f"{self.sockets} belongs to somebody else: remove it.") from None

    def make_state(self) -> Path:
        """The state directory, or one under /var/tmp where that cannot be used (a checkout in root's home)."""
        if self._usable(self.wanted):
            return self.wanted
        instead = Path("/var/tmp") / self.name
        if not self._usable(instead) or instead.lstat().st_uid != os.geteuid():
            raise StackError(f"Neither {self.wanted} nor {instead} can be written: run this as the checkout's owner.")
        return instead

    def _usable(self, directory: Path) -> bool:
        try:
            directory.mkdir(mode=0o755, parents=True, exist_ok=True)
        except OSError:
            return False
        return os.access(directory, os.W_OK) and self.account.can_enter(directory)


def account_folder(parent: Path, name: str, account: Account) -> Path:
    """A folder under `parent` that only the account of the servers can enter."""
    folder = parent / name
    folder.mkdir(mode=0o700, exist_ok=True)
    account.give(folder)
    return folder
