"""Parts of My day that are also filters of a list, so that each number opens its rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from accounts.models import User
from worklists import clarifications, in_hand, team_digest, woken
from worklists.evidence import requests
from worklists.models.items import WorkItemQuerySet
from worklists.watch import escalations, reminding

ANSWERED, RAISED, REMINDED, MANAGING, WOKEN = "answered", "raised", "reminded", "managing", "woken"
RECORDS, LOSING = "records", team_digest.NEWS
GIVEN, BEGUN, SENT = "given", "begun", "sent"
CHOICES = [
    (RAISED, "Escalated to you"),
    (ANSWERED, "Your question was answered"),
    (WOKEN, "Back from a tickler"),
    (REMINDED, "Reminded of its last day"),
    (MANAGING, "Reminded as manager"),
    (RECORDS, "Records you asked for are overdue"),
    (LOSING, "Lost within the week, of your queues"),
    (GIVEN, "New to you, with time left"),
    (BEGUN, "In your hands, with time left"),
    (SENT, "Sent by you, not to be asked about yet"),
]
READS: dict[str, Callable[[User, date], WorkItemQuerySet]] = {
    ANSWERED: lambda user, today: clarifications.came_back_to(user),
    WOKEN: lambda user, today: woken.back_to(user),
    RAISED: lambda user, today: escalations.unseen_by(user),
    RECORDS: requests.overdue_for,
    LOSING: team_digest.losing,
    MANAGING: reminding.reminded_as_manager,
    REMINDED: reminding.reminded,
    GIVEN: in_hand.given,
    BEGUN: in_hand.begun,
    SENT: in_hand.sent,
}


def of(which: str, user: User, today: date) -> WorkItemQuerySet:
    """This part of the day of a person."""
    return READS[which](user, today)
