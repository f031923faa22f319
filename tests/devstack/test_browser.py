from __future__ import annotations

from pathlib import Path

import pytest

from config.devstack import browser, npm_chromium
from config.devstack.places import LOCAL_STATE


def program(path: Path, exit_code: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any browser."""
    for name in ("OVERTURN_BROWSER", "PLAYWRIGHT_BROWSERS_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}")
    monkeypatch.setattr(browser, "MAC_APPLICATIONS", ())
    return tmp_path


def test_a_chosen_browser_is_used_and_no_other(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(machine / "bin" / "chromium", 0)
    monkeypatch.setenv("OVERTURN_BROWSER", str(program(machine / "mine", 0)))
    assert browser.find() == machine / "mine"
    monkeypatch.setenv("OVERTURN_BROWSER", str(machine / "nowhere"))
    assert browser.find() is None


def test_a_script_that_only_says_what_to_install_is_no_browser(machine: Path) -> None:
    program(machine / "bin" / "chromium-browser", 1)
    playwright = program(machine / ".cache/ms-playwright/chromium-1200/chrome-linux/chrome", 0)
    assert browser.find() == playwright


def test_the_build_from_npm_is_told_where_its_libraries_and_fonts_are(machine: Path) -> None:
    folder = machine / ".cache" / npm_chromium.FOLDER
    program(folder / "chromium", 0)
    options = browser.launch_options()
    assert options["executable_path"] == str(folder / "chromium")
    assert options["env"]["LD_LIBRARY_PATH"] == str(folder / "lib")
    assert options["env"]["FONTCONFIG_FILE"] == str(folder / "fonts.conf")


def test_the_ways_to_install_are_tried_until_one_helps(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError("no network")

    def help_out() -> None:
        program(machine / "bin" / "chromium", 0)

    monkeypatch.setattr(browser, "WAYS", {"first": refuse, "second": help_out})
    assert browser.find_or_install() == machine / "bin" / "chromium"


def test_where_nothing_helps_the_run_fails_with_the_command_to_use(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(browser, "WAYS", {})
    assert browser.main() == 1
    assert "apt-get install chromium" in capsys.readouterr().out
    with pytest.raises(FileNotFoundError, match="OVERTURN_BROWSER"):
        browser.launch_options()
    assert machine.exists()


def test_a_home_that_cannot_be_written_moves_the_cache_into_the_checkout(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (machine / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(machine / "file"))
    assert browser.cache_folder() == LOCAL_STATE / "cache"
