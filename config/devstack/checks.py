"""`python -m config.devstack.checks`: everything that can be said about the code without running the tests."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from config.devstack.places import PROJECT, StackError
from config.devstack.services import Stack

BIN = Path(sys.executable).parent
AS_TESTED = {"OVERTURN_ENV": "test"}
AS_DEPLOYED = {"OVERTURN_ENV": "production", "ALLOWED_HOSTS": "overturn.example.org"}
MANAGE = (sys.executable, "manage.py")

CHECKS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "style": (("ruff", "check", "."), AS_TESTED),
    "format": (("ruff", "format", "--check", "."), AS_TESTED),
    "layers": (("lint-imports", "--no-cache"), AS_TESTED),
    "templates": (("djlint", "--lint", "--quiet", "templates"), AS_TESTED),
    "migrations": ((*MANAGE, "makemigrations", "--check", "--dry-run"), AS_TESTED),
    "deployment": ((*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), AS_DEPLOYED),
    "types": (("mypy", "."), AS_TESTED),
}


def passes(command: tuple[str, ...], environment: dict[str, str]) -> bool:
    program = str(BIN / command[0])
    return subprocess.run([program, *command[1:]], cwd=PROJECT, env=environment, check=False).returncode == 0


def run_checks(servers: dict[str, str]) -> list[str]:
    """Runs all of them, also after one failed, and returns the names of those that did."""
    failed = []
    for name, (command, extra) in CHECKS.items():
        print(f"== {name}", flush=True)
        began = time.monotonic()
        environment = {**os.environ, **servers, "SECRET_KEY": secrets.token_urlsafe(64), **extra}
        if not passes(command, environment):
            failed.append(name)
        print(f"   {'failed' if name in failed else 'ok'} in {time.monotonic() - began:.1f} s", flush=True)
    return failed


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="overturn-check-"))
    folder.chmod(0o755)
    stack = Stack(folder, ephemeral=True)
    try:
        failed = run_checks(stack.start().environment())
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        stack.stop()
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
