"""Mentions in notes: resolved to people who may see the item, everybody else refused in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.access import EVERYBODY
from accounts.models import User
from accounts.refusal import Refused
from worklists.domain import mentions
from worklists.models import WorkItem

FACT = "mentions"


def facts_in(text: str, rows: Sequence[WorkItem]) -> dict[str, Any]:
    """Whom `text` mentions, as the Activity of the note keeps it; nothing where it mentions nobody.

    Raises Refused for a name that nobody has or that several have, and for somebody who may not see one of the items.
    """
    names = mentions.names_in(text)
    if not names:
        return {}
    people = {user.pk: user for user in User.objects.filter(is_active=True, role__in=EVERYBODY)}
    known = {key: (user.username, user.first_name, user.last_name) for key, user in people.items()}
    meant = {people[_one(name, mentions.find(name, known), people)] for name in names}
    for user in meant:
        _must_see(user, rows)
    return {FACT: sorted(user.pk for user in meant)}


def _one(name: str, found: list[int], people: dict[int, User]) -> int:
    if not found:
        raise Refused(
            f"Nothing was saved yet: nobody who may see items is called @{name}. Write a sign-in name, or leave out"
            " the @."
        )
    if len(found) > 1:
        who = " or ".join(f"@{people[key].username} ({people[key]})" for key in found[:4])
        raise Refused(f"Nothing was saved yet: @{name} may be {who}. Write which one.")
    return found[0]


def _must_see(user: User, rows: Sequence[WorkItem]) -> None:
    facilities = {row.facility_id for row in rows}
    if user.all_facilities or facilities <= set(user.facilities.values_list("pk", flat=True)):
        return
    what = "this item" if len(rows) == 1 else "all of these items"
    raise Refused(f"Nothing was saved yet: {user} may not see {what}, so mentioning them would reach nobody.")
