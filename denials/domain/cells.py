"""Cells of a code list, whether they come from a file or from the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

Row = Mapping[str, Any]


def text(value: object) -> str:
    return "" if value is None else str(value).strip()


def is_yes(value: object) -> bool:
    return value is True or text(value).lower() in {"yes", "true"}


def as_list(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list | tuple) else text(value).split(";")
    return tuple(part for part in map(text, parts) if part)


def as_date(value: object) -> date | None:
    """Shipped lists may say in words that a date is not established; that is no date."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(text(value))
    except ValueError:
        return None
