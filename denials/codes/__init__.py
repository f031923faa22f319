"""The shipped code lists, payer rules and playbooks, read as plain rows. README.md says where they come from."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

from denials.domain.dictionary import Dictionary

VERSION = "2026-08-17.1"
"""The date of the X12 lists followed, and our own count of changes since."""

LIST_DATE = date.fromisoformat(VERSION[:10])

FOLDER = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one shipped list, such as `rows("carc")`. Raises FileNotFoundError for a list we do not ship."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def shipped_dictionary() -> Dictionary:
    """The dictionary as shipped, without any change made by a site."""
    return Dictionary.from_rows(
        carc=rows("carc"),
        rarc=rows("rarc"),
        groups=rows("group_codes"),
        statuses=rows("claim_status_codes"),
        categories=rows("categories"),
        readings=rows("readings"),
        version=VERSION,
    )
