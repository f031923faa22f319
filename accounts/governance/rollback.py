"""Undoing a change that is in force: what stood there before had been approved before, so it needs no second look."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.functions import TransactionNow
from django.db import transaction
from django.utils import timezone

from accounts.governance import areas
from accounts.governance.activation import apply, replace_earlier, same_row, settled_by
from accounts.governance.areas import Area, area_keyed
from accounts.governance.edits import Sent, all_shown, edits_to
from accounts.governance.proposing import Reasons, propose
from accounts.governance.states import State
from accounts.governance.steps import held_row, hold, may_govern, must_stand_alone, row_of, take
from accounts.models import Change, ChangeSet, ChangeStep, User
from accounts.refusal import Conflict, Refused

Kind = Change.Kind


@transaction.atomic
def roll_back(change: Change, person: User, why: str = "") -> Change:
    """Puts back what stood there before. Returns the change that did it.

    Raises Conflict when the same fields changed again since, and Refused where nobody had approved what stood before.
    """
    change = hold(change.pk)
    must_stand_alone(change)
    may_govern(person)
    must_not_be_replaced(change)
    if _brings_back_what_nobody_approved(change):
        raise Refused("Nobody had approved what this took back. Nothing was changed: draft it and send it instead.")
    return undo(change, person, why.strip() or f"Back to how it was before change {change.pk}.")


def must_not_be_replaced(change: Change) -> None:
    if change.state == State.REPLACED:
        raise Conflict(
            f"A later change ({change.replaced_by_id}) touched the same fields, so this one cannot be rolled back by"
            " itself. Nothing was changed: roll the later one back first, or draft a change back to how it was."
        )


def undo(change: Change, person: User, why: str) -> Change:
    """Rolls back a change that the caller holds, and tells what follows it."""
    undoing, saved = put_back(change, person, why)
    areas.tell(undoing, saved)
    return undoing


def put_back(change: Change, person: User, why: str, bundle: ChangeSet | None = None) -> tuple[Change, Any]:
    """The same, told to nobody yet: of a set, the rows follow each other and are told of together."""
    area, row = area_keyed(change.area), held_row(change)
    back = _values_before(area, change)
    as_it_is = area.form(None, instance=row)
    stood, edits = all_shown(as_it_is), edits_to(as_it_is, back)
    expected = {name: each["is"] for name, each in change.settled.items()}
    saved = apply(area, change, row, back, expected)
    undoing = Change.objects.create(
        area=change.area,
        content_type=change.content_type,
        object_id=change.object_id,
        about=change.about,
        kind=Kind.ROLL_BACK,
        edits=[edit.kept() for edit in edits],
        settled=settled_by(stood, all_shown(area.form(None, instance=saved))),
        why=why,
        state=State.ACTIVE,
        active_on=timezone.localdate(),
        author=person,
        moved_at=timezone.now(),
        applied_at=TransactionNow(),
        bundle=bundle,
    )
    ChangeStep.objects.create(change=undoing, what="apply", person=person, note=why)
    take(change, "roll_back", person, why, replaced_by=undoing)
    replace_earlier(undoing)
    for earlier in same_row(change).filter(state=State.REPLACED, replaced_by=change).select_for_update(no_key=True):
        take(earlier, "restore", person, f"Change {change.pk} was rolled back.", replaced_by=None)
    undoing.refresh_from_db()
    return undoing, saved


def draft_back(change: Change, person: User, *, today: date) -> Change:
    """A draft that leads back to how it was before, for where a plain rollback is refused."""
    area = area_keyed(change.area)
    reasons = Reasons(f"Back to how it was before change {change.pk}.", active_on=today)
    return propose(area, person, row_of(change), _values_before(area, change), reasons)


def _values_before(area: Area, change: Change) -> dict[str, Sent]:
    """Of a new row: it is taken out of use, for what was decided by it keeps pointing at it."""
    if change.kind != Kind.ADD:
        return {name: each["was"] for name, each in change.settled.items()}
    if area.retirement is None:
        raise Refused("A new one of this kind cannot be taken out of use. Nothing was changed: draft a change of it.")
    return dict(area.retirement.retire(change.active_on))


def _brings_back_what_nobody_approved(change: Change) -> bool:
    undone = change.replaces.filter(state=State.ROLLED_BACK) if change.kind == Kind.ROLL_BACK else None
    return undone is not None and undone.filter(approver__isnull=True).exclude(kind=Kind.ROLL_BACK).exists()
