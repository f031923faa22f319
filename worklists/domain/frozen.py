"""Facts and rules as rows keep them: what JSON cannot hold, written and read back without loss. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, get_type_hints

from worklists.domain.routing import Facts


def kept(facts: Facts) -> dict[str, Any]:
    """The facts of one denial for a JSON column."""
    return {name: _plain(value) for name, value in asdict(facts).items()}


def over(facts: Facts, row: Mapping[str, Any]) -> Facts:
    """These facts as the rules were asked about them: what was kept stands instead of what is read today."""
    types = get_type_hints(Facts)
    return replace(facts, **{name: _read(value, str(types[name])) for name, value in row.items() if name in types})


def is_whole(row: Mapping[str, Any]) -> bool:
    return all(each.name in row for each in fields(Facts))


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
