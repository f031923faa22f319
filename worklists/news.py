"""What asks for a person anew: parts of My day that are also filters of a list, so that each number opens its rows."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from worklists import clarifications, team_digest, woken
from worklists.evidence import requests
from worklists.models.items import WorkItemQuerySet
from worklists.watch import escalations, reminding

ANSWERED, RAISED, REMINDED, MANAGING, WOKEN = "answered", "raised", "reminded", "managing", "woken"
RECORDS, LOSING = "records", team_digest.NEWS
CHOICES = [
    (RAISED, "Escalated to you"),
    (ANSWERED, "Your question was answered"),
    (WOKEN, "Back from a tickler"),
    (REMINDED, "Reminded of its last day"),
    (MANAGING, "Reminded as manager"),
    (RECORDS, "Records you asked for are overdue"),
    (LOSING, "Lost within the week, of your queues"),
]


def of(which: str, user: User, today: date) -> WorkItemQuerySet:
    """What asks for this person anew, as My day counts it."""
    if which == ANSWERED:
        return clarifications.came_back_to(user)
    if which == WOKEN:
        return woken.back_to(user)
    if which == RAISED:
        return escalations.unseen_by(user)
    if which == RECORDS:
        return requests.overdue_for(user, today)
    if which == LOSING:
        return team_digest.losing(user, today)
    return (reminding.reminded_as_manager if which == MANAGING else reminding.reminded)(user, today)
