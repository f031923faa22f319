"""What a set of changes would make of the rows, seen before anybody decides about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import transaction

from accounts.governance.activation import apply
from accounts.governance.areas import area_keyed
from accounts.governance.bundles import members_of
from accounts.governance.edits import afters, befores, read, stale
from accounts.governance.proposing import form_for
from accounts.governance.steps import row_of
from accounts.models import Change, ChangeSet
from accounts.refusal import Conflict

Seen = TypeVar("Seen")


def applied(bundle: ChangeSet, look: Callable[[], Seen]) -> Seen:
    """What `look` sees where the set is in force: all of it is applied, looked at and taken back again.

    Raises Refused or Conflict where it could not take effect as it stands.
    """
    members = members_of(bundle)
    try:
        with transaction.atomic():
            must_fit(members)
            for change in members:
                area = area_keyed(change.area)
                apply(area, change, row_of(change), afters(read(change.edits)), {})
            raise _LookedAt(look())
    except _LookedAt as seen:
        found: Seen = seen.found
        return found


class _LookedAt(Exception):
    """Takes back what was applied only to be looked at."""

    def __init__(self, found: Any) -> None:
        self.found = found


def must_fit(members: Iterable[Change]) -> None:
    """Nobody changed the same fields since, and no two changes of the set say something else about one field."""
    said: dict[tuple[int | None, str], Change] = {}
    for change in members:
        edits = read(change.edits)
        if change.object_id is None:
            continue
        if moved := stale(form_for(area_keyed(change.area), row_of(change)), befores(edits)):
            raise Conflict(
                f"{change.about} was changed after this was drafted ({', '.join(moved)}). Nothing was overwritten: its"
                " author takes the set back to draft, where it stands against what is there now."
            )
        for edit in edits:
            other = said.setdefault((change.object_id, edit.name), change)
            if other is not change:
                raise Conflict(
                    f"Two drafts in this set change {edit.label.lower()} of {change.about}: changes {other.pk} and"
                    f" {change.pk}. Nothing was changed: leave one of them out."
                )
