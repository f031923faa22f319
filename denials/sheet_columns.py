"""Which column of a sheet means what: remembered by the heads of its columns, and brought up to date."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from accounts.models import User
from denials.denial_sheets import DENIALS
from denials.models import SheetLayout
from denials.sheet_kinds import SheetKind

NOT_THERE = ""
"""The head of what somebody said is not in the sheet."""
MOST_LAYOUTS = 200


class Columns(NamedTuple):
    """The head by what it means. `gained` are the meanings that nobody had a choice about when these were chosen."""

    heads: dict[str, str]
    gained: list[str]


def columns_of(kind: SheetKind, chosen: Mapping[str, str], heads: Sequence[str]) -> Columns:
    """What was chosen, and what the heads say about meanings that were not known then."""
    new = kind.guess(heads, chosen)
    if not chosen:
        return Columns(new, [])
    return Columns({**chosen, **new}, list(new))


def remembered(kind: SheetKind, heads: Sequence[str]) -> dict[str, str]:
    """What was said about a sheet with these heads; else about the most of them, where others have come since."""
    if exact := SheetLayout.objects.filter(fingerprint=_fingerprint(kind, heads)).first():
        as_written = {head.upper(): head for head in heads}
        return {name: as_written.get(head.upper(), NOT_THERE) for name, head in exact.columns.items()}
    known = SheetLayout.objects.order_by("-pk").values_list("columns", flat=True)[:MOST_LAYOUTS]
    named = [{name: head for name, head in columns.items() if head != NOT_THERE} for columns in known]
    return max((columns for columns in named if _fits(kind, columns, heads)), key=len, default={})


def remember(kind: SheetKind, heads: Sequence[str], columns: Mapping[str, str], user: User) -> None:
    SheetLayout.objects.update_or_create(
        fingerprint=_fingerprint(kind, heads), defaults={"columns": dict(columns), "changed_by": user}
    )


def _fits(kind: SheetKind, columns: Mapping[str, str], heads: Sequence[str]) -> bool:
    """Whether all of it is in a sheet of this kind; a layout does not name its kind otherwise."""
    is_of_kind = set(kind.required) <= set(columns) <= set(kind.meanings) and not kind.why_not(columns)
    return is_of_kind and set(columns.values()) <= set(heads)


def _fingerprint(kind: SheetKind, heads: Sequence[str]) -> str:
    of_kind = [] if kind is DENIALS else [kind.key]
    return hashlib.sha256("\x1f".join([*of_kind, *(head.upper() for head in heads)]).encode()).hexdigest()
