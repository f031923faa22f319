"""The views that a person may open, and how many items each shows to them now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.models import User
from worklists import choices, lists, saved_views
from worklists.capped import CappedCount, in_words
from worklists.filters import WorkItemFilter
from worklists.lists import QUEUE_PREFIX, WorkList
from worklists.models import FirstView, Queue, SavedView


@dataclass(frozen=True, slots=True)
class Listed:
    """One view as the page of views shows it."""

    view: SavedView
    list_title: str
    count: str
    """How many items it shows, up to a thousand; empty where its list is gone."""
    may_change: bool
    is_first: bool
    """Whether this person starts in it."""


def listed_for(user: User, today: date) -> list[Listed]:
    """One's own views, then those that others share; all counts in one query."""
    seen = SavedView.objects.visible_to(user).select_related("owner", "changed_by")
    views = sorted(seen, key=lambda view: (view.owner_id != user.pk, view.name.casefold(), view.pk))
    offered = choices.for_filters(user)
    lists_of = _lists_of(views, user, today)
    matching: dict[int, QuerySet[Any]] = {
        view.pk: WorkItemFilter(QueryDict(view.query), worklist, user, today, offered).matching
        for view in views
        if (worklist := lists_of[view.pk]) is not None
    }
    counts = _counted(user, matching)
    first = FirstView.objects.filter(user=user).values_list("view", flat=True).first()
    return [
        Listed(
            view,
            worklist.title if (worklist := lists_of[view.pk]) else "a list that is gone",
            counts.get(view.pk, ""),
            saved_views.may_change(view, user),
            view.pk == first,
        )
        for view in views
    ]


def _lists_of(views: Sequence[SavedView], user: User, today: date) -> dict[int, WorkList | None]:
    """By view its list, None where that is gone. The queues are read at once."""
    keys = {view.pk: view.list_key.removeprefix(QUEUE_PREFIX) for view in views if _is_of_queue(view)}
    queues = Queue.objects.in_bulk(set(keys.values()), field_name="key")
    found: dict[int, WorkList | None] = {}
    for view in views:
        queue = queues.get(keys.get(view.pk, ""))
        if queue is not None:
            found[view.pk] = lists.one_queue(user, today, queue)
        else:
            found[view.pk] = None if _is_of_queue(view) else lists.list_named(view.list_key, user, today)
    return found


def _is_of_queue(view: SavedView) -> bool:
    return bool(view.list_key.startswith(QUEUE_PREFIX))


def _counted(user: User, matching: dict[int, QuerySet[Any]]) -> dict[int, str]:
    columns = {f"view_{pk}": CappedCount(rows) for pk, rows in matching.items()}
    if not columns:
        return {}
    found: dict[str, Any] = dict(User.objects.filter(pk=user.pk).values(**columns).get())
    return {pk: in_words(found[f"view_{pk}"]) for pk in matching}
