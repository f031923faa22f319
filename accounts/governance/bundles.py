"""The rows of a set of changes, held in one order, so that two people who decide about one wait for each other."""

from __future__ import annotations

from accounts.governance.states import State
from accounts.governance.steps import hold
from accounts.models import Change, ChangeSet
from accounts.refusal import Conflict


def members_of(bundle: ChangeSet) -> list[Change]:
    """In the order in which they take effect."""
    return list(bundle.changes.select_related("author", "approver").order_by("pk"))


def hold_set(bundle: ChangeSet) -> ChangeSet:
    return ChangeSet.objects.select_for_update(no_key=True, of=("self",)).get(pk=bundle.pk)


def held_members(bundle: ChangeSet) -> list[Change]:
    """Its changes, nobody else's until the transaction ends, with their rows; in the order in which they take effect.

    The rows come first and by id, as one change alone holds them (`steps.hold`).
    """
    for change in sorted(members_of(bundle), key=lambda change: change.object_id or 0):
        hold(change.pk)
    return members_of(bundle)


def must_be_draft(bundle: ChangeSet) -> None:
    if bundle.state != State.DRAFT:
        raise Conflict("The set was sent meanwhile. Nothing was changed: take it back to draft first.")
