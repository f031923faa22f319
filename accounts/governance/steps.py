"""One step of a change: checked against the table, written to its history, in the caller's transaction."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from accounts.governance.states import STEPS, WORDS, State, is_allowed
from accounts.models import Change, ChangeSet, ReviewArea, User
from accounts.refusal import Conflict, Refused

Governed = TypeVar("Governed", Change, ChangeSet)


def hold(pk: int) -> Change:
    """The change as it is now, nobody else's until the transaction ends.

    Its row comes first, so that two people who decide about two changes of one row wait for each other in one order.
    """
    found = Change.objects.get(pk=pk)
    if found.object_id is not None:
        list(_held(found).values_list("pk"))
    return Change.objects.select_for_update(no_key=True).get(pk=pk)


def take(change: Governed, step: str, person: User | None, note: str = "", **values: Any) -> Governed:
    """Does one step to a change, or a set of them, that the caller holds, and sets these of its fields with it."""
    if not is_allowed(step, change.state):
        raise Conflict(
            f"{STEPS[step].said}: not possible, the change is {WORDS[State(change.state)]}. Reload the page."
        )
    target = STEPS[step].target
    if target is not None:
        values |= {"state": target.value, "moved_at": timezone.now()}
    for name, value in values.items():
        setattr(change, name, value)
    if values:
        change.save(update_fields=list(values))
    change.steps.create(what=step, person=person, note=note.strip())
    return change


def must_be_as_seen(change: Change | ChangeSet, seen: str) -> None:
    """Raises Conflict where somebody moved a held change after the page had been shown on which it is decided."""
    if seen not in ("", change.as_seen):
        raise Conflict(
            "This was taken back, changed or decided after you opened it, so it may say something else now than what"
            " you read. Nothing was decided: read it as it stands, then decide."
        )


def must_stand_alone(change: Change) -> None:
    """Raises Conflict for a change that belongs to a set: what happens to the one happens to all of it."""
    if change.bundle is not None:
        raise Conflict(
            f"This belongs to the set {change.bundle}, which is sent, approved and rolled back as one. Nothing was"
            " changed: open the set."
        )


def row_of(change: Change) -> Any:
    """The row that a change is about; None while a new one is not in force."""
    if change.object_id is None:
        return None
    return model_of(change)._default_manager.get(pk=change.object_id)


def held_row(change: Change) -> Any:
    """The same, nobody else's until the transaction ends."""
    row = _held(change).first()
    if row is None:
        raise Refused("The row that this changes is gone. Nothing was changed.")
    return row


def _held(change: Change) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = model_of(change)._default_manager.select_for_update(no_key=True)
    return rows.filter(pk=change.object_id)


def model_of(change: Change) -> type[models.Model]:
    model = change.content_type.model_class()
    if model is None:
        raise Refused("This kind of rule is kept here no longer. Nothing was changed.")
    return model


def may_govern(person: User) -> None:
    if not (person.is_active and person.may_manage):
        raise Refused("Only managers and administrators change the rules of work. Nothing was changed.")


def must_be_author(change: Change | ChangeSet, person: User) -> None:
    if change.author_id != person.pk:
        raise Refused(f"Only {change.author} can do this, who drafted the change. Nothing was changed.")


def author_may_approve(area: str) -> bool:
    return ReviewArea.objects.filter(key=area, author_may_approve=True).exists()
