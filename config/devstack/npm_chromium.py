"""A headless Chromium for Linux on x86_64 that needs neither root nor system libraries, from the npm registry."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

VERSION = "153.0.0"
PACKAGE = f"@sparticuz/chromium@{VERSION}"
FOLDER = f"overturn-chromium-{VERSION}"
# Its own fonts.conf points at paths of a cloud service; without fonts every page crashes.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{folder}/font-cache</cachedir>
</fontconfig>
"""


def install(npm: str, folder: Path) -> None:
    """Downloads the package and unpacks it into `folder`, all or nothing."""
    unfinished = folder.with_name(f"{folder.name}.{os.getpid()}")
    unfinished.mkdir(parents=True)
    try:
        with tempfile.TemporaryDirectory() as downloads:
            subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=downloads, check=True, stdout=subprocess.DEVNULL)
            unpack(next(Path(downloads).glob("*.tgz")), unfinished)
        (unfinished / "fonts.conf").write_text(FONTS.format(folder=folder))
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def unpack(package: Path, folder: Path) -> None:
    import brotli  # of the test requirements only

    with tarfile.open(package) as archive:
        for member in archive.getmembers():
            content = archive.extractfile(member) if member.name.startswith("package/bin/") else None
            if content is None:
                continue
            data = brotli.decompress(content.read())
            if member.name.endswith(".tar.br"):
                unpack_inner(data, folder)
            else:
                (folder / "chromium").write_bytes(data)
                (folder / "chromium").chmod(0o755)


def unpack_inner(data: bytes, folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(data)) as inner:
        if hasattr(tarfile, "data_filter"):
            inner.extractall(folder, filter="data")
        else:  # Debian's Python 3.11.2
            inner.extractall(folder)
