"""What one person was told, in words. Which rows they may see is asked again each time: people move, items do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.formatting import short_date
from accounts.models import User
from worklists import team_digest
from worklists.models import Activity, EscalationRule, Notification, NotificationChoice
from worklists.news import RAISED
from worklists.team_digest import Link

Kind = Notification.Kind
SHOWN = 200
PAYER_WORDS = {
    Activity.Kind.RETURNED: "The payer's answer to item {item} was recorded: it is back with you.",
    Activity.Kind.SETTLED: "A remittance settled item {item}, which you had sent.",
    Activity.Kind.DENIED_AGAIN: "The payer denied item {item} again after what you had sent.",
    Activity.Kind.WITHHELD: "The payer took money of item {item} back without a result: its amounts stand as before.",
}
COUNTS = (
    ("late", "late"),
    ("today", "due today"),
    ("off", "due before the next working day"),
    ("week", "due later within seven days"),
    ("ask", "to ask the payer about"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the page."""

    pk: int
    words: str
    at: datetime
    is_unread: bool
    links: list[Link] = field(default_factory=list)
    """The lists behind its parts, where it has parts."""


def of(user: User) -> QuerySet[Notification]:
    """Theirs, without those about items of a facility that they may not see any more."""
    rows = Notification.objects.filter(person=user)
    if user.all_facilities:
        return rows
    return rows.filter(Q(item=None) | Q(item__facility__in=user.own_facilities))


def unread(user: User) -> QuerySet[Notification]:
    return of(user).filter(read_at=None)


def listed(user: User, *, only_unread: bool) -> list[Told]:
    rows = list((unread(user) if only_unread else of(user)).order_by("-pk")[:SHOWN])
    holders = {part["assignee"] for row in rows for part in row.facts.get("people", ())}
    people = User.objects.in_bulk((_ids(rows, "by") | holders) - {None})
    rules = EscalationRule.objects.in_bulk(_ids(rows, "rule"))
    return [
        Told(
            row.pk,
            _words(row, people, rules),
            row.at,
            row.read_at is None,
            team_digest.links(row.facts, people) if _is_of_teams(row) else [],
        )
        for row in rows
    ]


def read(row: Notification) -> str:
    """Marks it as read, and answers the address that it leads to."""
    Notification.objects.filter(pk=row.pk, read_at=None).update(read_at=timezone.now())
    if row.item_id is not None:
        return reverse("item", args=[row.item_id])
    if _is_of_teams(row):
        return team_digest.address()
    if row.kind == Kind.DIGEST:
        return reverse("my_day")
    rule = row.facts.get("rule")
    return f"{reverse('all_items')}?{f'raised_by={rule}' if rule else f'news={RAISED}'}"


def read_all(user: User) -> int:
    return unread(user).update(read_at=timezone.now())


def choice_of(user: User) -> NotificationChoice:
    """The kinds that they do not want; a row that is not saved yet where they have not chosen."""
    return NotificationChoice.objects.filter(user=user).first() or NotificationChoice(user=user)


def choose(user: User, wanted: Iterable[str]) -> NotificationChoice:
    row = choice_of(user)
    row.unwanted = sorted(set(Kind.values) - set(wanted))
    row.save()
    return row


def _ids(rows: Iterable[Notification], name: str) -> set[int]:
    return {row.facts[name] for row in rows if row.facts.get(name)}


def _words(row: Notification, people: dict[int, User], rules: dict[int, EscalationRule]) -> str:
    by, item = people.get(row.facts.get("by") or 0), row.item_id
    match Kind(row.kind):
        case Kind.DIGEST if _is_of_teams(row):
            return f"{_morning(row)}: {team_digest.words(row.facts)}"
        case Kind.DIGEST:
            return f"{_morning(row)}: {_counted(row.facts)}."
        case Kind.RETURNED:
            return f"{by} brought item {item} back to you." if by else f"Item {item} is back: its day has come."
        case Kind.ANSWERED:
            return f"{by or 'A colleague'} answered the question about item {item}."
        case Kind.PAYER:
            return PAYER_WORDS[Activity.Kind(row.facts["what"])].format(item=item)
        case Kind.MENTION:
            return f"{by or 'Somebody'} mentioned you in a note on item {item}."
        case Kind.ESCALATED:
            if item is None:
                return f"The rule “{rules.get(row.facts.get('rule') or 0) or 'gone since'}” escalated items to you."
            return f"{by or 'Somebody'} escalated item {item} to you."


def _is_of_teams(row: Notification) -> bool:
    return row.cause.startswith(f"{team_digest.CAUSE}:")


def _morning(row: Notification) -> str:
    """Its counts are of that morning, also when they are read on a later day."""
    today, day = timezone.localdate(), timezone.localdate(row.at)
    return "This morning" if day == today else f"On the morning of {short_date(day, today)}"


def _counted(facts: dict[str, Any]) -> str:
    return ", ".join(f"{facts[name]:,} {words}" for name, words in COUNTS if facts.get(name))


def one(user: User, pk: int) -> Notification:
    """Raises Http404 for what was told to somebody else, or is about an item that they may not see any more."""
    return get_object_or_404(of(user), pk=pk)
