"""The second look at a change: by somebody other than its author, unless its area says otherwise."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.governance import rollback
from accounts.governance.activation import put_in_force
from accounts.governance.steps import author_may_approve, hold, may_govern, must_stand_alone, take
from accounts.models import Change, ChangeSet, User
from accounts.refusal import Refused


@transaction.atomic
def approve(change: Change, person: User, note: str = "", *, today: date) -> Change:
    """Approves; what is for today or earlier takes effect with it. Raises Conflict when the row changed underneath."""
    change = hold(change.pk)
    must_stand_alone(change)
    alone = is_alone(change, person)
    if change.is_unconfirmed:
        return take(change, "confirm", person, note, approver=person, approved_alone=alone)
    change = take(change, "approve", person, note, approver=person, approved_alone=alone)
    return put_in_force(change, person) if change.active_on <= today else change


@transaction.atomic
def reject(change: Change, person: User, why: str) -> Change:
    """Says no. What was in force before anybody looked is undone with it."""
    change = hold(change.pk)
    must_stand_alone(change)
    may_govern(person)
    if not why.strip():
        raise Refused("Say why, so that its author can do better. Nothing was changed.")
    if change.is_unconfirmed:
        return rollback.undo(change, person, why)
    return take(change, "reject", person, why)


def may_approve(change: Change | ChangeSet, person: User, *, alone_in: frozenset[str]) -> bool:
    """Whether this person is shown the buttons; `alone_in` are the areas whose authors may approve alone."""
    return person.may_manage and (change.author_id != person.pk or change.area in alone_in)


def is_alone(change: Change | ChangeSet, person: User) -> bool:
    """Whether the author approves, where that is allowed. Raises Refused for who may not be the second to look."""
    may_govern(person)
    if change.author_id != person.pk:
        return False
    if not author_may_approve(change.area):
        raise Refused("You drafted this, so somebody else has to approve it. Nothing was changed.")
    return True
