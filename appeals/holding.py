"""How every verb changes an appeal: its item locked first, then the letter; refused in words; saved with a version."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.refusal import Conflict, Refused
from appeals.domain import transitions
from appeals.models import Appeal
from worklists.changes import lock, write
from worklists.models import Activity, WorkItem
from worklists.permission import free_or_own, must_work


def hold_item(item_id: int, user: User) -> WorkItem:
    """The item, locked. Raises Refused for people who may not work it."""
    must_work(user)
    rows, missing = lock([item_id], user)
    if missing:
        raise Refused(missing[0].sentence)
    if sentence := free_or_own(user)(rows[0]):
        raise Refused(f"Nothing was changed. {sentence}")
    return rows[0]


def hold(appeal: Appeal, user: User, action: str, expected_version: int | None = None) -> Appeal:
    """The letter as it stands, locked with its item, if `action` may be done to it now."""
    item = hold_item(appeal.item_id, user)
    row: Appeal = (
        Appeal.objects.select_related("signer", "denial", "facility", "template")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=appeal.pk)
    )
    row.item = item
    if not transitions.is_allowed(action, row.status):
        raise Conflict(transitions.refusal(row.status))
    if expected_version not in (None, row.version):
        raise Conflict(f"{_who_changed(item)} changed this letter after you opened it. Nothing was overwritten.")
    return row


def keep(row: Appeal, **values: Any) -> Appeal:
    """Saves these values of a locked letter, and that it changed."""
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*values, "version", "updated_at"])
    return row


def tell(row: Appeal, kind: Activity.Kind, user: User | None, text: str, **facts: Any) -> None:
    """Writes on the item what was done to its letter; the item's state stays."""
    write([row.item], "note", kind, user, text=text, facts={"appeal": row.pk, **facts})


def _who_changed(item: WorkItem) -> str:
    latest = item.activities.select_related("actor").first()
    return str(latest.actor) if latest and latest.actor else "Somebody else"
