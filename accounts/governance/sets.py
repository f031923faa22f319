"""Changes that go together: sent, approved, put in force and rolled back as one, in one transaction or not at all.

Each change in a set is an ordinary one: it is kept, checked and undone as if it stood alone, and takes every step with
the set.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.functions import TransactionNow
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.governance import areas, proposing, rollback
from accounts.governance.activation import take_effect
from accounts.governance.approving import is_alone
from accounts.governance.bundles import held_members, hold_set
from accounts.governance.states import State
from accounts.governance.steps import may_govern, must_be_author, take
from accounts.governance.trying import applied, must_fit
from accounts.models import Change, ChangeSet, User
from accounts.refusal import Conflict, Refused

log = logging.getLogger(__name__)


@transaction.atomic
def send(bundle: ChangeSet, person: User) -> ChangeSet:
    """Asks a second person about all of it. Raises Refused where it could not take effect as it stands."""
    bundle = hold_set(bundle)
    must_be_author(bundle, person)
    if not bundle.why.strip():
        raise Refused("Say why: whoever approves the set has to know. Nothing was sent.")
    members = held_members(bundle)
    if not members:
        raise Refused("The set is empty. Nothing was sent: gather a draft first.")
    applied(bundle, lambda: None)
    for change in members:
        change.active_on = bundle.active_on
        change.save(update_fields=["active_on"])
    return _all(bundle, members, "send", person)


@transaction.atomic
def approve(bundle: ChangeSet, person: User, note: str = "", *, today: date) -> ChangeSet:
    """Approves all of it; what is for today or earlier takes effect with it.

    Where the set rests on too little (`areas.grounds_of`), the note has to say why it is approved all the same.
    """
    bundle = hold_set(bundle)
    alone = is_alone(bundle, person)
    grounds = areas.grounds_of(bundle)
    if grounds.doubt and not note.strip():
        raise Refused(f"{grounds.doubt} Nothing was approved: say in the note why you approve it all the same.")
    note = " ".join(filter(None, [note.strip(), grounds.doubt or grounds.said]))
    bundle = _all(bundle, held_members(bundle), "approve", person, note, approver=person, approved_alone=alone)
    return _put_in_force(bundle, person) if bundle.active_on <= today else bundle


@transaction.atomic
def reject(bundle: ChangeSet, person: User, why: str) -> ChangeSet:
    bundle = hold_set(bundle)
    may_govern(person)
    if not why.strip():
        raise Refused("Say why, so that its author can do better. Nothing was changed.")
    return _all(bundle, held_members(bundle), "reject", person, why)


@transaction.atomic
def withdraw(bundle: ChangeSet, person: User, why: str = "") -> ChangeSet:
    bundle = hold_set(bundle)
    must_be_author(bundle, person)
    return _all(bundle, held_members(bundle), "withdraw", person, why)


@transaction.atomic
def take_back(bundle: ChangeSet, person: User) -> ChangeSet:
    """Back to a draft, each change drawn up against what stands in its row now."""
    bundle = hold_set(bundle)
    must_be_author(bundle, person)
    return _reopen(bundle, person, "")


@transaction.atomic
def comment(bundle: ChangeSet, person: User, text: str) -> ChangeSet:
    may_govern(person)
    if not text.strip():
        raise Refused("The comment is empty. Nothing was added.")
    return take(hold_set(bundle), "comment", person, text)


@transaction.atomic
def roll_back(bundle: ChangeSet, person: User, why: str = "") -> ChangeSet:
    """Puts back what stood there before all of it, the last change first. Returns the set that did it.

    Raises Conflict, and changes nothing, when one of the same fields changed again since.
    """
    bundle = hold_set(bundle)
    may_govern(person)
    why = why.strip() or f"Back to how it was before {bundle}."
    undoing = ChangeSet.objects.create(
        area=bundle.area,
        name=f"Roll back: {bundle.name}"[:120],
        why=why,
        state=State.ACTIVE,
        author=person,
        moved_at=timezone.now(),
        applied_at=TransactionNow(),
        undoes=bundle,
    )
    take(bundle, "roll_back", person, why)
    undone = [_undo(change, person, why, bundle, undoing) for change in reversed(held_members(bundle))]
    for change, row in undone:
        areas.tell(change, row)
    undoing.steps.create(what="apply", person=person, note=why)
    undoing.refresh_from_db()
    return undoing


def _undo(change: Change, person: User, why: str, bundle: ChangeSet, undoing: ChangeSet) -> tuple[Change, Any]:
    """A change of the same set may stand over this one: it was undone just before."""
    change = Change.objects.select_for_update(no_key=True).get(pk=change.pk)
    try:
        rollback.must_not_be_replaced(change)
        return rollback.put_back(change, person, why, undoing)
    except Conflict as conflict:
        raise Conflict(f"{bundle} was not rolled back, none of it: {change.about} stands in the way. {conflict}") from (
            conflict
        )


def activate_due(today: date) -> int:
    """Puts in force the sets approved for today or earlier, each whole. Harmless to run again."""
    due = ChangeSet.objects.filter(state=State.APPROVED, active_on__lte=today).order_by("active_on", "pk")
    return sum(_activate(bundle) for bundle in due)


def _activate(bundle: ChangeSet) -> bool:
    """One that no longer fits goes back to its author with the reason, all of it, so that the others go on."""
    try:
        with transaction.atomic():
            held = hold_set(bundle)
            if held.state != State.APPROVED:
                return False
            _put_in_force(held, None)
            return True
    except (Refused, IntegrityError) as wrong:
        why = wrong.sentence if isinstance(wrong, Refused) else "Something else here stands against it now."
        log.warning("Set of changes %s could not take effect and went back to its author.", bundle.pk)
        with transaction.atomic():
            held = hold_set(bundle)
            if held.state == State.APPROVED:
                _reopen(held, None, why)
    except DatabaseError:
        log.exception("Set of changes %s waits for the next minute.", bundle.pk)
    return False


def _put_in_force(bundle: ChangeSet, person: User | None) -> ChangeSet:
    members = held_members(bundle)
    must_fit(members)
    saved = [(change, take_effect(change, person, {})) for change in members]
    take(bundle, "apply", person, applied_at=TransactionNow())
    bundle.refresh_from_db()
    for change, row in saved:
        areas.tell(change, row)
    return bundle


def _reopen(bundle: ChangeSet, person: User | None, why: str) -> ChangeSet:
    if ChangeSet.objects.filter(area=bundle.area, author=bundle.author_id, state=State.DRAFT).exists():
        raise Conflict(
            "There is another draft set of this kind already. Nothing was changed: send or withdraw it first."
        )
    for change in held_members(bundle):
        proposing.reopen(change, person, why)
    return take(bundle, "reopen", person, why, approver=None, approved_alone=False)


def _all(
    bundle: ChangeSet, members: Iterable[Change], step: str, person: User, note: str = "", **values: Any
) -> ChangeSet:
    for change in members:
        take(change, step, person, note, **values)
    return take(bundle, step, person, note, **values)
