"""Who may change which item: read-only people none, specialists free items and their own, managers any they see."""

from __future__ import annotations

from accounts.models import User
from accounts.refusal import Refused
from worklists.changes import Check
from worklists.models import WorkItem


def must_work(user: User) -> None:
    """Raises Refused for people who may look but not change."""
    if not (user.is_active and user.may_work):
        raise Refused("Nothing was changed: your role may look at items but not work them. Ask an administrator.")


def must_manage(user: User) -> None:
    if not (user.is_active and user.may_manage):
        raise Refused("Nothing was changed: only managers may do this.")


def works_here(owner: User | None) -> bool:
    """Whether what comes back finds somebody who may go on with it."""
    return owner is not None and owner.is_active and owner.may_work


def free_or_own(user: User) -> Check:
    def check(row: WorkItem) -> str:
        if row.assignee is None or row.assignee_id == user.pk or user.may_manage:
            return ""
        return f"{row.assignee} has this item: ask them or a manager to hand it over."

    return check


def own(user: User) -> Check:
    def check(row: WorkItem) -> str:
        if row.assignee is None and not user.may_manage:
            return "Nobody has this item."
        return free_or_own(user)(row)

    return check


def receiver_may_work(receiver: User) -> Check:
    """Refuses what the receiver could not open: they are gone, may not work, or do not see the facility."""
    facilities = set(receiver.facilities.values_list("pk", flat=True))

    def check(row: WorkItem) -> str:
        if not receiver.is_active:
            return f"{receiver} no longer works here: choose somebody else."
        if not receiver.may_work:
            return f"{receiver} may look at items but not work them: choose somebody else."
        if not receiver.all_facilities and row.facility_id not in facilities:
            return f"{receiver} does not work for this item's facility."
        return f"{receiver} has this item already." if row.assignee_id == receiver.pk else ""

    return check
