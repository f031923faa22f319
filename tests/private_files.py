"""A storage of its own for each test, so that no test leaves files in the checkout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from django.conf import settings
from django.test import override_settings


@pytest.fixture(autouse=True)
def private_files(tmp_path: Path) -> Iterator[Path]:
    """The folder in which the default storage keeps what this test uploads."""
    kept = cast(dict[str, Any], settings.STORAGES["default"])
    options = {**kept["OPTIONS"], "location": tmp_path / "files"}
    with override_settings(STORAGES={**settings.STORAGES, "default": {**kept, "OPTIONS": options}}):
        yield tmp_path / "files"
