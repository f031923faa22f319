"""The views that a person may open, and how many items each shows to them now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, QueryDict

from accounts.models import User
from worklists import choices, lists, saved_views
from worklists.capped import CappedCount, in_words
from worklists.filters import WorkItemFilter
from worklists.lists import WorkList
from worklists.models import FirstView, SavedView


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
    lists_of = {view.pk: _list_of(view, user, today) for view in views}
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


def _list_of(view: SavedView, user: User, today: date) -> WorkList | None:
    try:
        return lists.list_named(view.list_key, user, today)
    except Http404:
        return None


def _counted(user: User, matching: dict[int, QuerySet[Any]]) -> dict[int, str]:
    columns = {f"view_{pk}": CappedCount(rows) for pk, rows in matching.items()}
    if not columns:
        return {}
    found: dict[str, Any] = dict(User.objects.filter(pk=user.pk).values(**columns).get())
    return {pk: in_words(found[f"view_{pk}"]) for pk in matching}
