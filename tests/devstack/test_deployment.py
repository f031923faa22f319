"""What is shipped for a real installation says what the settings say."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from config.devstack.places import PROJECT

SET_BY_COMPOSE = {"DATABASE_URL", "REDIS_URL"}


def text(name: str) -> str:
    return (PROJECT / name).read_text()


def test_every_setting_is_explained_in_the_example() -> None:
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", text("config/settings.py")))
    explained = set(re.findall(r"^#?([A-Z_]+)=", text(".env.example"), flags=re.MULTILINE))
    assert read <= explained
    assert len(read) > 10


def test_whatever_compose_asks_for_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", text("docker-compose.yml")))
    explained = set(re.findall(r"^#?([A-Z_]+)=", text(".env.example"), flags=re.MULTILINE))
    assert asked <= explained


def test_only_the_web_server_is_reachable_from_outside() -> None:
    compose = text("docker-compose.yml")
    assert compose.count("ports:") == 1
    assert compose.index("  web:\n") < compose.index("ports:") < compose.index("  worker:\n")


def test_an_ignored_file_is_not_sent_to_the_image_builder() -> None:
    allowed = [line[1:] for line in text(".dockerignore").splitlines() if line.startswith("!")]
    assert text(".dockerignore").startswith("*\n")
    assert ".env" not in allowed
    assert "var" not in allowed


@pytest.mark.parametrize("name", ["run", "demo", "test", "check"])
def test_requirements_are_pinned_with_hashes_and_name_no_registry(name: str) -> None:
    requirements = text(f"requirements/{name}.txt")
    assert "://" not in requirements
    packages = re.findall(r"^[A-Za-z0-9].*", requirements, flags=re.MULTILINE)
    assert packages
    assert all("==" in package and package.endswith("\\") for package in packages)


def test_a_machine_without_python_is_told_what_to_install(tmp_path: Path) -> None:
    script = PROJECT / "config" / "devstack" / "make_venv.sh"
    done = subprocess.run(["/bin/sh", script, "", tmp_path / ".venv", "1"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout.startswith("Python 3.11 or newer is needed")
    assert len(done.stdout.splitlines()) == 1


def test_a_machine_without_venv_is_told_what_to_install(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    script = PROJECT / "config" / "devstack" / "make_venv.sh"
    done = subprocess.run(
        ["/bin/sh", script, python, tmp_path / ".venv", "1"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stdout
    assert not (tmp_path / ".venv").exists()
