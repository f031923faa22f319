"""Facts and rules as rows keep them: what JSON cannot hold, written and read back without loss. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any, get_type_hints

from worklists.domain.routing import Facts


def kept(facts: Facts) -> dict[str, Any]:
    """The facts of one denial for a JSON column."""
    return {name: _plain(value) for name, value in asdict(facts).items()}


def facts_from(row: Mapping[str, Any]) -> Facts:
    """The same facts again. One that was not known when they were kept stands as it does for a denial without it."""
    types = get_type_hints(Facts)
    return Facts(**{name: _read(value, str(types[name])) for name, value in row.items() if name in types})


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _read(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if "Decimal" in kind:
        return Decimal(value)
    if "date" in kind:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
