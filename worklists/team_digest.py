"""What the queues of a manager lose within the week unless it is worked, by the person who holds it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.urls import reverse

from accounts.access import MANAGERS
from accounts.formatting import dollars
from accounts.models import User
from worklists.domain.transitions import DEADLINE_RUNS
from worklists.models import Notification, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.watch import escalations

CAUSE = "teams"
DAYS = 7
NAMED = 8
"""People whom a digest names, those with the most dollars first; the rest is in the sum."""
NEWS = "losing"
"""The filter of a list that shows these items."""


@dataclass(frozen=True, slots=True)
class Link:
    """One person's part, and the list that shows it as it is now."""

    words: str
    address: str


def losing(user: User, today: date) -> WorkItemQuerySet:
    """Open items of the queues that this manager looks after, whose last day comes within the week."""
    rows: WorkItemQuerySet = WorkItem.objects.visible_to(user).filter(
        is_open=True,
        status__in=DEADLINE_RUNS,
        deadline__gte=today,
        deadline__lte=today + timedelta(days=DAYS),
        queue__in=escalations.managed_by(user).values("pk"),
    )
    return rows


def for_managers(today: date, unwanted: Collection[int]) -> Iterator[Notification]:
    """One notification for each manager whose queues lose something; not saved yet. It holds counts and ids."""
    for manager in User.objects.filter(is_active=True, role__in=MANAGERS).exclude(pk__in=unwanted):
        people = list(
            losing(manager, today)
            .order_by()
            .values("assignee")
            .annotate(items=Count("pk"), dollars=Sum("amount_at_risk"))
            .order_by("-dollars", "assignee")
        )
        if people:
            yield Notification(
                person=manager, kind=Notification.Kind.DIGEST, cause=f"{CAUSE}:{today}", facts=_facts(people)
            )


def words(facts: dict[str, Any]) -> str:
    items = facts["items"]
    return (
        f"{dollars(Decimal(facts['dollars']))} in {items:,} {'item' if items == 1 else 'items'} of your"
        f" queues {'is' if items == 1 else 'are'} lost within {DAYS} days unless worked."
    )


def links(facts: dict[str, Any], people: dict[int, User]) -> list[Link]:
    """By person, those with the most dollars first."""
    return [_link(each, people.get(each["assignee"] or 0)) for each in facts["people"]]


def address(owner: str = "") -> str:
    query = {"news": NEWS, **({"owner": owner} if owner else {})}
    return f"{reverse('all_items')}?{urlencode(query)}"


def _link(part: dict[str, Any], person: User | None) -> Link:
    who = str(person) if person else "nobody"
    owner = str(part["assignee"]) if part["assignee"] else "nobody"
    return Link(f"{who}: {part['items']:,}, {dollars(Decimal(part['dollars']))}", address(owner))


def _facts(people: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "items": sum(each["items"] for each in people),
        "dollars": str(sum(each["dollars"] for each in people)),
        "people": [{**each, "dollars": str(each["dollars"])} for each in people[:NAMED]],
    }
