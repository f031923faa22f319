"""`python -m config.devstack.browser`: finds a Chromium for the browser tests, or puts one in place.

Looked for: OVERTURN_BROWSER, the PATH, Playwright's own, and the one we unpacked. Installed: Debian's package as root,
else the headless build from npm (Linux on x86_64, no root needed), else Playwright's own download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from config.devstack import npm_chromium
from config.devstack.places import LOCAL_STATE

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MAC_APPLICATIONS = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")
OF_PLAYWRIGHT = ("chromium_headless_shell-*/*/*headless*shell", "chromium-*/*/chrome")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
HOW_TO = (
    "No Chromium for the browser tests, and none could be installed. As root: apt-get install chromium. "
    "Or set OVERTURN_BROWSER to the program of a Chromium or Chrome of yours."
)


def cache_folder() -> Path:
    """For what is downloaded: the user's cache, or this checkout's where the home cannot be written."""
    wanted = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    try:
        wanted.mkdir(parents=True, exist_ok=True)
    except OSError:
        return LOCAL_STATE / "cache"
    return wanted if os.access(wanted, os.W_OK) else LOCAL_STATE / "cache"


def unpacked() -> Path:
    return cache_folder() / npm_chromium.FOLDER


def candidates() -> list[Path]:
    if chosen := os.environ.get("OVERTURN_BROWSER"):
        return [Path(chosen)]
    on_path = [Path(found) for name in NAMES if (found := shutil.which(name))]
    on_mac = [Path("/Applications") / name for name in MAC_APPLICATIONS]
    downloads = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or playwright_folder())
    of_playwright = [path for pattern in OF_PLAYWRIGHT for path in sorted(downloads.glob(pattern), reverse=True)]
    return [*on_path, *on_mac, *of_playwright, unpacked() / "chromium"]


def playwright_folder() -> Path:
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "ms-playwright"


def environment_of(program: Path) -> dict[str, str]:
    """The build from npm brings its libraries and fonts along, and has to be told where they are."""
    if program.parent != unpacked():
        return dict(os.environ)
    folder = program.parent
    return {**os.environ, "LD_LIBRARY_PATH": str(folder / "lib"), "FONTCONFIG_FILE": str(folder / "fonts.conf")}


def answers(program: Path) -> bool:
    """Whether it runs at all: on Ubuntu `chromium-browser` may be a script that only says what to install."""
    if not os.access(program, os.X_OK):
        return False
    try:
        done = subprocess.run(
            [program, "--version"], env=environment_of(program), capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find() -> Path | None:
    return next((program for program in candidates() if answers(program)), None)


def launch_options() -> dict[str, Any]:
    """Arguments for Playwright's `chromium.launch`. Raises FileNotFoundError, with what to do, when there is none."""
    program = find()
    if program is None:
        raise FileNotFoundError(HOW_TO)
    return {
        "executable_path": str(program),
        "args": list(QUIET),
        "env": environment_of(program),
        "chromium_sandbox": False,
    }


def install_with_apt() -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    subprocess.run([*apt, "update"], env=environment, check=False)
    install = [*apt, "install", "-y", "--no-install-recommends", "chromium"]
    subprocess.run(install, env=environment, stdout=subprocess.DEVNULL, check=False)


def install_with_npm() -> None:
    if sys.platform == "linux" and os.uname().machine == "x86_64" and (npm := shutil.which("npm")):
        npm_chromium.install(npm, unpacked())


def install_with_playwright() -> None:
    command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    subprocess.run(command, check=False, timeout=600)


WAYS: dict[str, Callable[[], None]] = {
    "Debian's package": install_with_apt,
    "the build from npm": install_with_npm,
    "Playwright's own": install_with_playwright,
}


def find_or_install() -> Path | None:
    if program := find():
        return program
    if os.environ.get("OVERTURN_BROWSER"):
        return None
    for name, way in WAYS.items():
        print(f"No Chromium yet: trying {name}", flush=True)
        try:
            way()
        except (OSError, subprocess.SubprocessError) as error:
            print(f"  {error}")
        if program := find():
            return program
    return None


def main() -> int:
    program = find_or_install()
    print(f"Browser: {program}" if program else HOW_TO, flush=True)
    return 0 if program else 1


if __name__ == "__main__":
    raise SystemExit(main())
