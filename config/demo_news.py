"""What the people of the made-up practice find in their notifications: from the same verbs as everybody's."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.models import User
from worklists import notifying, work
from worklists.models import Activity, Notification, WorkItem

FAR = 14
MENTION = (
    "@manager Their letter speaks of a policy that is not on the portal. Do you have somebody there who can send it?"
)


def begin(today: date) -> None:
    """A mention, an item that came back on its day, a payer's answer and a digest. Once."""
    if Notification.objects.exists():
        return
    specialist, manager = (User.objects.get(username=name) for name in ("specialist", "manager"))
    mine = WorkItem.objects.filter(assignee=specialist, is_open=True)
    if item := mine.filter(status=WorkItem.Status.TAKEN).order_by("pk").first():
        work.note([item.pk], specialist, text=MENTION)
        text = f"@{specialist.username} I know somebody at their provider desk, and call her tomorrow."
        work.note([item.pk], manager, text=text)
    _comes_back(specialist, today)
    if item := mine.filter(status=WorkItem.Status.WAITING).order_by("pk").first():
        work.return_from_payer([item.pk], manager, text="They called: the first level is upheld, a letter follows.")
    notifying.tell()
    notifying.digest(today)


def _comes_back(user: User, today: date) -> None:
    far = WorkItem.objects.filter(assignee=user, status=WorkItem.Status.TAKEN, last_safe_on__gt=today + timedelta(FAR))
    untouched = far.exclude(activities__kind=Activity.Kind.NOTED)
    if item := untouched.order_by("pk").first():
        tomorrow = today + timedelta(days=1)
        work.postpone([item.pk], user, until=tomorrow, because="The department sends its report.", today=today)
        work.wake_postponed(tomorrow)
