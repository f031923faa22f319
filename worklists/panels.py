"""What else is known about an item, one key away. Each part is a panel that is read only when somebody opens it.

An app registers its own in `ready()`; the tab stands at its `place` among the others:

    panels.register(Panel("context", "Context", "worklists/panels/_context.html", of_item, place=20))

`/items/<pk>/panel/<key>/` shows one: within the item's page by htmx, without JavaScript as a page of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from worklists.capped import CappedCount, in_words
from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of the panel area."""

    key: str
    label: str
    template: str
    read: Callable[[WorkItem, User], dict[str, Any]]
    """The context of `template`, beside item, claim, denial and user. The item is of `items_with_their_facts`."""
    place: int = 50
    rows: Callable[[User], QuerySet[Any]] | None = None
    """What the tab counts: rows that belong to `OuterRef("pk")`, the item. It costs no query of its own."""
    hides_when_empty: bool = False
    """No tab while `rows` finds none."""


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    label: str
    count: str
    is_current: bool


class Tabs(list[Tab]):
    """Tabs that are written together. Their labels go with their keys."""

    @property
    def kept_by(self) -> str:
        return " ".join([f"{tab.key}:{tab.count}:{tab.is_current}" for tab in self])


_PANELS: dict[str, Panel] = {}
"""In the order of their tabs."""


def register(panel: Panel) -> None:
    """Called by an app in its `ready()`. The same key again takes the place of what was there."""
    others = [each for each in _PANELS.values() if each.key != panel.key]
    _PANELS.clear()
    _PANELS.update((each.key, each) for each in sorted([*others, panel], key=lambda each: (each.place, each.key)))


def keyed(key: str) -> Panel | None:
    return _PANELS.get(key)


def every() -> Iterable[Panel]:
    """In the order of their tabs."""
    return _PANELS.values()


def with_counts(rows: WorkItemQuerySet, user: User) -> WorkItemQuerySet:
    """`rows` with what the tabs of each item count, in the same query."""
    counted = {_count_of(panel): CappedCount(panel.rows(user)) for panel in every() if panel.rows}
    found: WorkItemQuerySet = rows.annotate(**counted)
    return found


def tabs_on(item: WorkItem, current: str = "") -> Tabs:
    """Expects an item that was read by `with_counts`."""
    tabs = Tabs()
    for panel in every():
        count = getattr(item, _count_of(panel), None)
        if panel.hides_when_empty and not count and panel.key != current:
            continue
        tabs.append(Tab(panel.key, panel.label, in_words(count) if count else "", panel.key == current))
    return tabs


def _count_of(panel: Panel) -> str:
    return f"count_of_{panel.key}"
