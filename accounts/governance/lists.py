"""Which changes people are shown, and how many wait for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from accounts.governance.states import OPEN, State
from accounts.models import Change, ChangeSet, ReviewArea, User

PAGE_SIZE = 50
Governed = TypeVar("Governed", Change, ChangeSet)


def with_people(rows: QuerySet[Change]) -> QuerySet[Change]:
    return rows.select_related("author", "approver", "replaced_by", "bundle")


def waiting_for(user: User) -> QuerySet[Change]:
    """Changes at which this person may be the second to look, oldest first; none for those who may not approve.

    What belongs to a set is looked at with it (`sets_waiting_for`).
    """
    if not user.may_manage:
        return Change.objects.none()
    unseen = Q(state=State.WAITING) | (
        Q(state=State.ACTIVE, fills_gap=True, approver__isnull=True) & ~Q(kind=Change.Kind.ROLL_BACK)
    )
    alone = ReviewArea.objects.filter(author_may_approve=True).values("key")
    return with_people(
        Change.objects.filter(unseen, bundle=None).exclude(Q(author=user) & ~Q(area__in=alone))
    ).order_by("pk")


def drawn_up_by(user: User) -> QuerySet[Change]:
    """What this person drafted and nobody has approved yet."""
    states = (State.DRAFT, State.WAITING)
    return with_people(Change.objects.filter(author=user, state__in=states, bundle=None)).order_by("-moved_at")


def to_come() -> QuerySet[Change]:
    return with_people(Change.objects.filter(state=State.APPROVED, bundle=None)).order_by("active_on", "pk")


def recent() -> QuerySet[Change]:
    """What took effect, or was said no to, last."""
    return with_people(Change.objects.filter(bundle=None).exclude(state__in=OPEN)).order_by("-moved_at", "-pk")


def sets_waiting_for(user: User) -> QuerySet[ChangeSet]:
    """Sets of changes at which this person may be the second to look."""
    if not user.may_manage:
        return ChangeSet.objects.none()
    alone = ReviewArea.objects.filter(author_may_approve=True).values("key")
    rows = ChangeSet.objects.filter(state=State.WAITING).exclude(Q(author=user) & ~Q(area__in=alone))
    return rows.select_related("author").order_by("pk")


def sets_drawn_up_by(user: User) -> QuerySet[ChangeSet]:
    rows = ChangeSet.objects.filter(author=user, state__in=(State.DRAFT, State.WAITING))
    return rows.select_related("author").order_by("-moved_at")


def sets_to_come() -> QuerySet[ChangeSet]:
    return ChangeSet.objects.filter(state=State.APPROVED).select_related("author").order_by("active_on", "pk")


def recent_sets() -> QuerySet[ChangeSet]:
    return ChangeSet.objects.exclude(state__in=OPEN).select_related("author").order_by("-moved_at", "-pk")


def narrowed(rows: QuerySet[Governed], chosen: Mapping[str, Any]) -> QuerySet[Governed]:
    """By area, state and the person who drafted or approved."""
    if area := chosen.get("area"):
        rows = rows.filter(area=area)
    if state := chosen.get("state"):
        rows = rows.filter(state=state)
    if who := chosen.get("who"):
        rows = rows.filter(Q(author=who) | Q(approver=who))
    return rows


def of_row(row: Model) -> QuerySet[Change]:
    kind = ContentType.objects.get_for_model(type(row))
    return with_people(Change.objects.filter(content_type=kind, object_id=row.pk))


def open_of_row(row: Model) -> list[Change]:
    """What is drafted, waits or is still to come for a row, the next one first."""
    return list(of_row(row).filter(state__in=OPEN).order_by("active_on", "pk"))


def open_additions(area: str) -> list[Change]:
    """New rows that are not in force yet."""
    return [change for change in open_in_area(area) if change.object_id is None]


def open_in_area(area: str) -> list[Change]:
    """What is drafted, waits or is still to come in an area, the next one first."""
    rows = Change.objects.filter(area=area, state__in=OPEN)
    return list(with_people(rows).order_by("active_on", "pk"))
