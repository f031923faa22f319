"""Taking effect: the form is sent again over what stands in the row now, once, in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.functions import TransactionNow
from django.db import DatabaseError, IntegrityError, transaction

from accounts.governance import areas
from accounts.governance.areas import Area, area_keyed
from accounts.governance.edits import Sent, afters, all_shown, befores, must_be_valid, read, sending, stale
from accounts.governance.states import State
from accounts.governance.steps import held_row, hold, take
from accounts.models import Change, User
from accounts.refusal import Conflict, Refused

log = logging.getLogger(__name__)


def activate_due(today: date) -> int:
    """Puts in force what was approved for today or earlier. Harmless to run again. Returns how many took effect."""
    due = Change.objects.filter(state=State.APPROVED, active_on__lte=today, bundle=None).order_by("active_on", "pk")
    return sum(_activate(pk) for pk in due.values_list("pk", flat=True))


def _activate(pk: int) -> bool:
    """One that no longer fits goes back to its author with the reason, so that the others go on."""
    try:
        with transaction.atomic():
            change = hold(pk)
            if change.state != State.APPROVED:
                return False
            put_in_force(change, None)
            return True
    except Refused as refused:
        _send_back(pk, refused.sentence)
    except IntegrityError:
        _send_back(pk, "Something else here stands against it now. Nothing was changed.")
    except DatabaseError:
        log.exception("Change %s waits for the next minute.", pk)
    return False


def _send_back(pk: int, why: str) -> None:
    log.warning("Change %s could not take effect and went back to its author.", pk)
    with transaction.atomic():
        change = hold(pk)
        if change.state == State.APPROVED:
            take(change, "reopen", None, why, approver=None, approved_alone=False)


def put_in_force(change: Change, person: User | None) -> Change:
    """Applies a change that the caller holds, and tells what follows it. Raises Conflict when the row changed."""
    saved = take_effect(change, person, befores(read(change.edits)))
    areas.tell(change, saved)
    return change


def take_effect(change: Change, person: User | None, expected: Mapping[str, Sent]) -> Any:
    """The same, told to nobody yet, if the fields of the row stand as expected. Returns the saved row."""
    area = area_keyed(change.area)
    edits = read(change.edits)
    row = held_row(change) if change.object_id else None
    stood = all_shown(area.form(None, instance=row)) if row is not None else {}
    saved = apply(area, change, row, afters(edits), expected if row is not None else {})
    settled = settled_by(stood, all_shown(area.form(None, instance=saved)))
    take(change, "apply", person, object_id=saved.pk, settled=settled, applied_at=TransactionNow())
    change.refresh_from_db()
    replace_earlier(change)
    return saved


def apply(area: Area, change: Change, row: Any, values: Mapping[str, Sent], expected: Mapping[str, Sent]) -> Any:
    """Sends the form with these values, if the fields still stand as expected. Returns the saved row."""
    clean: Any = area.model(**change.seed) if row is None else row
    as_it_is = area.form(None, instance=clean)
    if moved := stale(as_it_is, expected):
        raise Conflict(
            f"{area.singular} was changed after this was drafted ({', '.join(moved)}). Nothing was overwritten:"
            " its author takes it back to draft, where it stands against what is there now, and sends it again."
        )
    form: Any = area.form(sending(as_it_is, values), instance=clean)
    must_be_valid(form)
    return form.save()


def settled_by(stood: Mapping[str, Sent], stands: Mapping[str, Sent]) -> dict[str, dict[str, Sent]]:
    """What came of it, field by field, as a form shows it: saving may tidy a field, or move others with it."""
    names = [name for name in (stands if stood else {}) if stood.get(name, []) != stands[name]]
    return {name: {"was": list(stood.get(name, [])), "is": list(stands[name])} for name in names}


def replace_earlier(change: Change) -> None:
    """Earlier changes of the same fields are in force no longer."""
    names = {edit["name"] for edit in change.edits} | set(change.settled)
    for earlier in same_row(change).filter(state=State.ACTIVE).exclude(pk=change.pk).select_for_update(no_key=True):
        if names & ({edit["name"] for edit in earlier.edits} | set(earlier.settled)):
            take(earlier, "replace", None, f"By change {change.pk}.", replaced_by=change)


def same_row(change: Change) -> Any:
    return Change.objects.filter(content_type=change.content_type_id, object_id=change.object_id)
