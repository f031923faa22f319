"""What asks for a person anew: parts of My day that are also filters of a list, so that each number opens its rows."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from worklists import clarifications, escalations, reminding, woken
from worklists.models.items import WorkItemQuerySet

ANSWERED, RAISED, REMINDED, MANAGING, WOKEN = "answered", "raised", "reminded", "managing", "woken"
CHOICES = [
    (RAISED, "Escalated to you"),
    (ANSWERED, "Your question was answered"),
    (WOKEN, "Back from a tickler"),
    (REMINDED, "Reminded of its last day"),
    (MANAGING, "Reminded as manager"),
]


def of(which: str, user: User, today: date) -> WorkItemQuerySet:
    """What asks for this person anew, as My day counts it."""
    if which == ANSWERED:
        return clarifications.came_back_to(user)
    if which == WOKEN:
        return woken.back_to(user)
    if which == RAISED:
        return escalations.unseen_by(user)
    return (reminding.reminded_as_manager if which == MANAGING else reminding.reminded)(user, today)
